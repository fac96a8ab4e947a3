import {
  contract,
  type Bases,
  type PlainField,
  type Purpose,
  type Region,
  type SubjectId,
  type TableMap,
} from '@eaves/model'

/** Something that was about to leave; written before the first byte does. */
export interface DisclosureTable {
  subject: SubjectId
  id: string
  /** The queued release it was a try of. */
  release_id: string
  kind: 'report' | 'deletion'
  recipient: string
  purpose: Purpose
  /** JSON list of categories. */
  categories: string
  /** JSON list of field names; never a value. */
  fields: string
  /** JSON list of the consent events it rests on; of a request to delete, the article. */
  basis: string
  agreement_sha256: string
  /** Epoch ms. */
  intent_at: number
}
export interface DisclosureOutcomeTable {
  subject: SubjectId
  /** Of the disclosure. */
  id: string
  /** `sent`: taken; `refused`: received and not taken; `failed`: no byte left; `unknown`: it broke off in between. */
  outcome: 'sent' | 'refused' | 'failed' | 'unknown'
  /** What the recipient said of a request to delete. */
  answer: 'done' | 'refused' | null
  outcome_at: number
  bytes: number
  /** Of what left, under a key of the vault. */
  digest: string
}
/** What waits to leave: ids only, for what it says is made when it goes. */
export interface ReleaseTable {
  subject: SubjectId
  id: string
  kind: 'report' | 'deletion'
  recipient: string
  purpose: Purpose
  /** A day, or the id of a request; what stands there once does not stand there twice. */
  slot: string
  /** The consent event that held when it was put here. */
  basis: string
  created_at: number
  due_at: number
  attempts: number
  locked_until: number | null
  /** A report that is over stays, so that its day is not put here again. */
  done_at: number | null
}
/** What each agreement of a recipient covered when this server first saw it. */
export interface RecipientVersionTable {
  id: string
  agreement_sha256: string
  name: string
  kind: 'manufacturer' | 'partner' | 'processor'
  region: Region
  /** JSON lists. */
  purposes: string
  fields: string
  seen_at: number
  /** These three are null in rows from before they were kept, and where there is none. */
  expires_at: number | null
  /** JSON list. */
  brands: string | null
  /** Its kind and hash as JSON. */
  mechanism: string | null
}

const core: Bases = {
  EU: contract('GDPR 6(1)(b)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
const subject = { class: 'reference', to: 'subject' } as const
const rowId = { class: 'reference', to: 'row' } as const
const path = { to: 'subject', column: 'subject' } as const
const evidence = { after: 'account.closed', keep: 'P3Y', then: 'delete' } as const
const closing = { at: 'owner', of: 'subject', table: 'account', key: 'subject', column: 'closed_at' } as const
const ledger = {
  class: 'linked',
  category: 'user.disclosure',
  clauses: ['pp.3.1', 'pp.3.1.3', 'pp.4.4.a'],
} as const

export const disclosure: TableMap<DisclosureTable> = {
  path,
  purposes: { 'service.core': core },
  retention: evidence,
  clock: closing,
  appendOnly: true,
  columns: {
    subject,
    id: rowId,
    release_id: rowId,
    kind: ledger,
    recipient: ledger,
    purpose: ledger,
    categories: ledger,
    fields: ledger,
    basis: ledger,
    agreement_sha256: ledger,
    intent_at: ledger,
  },
}

export const disclosureOutcome: TableMap<DisclosureOutcomeTable> = {
  path,
  purposes: { 'service.core': core },
  retention: evidence,
  clock: closing,
  appendOnly: true,
  columns: {
    subject,
    id: rowId,
    outcome: ledger,
    answer: ledger,
    outcome_at: ledger,
    bytes: ledger,
    digest: { class: 'credential', reason: 'a keyed digest of what left', clauses: ['pp.3.1'] },
  },
}

export const release: TableMap<ReleaseTable> = {
  path,
  purposes: { 'service.core': core },
  retention: { after: 'row.created', keep: 'P90D', then: 'delete' },
  clock: { at: 'row', column: 'created_at' },
  columns: {
    subject,
    id: rowId,
    kind: ledger,
    recipient: ledger,
    purpose: ledger,
    slot: ledger,
    basis: ledger,
    created_at: ledger,
    due_at: ledger,
    attempts: ledger,
    locked_until: ledger,
    done_at: ledger,
  },
}

const registered = (reason: string): PlainField => ({ class: 'not-personal', reason })
const ofRecipient = registered('what the register said of a recipient, the same for everybody')
export const recipientVersion: TableMap<RecipientVersionTable> = {
  path: { to: 'instance', reason: 'companies, not people of this server' },
  purposes: { 'service.core': core },
  retention: { keep: 'operations', reason: 'who got something must have a name for as long as it is told' },
  appendOnly: true,
  columns: {
    id: ofRecipient,
    agreement_sha256: ofRecipient,
    name: ofRecipient,
    kind: ofRecipient,
    region: ofRecipient,
    purposes: ofRecipient,
    fields: ofRecipient,
    seen_at: registered('when this server first saw it'),
    expires_at: ofRecipient,
    brands: ofRecipient,
    mechanism: ofRecipient,
  },
}
