import { z } from 'zod'
import { id, instant } from './common.ts'

const why = z.string().trim().min(1).max(280)
/** What a meter really counted from one whole hour to another; null: it is not known. */
export const correctionCreate = z.strictObject({
  from: z.iso.datetime({ offset: true }).describe('a whole hour'),
  to: z.iso.datetime({ offset: true }).describe('the end of the last hour, at most 62 days on'),
  amount: z.number().min(0).max(1e6).nullable().describe('in the unit of the meter'),
  why,
})
export const correctionTakeBack = z.strictObject({ why })
const said = { at: instant, by: id.nullable().describe('null once they are gone'), why: z.string() }
export const correctionView = z.object({
  id,
  from: instant,
  to: instant,
  amount: z.number().nullable(),
  /** What had been counted when it was corrected. */
  counted: z.number().nullable(),
  ...said,
  /** By another correction: what was counted holds again. */
  takenBack: z.object(said).optional(),
})

export type CorrectionCreate = z.infer<typeof correctionCreate>
export type CorrectionView = z.infer<typeof correctionView>
