import { z } from 'zod'
import { correctionOutcomes } from '../corrections.ts'
import { categories, purposes, recipients } from '../privacy.ts'
import { id, instant, locale, region, words } from './common.ts'

/** What its person says is wrong with a field. // pp.4.4.a */
export const statement = z.object({
  text: z.string(),
  at: instant,
  reply: z.string().optional(),
  outcome: z.enum(correctionOutcomes).optional(),
})
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
  /** What it is called in plain words. */
  name: z.string(),
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
  /** How many there are; at most the newest twenty are shown, the copy has all. None unless the values were asked for. */
  count: z.int(),
  values: z.array(heldValue),
  /** How often its person has said what is wrong with it; the words stand here where the values do. */
  said: z.int(),
  statements: z.array(statement),
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
  /** Whether the values themselves were asked for, which takes a fresh proof. // pp.4.3 */
  open: z.boolean(),
  homes: z.array(z.object({ home: id, role: z.string() })),
  categories: z.array(heldCategory),
  /** Who would read what is said to be wrong, and by when they would have to answer if it were said now. // pp.8 */
  correction: z.object({ readBy: z.enum(['keepers', 'staff']), dueAt: instant }),
})
export const heldQuery = z.strictObject({
  locale: locale.default('en'),
  values: z.literal('open').optional(),
})
export type HeldValue = z.infer<typeof heldValue>
export type HeldField = z.infer<typeof heldField>
export type Held = z.infer<typeof held>

export const requestKinds = [
  'access',
  'portability',
  'erasure',
  'restriction',
  'objection',
  'objection-marketing',
  'correction',
] as const
/**
 * `ground` only with an erasure, and never needed; `purpose` only with an objection; a correction takes the field as
 * `GET /api/me/held` names it, and what is wrong with it.
 */
export const requestAsk = z.strictObject({
  kind: z.enum(requestKinds),
  ground: z.enum(['unlawful', 'no-consent', 'breach']).optional(),
  purpose: z.enum(purposes).optional(),
  place: z.string().max(200).optional(),
  field: z.string().max(200).optional(),
  text: words.optional(),
})
/** What an adult asks for the child they answer for: what narrows or refuses stays the child's own to say. // pp.6 */
export const guardianAsk = requestAsk
  .omit({ purpose: true, place: true, field: true, text: true })
  .extend({ kind: z.enum(['access', 'portability', 'erasure']) })
/** A field that a correction is about, by what it is called in each language. */
export const correctedField = z.object({
  place: z.string(),
  field: z.string(),
  names: z.object({ en: z.string(), 'zh-Hans': z.string() }),
})
const stepResult = z.enum(['done', 'verified', 'nothing', 'kept', 'failed'])
export const requestView = z.object({
  id,
  kind: z.enum(requestKinds),
  state: z.enum(['planned', 'paused', 'executing', 'answered', 'closed', 'extended', 'withdrawn']),
  regime: z.string(),
  ground: z.string().optional(),
  purpose: z.enum(purposes).optional(),
  /** Of a correction: the field, what its person wrote, and what was answered. Taken back, the words are gone. */
  about: correctedField.optional(),
  text: z.string().optional(),
  reply: z.string().optional(),
  outcome: z.enum(correctionOutcomes).optional(),
  receivedAt: instant,
  dueAt: instant,
  /** When it is carried out; an erasure can be taken back until then. */
  runAt: instant,
  pausedAt: instant.optional(),
  extendedAt: instant.optional(),
  answeredAt: instant.optional(),
  endedAt: instant.optional(),
  /** Until when the copy can be fetched. */
  copyUntil: instant.optional(),
  /** Whether its person can take it back or lift it. */
  canEnd: z.boolean(),
  /** An adult asked for the child they answer for, and only they take it back or fetch it. // pp.6 */
  askedBy: z.literal('guardian').optional(),
  /** The places it looks at, from the data map. */
  plan: z.array(z.string()),
  steps: z.array(
    z.object({
      place: z.string(),
      result: stepResult,
      reason: z.string().optional(),
      until: instant.optional(),
    }),
  ),
})
/** What a human says to a correction. // pp.4.4.a */
export const correctionAnswer = z.strictObject({ outcome: z.enum(correctionOutcomes), reply: words })
export const correctionsQuery = z.strictObject({ locale: locale.default('en') })
/** Corrections that wait for whoever keeps a household's server. */
export const waitingCorrections = z.array(
  z.object({
    id,
    place: z.string(),
    field: z.string(),
    name: z.string(),
    text: z.string(),
    receivedAt: instant,
    dueAt: instant,
    isOverdue: z.boolean(),
    email: z.string().optional(),
    phone: z.string().optional(),
    /** Whether whoever reads this wrote it themselves. */
    isOwn: z.boolean(),
  }),
)
export const packageLink = z.object({ link: z.string(), expiresAt: instant })
export const erasureView = z.object({
  id,
  state: z.enum(['executing', 'closed']),
  startedAt: instant,
  finishedAt: instant.optional(),
  places: z.array(z.object({ place: z.string(), result: stepResult, reason: z.string().optional() })),
  /** Whoever had received something by which they could find the erased is told to delete it. // pp.4.4.a */
  recipients: z.array(
    z.object({
      name: z.string(),
      state: z.enum(['waiting', 'asked', 'done', 'refused', 'failed', 'no-endpoint']),
      at: instant,
    }),
  ),
  /** A JWS (Ed25519) that names nobody. */
  certificate: z.string().optional(),
})
export const breachCases = z.array(
  z.object({ id, ground: z.string(), region: z.string(), openedAt: instant }),
)
export type RequestAsk = z.infer<typeof requestAsk>
export type GuardianAsk = z.infer<typeof guardianAsk>
export type PackageLink = z.infer<typeof packageLink>
export type RequestView = z.infer<typeof requestView>
export type ErasureView = z.infer<typeof erasureView>
export type Statement = z.infer<typeof statement>
export type CorrectionAnswer = z.infer<typeof correctionAnswer>
export type WaitingCorrections = z.infer<typeof waitingCorrections>
