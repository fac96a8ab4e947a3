import { z } from 'zod'
import { modeId } from './modes.ts'

/** The mode of the home has become `to`, or anything else when it is left out. */
export const modeTrigger = z.strictObject({
  kind: z.literal('mode'),
  from: modeId.optional(),
  to: modeId.optional(),
})
export const modeCondition = z.strictObject({ kind: z.literal('mode'), is: modeId })
export const modeAction = z.strictObject({ kind: z.literal('mode'), to: modeId })
