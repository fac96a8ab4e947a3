import { z } from 'zod'
import { policyChange } from './documents.ts'
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
  /** The code of an invitation: whoever has a live one may sign up in a household. */
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
  /** Whoever has a password or an authenticator app gives one of them too. */
  password: z.string().max(256).optional(),
  totp: z.string().trim().max(12).optional(),
  device: deviceLabel.optional(),
})
const totpCode = z.string().trim().min(6).max(12)
export const secondProof = z.union([
  z.strictObject({ totp: totpCode }),
  z.strictObject({ recoveryCode: z.string().trim().min(8).max(40) }),
  z.strictObject({ password: z.string().min(1).max(256) }),
])
/** What besides the first proof is taken: for an authenticator app, or when the phone number changed in the last seven days. */
export const halfSignedIn = z.object({
  secondFactor: z.object({
    flow: z.string(),
    ways: z.array(z.enum(['totp', 'recovery', 'password'])),
    expiresInSeconds: z.int(),
  }),
})
export const signInAnswer = z.union([signedIn, halfSignedIn])
export const secondFactorSignIn = z.strictObject({
  flow: z.string().min(20).max(100),
  second: secondProof,
  device: deviceLabel.optional(),
})
export type SecondProof = z.infer<typeof secondProof>
export type HalfSignedIn = z.infer<typeof halfSignedIn>
export type SecondWay = HalfSignedIn['secondFactor']['ways'][number]
export type SignInAnswer = z.infer<typeof signInAnswer>

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
  /** Whether the app says what stands out in the energy of one's homes. */
  insights: z.boolean(),
  hasPassword: z.boolean(),
  recoveryCodesLeft: z.int(),
  passkeys: z.int(),
  /** Whether an authenticator app is asked for a code at each sign-in. */
  authenticator: z.boolean(),
  agreement: z.object({ current: z.boolean() }),
  /** On a household's server: who claimed it, and who keeps a home there. */
  mayCreateHome: z.boolean(),
})
export const meEdit = z.strictObject({
  locale: locale.optional(),
  theme: z.enum(['system', 'light', 'dark']).optional(),
  insights: z.boolean().optional(),
})
export const setPassword = z.strictObject({ password: password.nullable() })
/** A code goes to an address of one's own, never to one that the request names. */
export const proofCodeRequest = z.strictObject({ to: z.enum(['email', 'phone']), locale: locale.optional() })
/** `uri` is what an authenticator app reads from a QR code. */
export const totpBegun = z.object({ secret: z.string(), uri: z.string() })
export const totpConfirm = z.strictObject({ code: totpCode })
export type TotpBegun = z.infer<typeof totpBegun>
const base64url = z
  .string()
  .regex(/^[A-Za-z0-9_-]*$/)
  .max(16_384)
const credentialId = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(1400)
/** What the browser's authenticator signed, in WebAuthn's own JSON. */
export const passkeyAssertion = z.strictObject({
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  response: z.strictObject({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.optional(),
  }),
})
export const passkeyAttestation = z.strictObject({
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  response: z.strictObject({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z
      .array(z.string().regex(/^[a-z-]{1,20}$/))
      .max(8)
      .optional(),
  }),
})
const challengeFlow = z.string().min(20).max(100)
/** A challenge for the browser: `options` go to its WebAuthn as they are. */
export const passkeyAsked = z.object({ flow: challengeFlow, options: z.record(z.string(), z.unknown()) })
export const passkeySigned = z.strictObject({ flow: challengeFlow, response: passkeyAssertion })
export const passkeySignIn = passkeySigned.extend({ device: deviceLabel.optional() })
export const passkeyAdd = z.strictObject({
  flow: challengeFlow,
  response: passkeyAttestation,
  name: name.optional(),
})
export const passkeyEdit = z.strictObject({ name })
/** `host` is the name of this server at which it works; `synced` says that it has a copy elsewhere. */
export const passkeyRow = z.object({
  id,
  name: z.string(),
  host: z.string(),
  synced: z.boolean(),
  createdAt: instant,
  lastUsedAt: instant.optional(),
})
export type PasskeyAssertion = z.infer<typeof passkeyAssertion>
export type PasskeyAttestation = z.infer<typeof passkeyAttestation>
export type PasskeyAsked = z.infer<typeof passkeyAsked>
export type PasskeyRow = z.infer<typeof passkeyRow>
export const addressRequest = z.strictObject({ identifier, locale: locale.optional() })
export const addressConfirm = z.strictObject({ flow: id, code: z.string().trim().min(4).max(12) })
export const addressPath = z.strictObject({ address: z.enum(['email', 'phone']) })
export const addressUndo = z.strictObject({ code: z.string().trim().min(16).max(100) })
/** Proves again who is there, for acts that ask for a proof of the last five minutes. */
export const proof = z.union([
  z.strictObject({ password: z.string().min(1).max(256), second: secondProof.optional() }),
  z.strictObject({ flow: id, code: z.string().trim().min(4).max(12), second: secondProof.optional() }),
  z.strictObject({ passkey: passkeySigned }),
  z.strictObject({ totp: totpCode }),
])
export type Proof = z.infer<typeof proof>
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
export const agreementState = z.object({
  current: z.boolean(),
  standing: z.enum(['none', 'leaving', 'current', 'notice_pending', 'old_terms', 'limited']),
  acts: z.array(agreementRow),
  /** A version with large changes that this person has not agreed to. // pp.7.3 */
  notice: z
    .object({
      from: z.string(),
      version: z.string(),
      publishedAt: instant,
      effectiveAt: instant,
      changes: z.array(policyChange),
    })
    .optional(),
})
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
  /** All of the above, signed: a compact JWS that `eaves verify-receipt` checks without the server. */
  jws: z.string(),
})
export type Receipt = z.infer<typeof receipt>
export const choiceSet = z.strictObject({ given: z.boolean() })

export const signInRow = z.object({
  id,
  current: z.boolean(),
  createdAt: instant,
  lastSeenAt: instant,
  address: z.string().optional(),
  /** As far as the address tells by itself; it is looked up nowhere. */
  place: z.enum(['this-machine', 'home-network', 'elsewhere']),
  device: z.string().optional(),
  kind: z.enum(['browser', 'cli']),
})
/** Where a token counts, what it may do and for how long is said by its maker, also where that is all of it. */
export const tokenCreate = z.strictObject({
  name,
  homes: z.union([z.literal('all'), z.array(id).min(1).max(50)]),
  verbs: z.union([z.literal('all'), z.array(z.string()).min(1).max(50)]),
  days: z.int().min(1).max(365),
})
export type TokenCreate = z.infer<typeof tokenCreate>
export const tokenRow = z.object({
  id,
  name: z.string(),
  homes: z.union([z.literal('all'), z.array(id)]),
  verbs: z.union([z.literal('all'), z.array(z.string())]),
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
