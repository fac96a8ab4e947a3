import { z } from 'zod'
import { meterKinds, mostSwaps, mostTariffs, mostTiers, mostWindows } from '../energy.ts'
import { id, instant, name } from './common.ts'

const isDate = (text: string): boolean => {
  const ms = Date.parse(`${text}T00:00:00Z`)
  return Number.isFinite(ms) && new Date(ms).toISOString().slice(0, 10) === text
}
/** A day of the home's calendar; 30 February is none. */
export const calendarDay = z
  .string()
  .regex(/^[12]\d{3}-\d\d-\d\d$/)
  .refine(isDate, { params: { code: 'not-a-date' } })
  .describe('YYYY-MM-DD in the zone of the home')

/** Which value of which device a meter reads. */
export const meterSource = z.strictObject({
  device: id,
  part: z.string().min(1).max(120).default('main'),
  capability: z.string().max(64),
  attribute: z.string().max(120),
})
const reading = z.number().min(0).max(1e9)
/** Another counter took over: what the old one showed last, and the new one first. */
export const meterSwap = z.strictObject({
  at: z.iso.datetime({ offset: true }),
  ended: reading,
  began: reading,
})

const price = z
  .number()
  .min(-1_000)
  .max(1_000)
  .describe('for one kWh or m³; below nothing, where it is paid for')
const quarter = z.string().regex(/^([01]\d|2[0-3]):(00|15|30|45)$/)
/** From a quarter of an hour on the wall to another; one that ends before it begins ends on the next day. */
export const tariffWindow = z.strictObject({
  days: z.array(z.int().min(1).max(7)).min(1).max(7).describe('1 is Monday; of the day on which it begins'),
  from: quarter,
  to: quarter,
  price,
})
/** From so much used in a month of the calendar on, each further unit costs this. */
export const tariffTier = z.strictObject({ above: z.number().positive().max(1e6), price })
/** Prices by a list that an address tells: so often what the list says, and `price` (or the one of a window) on top for each unit. */
export const tariffList = z.strictObject({
  factor: z.number().min(0).max(10).describe('1.2 where a fifth of tax comes on top'),
})
/** What a meter costs from a day on, until the next one that begins. */
export const tariff = z.strictObject({
  from: calendarDay,
  currency: z.string().regex(/^[A-Z]{3}$/),
  price,
  standingPerDay: z.number().min(0).max(100_000).default(0),
  windows: z.array(tariffWindow).max(mostWindows).default([]),
  tiers: z.array(tariffTier).max(mostTiers).default([]).describe('rising; in place of windows'),
  list: tariffList.optional(),
})

const co2 = z.number().min(0).max(100_000).describe('grams of CO₂ for one kWh or m³')
const swaps = z.array(meterSwap).max(mostSwaps)
const tariffs = z.array(tariff).max(mostTariffs)
export const meterCreate = z.strictObject({
  name,
  kind: z.enum(meterKinds),
  source: meterSource,
  swaps: swaps.default([]),
  tariffs: tariffs.default([]),
  co2GramsPerUnit: co2.optional(),
  power: meterSource.optional(),
})
/** `version` is the one that was read: an edit of something older answers `input.conflict`. */
export const meterEdit = z.strictObject({
  name: name.optional(),
  source: meterSource.optional(),
  swaps: swaps.optional(),
  tariffs: tariffs.optional(),
  co2GramsPerUnit: co2.nullable().optional(),
  /** The value that tells its power now; null: the one beside its counter. */
  power: meterSource.nullable().optional(),
  version: z.int().positive().optional(),
})
const unit = z.enum(['kilowattHours', 'cubicMeters'])
export const meterView = z.object({
  id,
  name: z.string(),
  kind: z.enum(meterKinds),
  unit,
  /** Whether its device counts, or tells its power, which is added up. */
  by: z.enum(['counter', 'power']),
  source: meterSource,
  /** Its device is no longer there. */
  gone: z.literal(true).optional(),
  swaps,
  tariffs,
  co2GramsPerUnit: co2.optional(),
  power: meterSource.optional(),
  /** The value that tells its power now, named or found. */
  live: meterSource.optional(),
  version: z.int(),
})

