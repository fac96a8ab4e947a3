import type { Hours } from '@eaves/model'

/** What a clock on the wall of this zone shows, as a field for date and time takes it: "2026-06-03T18:00". */
export function wallOf(instantMs: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instantMs)
  const of = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((part) => part.type === type)?.value ?? ''
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`
}

/** The instant at which the wall shows this; undefined for what is no time. An hour that is skipped counts as the one after, one that comes twice as its first. */
export function instantOfWall(wall: string, zone: string): number | undefined {
  const asUtc = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(wall) ? Date.parse(`${wall}:00Z`) : Number.NaN
  if (Number.isNaN(asUtc)) return undefined
  const shift = (at: number): number => Date.parse(`${wallOf(at, zone)}:00Z`) - at
  const day = 86_400_000
  const candidates = [...new Set([shift(asUtc - day), shift(asUtc + day)])].map((ms) => asUtc - ms)
  return (
    candidates.toSorted((a, b) => a - b).find((at) => wallOf(at, zone) === wall) ?? Math.max(...candidates)
  )
}

/** How many midnights lie between the two instants in this zone. */
export function daysBetween(fromMs: number, toMs: number, zone: string): number {
  const dayOf = (ms: number): number => Date.parse(`${wallOf(ms, zone).slice(0, 10)}T00:00Z`) / 86_400_000
  return dayOf(toMs) - dayOf(fromMs)
}

/** Whether a window runs into the next day. */
export const crossesMidnight = ({ from, to }: Pick<Hours, 'from' | 'to'>): boolean => to <= from

/** Days as runs of neighbours: [1,2,3,5] is [[1,3],[5,5]]; all seven are one run. */
export function runsOf(days: readonly number[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = []
  for (const day of [...new Set(days)].toSorted((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last && last[1] === day - 1) last[1] = day
    else runs.push([day, day])
  }
  return runs
}
export const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
