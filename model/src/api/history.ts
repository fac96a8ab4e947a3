import { z } from 'zod'
import { mostTableLetters } from '../history.ts'
import { id, instant } from './common.ts'
import { attribute } from './homes.ts'

export const resolutions = ['raw', '5m', 'hour', 'day', 'auto'] as const
export type Resolution = (typeof resolutions)[number]

const of = {
  device: id,
  part: z.string().max(120).default('main'),
  capability: z.string().max(64),
  attribute: z.string().max(120),
}
const span = { from: z.string().max(40), to: z.string().max(40).optional() }

export const historyQuery = z.strictObject({ ...of, ...span, resolution: z.enum(resolutions).default('raw') })
export const historyExport = historyQuery.extend({ as: z.enum(['csv', 'parquet']).default('csv') })
const gaps = z.array(z.tuple([z.number(), z.number()]))
/** Raw points: [epoch milliseconds, value]. Between the two instants of a gap nothing is known. */
export const historyAnswer = z.object({
  resolution: z.literal('raw'),
  points: z.array(z.tuple([z.number(), attribute])),
  gaps,
  truncated: z.boolean(),
})
/** Seconds by state; of true and false, by `true` and `false`. */
const states = z.record(z.string(), z.number())
/** Condensed points: [start of the bucket, least, mean over time, most]; a bucket of which nothing is known is not there. */
export const historyRolled = z.object({
  resolution: z.enum(['5m', 'hour', 'day']),
  points: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
  /** Of what is a state and not a number: how long it was which. */
  states: z.array(z.tuple([z.number(), states])).optional(),
  gaps,
  truncated: z.boolean(),
})

export const statisticsQuery = z.strictObject({ ...of, ...span, compare: z.enum(['before']).optional() })
export const historySummary = z.object({
  from: instant,
  to: instant,
  /** Of so many seconds of the span it is known what it was. */
  knownSeconds: z.number(),
  /** How many values came. */
  values: z.number(),
  value: z.object({ min: z.number(), mean: z.number(), max: z.number(), last: z.number() }).optional(),
  states: states.optional(),
})
export const historyStatistics = historySummary.extend({
  type: z.enum(['number', 'boolean', 'choice']),
  unit: z.string().optional(),
  /** The same of the span of equal length that ends where this one begins. */
  before: historySummary.optional(),
})

/** A table as the export writes it: the columns at and value, the unit in the header. */
export const historyImport = z.strictObject({
  ...of,
  csv: z.string().max(mostTableLetters),
  /** Whether a counter may begin anew. */
  resets: z.boolean().default(false),
})
export const historyImported = z.object({
  added: z.number(),
  /** Rows for instants of which a value was there; it stays. */
  known: z.number(),
  repeated: z.number(),
  from: instant.optional(),
  to: instant.optional(),
})

/** What a table would bring; with any fault in it nothing would be taken. */
export const historyImportPreview = z.object({
  /** Lines that were understood, those of instants that are there already among them. */
  rows: z.number(),
  added: z.number(),
  known: z.number(),
  repeated: z.number(),
  from: instant.optional(),
  to: instant.optional(),
  /** Of numbers. */
  min: z.number().optional(),
  max: z.number().optional(),
  type: z.enum(['number', 'boolean', 'choice']),
  /** As it stands beside a value: °C. */
  unit: z.string().optional(),
  kept: z.enum(['nothing', 'hours', 'days']),
  /** How many lines have a fault; the first of them are named. */
  faulty: z.number(),
  faults: z.array(z.object({ path: z.string(), code: z.string() })),
})

const ofDevice = z.object({ device: id, part: z.string(), capability: z.string(), attribute: z.string() })
/** Which values of which devices have a history. */
export const historyValues = z.array(ofDevice)
/** Of which values of which devices none is wanted. */
export const historyKept = z.array(ofDevice)
export const historyKeep = z.strictObject({
  ...of,
  isKept: z.boolean(),
  /** Whether what there is goes too. */
  forget: z.boolean().default(true),
})

export const historySpace = z.object({
  /** Bytes are counted from rows, at what a row takes on average. */
  bytes: z.number(),
  rows: z.number(),
  devices: z.array(
    z.object({
      device: id,
      bytes: z.number(),
      rows: z.number(),
      values: z.array(
        z.object({
          part: z.string(),
          capability: z.string(),
          attribute: z.string(),
          bytes: z.number(),
          samples: z.number(),
          hours: z.number(),
          days: z.number(),
          /** Raw values a day, over the time from which they are there. */
          perDay: z.number(),
          kept: z.enum(['nothing', 'hours', 'days']),
        }),
      ),
    }),
  ),
})

export type HistoryAnswer = z.infer<typeof historyAnswer>
export type HistoryRolled = z.infer<typeof historyRolled>
export type HistoryStatistics = z.infer<typeof historyStatistics>
export type HistorySummary = z.infer<typeof historySummary>
export type HistorySpace = z.infer<typeof historySpace>
export type HistoryImportPreview = z.infer<typeof historyImportPreview>
export type HistoryImported = z.infer<typeof historyImported>
export type HistoryKept = z.infer<typeof historyKept>
export type HistoryKeep = z.infer<typeof historyKeep>
export type HistoryValues = z.infer<typeof historyValues>
