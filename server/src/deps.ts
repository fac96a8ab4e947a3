/** The clock of the process; tests pass their own. Milliseconds since the epoch. */
export interface Clock {
  readonly now: () => number
}
export const systemClock: Clock = { now: () => Date.now() }

/** Fields a log line may carry; each is classified in log.ts and anything else does not type-check. */
export type { Log, LogFields } from './log.ts'

/** An instant as the API writes it: ISO 8601 UTC with milliseconds. */
export function isoInstant(epochMs: number): string {
  return new Date(epochMs).toISOString()
}
