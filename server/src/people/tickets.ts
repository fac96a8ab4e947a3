import type { Clock } from '../deps.ts'
import { hashOf, secretText, type Random } from './secrets.ts'

interface Kept<T> {
  readonly value: T
  readonly until: number
}
export interface Tickets<T> {
  readonly issue: (value: T) => string
  /** Once only. */
  readonly redeem: (ticket: string) => T | undefined
  /** The value, which stays. */
  readonly peek: (ticket: string) => T | undefined
  readonly drop: (matches: (value: T) => boolean) => void
}

const mostAtOnce = 10_000

/** One-time secrets that live in memory for a moment, such as what opens the live socket. // T6 */
export function createTickets<T>({
  clock,
  random,
  lifeMs,
}: {
  readonly clock: Clock
  readonly random: Random
  readonly lifeMs: number
}): Tickets<T> {
  const kept = new Map<string, Kept<T>>()
  const sweep = () => {
    for (const [hash, { until }] of kept)
      if (until <= clock.now() || kept.size > mostAtOnce) kept.delete(hash)
  }
  return {
    issue: (value) => {
      const ticket = secretText(random, 32)
      kept.set(hashOf(ticket), { value, until: clock.now() + lifeMs })
      sweep()
      return ticket
    },
    redeem: (ticket) => {
      const hash = hashOf(ticket)
      const found = kept.get(hash)
      kept.delete(hash)
      return found !== undefined && found.until > clock.now() ? found.value : undefined
    },
    peek: (ticket) => {
      const found = kept.get(hashOf(ticket))
      return found !== undefined && found.until > clock.now() ? found.value : undefined
    },
    drop: (matches) => {
      for (const [hash, { value }] of kept) if (matches(value)) kept.delete(hash)
    },
  }
}