export const energyResolutions = ['hour', 'day', 'month'] as const
export const energyQuery = z.strictObject({
  from: calendarDay,
  to: calendarDay.describe('the day after the last'),
  resolution: z.enum(energyResolutions).default('day'),
  compare: z.enum(['before', 'year']).optional(),
  readings: z.enum(['corrected', 'raw']).default('corrected'),
})
const cost = z.object({
  currency: z.string(),
  /** Of what was used. */
  used: z.number(),
  standing: z.number(),
})
const totals = z.object({
  /** In the unit of the meter; null where nothing is known. */
  amount: z.number().nullable(),
  costs: z.array(cost),
  /** Used, but of no known price: before the first tariff, or of no known hour while prices change. */
  unpriced: z.number(),
  /** Of the time of the span that is over, the part of which it is known what was used when. */
  completeness: z.number(),
})
export const energyMeterReport = totals.extend({
  id,
  kind: z.enum(meterKinds),
  name: z.string(),
  unit,
  by: z.enum(['counter', 'power']),
  /** What the amount stands for, where the meter says how much one unit does. */
  co2Kilograms: z.number().optional(),
  /** How many corrections are in it. */
  corrections: z.int(),
  buckets: z.array(
    z.object({
      start: instant,
      /** null where it is not known. */
      amount: z.number().nullable(),
      cost: z.number().nullable(),
      /** Whether all of it is known. */
      whole: z.boolean(),
      /** Spread over several hours: of the span it is right, of this hour it is a guess. */
      estimated: z.literal(true).optional(),
    }),
  ),
  /** When the counter began anew, by itself or by a swap. */
  resets: z.array(z.object({ at: instant, swap: z.boolean() })),
  /** Used between two readings so far apart that nobody knows in which bucket; part of the amount. */
  unplaced: z.array(z.object({ from: instant, to: instant, amount: z.number() })),
})
export const energyReport = z.object({
  from: instant,
  to: instant,
  resolution: z.enum(energyResolutions),
  meters: z.array(energyMeterReport),
  /** What the home itself used: what came in less what went out; null where a meter of it is not known. */
  usedKilowattHours: z.number().nullable(),
  /** Of what the sun made, the part that stayed; of what the home used, the part that did not come from the grid. */
  own: z.object({ solarKept: z.number().nullable(), withoutGrid: z.number().nullable() }),
  /** The most first. */
  devices: z.array(
    z.object({
      device: id,
      kilowattHours: z.number(),
      by: z.enum(['counter', 'power']),
      completeness: z.number(),
    }),
  ),
  compared: z.object({ from: instant, to: instant, meters: z.array(totals.extend({ id })) }).optional(),
})

const watts = z.number().nullable().describe('null where it is not known')
/** What flows at this moment; out of the grid and out of the battery are above zero. */
export const energyFlow = z.object({
  grid: watts.optional(),
  solar: watts.optional(),
  battery: watts.optional(),
  house: watts,
})
/** What stands out in the last days, each with the numbers that it is made of. */
export const energyInsight = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('base-load'),
    watts: z.number(),
    nights: z.int(),
    /** What that comes to in a year. */
    kilowattHours: z.number(),
  }),
  z.object({
    kind: z.literal('grown'),
    device: id,
    kilowattHours: z.number(),
    before: z.number(),
    percent: z.number(),
  }),
  z.object({
    kind: z.literal('dearest-hour'),
    meter: id,
    start: instant,
    amount: z.number(),
    cost: z.number(),
    currency: z.string(),
  }),
])
export const energyInsights = z.object({
  /** The days that were looked at. */
  from: calendarDay,
  to: calendarDay,
  insights: z.array(energyInsight),
})

/** A value that a meter could read. */
export const meterCandidates = z.array(meterSource.extend({ unit, by: z.enum(['counter', 'power']) }))

export type MeterSource = z.infer<typeof meterSource>
export type MeterSwap = z.infer<typeof meterSwap>
export type Tariff = z.infer<typeof tariff>
export type MeterCreate = z.infer<typeof meterCreate>
export type MeterEdit = z.infer<typeof meterEdit>
export type MeterView = z.infer<typeof meterView>
export type EnergyQuery = z.infer<typeof energyQuery>
export type EnergyReport = z.infer<typeof energyReport>
export type EnergyMeterReport = z.infer<typeof energyMeterReport>
export type EnergyInsight = z.infer<typeof energyInsight>
export type EnergyInsights = z.infer<typeof energyInsights>
export type EnergyResolution = (typeof energyResolutions)[number]
export type EnergyCost = z.infer<typeof cost>
export type MeterCandidates = z.infer<typeof meterCandidates>
