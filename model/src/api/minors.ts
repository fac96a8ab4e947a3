import { z } from 'zod'
import { ageBands } from '../privacy.ts'
import { id, instant, locale } from './common.ts'
import { documentEntry } from './gate.ts'

export const ageBand = z.enum(ageBands)
/** How things stand between a minor and the adult who answers for them. // pp.6 */
export const guardianState = z.object({
  /** Absent when the account is older than the question, and for others when they decide alone. */
  age: ageBand.optional(),
  need: z.enum(['none', 'notice', 'consent']),
  state: z.enum(['not-needed', 'given', 'missing']),
  /** Whether any adult of a home answers for them. */
  linked: z.boolean(),
  /** Since when the consent stands. */
  since: instant.optional(),
  /** To the adult alone: whether what is held of the child is theirs to see, copy and erase. */
  mayAsk: z.boolean().optional(),
})
export type GuardianState = z.output<typeof guardianState>
export const ageSet = z.strictObject({ age: ageBand })

/** What a guardian reads before deciding; `sha256` names exactly this with the two documents. */
export const guardianNotice = z.object({
  locale,
  sha256: z.string(),
  paragraphs: z.array(z.string()),
  documents: z.array(documentEntry),
})
export type GuardianNotice = z.output<typeof guardianNotice>
export const guardianAct = z.union([
  z.strictObject({ given: z.literal(true), sha256: z.string().regex(/^[0-9a-f]{64}$/), locale }),
  z.strictObject({ given: z.literal(false) }),
])
export type GuardianAct = z.output<typeof guardianAct>
/** A child that one answers for, as its guardian sees it. */
export const guardedChild = guardianState.extend({ home: id, subject: id, name: z.string().optional() })
export type GuardedChild = z.output<typeof guardedChild>
