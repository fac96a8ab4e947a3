import { DriverError } from '@eaves/driver-kit'
import type { LinkStatus, MqttLink } from '../link.ts'
import type { Incoming } from '../topics.ts'
import type { HomeBroker } from './home-broker.ts'

export interface HomeLinkDeps {
  readonly homeBroker: (home: string) => Promise<HomeBroker>
  readonly watchers: Set<(isListening: boolean) => void>
  readonly linked: Map<string, number>
  readonly isListening: () => boolean
}

/** A home's driver on the embedded broker, without a socket. */
export function openHomeLink(
  home: string,
  { homeBroker, watchers, linked, isListening }: HomeLinkDeps,
): MqttLink {
  let receive: (message: Incoming) => void = () => undefined
  let status: (status: LinkStatus) => void = () => undefined
  let isOpen = false
  const ends = new Map<string, () => void>()
  const endAll = (): void => {
    for (const end of ends.values()) end()
    ends.clear()
  }
  const watch = (listening: boolean): void => {
    endAll()
    if (!listening) return status({ state: 'offline', fault: { code: 'connection.unreachable' } })
    void homeBroker(home).then(
      () => {
        if (isOpen && isListening()) status({ state: 'online' })
      },
      () => status({ state: 'offline', fault: { code: 'connection.unreachable' } }),
    )
  }
  return {
    open: () => {
      isOpen = true
      linked.set(home, (linked.get(home) ?? 0) + 1)
      watchers.add(watch)
      status({ state: 'connecting' })
      if (isListening()) watch(true)
    },
    publish: async (message) => {
      if (!isOpen || !isListening())
        throw new DriverError('unreachable', 'The embedded broker is switched off.')
      await (await homeBroker(home)).publish(message)
    },
    subscribe: async (filters) => {
      const broker = await homeBroker(home)
      for (const filter of filters) {
        if (ends.has(filter)) continue
        const end = await broker.subscribe(filter, (message) => receive(message))
        if (isOpen) ends.set(filter, end)
        else end()
      }
      return []
    },
    unsubscribe: (filters) => {
      for (const filter of filters) {
        ends.get(filter)?.()
        ends.delete(filter)
      }
    },
    onMessage: (handler) => void (receive = handler),
    onStatus: (handler) => void (status = handler),
    close: async () => {
      if (!isOpen) return
      isOpen = false
      watchers.delete(watch)
      endAll()
      const rest = (linked.get(home) ?? 1) - 1
      if (rest > 0) linked.set(home, rest)
      else linked.delete(home)
    },
  }
}
