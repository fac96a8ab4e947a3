import type { Tariff } from '@eaves/model/api'
import { dateOf } from './calendar.ts'
import type { Unplaced } from './consumption.ts'

export interface Tiers {
  /** Notes what a month used. */
  readonly add: (at: number, amount: number) => void
  /** What one unit of this costs after all that was noted of its month, and notes it; undefined across months. */
  readonly price: (tariff: Tariff, used: Unplaced) => number | undefined
}

/** Prices that rise, or fall, with what a month of the calendar has used so far. */
export function tiersOf(zone: string): Tiers {
  const used = new Map<string, number>()
  const monthOf = (ms: number): string => dateOf(zone, ms).slice(0, 7)
  const add = (at: number, amount: number): void => {
    const month = monthOf(at)
    used.set(month, (used.get(month) ?? 0) + amount)
  }
  return {
    add,
    price: (tariff, { from, to, amount }) => {
      const month = monthOf(from)
      if (monthOf(to - 1) !== month) return undefined
      const before = used.get(month) ?? 0
      add(from, amount)
      return costBetween(tariff, before, before + amount)
    },
  }
}

/** The mean price of what lies between two sums of a month. */
function costBetween({ price, tiers }: Tariff, from: number, to: number): number {
  const steps = [{ above: 0, price }, ...tiers]
  if (to <= from) return steps.findLast(({ above }) => above <= from)?.price ?? price
  const cost = steps.reduce((sum, step, index) => {
    const end = Math.min(to, steps[index + 1]?.above ?? Number.POSITIVE_INFINITY)
    return sum + Math.max(0, end - Math.max(from, step.above)) * step.price
  }, 0)
  return cost / (to - from)
}
