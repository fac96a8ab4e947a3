import { DriverError } from '@eaves/driver-kit'
import type { DialectDeps } from '../dialect.ts'
import { isJson, jsonOf, textField, textOf } from '../payload.ts'
import type { Incoming } from '../topics.ts'

const paths = [
  'permit_join',
  'device/rename',
  'device/remove',
  'device/configure',
  'device/interview',
  'group/add',
  'group/rename',
  'group/remove',
  'group/members/add',
  'group/members/remove',
] as const
/** What Zigbee2MQTT can be asked to do, as the end of the topic. */
export type RequestPath = (typeof paths)[number]

export interface Asked {
  readonly path: RequestPath
  readonly payload: Readonly<Record<string, string | number | boolean>>
  readonly withinMs: number
}
interface Pending {
  readonly path: RequestPath
  readonly settle: (error?: DriverError) => void
}
/** Questions to one Zigbee2MQTT, each with an answer of its own or a deadline. */
export interface Requests {
  readonly ask: (asked: Asked) => Promise<void>
  readonly filters: readonly string[]
  /** Ends all that waits, as when the link has gone. */
  readonly end: () => void
}

const mostPending = 64
const longestReason = 300

export function openRequests(base: string, deps: DialectDeps): Requests {
  const pending = new Map<string, Pending>()
  // Random, so that no answer to an earlier run or another program is taken for ours.
  const run = crypto.randomUUID()
  let count = 0

  const take = (path: RequestPath, message: Incoming): void => {
    const answer = jsonOf(textOf(message.payload))
    if (message.retained || !isJson(answer)) return
    const waiting = pending.get(textField(answer, 'transaction', 64) ?? '')
    if (waiting?.path !== path) return
    if (answer.status === 'ok') waiting.settle()
    else if (answer.status === 'error')
      waiting.settle(
        new DriverError('rejected', textField(answer, 'error', 100_000)?.slice(0, longestReason)),
      )
    else waiting.settle(new DriverError('bad-reply', 'Zigbee2MQTT gave an answer that is none.'))
  }
  for (const path of paths)
    deps.topics.add(`${base}/bridge/response/${path}`, (message) => take(path, message))

  const wait = (transaction: string, { path, payload, withinMs }: Asked): Promise<void> =>
    new Promise((resolve, reject) => {
      const settle = (error?: DriverError): void => {
        if (!pending.delete(transaction)) return
        timer.cancel()
        if (error === undefined) resolve()
        else reject(error)
      }
      const timer = deps.context.setTimer(withinMs, () =>
        settle(new DriverError('unreachable', 'Zigbee2MQTT did not answer in time.')),
      )
      pending.set(transaction, { path, settle })
      deps
        .publish({
          topic: `${base}/bridge/request/${path}`,
          payload: JSON.stringify({ ...payload, transaction }),
          qos: 0,
          retain: false,
        })
        .catch(() => settle(new DriverError('unreachable', 'The broker did not take the request.')))
    })
  return {
    ask: async (asked) => {
      if (pending.size >= mostPending) throw new DriverError('rejected', 'Too many requests wait already.')
      await deps.listening()
      if (!deps.isLinked()) throw new DriverError('unreachable', 'The broker cannot be reached.')
      await wait(`eaves-${run}-${++count}`, asked)
    },
    filters: ['permit_join', 'device/+', 'group/+', 'group/members/+'].map(
      (path) => `${base}/bridge/response/${path}`,
    ),
    end: () => {
      for (const waiting of pending.values())
        waiting.settle(new DriverError('unreachable', 'The link went before Zigbee2MQTT answered.'))
    },
  }
}
