import { z } from 'zod'
import { confirmers } from '../homes.ts'
import { id } from './common.ts'

/** Four to eight digits. */
export const pin = z.string().regex(/^\d{4,8}$/)
export const pinSet = z.strictObject({
  pin,
  /** Instead of a fresh sign-in. */
  currentPin: z.string().max(64).optional(),
})
export const confirmEdit = z.strictObject({ who: z.enum(confirmers) })
export const guardEdit = z.strictObject({ guarded: z.boolean() })
/** What this home wants confirmed, and how the caller stands to it. */
export const confirmState = z.object({
  who: z.enum(confirmers),
  /** Whether the caller is one of those who must. */
  needed: z.boolean(),
  hasPin: z.boolean(),
  /** Devices that keepers had treated as locks, as far as the caller sees them. */
  guarded: z.array(id),
})
export type ConfirmState = z.infer<typeof confirmState>
