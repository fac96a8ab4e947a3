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

const priced = { price: z.number().describe('for one kWh'), currency: z.string() }
/** What a kWh out of the grid costs, from the start of today to the end of tomorrow in days of the home. */
export const energyPrices = z.object({
  from: instant,
  to: instant,
  /** Meters of what comes out of the grid that have a tariff. */
  meters: z.array(
    z.object({
      meter: id,
      /** null where it is not known. */
      now: z.object(priced).nullable(),
      /** Whether a list says what holds now or tomorrow. */
      byList: z.boolean(),
      /** Whether it is another price at another time of these days, or may be. */
      changes: z.boolean(),
      /** 15 where quarters of an hour differ, else 60. */
      stepMinutes: z.int(),
      /** Those that are known, the first one first. */
      steps: z.array(z.object({ start: instant, ...priced })),
      /** Up to when they are known without a gap from now on. */
      until: instant.optional(),
    }),
  ),
})

export type PriceFault = (typeof priceFaults)[number]
export type PriceFailure = (typeof priceFailures)[number]
export type PriceListView = z.infer<typeof priceListView>
export type EnergyPrices = z.infer<typeof energyPrices>
