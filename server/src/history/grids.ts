import { startOfDay } from '@eaves/model'

/** How a span of time is cut into buckets. */
export interface Grid {
  /** Where the bucket of an instant begins. */
  readonly startOf: (ts: number) => number
  /** Where the bucket that begins here ends. */
  readonly endOf: (start: number) => number
}

export const hourMs = 3_600_000
const minuteMs = 60_000

/** Buckets of equal length, counted in UTC. */
export function every(ms: number): Grid {
  return { startOf: (ts) => Math.floor(ts / ms) * ms, endOf: (start) => start + ms }
}
export const hours = every(hourMs)
export const fiveMinutes = every(5 * minuteMs)

/** Days of a home: from one midnight on its wall to the next, 23 or 25 hours where the clocks change. Zones shift by whole minutes. */
export function daysOf(zone: string): Grid {
  // Buckets are asked for in order, so the last one is nearly always the right one.
  let known = { start: 0, end: 0 }
  const find = (ts: number) => {
    if (ts >= known.start && ts < known.end) return known
    const start = startOfDay(zone, ts)
    // No day is shorter than a quarter of one, and none longer than a day and a quarter.
    known = { start, end: startOfDay(zone, start + 30 * hourMs) }
    return known
  }
  return { startOf: (ts) => find(ts).start, endOf: (start) => find(start).end }
}
