import {
  contract,
  legalDuty,
  legitimateInterest,
  type Bases,
  type Category,
  type Locale,
  type PlainField,
  type Purpose,
  type Region,
  type Retention,
  type SubjectId,
  type TableMap,
} from '@eaves/model'

export * from './retention-data.ts'

export interface AgreementTable {
  subject: SubjectId
  id: string
  document: 'agreement' | 'privacy'
  version: string
  sha256: string
  locale: Locale
  region: Region
  act: 'accept' | 'acknowledge' | 'refuse'
  at: number
  surface: string
}
export interface ConsentEventTable {
  subject: SubjectId
  id: string
  purpose: Purpose
  /** Whose name the choice is about; empty: Eaves itself, and of a purpose that lets something leave: every recipient. */
  recipient: string
  /** JSON list of the kinds of information; null: all that the purpose has. */
  categories: string | null
  event:
    | 'shown'
    | 'given'
    | 'refused'
    | 'withdrawn'
    | 'expired'
    | 'superseded'
    | 'renewed'
    | 'guardian_given'
    | 'guardian_withdrawn'
  region: Region
  notice_sha256: string
  locale: Locale
  at: number
  surface: string
  basis: string
  /** The adult who gave or took back consent for this child. // pp.6 */
  guardian: SubjectId | null
}
export interface PolicyVersionTable {
  document: 'agreement' | 'privacy'
  version: string
  locale: Locale
  sha256: string
  effective_at: number
  published_at: number
  notice_days: number
  /** Whether the operator called it a large change. */
  is_raised: number
  /** What was computed against the version before it, as JSON. */
  changes: string
  /** The document as JSON, word for word; null where it was published before texts were kept here. */
  body: string | null
}
/** Who has been told of a version before it takes effect. */
export interface PolicyNoticeTable {
  subject: SubjectId
  version: string
  told_at: number
}

export {
  disclosure,
  disclosureOutcome,
  recipientVersion,
  release,
  type DisclosureOutcomeTable,
  type DisclosureTable,
  type RecipientVersionTable,
  type ReleaseTable,
} from './sharing-data.ts'

/** Tables of the vault: a file of its own with a backup life of its own, never in the data backup. */
export interface VaultKeyTable {
  id: string
  owner_kind: 'subject' | 'home'
  owner: string
  wrapped: string
  created_at: number
}
export interface VaultBlindKeyTable {
  tenant: string
  wrapped: string
}
export interface VaultOwnKeyTable {
  name: string
  wrapped: string
}
export interface VaultBlindTable {
  tenant: string
  column: string
  hash: string
  subject: SubjectId
}
export interface VaultCounterTable {
  key_hash: string
  /** Start of the window, epoch ms. */
  window: number
  n: number
  expires_at: number
}
export interface VaultCheckValueTable {
  id: number
  value: string
}
export interface VaultTombstoneTable {
  subject_or_home: string
  epoch: number
  at: number
}

