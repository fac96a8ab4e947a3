import { z } from 'zod'
import { categories, purposes, recipients } from '../privacy.ts'
import { id, instant, locale, region } from './common.ts'

/** One value that is held, opened. */
export const heldValue = z.object({
  value: z.unknown(),
  home: id.optional(),
  at: instant.optional(),
  /** When it goes by itself, where the row says it. */
  until: instant.optional(),
})
export const heldField = z.object({
  place: z.string(),
  field: z.string(),
  category: z.enum(categories),
  label: z.string(),
  required: z.boolean(),
  purposes: z.array(
    z.object({
      purpose: z.enum(purposes),
      name: z.string(),
      why: z.string(),
      basis: z.object({ kind: z.string(), article: z.string() }),
    }),
  ),
  source: z.object({ from: z.string(), words: z.string() }),
  kept: z.string(),
  recipients: z.array(z.object({ recipient: z.enum(recipients), name: z.string() })),
  clauses: z.array(z.string()),
  /** How many there are; at most the newest twenty are shown, the copy has all. */
  count: z.int(),
  values: z.array(heldValue),
  /** Why no value is shown: what proves who one is, is told to nobody. */
  withheld: z.string().optional(),
})
export const heldCategory = z.object({
  category: z.enum(categories),
  label: z.string(),
  fields: z.array(heldField),
})
/** Everything held about a person, by category; what is of other people is left out. // pp.4.4.a */
export const held = z.object({
  at: instant,
  region,
  homes: z.array(z.object({ home: id, role: z.string() })),
  categories: z.array(heldCategory),
})
export const heldQuery = z.strictObject({ locale: locale.default('en') })
export type HeldValue = z.infer<typeof heldValue>
export type HeldField = z.infer<typeof heldField>
export type Held = z.infer<typeof held>
