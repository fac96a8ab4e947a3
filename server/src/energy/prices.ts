import type { Tariff } from '@eaves/model/api'
import { offsetAt } from '../automations/automations.ts'
import type { Listed } from './price-lists.ts'

const minuteMs = 60_000
const quarterMs = 15 * minuteMs
const dayMs = 86_400_000
const quartersOfDay = 96

/** The price of each quarter of an hour of a week, from Monday on. */
type Week = readonly number[]
interface Priced {
  readonly from: string
  readonly tariff: Tariff
  /** One price for all. */
  readonly flat: number | undefined
  readonly week: Week
}
export interface Prices {
  /** What one unit costs that was used evenly over a span; undefined before the first tariff. */
  readonly mean: (from: number, to: number) => number | undefined
  /** The same, if it costs the same all the time. */
  readonly uniform: (from: number, to: number) => number | undefined
  readonly tariffAt: (at: number) => Tariff | undefined
}

const quarterOf = (clock: string): number => Number(clock.slice(0, 2)) * 4 + Number(clock.slice(3)) / 15

/** Quarters of the week for which a window holds; one that ends before it begins, or when it does, goes on into the next day. */
export function quartersOf({ days, from, to }: Tariff['windows'][number]): number[] {
  const [start, end] = [quarterOf(from), quarterOf(to)]
  const length = end > start ? end - start : end + quartersOfDay - start
  return days.flatMap((day) =>
    Array.from({ length }, (_, i) => ((day - 1) * quartersOfDay + start + i) % (7 * quartersOfDay)),
  )
}

function pricedOf(tariff: Tariff): Priced {
  const week = Array.from({ length: 7 * quartersOfDay }, () => tariff.price)
  for (const window of tariff.windows) for (const quarter of quartersOf(window)) week[quarter] = window.price
  return {
    from: tariff.from,
    tariff,
    flat: tariff.list === undefined && week.every((each) => each === week[0]) ? week[0] : undefined,
    week,
  }
}

/** By a list, what the week says comes on top of it. */
function priceAt(
  { tariff: { list, currency } }: Priced,
  ofWeek: number,
  at: number,
  listed: Listed | undefined,
): number | undefined {
  if (list === undefined) return ofWeek
  const price = listed?.(at, currency)
  return price === undefined ? undefined : price * list.factor + ofWeek
}

/** The tariffs of a meter on the wall of its home: where clocks change, an hour that comes twice costs what it costs each time. */
export function pricesOf(tariffs: readonly Tariff[], zone: string, listed?: Listed): Prices {
  const all = tariffs.map(pricedOf).toSorted((a, b) => (a.from < b.from ? -1 : 1))
  const at = (wallMs: number): Priced | undefined => {
    const date = new Date(wallMs).toISOString().slice(0, 10)
    return all.findLast((each) => each.from <= date)
  }
  const each = function* (from: number, to: number): Generator<{ price: number; ms: number } | undefined> {
    // Clocks are changed at whole quarters, and seldom within an hour.
    const steady = to - from <= 4 * quarterMs && offsetAt(zone, from) === offsetAt(zone, to)
    const ahead = offsetAt(zone, from)
    for (let now = from; now < to;) {
      const next = Math.min(to, (Math.floor(now / quarterMs) + 1) * quarterMs)
      const wall = now + (steady ? ahead : offsetAt(zone, now))
      const found = at(wall)
      if (found === undefined) yield undefined
      else {
        const quarter = Math.floor(wall / quarterMs) % quartersOfDay
        // 1 January 1970 was a Thursday.
        const weekday = (Math.floor(wall / dayMs) + 3) % 7
        const price = priceAt(found, found.week[weekday * quartersOfDay + quarter]!, now, listed)
        yield price === undefined ? undefined : { price, ms: next - now }
      }
      now = next
    }
  }
  const flatOver = (from: number, to: number): number | undefined => {
    const [first, last] = [at(from + offsetAt(zone, from)), at(to - 1 + offsetAt(zone, to - 1))]
    return first === last ? first?.flat : undefined
  }
  return {
    tariffAt: (ms) => at(ms + offsetAt(zone, ms))?.tariff,
    mean: (from, to) => {
      const flat = flatOver(from, to)
      if (flat !== undefined) return flat
      let sum = 0
      for (const one of each(from, to)) {
        if (one === undefined) return undefined
        sum += one.price * one.ms
      }
      return sum / (to - from)
    },
    uniform: (from, to) => {
      const flat = flatOver(from, to)
      if (flat !== undefined || all.length === 0) return flat
      let price: number | undefined
      for (const one of each(from, to)) {
        if (one === undefined || (price !== undefined && one.price !== price)) return undefined
        price = one.price
      }
      return price
    },
  }
}
