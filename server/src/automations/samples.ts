import type { DeviceId, VendorValue } from '@eaves/model'
import type { Cell } from '../homes/homes.ts'

export type Point = readonly [t: number, v: number | boolean | string]
/** Points of one value, oldest first, at most `limit` of them from that instant on. */
export type ReadPoints = (ask: {
  readonly device: DeviceId
  readonly path: string
  readonly from: number
  readonly to: number
  readonly limit: number
}) => Promise<{ readonly points: readonly Point[]; readonly truncated: boolean }>

const never = Number.POSITIVE_INFINITY

/** What history has of one value, page by page; a page lies packed, so that a million samples are no million objects. */
export class Series {
  readonly cell: Cell
  readonly #page: number
  #instants = new Float64Array()
  #values: ArrayLike<VendorValue> = []
  #at = 0
  #isEnd = false
  #from: number

  constructor(cell: Cell, from: number, page: number) {
    this.cell = cell
    this.#from = from
    this.#page = page
  }

  get next(): number {
    return this.#at < this.#instants.length ? this.#instants[this.#at]! : never
  }

  get isHungry(): boolean {
    return this.#at >= this.#instants.length && !this.#isEnd
  }

  take(): VendorValue {
    return this.#values[this.#at++]!
  }

  async feed(read: ReadPoints, to: number): Promise<void> {
    const { device } = this.cell.group
    const ask = { device: device.id, path: this.cell.path, from: this.#from, to, limit: this.#page }
    const { points, truncated } = await read(ask)
    const [instants, numbers] = [new Float64Array(points.length), new Float64Array(points.length)]
    let isPacked = true
    for (let i = 0; i < points.length; i++) {
      const [at, value] = points[i]!
      instants[i] = at
      if (typeof value === 'number') numbers[i] = value
      else isPacked = false
    }
    this.#instants = instants
    this.#values = isPacked ? numbers : points.map(([, value]) => value)
    this.#at = 0
    const last = points.at(-1)
    this.#isEnd = !truncated || last === undefined
    if (last !== undefined) this.#from = last[0] + 1
  }
}

/** The samples of many series in the order of their instants; of those at the same instant the first series first. */
export class Queue {
  readonly #series: readonly Series[]
  /** A binary heap: when each comes next, and which series that is. */
  readonly #next: Float64Array
  readonly #which: Int32Array
  #size: number

  constructor(series: readonly Series[]) {
    this.#series = series
    const order = [...series.keys()].filter((i) => series[i]!.next < never)
    // In order of their instants they are a heap already.
    order.sort((a, b) => series[a]!.next - series[b]!.next || a - b)
    this.#which = Int32Array.from(order)
    this.#next = Float64Array.from(order, (i) => series[i]!.next)
    this.#size = order.length
  }

  get next(): number {
    return this.#size > 0 ? this.#next[0]! : never
  }

  /** The series whose sample is the next one. */
  get first(): Series {
    return this.#series[this.#which[0]!]!
  }

  /** The first one has been taken from: it gets the place that its next sample has. */
  settle(): void {
    const { next } = this.first
    if (next < never) this.#sink(next, this.#which[0]!)
    else if (--this.#size > 0) this.#sink(this.#next[this.#size]!, this.#which[this.#size]!)
  }

  #sink(at: number, which: number): void {
    const next = this.#next
    let i = 0
    for (let down = 1; down < this.#size; down = 2 * i + 1) {
      if (down + 1 < this.#size && this.#isBefore(next[down + 1]!, this.#which[down + 1]!, down)) down++
      if (this.#isBefore(at, which, down)) break
      next[i] = next[down]!
      this.#which[i] = this.#which[down]!
      i = down
    }
    next[i] = at
    this.#which[i] = which
  }

  #isBefore(at: number, which: number, place: number): boolean {
    const other = this.#next[place]!
    return at < other || (at === other && which < this.#which[place]!)
  }
}
