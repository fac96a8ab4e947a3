import { z } from 'zod'
import { operatingRoles } from '../homes.ts'
import { ageBands, purposes } from '../privacy.ts'
import { locale, region } from './common.ts'

export const documentId = z.enum(['agreement', 'privacy'])
export const documentEntry = z.object({
  document: documentId,
  version: z.string(),
  locale,
  sha256: z.string(),
  title: z.string(),
  publishedAt: z.string(),
})

const span = z.union([
  z.string(),
  z.object({ important: z.string(), about: z.string() }),
  z.object({
    link: z.string(),
    to: z.union([
      z.object({ document: documentId, section: z.string() }),
      z.object({ page: z.enum(['contact', 'choices', 'sign-ins', 'activity', 'documents']) }),
    ]),
  }),
])
export const block = z.union([
  z.object({ kind: z.literal('paragraph'), text: z.array(span) }),
  z.object({ kind: z.literal('list'), items: z.array(z.array(span)) }),
  z.object({ kind: z.literal('table'), head: z.array(z.string()), rows: z.array(z.array(z.array(span))) }),
  /** Drawn in its place: who answers for this server. */
  z.object({ kind: z.literal('generated'), table: z.literal('contact') }),
])
/** A document as it is shown, section by section; `important` spans stand bold and underlined. // sa.2 */
export const documentText = documentEntry.extend({
  sections: z.array(
    z.object({ id: z.string(), clauses: z.array(z.string()), heading: z.string(), blocks: z.array(block) }),
  ),
  /** Plain points above the text. */
  summary: z.array(z.string()),
})

/** Who answers for this server and where to complain; readable by anybody, agreed or not. // sa.3 */
/** A public key as a JSON Web Key; `kid` follows from it. */
export const signingKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  alg: z.literal('EdDSA'),
  use: z.literal('sig'),
  kid: z.string(),
  x: z.string(),
})
export type SigningKey = z.infer<typeof signingKey>
export const contact = z.object({
  role: z.enum(operatingRoles),
  claimed: z.boolean(),
  /** A sentence that says who answers for the data here. */
  responsible: z.string(),
  /** In a household: the address of whoever claimed it, for its signed-in people only. */
  address: z.string().optional(),
  /** In hosted: what the operator states about itself. */
  operator: z
    .object({
      name: z.string(),
      address: z.string(),
      privacyContact: z.string(),
      dataProtectionOfficer: z.string(),
      euRepresentative: z.string(),
      complaintChannel: z.string(),
      affiliates: z.string(),
    })
    .optional(),
  complaints: z.array(z.object({ region, name: z.string(), url: z.string() })),
  /** What receipts of this server are checked with (RFC 8037). */
  keys: z.array(signingKey),
})

/** The two acts: accept the agreement, acknowledge the privacy statement, each naming the exact text shown. // sa.1 */
export const acts = z.strictObject({
  agreement: z.strictObject({ act: z.literal('accept'), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  privacy: z.strictObject({ act: z.literal('acknowledge'), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  locale,
  region,
  /** The group of the person’s age; needed to sign up. // pp.6 */
  age: z.enum(ageBands).optional(),
})
export const choices = z.partialRecord(z.enum(purposes), z.boolean())

/** What a field asks for, why, and what follows from refusing: shown beside it. // pp.lb.3 */
export const notice = z.object({
  field: z.string(),
  category: z.string(),
  mandatory: z.string(),
  why: z.string(),
  keptFor: z.string(),
  recipients: z.array(z.string()),
})

export const gate = z.object({
  role: z.enum(operatingRoles),
  claimed: z.boolean(),
  documents: z.array(documentEntry),
  /** Optional purposes, generated from the data map; every switch starts off. */
  purposes: z.array(
    z.object({
      purpose: z.enum(purposes),
      name: z.string(),
      what: z.string(),
      why: z.string(),
      effectOfNo: z.string(),
      clauses: z.array(z.string()),
      keptFor: z.string(),
      recipients: z.array(z.string()),
    }),
  ),
  /** Beside the fields of signing up. */
  notices: z.array(notice),
})
export type Gate = z.infer<typeof gate>
export type FieldNotice = z.infer<typeof notice>
export type DocumentText = z.infer<typeof documentText>
export type Contact = z.infer<typeof contact>
export type Acts = z.infer<typeof acts>
export type Choices = z.infer<typeof choices>
export type DocumentEntry = z.infer<typeof documentEntry>
