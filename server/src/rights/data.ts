import {
  contract,
  legalDuty,
  type Bases,
  type CorrectionOutcome,
  type PlainField,
  type Purpose,
  type Region,
  type Retention,
  type Sealed,
  type SubjectId,
  type TableMap,
} from '@eaves/model'

export type RequestKind =
  | 'access'
  | 'portability'
  | 'erasure'
  | 'restriction'
  | 'objection'
  | 'objection-marketing'
  | 'correction'
export type RequestState =
  | 'planned'
  | 'paused'
  | 'executing'
  | 'answered'
  | 'closed'
  | 'extended'
  | 'withdrawn'
/** Why somebody says that deletion is due; no ground is needed. // pp.4.2.1-3 */
export type Ground = 'unlawful' | 'no-consent' | 'breach'
export type StepResult = 'done' | 'verified' | 'nothing' | 'kept' | 'failed'

export interface RequestTable {
  subject: SubjectId
  id: string
  kind: RequestKind
  state: RequestState
  ground: Ground | null
  purpose: Purpose | null
  regime: string
  received_at: number
  due_at: number
  /** When it is carried out; an erasure can be taken back until then. */
  run_at: number
  /** Since when its clock stands for a proof of identity. */
  paused_at: number | null
  extended_at: number | null
  answered_at: number | null
  /** When nothing of it goes on any more. */
  ended_at: number | null
  /** The last mark of its time that was passed: 0, 50, 75 or 90. */
  mark: number
  link_hash: string | null
  link_until: number | null
  /** The adult who asked for the child they answer for; blank once they are erased, null of whoever asked themselves. // pp.6 */
  guardian: string | null
  /** The field that is said to be wrong, as `held` names it. */
  about_place: string | null
  about_field: string | null
  /** What its person says is wrong, until they take it back, and what was answered. */
  statement: Sealed<string> | null
  reply: Sealed<string> | null
  outcome: CorrectionOutcome | null
}
export interface RequestStepTable {
  subject: SubjectId
  id: string
  request: string
  place: string
  result: StepResult
  reason: string | null
  until: number | null
  at: number
}
/** A part of a copy that waits to be fetched: base64 of the archive's bytes, sealed under its person's key. */
export interface RequestPackageTable {
  subject: SubjectId
  id: string
  request: string
  part: number
  bytes: Sealed<string>
  expires_at: number
}
/** An erasure and how far it has come; what stays of it is its certificate. */
export interface ErasureTable {
  id: string
  of_subject: string
  /** JSON: homes and whether they go, places and their results. */
  progress: string
  started_at: number
  key_gone_at: number | null
  finished_at: number | null
  /** A signed statement that names nobody. */
  certificate: string | null
  /** When a recipient is to be told next; null: nobody is any more. */
  tell_at: number | null
}
/** Who has been erased, by a random id: replayed into a restored store. */
export interface TombstoneTable {
  subject_or_home: string
  epoch: number
  at: number
}
/** Somebody said that their data was used against the law or the agreement; who, stands nowhere. */
export interface BreachCaseTable {
  id: string
  ground: Ground
  region: Region
  opened_at: number
}

