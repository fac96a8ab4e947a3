import type { EnergyPrices } from '@eaves/model/api'

export type MeterPrices = EnergyPrices['meters'][number]
/** One price over a span of time. */
export interface PriceSpan {
  readonly from: number
  readonly to: number
  readonly price: number
  readonly currency: string
}

/** Steps that follow each other at one price are one span. */
export function spansOf({ steps, stepMinutes }: MeterPrices): PriceSpan[] {
  const spans: PriceSpan[] = []
  for (const { start, price, currency } of steps) {
    const from = Date.parse(start)
    const to = from + stepMinutes * 60_000
    const last = spans.at(-1)
    if (last?.to === from && last.price === price && last.currency === currency)
      spans[spans.length - 1] = { ...last, to }
    else spans.push({ from, to, price, currency })
  }
  return spans
}

export interface Extremes {
  readonly lowest: PriceSpan
  readonly highest: PriceSpan
}
/** When a kWh costs least and most on the day that ends then, the first time of each; undefined where it costs the same all day, or too little is known. */
export function extremesOf(prices: MeterPrices, endOfDay: number): Extremes | undefined {
  const steps = prices.steps.filter(({ start }) => Date.parse(start) < endOfDay)
  const day = spansOf({ ...prices, steps })
  const [first] = day
  if (first === undefined || day.some(({ currency }) => currency !== first.currency)) return undefined
  const lowest = day.reduce((a, b) => (b.price < a.price ? b : a))
  const highest = day.reduce((a, b) => (b.price > a.price ? b : a))
  return lowest.price === highest.price ? undefined : { lowest, highest }
}
