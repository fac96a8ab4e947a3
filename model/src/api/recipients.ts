import { z } from 'zod'
import { categories, purposes, regions } from '../privacy.ts'
import { id, instant, locale, region } from './common.ts'

const kind = z.enum(['manufacturer', 'partner', 'processor'])
const agreementState = z.enum(['in-force', 'missing', 'expired', 'not-yet'])
export const recipientId = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/)

/** Somebody who may get something, by name. // pp.3.1.p */
export const recipientRow = z.object({
  id: recipientId,
  name: z.string(),
  kind,
  contact: z.string(),
  policyUrl: z.string(),
  region,
  mechanism: z.enum(['adequacy', 'scc', 'pipl-38']).nullable(),
  purposes: z.array(z.object({ purpose: z.enum(purposes), name: z.string() })),
  /** What it may get at most, in words. */
  fields: z.array(z.string()),
  /** The devices that are its own: those of these brands. */
  brands: z.array(z.string()),
  agreement: z
    .object({ sha256: z.string(), signedAt: z.string(), expiresAt: z.string() })
    .nullable()
    .describe('the contract that binds it; without one in force it gets nothing'),
  state: agreementState,
})
export const recipientsPage = z.object({
  recipients: z.array(recipientRow),
  /** Where messages go out, as whoever runs this server has set it. */
  services: z.array(z.object({ kind: z.enum(['mail', 'text', 'push', 'alive']), host: z.string() })),
})

/** What is told before a yes. */
export const sharingNotice = z.object({
  purpose: z.enum(purposes),
  locale,
  recipient: z.object({
    name: z.string(),
    contact: z.string(),
    policyUrl: z.string(),
    kind,
    region: z.enum(regions),
    mechanism: z.string().nullable(),
    /** Whose devices it learns of. */
    brands: z.array(z.string()).readonly(),
    /** SHA-256 of the contract that binds it, and of what lets something go to its region; another one ends a yes. */
    agreement: z.string().nullable(),
    safeguard: z.string().nullable(),
  }),
  title: z.string(),
  what: z.string(),
  why: z.string(),
  effectOfNo: z.string(),
  method: z.string(),
  undo: z.string(),
  categories: z.array(
    z.object({ category: z.enum(categories), label: z.string(), fields: z.array(z.string()) }),
  ),
})
const shownNotice = sharingNotice.extend({ sha256: z.string() })

export const sharingState = z.enum(['never', 'given', 'refused', 'withdrawn', 'expired', 'superseded'])
/** The choices about one recipient and purpose: a switch for each kind of information, off until it is given. */
export const sharingRow = z.object({
  recipient: recipientId,
  purpose: z.enum(purposes),
  notice: shownNotice,
  choices: z.array(
    z.object({
      category: z.enum(categories),
      given: z.boolean(),
      state: sharingState,
      at: instant.optional(),
    }),
  ),
  /** Whether the app may ask by itself now; a person changes it whenever they like. */
  mayAsk: z.boolean(),
  askAgainAt: instant.optional(),
})
/** How it stands after a choice; without the text for one that is registered no longer, which nobody can say yes to. */
export const sharingChosen = sharingRow.partial({ notice: true })
export const sharingSet = z.strictObject({
  purpose: z.enum(purposes),
  locale,
  /** Of the text that was shown; a yes to another text is none. */
  noticeSha256: z.string().regex(/^[0-9a-f]{64}$/),
  choices: z
    .array(z.strictObject({ category: z.enum(categories), given: z.boolean() }))
    .min(1)
    .max(20),
})
export const sharingShown = z.strictObject({ purpose: z.enum(purposes), locale })

/** One thing that left, or was about to. */
export const disclosureRow = z.object({
  id,
  recipient: z.string(),
  name: z.string(),
  kind: z.enum(['report', 'deletion']),
  purpose: z.enum(purposes),
  why: z.string(),
  categories: z.array(z.string()),
  fields: z.array(z.string()),
  at: instant,
  /** `sending`: a moment ago; `unknown`: it broke off, and may have arrived. */
  outcome: z.enum(['sending', 'sent', 'refused', 'failed', 'unknown']),
  outcomeAt: instant.optional(),
  bytes: z.int().optional(),
  /** The consents it rested on, by the id that stands in their receipt; of a request to delete, none. */
  consents: z.array(z.string()),
  /** When they were given. */
  consentedAt: z.array(instant),
})
export const deletionState = z.enum(['waiting', 'asked', 'done', 'refused', 'silent', 'unreached'])
export const myRecipients = z.object({
  /** Whether this request says by Global Privacy Control that nothing is to be shared. // pp.4.4.d */
  gpc: z.boolean(),
  /** When that signal last turned sharing off. */
  gpcAt: instant.optional(),
  recipients: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** Absent for one that is registered no longer. */
      registered: recipientRow.optional(),
      sharing: z.array(sharingRow),
      /** How many reports reached it, or may have. */
      received: z.int(),
      lastAt: instant.optional(),
      deletion: z
        .object({ state: deletionState, askedAt: instant, answeredAt: instant.optional() })
        .optional(),
      /** Whether it can be asked to delete now: it got what it could find, and has an address. */
      canAsk: z.boolean(),
    }),
  ),
  received: z.array(disclosureRow),
  /** What to send as `before` for what is older; absent at the end. */
  older: z.string().optional(),
})
export const deletionAsked = z.object({ state: deletionState, askedAt: instant })

export type RecipientRow = z.infer<typeof recipientRow>
export type RecipientsPage = z.infer<typeof recipientsPage>
export type SharingNotice = z.infer<typeof sharingNotice>
export type SharingRow = z.infer<typeof sharingRow>
export type SharingChosen = z.infer<typeof sharingChosen>
export type SharingSet = z.infer<typeof sharingSet>
export type SharingState = z.infer<typeof sharingState>
export type DisclosureRow = z.infer<typeof disclosureRow>
export type DeletionAsked = z.infer<typeof deletionAsked>
export type MyRecipients = z.infer<typeof myRecipients>
