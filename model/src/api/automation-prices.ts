import { z } from 'zod'
import { id } from './common.ts'

const limit = z
  .number()
  .min(-100_000)
  .max(100_000)
  .describe('for one unit, in the currency of the tariff that holds')
const priced = { kind: z.literal('price'), meter: id }
/** What a kWh costs by a meter lies below or above so much, or now is one of so many cheapest hours of the day: it is so, or has become so. */
export const price = [
  z.strictObject({ ...priced, below: limit }),
  z.strictObject({ ...priced, above: limit }),
  z.strictObject({
    ...priced,
    cheapest: z.int().min(1).max(23).describe('hours of the day of the home, once all its prices are known'),
  }),
] as const
