import type { DialectDeps } from '../dialect.ts'
import type { Entity } from './entity.ts'

const askEveryMs = 200
const mostAsked = 200

/** Zigbee2MQTT keeps no states at the broker unless told to: mains-powered devices are asked once, a few a second, to spare the radio. */
export interface Asker {
  readonly want: (entity: Entity) => void
  readonly run: () => void
  readonly linked: () => void
  readonly close: () => void
}

export function createAsker(
  base: string,
  deps: Pick<DialectDeps, 'context' | 'isLinked' | 'send'>,
  find: (id: string) => Entity | undefined,
): Asker {
  const waiting = new Set<string>()
  let asked = 0
  let timer: { cancel: () => void } | undefined

  const run = (): void => {
    if (timer !== undefined || waiting.size === 0 || asked >= mostAsked || !deps.isLinked()) return
    timer = deps.context.setTimer(askEveryMs, () => {
      timer = undefined
      const [id] = waiting
      if (id === undefined) return
      waiting.delete(id)
      const entity = find(id)
      if (entity !== undefined && !entity.hasSpoken && !entity.isDisabled) {
        asked++
        deps.send({
          topic: `${base}/${entity.name}/get`,
          payload: JSON.stringify(
            Object.fromEntries(entity.mapped.askable.map((property) => [property, ''])),
          ),
          qos: 0,
          retain: false,
        })
      }
      run()
    })
  }
  return {
    want: ({ id, hasSpoken, members, mapped }) => {
      if (!hasSpoken && members === undefined && mapped.askable.length > 0 && mapped.shape.sleepy !== true)
        waiting.add(id)
    },
    run,
    linked: () => {
      asked = 0
      run()
    },
    close: () => timer?.cancel(),
  }
}
