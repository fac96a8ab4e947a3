import type { Duplex } from 'node:stream'
import type { BrokerContext, EmbeddedBroker } from '@eaves/driver-kit'
import type { MqttLink } from '../link.ts'
import { Credentials, type Grant } from './access.ts'
import { createDoor, refusals, refuse, type Door } from './door.ts'
import { GuardedConnection } from './guarded-connection.ts'
import { HomeBroker, mostClients } from './home-broker.ts'
import { openHomeLink } from './home-link.ts'
import { openListener, type Listener } from './listener.ts'

/** Where the embedded broker and the links of the homes that use it meet, in one process. */
export interface BrokerHub {
  readonly broker: (context: BrokerContext) => EmbeddedBroker
  readonly openLink: (home: string) => MqttLink
  /** Answers a client that comes another way than through the port. */
  readonly answer: Door
}

export function createBrokerHub(): BrokerHub {
  const credentials = new Credentials()
  const homes = new Map<string, HomeBroker>()
  const linked = new Map<string, number>()
  const watchers = new Set<(isListening: boolean) => void>()
  let context: BrokerContext | undefined
  let listener: Listener | undefined
  let isListening = false
  const now = (): number => context?.now() ?? 0
  const log = (event: string): void => context?.log('warn', event, {})

  const homeBroker = async (home: string): Promise<HomeBroker> => {
    const broker =
      homes.get(home) ??
      new HomeBroker({
        home,
        credentials,
        log,
        now,
        client: (id, connected) => context?.client(id, connected),
      })
    homes.set(home, broker)
    await broker.start()
    return broker
  }
  const tell = (listening: boolean): void => {
    isListening = listening
    for (const watcher of watchers) watcher(listening)
  }
  const admit = async (grant: Grant, socket: Duplex, first: Buffer): Promise<void> => {
    try {
      const home = await homeBroker(grant.home)
      if (socket.destroyed || !grant.isLive) return void socket.destroy()
      if (home.clients >= mostClients) return refuse(socket, refusals.busy)
      home.admit(
        grant,
        new GuardedConnection(socket, first, {
          now,
          messagesPerSecond: grant.scope.messagesPerSecond,
          takesLists: grant.scope.takesLists,
          exceeded: () => log('broker packet refused'),
          throttled: () => log('broker client throttled'),
        }),
      )
    } catch {
      socket.destroy()
    }
  }
  const answer = createDoor({ credentials, now, log, admit: (...given) => void admit(...given) })
  const close = async (): Promise<void> => {
    const open = listener
    listener = undefined
    tell(false)
    await open?.close()
  }
  const drop = async (): Promise<void> => {
    const all = [...homes.values()]
    homes.clear()
    for (const home of all) await home.stop()
  }
  return {
    answer,
    broker: (given) => {
      context = given
      return {
        listen: async (at) => {
          await close()
          if (at === null) return given.state('off')
          const opened = await openListener(at, answer)
          if (typeof opened === 'string') return given.state('failed', { detail: opened })
          listener = opened
          given.state('listening', { port: opened.port })
          tell(true)
        },
        credentials: (list) => {
          for (const gone of credentials.replace(list)) homes.get(gone.home)?.revoke(gone.id)
          const wanted = new Set(list.map((one) => one.home))
          for (const [home, broker] of homes) {
            if (wanted.has(home) || linked.has(home)) continue
            homes.delete(home)
            void broker.stop()
          }
        },
        stop: async () => {
          await close()
          await drop()
        },
      }
    },
    openLink: (home) => openHomeLink(home, { homeBroker, watchers, linked, isListening: () => isListening }),
  }
}
