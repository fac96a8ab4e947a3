import type { Tariff } from '@eaves/model/api'
import { beginOf, dateOf, daysOn } from './calendar.ts'
import type { Listed } from './price-lists.ts'
import { pricesOf, type Prices } from './prices.ts'

const quarterMs = 900_000
const hourMs = 3_600_000
const mostKnown = 10_000

/** What one unit costs at an instant. */
export interface PriceAt {
  readonly price: number
  readonly currency: string
}
export interface PriceStep extends PriceAt {
  readonly from: number
  readonly to: number
}

interface RankedDay {
  readonly begin: number
  readonly end: number
  /** The hours of the day by their price; none of a day that is not known whole. */
  readonly ranked: readonly number[]
}

/** What one unit costs and will cost, as far as that is known: of what changes with the use of a month nothing is said. */
export class PriceTimes {
  readonly tariffs: readonly Tariff[]
  readonly zone: string
  readonly #prices: Prices
  /** By the quarter of an hour, so that many automations by one price cost little more than one. */
  readonly #known = new Map<number, PriceAt | undefined>()
  readonly #days = new Map<string, RankedDay>()
  /** The one that was asked for last. */
  #day: RankedDay | undefined

  constructor(tariffs: readonly Tariff[], zone: string, listed?: Listed) {
    this.tariffs = tariffs
    this.zone = zone
    this.#prices = pricesOf(tariffs, zone, listed)
  }

  /** When another tariff begins to hold, the first one first. */
  get begins(): readonly number[] {
    return this.tariffs.map(({ from }) => beginOf(this.zone, from)).toSorted((a, b) => a - b)
  }

  /** The tariffs that hold on a day of the calendar, and on any later one. */
  heldFrom(day: string): readonly Tariff[] {
    const inOrder = this.tariffs.toSorted((a, b) => (a.from < b.from ? -1 : 1))
    const first = inOrder.findLastIndex(({ from }) => from <= day)
    return first < 0 ? inOrder : inOrder.slice(first)
  }

  at(ms: number): PriceAt | undefined {
    const from = Math.floor(ms / quarterMs) * quarterMs
    if (this.#known.has(from)) return this.#known.get(from)
    const price = this.#mean(from, from + quarterMs)
    const found = price === undefined ? undefined : { price, currency: this.tariffAt(ms)!.currency }
    if (this.#known.size >= mostKnown) {
      this.#known.clear()
      this.#days.clear()
    }
    this.#known.set(from, found)
    return found
  }

  tariffAt(ms: number): Tariff | undefined {
    return this.#prices.tariffAt(ms)
  }

  #mean(from: number, to: number): number | undefined {
    return (this.tariffAt(from)?.tiers.length ?? 0) > 0 ? undefined : this.#prices.mean(from, to)
  }

  /** Whether it lies in one of so many cheapest whole hours of its day, of equal ones the earlier; never on a day that is not known whole. */
  isCheapest(ms: number, hours: number): boolean {
    const { begin, ranked } = this.#dayAt(ms)
    const hour = begin + Math.floor((ms - begin) / hourMs) * hourMs
    return ranked.slice(0, hours).includes(hour)
  }

  #dayAt(ms: number): RankedDay {
    const known = this.#day
    if (known !== undefined && ms >= known.begin && ms < known.end) return known
    const day = dateOf(this.zone, ms)
    return (this.#day = this.#days.get(day) ?? this.#rankedOf(day))
  }

  #rankedOf(day: string): RankedDay {
    const [begin, end] = [beginOf(this.zone, day), beginOf(this.zone, daysOn(day, 1))]
    const hours: { readonly from: number; readonly price: number }[] = []
    let isWhole = true
    for (let from = begin; from < end && isWhole; from += hourMs) {
      const price = this.#mean(from, Math.min(end, from + hourMs))
      isWhole = price !== undefined
      // Where clocks are changed by half an hour, that one is not whole.
      if (price !== undefined && from + hourMs <= end) hours.push({ from, price })
    }
    const sorted = hours.toSorted((a, b) => a.price - b.price || a.from - b.from).map(({ from }) => from)
    const found = { begin, end, ranked: isWhole ? sorted : [] }
    this.#days.set(day, found)
    return found
  }

  /** What is known of a span that begins and ends on the hour or a quarter of it: by the hour where no quarter differs from the others of its hour. */
  steps(from: number, to: number): { readonly stepMs: number; readonly steps: readonly PriceStep[] } {
    const quarters: (PriceStep | undefined)[] = []
    for (let at = from; at < to; at += quarterMs) {
      const found = this.at(at)
      quarters.push(found && { ...found, from: at, to: at + quarterMs })
    }
    const isHourly =
      (to - from) % hourMs === 0 &&
      quarters.every((each, i) => {
        const first = quarters[i - (i % 4)]
        return each?.price === first?.price && each?.currency === first?.currency
      })
    const stepMs = isHourly ? hourMs : quarterMs
    const steps = quarters.flatMap((each, i) =>
      each === undefined || (isHourly && i % 4 > 0) ? [] : [{ ...each, to: each.from + stepMs }],
    )
    return { stepMs, steps }
  }
}
