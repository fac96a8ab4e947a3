import type { MeterSwap } from '@eaves/model/api'
import { beginOf, dateOf, daysOn, hoursIn } from '../energy/energy.ts'
import type { Bucket } from '../store/stores.ts'

const hourMs = 3_600_000
/** As far back hours are kept. */
const hoursMs = 389 * 24 * hourMs

/** Thousandths of a kWh or m³ that went in one hour; docs/guide/energy.md adds them up by hand. */
export interface Hour {
  readonly imported: number
  readonly exported: number
  readonly made: number
  readonly charged: number
  readonly discharged: number
  readonly gas: number
  readonly water: number
  readonly television: number
  readonly washing: number
}
export type Flow = keyof Hour

/** What the sun gives in each of the six hours from ten o'clock on, from January to December. */
const sun = [300, 500, 900, 1_200, 1_500, 1_600, 1_600, 1_400, 1_000, 600, 300, 200]
const always = 200
const evening = 1_200
const mostCharged = 500

/** One hour on the wall of the home; the weekday of Sunday is 0. */
export function hourOf(month: number, weekday: number, hour: number): Hour {
  const left = (sun[month - 1] ?? 0) - always
  const isSunny = hour >= 10 && hour < 16
  const isEvening = hour >= 18 && hour < 21
  const charged = Math.min(left, mostCharged)
  // Six hours in, three out, and a tenth stays behind.
  const discharged = isEvening ? 1.8 * charged : 0
  const isHeated = month >= 10 || month <= 4
  const isWarm = isHeated ? (hour >= 5 && hour < 9) || (hour >= 17 && hour < 21) : hour === 6
  return {
    imported: isSunny ? 0 : (isEvening ? evening : always) - discharged,
    exported: isSunny ? left - charged : 0,
    made: isSunny ? left + always : 0,
    charged: isSunny ? charged : 0,
    discharged,
    gas: isWarm ? (isHeated ? 500 : 400) : 0,
    water: hour === 7 ? 120 : hour === 19 ? 180 : 0,
    television: hour === 20 || hour === 21 ? 120 : 0,
    washing: hour === 10 && (weekday === 2 || weekday === 6) ? 600 : 0,
  }
}

export interface Timed {
  readonly at: number
  readonly hour: Hour
  /** Where its day begins. */
  readonly day: number
}
/** Every hour from the first of January of last year to the one that runs now. */
export function hoursUntil(zone: string, now: number): Timed[] {
  const all: Timed[] = []
  const today = dateOf(zone, now)
  let begin = beginOf(zone, firstDay(zone, now))
  for (let date = firstDay(zone, now); date <= today; date = daysOn(date, 1)) {
    const end = beginOf(zone, daysOn(date, 1))
    const [month, weekday] = [Number(date.slice(5, 7)), new Date(`${date}T00:00:00Z`).getUTCDay()]
    // Clocks are changed at two in the night: what comes after is counted from the end of the day.
    const shift = end - begin - 24 * hourMs
    for (const { from } of hoursIn(begin, end)) {
      if (from + hourMs > now) break
      const since = from - begin
      const hour = Math.floor((since >= 3 * hourMs ? since - shift : Math.min(since, 2 * hourMs)) / hourMs)
      all.push({ at: from, hour: hourOf(month, weekday, hour), day: begin })
    }
    begin = end
  }
  return all
}
export const firstDay = (zone: string, now: number): string =>
  `${Number(dateOf(zone, now).slice(0, 4)) - 1}-01-01`

export interface Past {
  readonly hours: readonly Bucket[]
  readonly days: readonly Bucket[]
  /** What a counter that was swapped on the way showed last, and the new one first. */
  readonly swap: MeterSwap | undefined
}
/** What a counter that shows `shown` now has counted, as the history would have condensed it; before `anew` another one counted. */
export function pastOf(
  all: readonly Timed[],
  flow: Flow,
  shown: number,
  { now, today, anew }: { readonly now: number; readonly today: number; readonly anew?: number | undefined },
): Past {
  let sum = -all.reduce((total, { hour }) => total + hour[flow], 0)
  let swap: MeterSwap | undefined
  const worth = (before: boolean): number =>
    Math.round(shown * 1_000 + sum + (before ? olderShows : 0)) / 1_000
  const buckets = all.map(({ at, hour }): Bucket => {
    if (anew !== undefined && swap === undefined && at >= anew)
      swap = { at: new Date(anew).toISOString(), ended: worth(true), began: worth(false) }
    const isBefore = anew !== undefined && at < anew
    const min = worth(isBefore)
    sum += hour[flow]
    const last = worth(isBefore)
    return { ts: at, n: 2, min, max: last, total: ((min + last) / 2) * 3_600, seconds: 3_600, last }
  })
  return {
    hours: buckets.filter(({ ts }) => ts >= now - hoursMs),
    days: [...Map.groupBy(buckets, (_bucket, index) => all[index]!.day)]
      .filter(([day]) => day < today)
      .map(([ts, day]) => together(ts, day)),
    swap,
  }
}
/** What the counter before showed more, in thousandths. */
const olderShows = 10_000_000

const together = (ts: number, all: readonly Bucket[]): Bucket => ({
  ts,
  n: all.reduce((sum, { n }) => sum + n, 0),
  min: Math.min(...all.map(({ min }) => min)),
  max: Math.max(...all.map(({ max }) => max)),
  total: all.reduce((sum, { total }) => sum + total, 0),
  seconds: all.reduce((sum, { seconds }) => sum + seconds, 0),
  last: all.at(-1)!.last,
})
