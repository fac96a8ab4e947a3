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

/** Whether it was less than so long ago. What a clock says is yet to come was before it was set back, however long ago that is. */
export const isWithin = (ms: number, at: number, now: number): boolean => at <= now && now - at < ms
