import { mostListedPrices, type PriceFault } from '@eaves/model/api'
import { z } from 'zod'
import { Unusable } from '../reading/reading.ts'

const quarterMs = 900_000
const hourMs = 3_600_000
const dayMs = 86_400_000
/** As for a tariff: for one kWh. */
const largestPrice = 1_000

/** What one kWh costs over a span of whole quarters of an hour. */
export interface ListedPrice {
  readonly from: number
  readonly to: number
  readonly price: number
}
interface Entry {
  readonly from: number
  readonly to: number | undefined
  readonly price: number
}
interface List {
  readonly entries: readonly Entry[]
  readonly currency: string | undefined
  /** How many kWh its prices are for. */
  readonly per: number
}
const unusable = (code: PriceFault): never => {
  throw new Unusable<PriceFault>(code)
}

const most = <T extends z.ZodType>(each: T) => z.array(each).min(1)
const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const currency = z
  .string()
  .regex(/^[A-Za-z]{3}$/)
  .transform((text) => text.toUpperCase())
const own = z.object({
  prices: most(z.object({ from: instant, to: instant.optional(), price: z.number() })),
  currency: currency.optional(),
  unit: z.string().optional(),
})
const spans = z.object({
  data: most(
    z.object({
      start_timestamp: z.int(),
      end_timestamp: z.int(),
      marketprice: z.number(),
      unit: z.string(),
    }),
  ),
})
const columns = z.object({
  unix_seconds: most(z.int()),
  price: most(z.number().nullable()),
  unit: z.string(),
})

/** What an address answered, as prices of one kWh in order; throws where it is no list of this currency. */
export function readPriceList(text: string, wanted: string): ListedPrice[] {
  const { entries, currency: told, per } = listOf(parsed(text))
  if (entries.length === 0) unusable('no-prices')
  if (entries.length > mostListedPrices) unusable('too-many-prices')
  if (told !== undefined && told !== wanted) unusable('other-currency')
  const sorted = entries.toSorted((a, b) => a.from - b.from)
  const step = stepOf(sorted)
  const listed = sorted.map(({ from, to = from + step, price }) => ({ from, to, price: price / per }))
  for (const [index, each] of listed.entries()) {
    const before = listed[index - 1]
    if (!isSound(each) || (before !== undefined && before.to > each.from)) unusable('odd-prices')
  }
  return listed
}

/** How long a price holds that does not say so: as long as from any to the next at least, an hour at most. */
const stepOf = (sorted: readonly Entry[]): number =>
  sorted.reduce(
    (step, { from }, index) => (index === 0 ? step : Math.min(step, from - sorted[index - 1]!.from)),
    hourMs,
  )

const isSound = ({ from, to, price }: ListedPrice): boolean =>
  from % quarterMs === 0 &&
  to % quarterMs === 0 &&
  to > from &&
  to - from <= dayMs &&
  Math.abs(price) <= largestPrice

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return unusable('no-prices')
  }
}

function listOf(answer: unknown): List {
  const mine = own.safeParse(Array.isArray(answer) ? { prices: answer } : answer)
  if (mine.success) {
    const { prices, currency: named, unit } = mine.data
    const by = unit === undefined ? undefined : unitOf(unit)
    if (by !== undefined && named !== undefined && by.currency !== named) return unusable('unknown-unit')
    return {
      entries: prices.map(({ from, to, price }) => ({ from, to, price })),
      currency: named ?? by?.currency,
      per: by?.per ?? 1,
    }
  }
  const spanned = spans.safeParse(answer)
  if (spanned.success) {
    const { data } = spanned.data
    const units = new Set(data.map(({ unit }) => unit))
    if (units.size !== 1) return unusable('unknown-unit')
    const entries = data.map((each) => ({
      ...{ from: each.start_timestamp, to: each.end_timestamp, price: each.marketprice },
    }))
    return { entries, ...unitOf(data[0]!.unit) }
  }
  const two = columns.safeParse(answer)
  if (!two.success || two.data.unix_seconds.length !== two.data.price.length) return unusable('no-prices')
  const { unix_seconds: seconds, price: prices, unit } = two.data
  const entries = seconds.flatMap((second, index) => {
    const price = prices[index]
    return typeof price === 'number' ? [{ from: second * 1_000, to: undefined, price }] : []
  })
  return { entries, ...unitOf(unit) }
}

/** "EUR / MWh", "Eur/kWh". */
function unitOf(unit: string): { readonly currency: string; readonly per: number } {
  const found = /^\s*([a-z]{3})\s*\/\s*([mk])wh\s*$/i.exec(unit)
  if (found === null) return unusable('unknown-unit')
  return { currency: found[1]!.toUpperCase(), per: found[2]!.toLowerCase() === 'm' ? 1_000 : 1 }
}
