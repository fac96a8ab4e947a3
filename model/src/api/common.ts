import { z } from 'zod'
import { idPattern } from '../ids.ts'
import { locales } from '../homes.ts'
import { regions } from '../privacy.ts'

/** All request objects are strict: an unknown field is refused by name, never silently dropped. */
export const id = z.string().regex(idPattern).describe('128 random bits in lower-case base32')
export const instant = z.string().describe('ISO 8601 UTC with milliseconds')
export const locale = z.enum(locales)
export const region = z.enum(regions)
/** A name that a person gives: trimmed, no control characters, no half of a character. */
export const name = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u)
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  code: z.string(),
  todo: z.string(),
  errors: z.array(z.object({ path: z.string(), code: z.string() })).optional(),
  reference: z.string().optional(),
  retryAfterSeconds: z.number().optional(),
  triesLeft: z.int().optional(),
})
export type Problem = z.infer<typeof problem>
