import { setTimeout as wait } from 'node:timers/promises'
import type { SubjectId } from '@eaves/model'
import type { Log } from '../deps.ts'
import { EgressRefused, type PushOut } from '../privacy/privacy.ts'
import type { PushTarget } from './data.ts'

export interface Delivery {
  readonly subject: SubjectId
  readonly id: string
  readonly session: string
  readonly payload: string
  readonly urgency: 'normal' | 'high'
}
export interface DeliveryDeps {
  readonly out: Pick<PushOut, 'send'>
  /** The target while subscription and sign-in live, and undefined from the moment that either has ended. // T14 */
  readonly targetOf: (delivery: Delivery) => Promise<PushTarget | undefined>
  /** Whether a known push service is named; asked at each sending, for the settings may have changed. */
  readonly isAllowed: (endpoint: string) => boolean
  readonly remove: (delivery: Delivery) => Promise<void>
  readonly sent: (delivery: Delivery) => Promise<void>
  readonly log: Log
  readonly retryAfterMs: readonly number[]
}

const keepSeconds = 24 * 60 * 60
/** A push service that asks for more patience than this is given up. */
const longestWaitMs = 5 * 60_000

/** Sends one notice to one browser, a bounded number of times; true when the push service took it. */
export async function deliver(deps: DeliveryDeps, delivery: Delivery, signal: AbortSignal): Promise<boolean> {
  const { retryAfterMs, log } = deps
  for (let attempt = 0; ; attempt++) {
    const done = await once(deps, delivery, signal)
    if (typeof done === 'boolean') return done
    const delayMs = retryAfterMs[attempt]
    if (delayMs === undefined || signal.aborted) {
      log.warn('a notice could not be pushed', { attempt: attempt + 1 })
      return false
    }
    await wait(Math.min(longestWaitMs, Math.max(delayMs, done.waitMs)), undefined, {
      ref: false,
      signal,
    }).catch(() => undefined)
  }
}

/** True or false when it is settled, else how long the service wants to be left alone. */
async function once(
  { out, targetOf, isAllowed, remove, sent, log }: DeliveryDeps,
  delivery: Delivery,
  signal: AbortSignal,
): Promise<boolean | { readonly waitMs: number }> {
  const target = await targetOf(delivery)
  if (target === undefined || signal.aborted) return false
  if (!isAllowed(target.endpoint)) return false
  const { payload, urgency } = delivery
  try {
    const { status, retryAfterSeconds } = await out.send(target, { payload, urgency, keepSeconds, signal })
    if (status >= 200 && status < 300) {
      await sent(delivery)
      return true
    }
    if (status === 404 || status === 410) await remove(delivery) // the browser has given it up
    if (status !== 429 && status < 500) {
      log.warn('a push service refused a notice', { status })
      return false
    }
    return { waitMs: (retryAfterSeconds ?? 0) * 1000 }
  } catch (error) {
    if (!(error instanceof EgressRefused)) return { waitMs: 0 }
    log.warn('a push service was not to be reached from here')
    return false
  }
}
