import { z } from 'zod'
import { mostArchiveBytes } from '../bring.ts'

const base64Length = Math.ceil(mostArchiveBytes / 3) * 4

/** A copy of one's data from another server of this kind; with `dryRun` it is only said what would come. // pp.4.4.c */
export const bringAsk = z.strictObject({
  archive: z
    .string()
    .max(base64Length)
    .regex(/^[A-Za-z0-9+/]*={0,2}$/),
  dryRun: z.boolean(),
})
export const bringWhy = ['here-already', 'not-owner', 'may-not-make-home', 'too-many'] as const
/** Why a whole table stays behind, whatever is in it. */
export const leftWhy = ['way-in', 'agreement', 'others', 'device', 'record'] as const
export const brought = z.object({
  kind: z.enum(['preferences', 'home', 'floor', 'room', 'about']),
  /** What it is called; preferences have no name. */
  name: z.string().optional(),
  /** The home it is of. */
  home: z.string().optional(),
  does: z.enum(['comes', 'stays']),
  why: z.enum(bringWhy).optional(),
})
export const bringReport = z.object({
  /** Whether anything was written. */
  applied: z.boolean(),
  items: z.array(brought),
  left: z.array(z.object({ table: z.string(), rows: z.int(), why: z.enum(leftWhy) })),
})
export type BringAsk = z.infer<typeof bringAsk>
export type Brought = z.infer<typeof brought>
export type BringReport = z.infer<typeof bringReport>
export type BringWhy = (typeof bringWhy)[number]
export type LeftWhy = (typeof leftWhy)[number]
