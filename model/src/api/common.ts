import { z } from 'zod'
import { mostWords } from '../corrections.ts'
import { idPattern } from '../ids.ts'
import { locales } from '../homes.ts'
import { regions } from '../privacy.ts'

/** All request objects are strict: an unknown field is refused by name, never silently dropped. */
export const id = z.string().regex(idPattern).describe('128 random bits in lower-case base32')
export const instant = z.string().describe('ISO 8601 UTC with milliseconds')
export const locale = z.enum(locales)
export const region = z.enum(regions)
/** As many signs as a reader counts; an emoji of seven code points is one. */
const longestName = 80
/** No sign that people write needs more of either: without them one sign could be a whole page. */
const mostUnits = 1000
const stackedMarks = /\p{M}{8}/u
/** Nothing to read: only blanks, joiners and marks. */
const readable = /[\p{L}\p{N}\p{P}\p{S}]/u
const signs = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * A name that a person gives: trimmed and in one form, with something to read in it. No control characters, no half of a
 * character, and nothing that turns the direction of the words around it.
 */
export const name = z
  .string()
  .max(mostUnits)
  .normalize('NFC')
  .trim()
  .min(1)
  .regex(/^[^\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u)
  .refine((text) => readable.test(text) && !stackedMarks.test(text), { params: { code: 'unreadable' } })
  .refine((text) => text.length > mostUnits || [...signs.segment(text)].length <= longestName, {
    params: { code: 'too-big' },
  })
/** What somebody writes in sentences: one line, with something to read, and none of the signs that a name may not have. */
export const words = z
  .string()
  .normalize('NFC')
  .trim()
  .min(1)
  .max(mostWords)
  .regex(/^[^\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u)
  .refine((text) => readable.test(text) && !stackedMarks.test(text), { params: { code: 'unreadable' } })
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
