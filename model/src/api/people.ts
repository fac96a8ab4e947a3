import { z } from 'zod'
import { id, instant, locale, name, region } from './common.ts'
import { acts, choices, documentId } from './gate.ts'
import { purposes } from '../privacy.ts'

/** Exactly these two, either suffices; nothing else about a person is asked for. // pp.2.1.1 */
export const identifier = z.union([
  z.strictObject({ email: z.string().trim().min(3).max(254) }),
  z.strictObject({ phone: z.string().trim().min(4).max(32) }),
])
export type Identifier = z.infer<typeof identifier>
export const password = z.string().min(10).max(256)

export const claimCheck = z.strictObject({ code: z.string().min(1).max(64) })
/** `device`: the browser's make and model as the app words it; dropped unless its purpose was chosen. // pp.2.2.2 */
export const deviceLabel = z.string().trim().max(60)
/** Without the acts: 451. // sa.1 */
export const claim = z.strictObject({
  code: z.string().min(1).max(64),
  identifier,
  acts: acts.optional(),
  choices: choices.optional(),
  password: password.optional(),
  device: deviceLabel.optional(),
})
export const signedIn = z.object({ accountId: id, recoveryCodes: z.array(z.string()).optional() })

/** `register` says that the person means to sign up: without the acts that is a 451, whatever the address. // sa.1 */
export const codeRequest = z.strictObject({
  identifier,
  register: z.boolean().optional(),
  acts: acts.optional(),
  choices: choices.optional(),
  locale: locale.optional(),
  /** The code of an invitation: whoever holds one may sign up on a household's server. */
  invitation: z.string().min(1).max(100).optional(),
})
export const codeSent = z.object({ flow: id, expiresInSeconds: z.int(), resendAfterSeconds: z.int() })
export const codeSignIn = z.strictObject({
  flow: id,
  code: z.string().trim().min(4).max(12),
  device: deviceLabel.optional(),
})
export const passwordSignIn = z.strictObject({
  identifier,
  password: z.string().min(1).max(256),
  device: deviceLabel.optional(),
})
export const recoverySignIn = z.strictObject({
  identifier,
  recoveryCode: z.string().trim().min(8).max(40),
  device: deviceLabel.optional(),
})

export const signOutEverywhere = z.strictObject({ tokens: z.boolean().optional() })
/** The code of a link printed on the server's own console. */
export const linkSignIn = z.strictObject({ code: z.string().min(8).max(100) })

export const me = z.object({
  accountId: id,
  email: z.string().optional(),
  phone: z.string().optional(),
  verified: z.object({ email: z.boolean(), phone: z.boolean() }),
  locale: locale.optional(),
  theme: z.enum(['system', 'light', 'dark']),
  hasPassword: z.boolean(),
  recoveryCodesLeft: z.int(),
  agreement: z.object({ current: z.boolean() }),
})
export const meEdit = z.strictObject({
  locale: locale.optional(),
  theme: z.enum(['system', 'light', 'dark']).optional(),
})
export const setPassword = z.strictObject({
  password: password.nullable(),
  currentPassword: z.string().max(256).optional(),
})
export const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) })

/** Either the two acts, or a refusal by somebody who has an account. // sa.4 */
export const agreementAct = z.union([
  z.strictObject({ acts }),
  z.strictObject({ refuse: z.literal(true), locale }),
])
export const agreementRow = z.object({
  document: documentId,
  version: z.string(),
  sha256: z.string(),
  locale,
  act: z.enum(['accept', 'acknowledge', 'refuse']),
  at: instant,
  surface: z.string(),
})
export const agreementState = z.object({ current: z.boolean(), acts: z.array(agreementRow) })
export const choiceRow = z.object({
  purpose: z.enum(purposes),
  given: z.boolean(),
  at: instant.optional(),
  events: z.array(z.object({ event: z.string(), at: instant, surface: z.string() })),
})
/** Proof of a choice; names after ISO/IEC TS 27560. */
export const receipt = z.object({
  header: z.object({
    schema_version: z.string(),
    record_id: z.string(),
    pii_principal_id: id,
    created_at: instant,
  }),
  processing: z.object({
    purpose: z.string(),
    purpose_name: z.string(),
    lawful_basis: z.string(),
    pii_categories: z.array(z.string()),
    pii_controller: z.string(),
    recipients: z.array(z.string()),
    storage: z.string(),
    retention: z.string(),
    privacy_notice: z.object({ sha256: z.string(), locale }),
    withdrawal_method: z.string(),
    privacy_rights: z.string(),
    policy_version: z.string(),
    jurisdiction: region,
  }),
  events: z.array(
    z.object({
      event_time: instant,
      event_type: z.string(),
      surface: z.string(),
      notice_sha256: z.string(),
      actor: z.literal('pii_principal'),
    }),
  ),
  state: z.enum(['given', 'not-given']),
})
export type Receipt = z.infer<typeof receipt>
export const choiceSet = z.strictObject({ given: z.boolean() })

export const signInRow = z.object({
  id,
  current: z.boolean(),
  createdAt: instant,
  lastSeenAt: instant,
  address: z.string().optional(),
  device: z.string().optional(),
  kind: z.enum(['browser', 'cli']),
})
export const tokenCreate = z.strictObject({
  name,
  homes: z.array(id).max(50).optional(),
  verbs: z.array(z.string()).max(50).optional(),
  days: z.int().min(1).max(365).default(90),
})
export const tokenRow = z.object({
  id,
  name: z.string(),
  homes: z.array(id).optional(),
  verbs: z.array(z.string()).optional(),
  createdAt: instant,
  expiresAt: instant,
  lastUsedAt: instant.optional(),
})
export const tokenMade = tokenRow.extend({ token: z.string() })
export const liveTicket = z.object({ ticket: z.string(), expiresInSeconds: z.int() })
export type Me = z.infer<typeof me>
export type SignInRow = z.infer<typeof signInRow>
export type TokenRow = z.infer<typeof tokenRow>
export type ChoiceRow = z.infer<typeof choiceRow>
export type SignedIn = z.infer<typeof signedIn>
export type CodeSent = z.infer<typeof codeSent>
export type TokenMade = z.infer<typeof tokenMade>
export type AgreementState = z.infer<typeof agreementState>
