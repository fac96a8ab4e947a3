import type { MeterSwap } from '@eaves/model/api'
import type { Bucket } from '../store/stores.ts'

/** An hour or a day of a home, and what was used in it. */
export interface Slot {
  readonly from: number
  readonly to: number
  /** undefined where it is not known. */
  readonly amount: number | undefined
  /** Of its length, the part of which it is known. */
  readonly known: number
}
export interface Unplaced {
  readonly from: number
  readonly to: number
  readonly amount: number
}
export interface Reset {
  readonly at: number
  readonly swap: boolean
}
export interface Consumed {
  readonly slots: readonly Slot[]
  readonly unplaced: readonly Unplaced[]
  readonly resets: readonly Reset[]
}
export interface Cut {
  readonly from: number
  readonly to: number
}

/** Counters are told to the thousandth; less is the noise of adding up. */
const noise = 1e-6
/** So little more after a silence is what a device at rest adds up: it stays where it was told. */
const trifle = 0.05

/**
 * What a counter went on by, slot by slot. One that goes back begins anew: what it showed from there on counts, and what it may
 * have counted unseen in between is not made up. What it went on by over a silence longer than `silence` slots is known, but not
 * when: it stands beside the slots and in none.
 */
export function counted(
  cuts: readonly Cut[],
  buckets: readonly Bucket[],
  swaps: readonly MeterSwap[],
  silence: number,
): Consumed {
  const first = cuts[0]
  if (first === undefined) return { slots: [], unplaced: [], resets: [] }
  const at = new Map(cuts.map(({ from }, index) => [from, index]))
  const slotMs = first.to - first.from
  const amounts = cuts.map((): number | undefined => undefined)
  const unplaced: Unplaced[] = []
  const resets: Reset[] = []
  const rest = swaps.map((swap) => ({ ...swap, ms: Date.parse(swap.at) })).toSorted((a, b) => a.ms - b.ms)
  let before: { readonly last: number; readonly index: number; readonly end: number } | undefined
  for (const bucket of buckets) {
    if (bucket.n === 0) continue
    const index = at.get(bucket.ts)
    const end = index === undefined ? bucket.ts + slotMs : cuts[index]!.to
    const passed = rest.filter(({ ms }) => ms < (index === undefined ? first.from : end))
    const { amount, isReset } = step(before?.last, bucket, before === undefined ? [] : passed)
    for (const swap of passed) {
      rest.splice(rest.indexOf(swap), 1)
      if (index !== undefined) resets.push({ at: swap.ms, swap: true })
    }
    if (index !== undefined) {
      if (isReset) resets.push({ at: bucket.ts, swap: false })
      const silent = before === undefined ? 0 : Math.round((bucket.ts - before.end) / slotMs)
      if (before !== undefined && silent >= silence && amount > trifle)
        unplaced.push({ from: before.end, to: end, amount })
      else {
        amounts.fill(0, (before?.index ?? index - 1) + 1, index)
        amounts[index] = amount
      }
    }
    before = { last: bucket.last, index: index ?? -1, end }
  }
  return {
    slots: cuts.map(({ from, to }, index) => ({
      from,
      to,
      amount: amounts[index],
      known: amounts[index] === undefined ? 0 : 1,
    })),
    unplaced,
    resets,
  }
}

/** From the reading before to the last one of a bucket. */
function step(
  before: number | undefined,
  { min, max, last }: Bucket,
  swaps: readonly MeterSwap[],
): { readonly amount: number; readonly isReset: boolean } {
  if (before === undefined) return { amount: Math.max(0, last - min), isReset: false }
  if (swaps.length > 0) {
    let [amount, since] = [0, before]
    for (const { ended, began } of swaps) {
      amount += Math.max(0, ended - since)
      since = began
    }
    return { amount: amount + Math.max(0, last - since), isReset: false }
  }
  if (min >= before - noise) return { amount: Math.max(0, last - before), isReset: false }
  // A highest value that is the last one may have been reached after the counter began anew: it proves nothing of before.
  const until = max > last ? Math.max(0, max - before) : 0
  return { amount: until + Math.max(0, last - min), isReset: true }
}

/** Power over time, where no counter is: kWh of the time of which something is known. */
export function integrated(cuts: readonly Cut[], buckets: readonly Bucket[]): Consumed {
  const at = new Map(buckets.map((bucket) => [bucket.ts, bucket]))
  return {
    slots: cuts.map(({ from, to }) => {
      const bucket = at.get(from)
      const seconds = bucket?.seconds ?? 0
      if (bucket === undefined || seconds <= 0) return { from, to, amount: undefined, known: 0 }
      return {
        from,
        to,
        amount: bucket.total / 3_600_000,
        known: Math.min(1, (seconds * 1_000) / (to - from)),
      }
    }),
    unplaced: [],
    resets: [],
  }
}
