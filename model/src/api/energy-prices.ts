import { z } from 'zod'
import { id, instant } from './common.ts'
import { readAddress, readingFailures, readingView } from './reading.ts'

/** Of one answer. */
export const mostListedPrices = 400
/** Why what an address answers is no list of prices for this meter. */
export const priceFaults = [
  'no-prices',
  'too-many-prices',
  'odd-prices',
  'unknown-unit',
  'other-currency',
  'not-by-list',
] as const
export const priceFailures = [...readingFailures, ...priceFaults] as const

export const priceListAddress = z.strictObject({ address: readAddress })
/** Where the prices of a meter are read from, and how it went. */
export const priceListView = readingView.extend({
  meter: id,
  failure: z.enum(priceFailures).optional(),
  /** Up to when prices are known. */
  until: instant.optional(),
})

export type PriceFault = (typeof priceFaults)[number]
export type PriceFailure = (typeof priceFailures)[number]
export type PriceListView = z.infer<typeof priceListView>
