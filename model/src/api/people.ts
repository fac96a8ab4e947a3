import { z } from 'zod'
import { id, instant, locale, name } from './common.ts'
import { acts, choices, documentId } from './gate.ts'
import { purposes } from '../privacy.ts'

/** Exactly these two, either suffices; nothing else about a person is asked for. // pp.2.1.1 */
export const identifier = z.union([z.strictObject({ email: z.string().trim().min(3).max(254) }), z.strictObject({ phone: z.string().trim().min(4).max(32) })])
export type Identifier = z.infer<typeof identifier>
export const password = z.string().min(10).max(256)

export const claimCheck = z.strictObject({ code: z.string().min(1).max(64) })
/** `device`: the browser's make and model as the app words it; dropped unless its purpose was chosen. // pp.2.2.2 */
export const deviceLabel = z.string().trim().max(60)
export const claim = z.strictObject({ code: z.string().min(1).max(64), identifier, acts, choices: choices.optional(), password: password.optional(), device: deviceLabel.optional() })
export const signedIn = z.object({ accountId: id, recoveryCodes: z.array(z.string()).optional() })

export const codeRequest = z.strictObject({ identifier, acts: acts.optional(), choices: choices.optional(), locale: locale.optional() })
export const codeSent = z.object({ flow: id, expiresInSeconds: z.int(), resendAfterSeconds: z.int() })
export const codeSignIn = z.strictObject({ flow: id, code: z.string().trim().min(4).max(12), device: deviceLabel.optional() })
export const passwordSignIn = z.strictObject({ identifier, password: z.string().min(1).max(256), device: deviceLabel.optional() })
export const recoverySignIn = z.strictObject({ identifier, recoveryCode: z.string().trim().min(8).max(40), device: deviceLabel.optional() })

export const me = z.object({
  accountId: id, email: z.string().optional(), phone: z.string().optional(), verified: z.object({ email: z.boolean(), phone: z.boolean() }),
  locale: locale.optional(), theme: z.enum(['system', 'light', 'dark']), hasPassword: z.boolean(), recoveryCodesLeft: z.int(),
  agreement: z.object({ current: z.boolean() }),
})
export const meEdit = z.strictObject({ locale: locale.optional(), theme: z.enum(['system', 'light', 'dark']).optional() })
export const setPassword = z.strictObject({ password: password.nullable(), currentPassword: z.string().max(256).optional() })
export const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) })

export const agreementAct = z.strictObject({ acts })
export const agreementRow = z.object({ document: documentId, version: z.string(), sha256: z.string(), locale, act: z.enum(['accept', 'acknowledge', 'refuse']), at: instant, surface: z.string() })
export const choiceRow = z.object({ purpose: z.enum(purposes), given: z.boolean(), at: instant.optional(), events: z.array(z.object({ event: z.string(), at: instant, surface: z.string() })) })
export const choiceSet = z.strictObject({ given: z.boolean() })

export const signInRow = z.object({ id, current: z.boolean(), createdAt: instant, lastSeenAt: instant, address: z.string().optional(), device: z.string().optional(), kind: z.enum(['browser', 'cli']) })
export const tokenCreate = z.strictObject({ name, homes: z.array(id).max(50).optional(), verbs: z.array(z.string()).max(50).optional(), days: z.int().min(1).max(365).default(90) })
export const tokenRow = z.object({ id, name: z.string(), homes: z.array(id).optional(), verbs: z.array(z.string()).optional(), createdAt: instant, expiresAt: instant, lastUsedAt: instant.optional() })
export const tokenMade = tokenRow.extend({ token: z.string() })
export const liveTicket = z.object({ ticket: z.string(), expiresInSeconds: z.int() })
export type Me = z.infer<typeof me>
export type SignInRow = z.infer<typeof signInRow>
export type TokenRow = z.infer<typeof tokenRow>
export type ChoiceRow = z.infer<typeof choiceRow>