const core: Bases = {
  EU: contract('GDPR 6(1)(b)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
const answering = { 'service.core': core }
// Proof that an erasure happened is kept by duty, as in the vault.
const erasing = {
  'service.core': {
    EU: legalDuty('GDPR 17'),
    CN: legalDuty('PIPL 47'),
    US: legalDuty('CCPA 1798.105'),
    other: legalDuty('service agreement'),
  },
}
const path = { to: 'subject', column: 'subject' } as const
const subject = { class: 'reference', to: 'subject' } as const
const rowId = { class: 'reference', to: 'row' } as const
const activity = { class: 'linked', category: 'user.activity', clauses: ['pp.4.4.a', 'pp.8'] } as const
/** As long as somebody could ask whether a request was answered in time. */
const evidence: Retention = { after: 'row.ended', keep: 'P3Y', then: 'delete' }
const gone: Retention = { after: 'row.expired', keep: 'P0D', then: 'delete' }
/** Words that belong to a request: what its person wrote, and what was answered to them. */
const words = (ifRefused: string) =>
  ({
    class: 'personal',
    category: 'user.activity',
    seal: 'subject',
    purposes: answering,
    mandatory: { required: true, ifRefused },
    retention: evidence,
    recipients: [],
    export: ['access'],
    clauses: ['pp.4.4.a', 'pp.8'],
  }) as const
const plain = (reason: string): PlainField => ({ class: 'not-personal', reason })

export const request: TableMap<RequestTable> = {
  path,
  purposes: answering,
  retention: evidence,
  clock: { at: 'row', column: 'ended_at' },
  columns: {
    subject,
    id: rowId,
    kind: activity,
    state: activity,
    ground: activity,
    purpose: activity,
    regime: activity,
    received_at: activity,
    due_at: activity,
    run_at: activity,
    paused_at: activity,
    extended_at: activity,
    answered_at: activity,
    ended_at: activity,
    mark: activity,
    link_hash: {
      class: 'credential',
      reason: 'a hash by which the link of a copy is found',
      clauses: ['pp.4.3', 'pp.5.1'],
    },
    link_until: activity,
    // Blank, and not null: it must not become a request of the child's own. // pp.6
    guardian: { class: 'reference', to: 'subject', erased: 'blank' },
    about_place: activity,
    about_field: activity,
    statement: words('nobody could know what is to be corrected'),
    reply: words('nobody could be told what became of a correction'),
    outcome: activity,
  },
}

export const requestStep: TableMap<RequestStepTable> = {
  path,
  purposes: answering,
  retention: { ...evidence, after: 'row.created' },
  clock: { at: 'row', column: 'at' },
  columns: {
    subject,
    id: rowId,
    request: rowId,
    place: activity,
    result: activity,
    reason: activity,
    until: activity,
    at: activity,
  },
}

// The copy is personal data itself: sealed, in this map, and gone after seven days. // pp.4.4.a pp.4.4.c
export const requestPackage: TableMap<RequestPackageTable> = {
  path,
  purposes: answering,
  retention: gone,
  clock: { at: 'row', column: 'expires_at' },
  isCopy: true,
  columns: {
    subject,
    id: rowId,
    request: rowId,
    part: activity,
    bytes: {
      class: 'personal',
      category: 'user.activity',
      seal: 'subject',
      purposes: answering,
      mandatory: { required: false, ifRefused: 'there is no copy to fetch' },
      retention: gone,
      recipients: [],
      export: [],
      clauses: ['pp.4.4.a', 'pp.4.4.c'],
    },
    expires_at: activity,
  },
}

export const erasure: TableMap<ErasureTable> = {
  path: { to: 'instance', reason: 'a random id whose key is gone' },
  purposes: answering,
  retention: { keep: 'operations', reason: 'shows that somebody was erased, and who by nothing' },
  columns: {
    id: rowId,
    of_subject: rowId,
    progress: plain('places and results, recipients and what they said, and random ids of homes that go'),
    started_at: plain('when it began'),
    key_gone_at: plain('when the key was destroyed'),
    finished_at: plain('when it was verified'),
    certificate: plain('a signed statement that names nobody'),
    tell_at: plain('when a recipient is told next'),
  },
}

// Random ids, so that a restored store can be made to forget them again. // pp.ret.2
export const tombstone: TableMap<TombstoneTable> = {
  path: { to: 'instance', reason: 'random ids whose keys are gone' },
  purposes: erasing,
  retention: { keep: 'operations', reason: 'a restored backup must not bring the erased back' },
  columns: { subject_or_home: rowId, epoch: plain('a count of erasures'), at: plain('when it happened') },
}

export const breachCase: TableMap<BreachCaseTable> = {
  path: { to: 'instance', reason: 'a case without a name' },
  purposes: answering,
  retention: { after: 'row.created', keep: 'P3Y', then: 'delete' },
  clock: { at: 'row', column: 'opened_at' },
  columns: {
    id: rowId,
    ground: plain('one of three words'),
    region: plain('whose law it was said under'),
    opened_at: plain('when the case was opened'),
  },
}