const core: Bases = {
  EU: contract('GDPR 6(1)(b)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
const security: Bases = {
  EU: legitimateInterest('GDPR 6(1)(f)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
const evidence: Retention = { after: 'account.closed', keep: 'P3Y', then: 'delete' }
const closing = { at: 'owner', of: 'subject', table: 'account', key: 'subject', column: 'closed_at' } as const
const subject = { class: 'reference', to: 'subject' } as const
const rowId = { class: 'reference', to: 'row' } as const
const ledger = { class: 'linked', category: 'user.consent', clauses: ['sa.1', 'pp.lb.2'] } as const
const plain = (reason: string): PlainField => ({ class: 'not-personal', reason })
const linked = (category: Category) => ({ class: 'linked', category, clauses: ['pp.2.3.3'] }) as const
const credential = (reason: string) => ({ class: 'credential', reason, clauses: ['pp.5.1'] }) as const

// What was shown and accepted, by the hash of the exact text. // sa.1
export const agreement: TableMap<AgreementTable> = {
  path: { to: 'subject', column: 'subject' },
  purposes: { 'service.core': core },
  retention: evidence,
  clock: closing,
  appendOnly: true,
  columns: {
    subject,
    id: rowId,
    document: ledger,
    version: ledger,
    sha256: ledger,
    locale: ledger,
    region: ledger,
    act: ledger,
    at: ledger,
    surface: ledger,
  },
}

export const consentEvent: TableMap<ConsentEventTable> = {
  path: { to: 'subject', column: 'subject' },
  purposes: { 'service.core': core },
  retention: evidence,
  clock: closing,
  appendOnly: true,
  columns: {
    subject,
    id: rowId,
    purpose: ledger,
    recipient: ledger,
    categories: ledger,
    event: ledger,
    region: ledger,
    notice_sha256: ledger,
    locale: ledger,
    at: ledger,
    surface: ledger,
    basis: ledger,
    guardian: { class: 'reference', to: 'subject', erased: 'cleared' }, // pp.6
  },
}

const published = plain('a published text, the same for everybody')
export const policyVersion: TableMap<PolicyVersionTable> = {
  // fm.date
  path: { to: 'instance', reason: 'published documents' },
  purposes: { 'service.core': core },
  retention: { keep: 'operations', reason: 'an old agreement must resolve to the text that was shown' },
  appendOnly: true,
  columns: {
    document: published,
    version: published,
    locale: published,
    sha256: published,
    effective_at: published,
    published_at: published,
    notice_days: published,
    is_raised: published,
    changes: published,
    body: published,
  },
}

// Proof that the notice of a large change went out to this person. // pp.7.3
export const policyNotice: TableMap<PolicyNoticeTable> = {
  path: { to: 'subject', column: 'subject' },
  purposes: { 'service.core': core },
  retention: evidence,
  clock: closing,
  columns: {
    subject,
    version: { class: 'linked', category: 'user.consent', clauses: ['pp.7.3'] },
    told_at: { class: 'linked', category: 'user.consent', clauses: ['pp.7.3'] },
  },
}

const vaultPath = {
  to: 'instance',
  reason: 'the vault holds keys of persons and homes; its own API is the only way in',
} as const
const untilShredded = { keep: 'operations', reason: 'destroyed when its person or home is erased' } as const

export const vaultKey: TableMap<VaultKeyTable> = {
  path: vaultPath,
  purposes: { 'service.core': core, security },
  retention: untilShredded,
  columns: {
    id: rowId,
    owner_kind: plain('says whether the owner is a person or a home'),
    owner: { class: 'reference', to: 'row' },
    wrapped: credential('a key under the key-encryption key'),
    created_at: plain('when the key was made'),
  },
}

export const vaultBlindKey: TableMap<VaultBlindKeyTable> = {
  path: vaultPath,
  purposes: { 'service.core': core, security },
  retention: untilShredded,
  columns: { tenant: rowId, wrapped: credential('a key under the key-encryption key') },
}

export const vaultOwnKey: TableMap<VaultOwnKeyTable> = {
  path: vaultPath,
  purposes: { 'service.core': core },
  retention: { keep: 'operations', reason: 'lives as long as the vault' },
  columns: {
    name: plain('what the key of the server is for'),
    wrapped: credential('a key of the server itself under the key-encryption key'),
  },
}

export const vaultBlind: TableMap<VaultBlindTable> = {
  path: { to: 'subject', column: 'subject' },
  purposes: { 'service.core': core, security },
  retention: { after: 'account.closed', keep: 'P0D', then: 'delete' },
  clock: closing,
  derivedFrom: ['facts.account'],
  columns: {
    tenant: rowId,
    column: linked('user.unique_id'),
    hash: credential('a keyed hash of an e-mail address or phone number'),
    subject,
  },
}

export const vaultCounter: TableMap<VaultCounterTable> = {
  path: { to: 'instance', reason: 'a keyed hash stands for whoever tried' },
  purposes: { security },
  retention: { after: 'row.expired', keep: 'P0D', then: 'delete' },
  clock: { at: 'row', column: 'expires_at' },
  columns: {
    key_hash: credential('a keyed hash of an identifier or address'),
    window: plain('start of a period'),
    n: plain('a count of tries'),
    expires_at: plain('end of a period'),
  },
}

export const vaultCheckValue: TableMap<VaultCheckValueTable> = {
  path: { to: 'instance', reason: 'a fixed text that shows whether the key file fits' },
  purposes: { 'service.core': core },
  retention: { keep: 'operations', reason: 'lives as long as the vault' },
  columns: { id: plain('always 1'), value: plain('a fixed text under the key-encryption key') },
}

// Proof that an erasure happened and must be replayed into a restored vault. // pp.ret.2
export const vaultTombstone: TableMap<VaultTombstoneTable> = {
  path: { to: 'instance', reason: 'random ids whose keys are gone' },
  purposes: {
    'service.core': {
      EU: legalDuty('GDPR 17'),
      CN: legalDuty('PIPL 47'),
      US: legalDuty('CCPA 1798.105'),
      other: legalDuty('service agreement'),
    },
  },
  retention: { keep: 'operations', reason: 'a restored backup must not bring the erased back' },
  columns: { subject_or_home: rowId, epoch: plain('a count of erasures'), at: plain('when it happened') },
}
