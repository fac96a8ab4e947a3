import type { Bucket, StateBucket } from '../store/stores.ts'
import type { Grid } from './grids.ts'

interface Open {
  readonly ts: number
  readonly end: number
  n: number
  min: number
  max: number
  total: number
  seconds: number
  last: number
  states: Map<string, number> | undefined
}
export interface Condensed {
  readonly buckets: readonly Bucket[]
  readonly states: readonly StateBucket[]
}
export type Gap = readonly [from: number, to: number]

/**
 * Condenses values, told oldest first, into buckets of one or more grids. A value holds until the next one, but no longer than
 * `holdMs`: after that nothing is known, and what is not known is counted nowhere.
 */
export class Condenser {
  readonly #grids: readonly Grid[]
  readonly #holdMs: number
  readonly #until: number
  readonly #done: { readonly closed: Open[]; open: Open | undefined }[]
  readonly #gaps: Gap[] = []
  #last: { readonly ts: number; readonly value: number | string } | undefined

  /** Nothing holds beyond `until`. */
  constructor(grids: readonly Grid[], holdMs: number, until: number) {
    this.#grids = grids
    this.#holdMs = holdMs
    this.#until = until
    this.#done = grids.map(() => ({ closed: [], open: undefined }))
  }

  add(ts: number, value: number | string): void {
    this.#hold(ts)
    for (let each = 0; each < this.#grids.length; each++) {
      const bucket = this.#at(each, ts)
      bucket.n++
      if (typeof value === 'number') take(bucket, value)
    }
    this.#last = { ts, value }
  }

  /** What became of it, grid by grid, and from when to when nothing is known between two values. */
  end(): { readonly grids: readonly Condensed[]; readonly gaps: readonly Gap[] } {
    this.#hold(this.#until)
    return {
      grids: this.#done.map(({ closed, open }) => {
        const all = open === undefined ? closed : [...closed, open]
        return { buckets: all.flatMap(bucketOf), states: all.flatMap(statesOf) }
      }),
      gaps: this.#gaps,
    }
  }

  #hold(next: number): void {
    if (this.#last === undefined) return
    const { ts: from, value } = this.#last
    const to = Math.min(next, from + this.#holdMs, this.#until)
    if (to < Math.min(next, this.#until)) this.#gaps.push([to, Math.min(next, this.#until)])
    for (let each = 0; each < this.#grids.length; each++)
      for (let at = from; at < to;) {
        const bucket = this.#at(each, at)
        const end = Math.min(to, bucket.end)
        const seconds = (end - at) / 1_000
        bucket.seconds += seconds
        if (typeof value === 'number') {
          take(bucket, value)
          bucket.total += value * seconds
        } else
          (bucket.states ??= new Map<string, number>()).set(value, (bucket.states.get(value) ?? 0) + seconds)
        at = end
      }
  }

  #at(each: number, ts: number): Open {
    const done = this.#done[each]!
    if (done.open !== undefined && ts < done.open.end) return done.open
    if (done.open !== undefined) done.closed.push(done.open)
    const grid = this.#grids[each]!
    const start = grid.startOf(ts)
    return (done.open = {
      ts: start,
      end: grid.endOf(start),
      n: 0,
      min: Number.POSITIVE_INFINITY,
      max: Number.NEGATIVE_INFINITY,
      total: 0,
      seconds: 0,
      last: 0,
      states: undefined,
    })
  }
}

function take(bucket: Open, value: number): void {
  if (value < bucket.min) bucket.min = value
  if (value > bucket.max) bucket.max = value
  bucket.last = value
}
function bucketOf({ ts, n, min, max, total, seconds, last }: Open): Bucket[] {
  return max < min ? [] : [{ ts, n, min, max, total, seconds, last }]
}
function statesOf({ ts, states }: Open): StateBucket[] {
  return states === undefined ? [] : [{ ts, states: Object.fromEntries(states) }]
}

/** Hours or days as one: what they come to together. */
export function together(buckets: readonly Bucket[]): Bucket | undefined {
  const [first] = buckets
  if (first === undefined) return undefined
  return buckets.reduce((sum, each) =>
    each === sum
      ? sum
      : {
          ts: sum.ts,
          n: sum.n + each.n,
          min: Math.min(sum.min, each.min),
          max: Math.max(sum.max, each.max),
          total: sum.total + each.total,
          seconds: sum.seconds + each.seconds,
          last: each.last,
        },
  )
}
/** The mean over the time of which something is known; of a bucket in which values only came and went, the last. */
export function meanOf({ total, seconds, last, min, max }: Bucket): number {
  return seconds > 0 ? Math.min(max, Math.max(min, total / seconds)) : last
}
