import {
  contract,
  type AccessOutcome,
  type Bases,
  type CaseKind,
  type Purpose,
  type Retention,
  type Sealed,
  type StaffRole,
  type SubjectId,
  type TableMap,
} from '@eaves/model'

/** Somebody who works for a hosted service. An account of its own kind: no home, no document, nothing of anybody. */
export interface StaffTable {
  subject: SubjectId
  role: StaffRole
  name: Sealed<string>
  /** Of the link by which they set their password; gone once they did. */
  enrol_hash: string | null
  enrol_until: number | null
  password: Sealed<string> | null
  /** Of their authenticator app. */
  secret: Sealed<string>
  last_step: number | null
  added_at: number
  /** When they stopped working here; the key goes at once and the row with it. */
  ended_at: number | null
}
/** A person lets support look at how they can be reached, for hours. */
export interface SupportCaseTable {
  subject: SubjectId
  id: string
  opened_at: number
  /** When it ends, or was ended. */
  until: number
}
/** Who looked, who opened, and who tried. */
export interface AccessLogTable {
  subject: SubjectId
  id: string
  at: number
  /** By random id; the person is told the role alone. */
  staff: string
  role: StaffRole
  outcome: AccessOutcome
  /** The row by which it was opened; its own id where it is that row. */
  opening: string
  case_kind: CaseKind
  case_id: string
  purpose: Purpose
  /** JSON list. */
  categories: string
  /** Until when an opening is good. */
  ends_at: number | null
  /** Why it was refused, as a word. */
  refusal: string | null
  /** What staff wrote for an emergency. */
  reason: Sealed<string> | null
}

const core: Bases = {
  EU: contract('GDPR 6(1)(b)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
const path = { to: 'subject', column: 'subject' } as const
const subject = { class: 'reference', to: 'subject' } as const
const rowId = { class: 'reference', to: 'row' } as const
const activity = { class: 'linked', category: 'user.activity', clauses: ['pp.5.1'] } as const
/** Whoever stops working here goes at once; this is for a removal that was cut short. */
const employed: Retention = { after: 'row.expired', keep: 'P30D', then: 'delete' }
/** As long as somebody could ask who looked, and whether they should have. */
const evidence: Retention = { after: 'row.created', keep: 'P3Y', then: 'delete' }
const working = { 'service.core': core }

export const staff: TableMap<StaffTable> = {
  path,
  purposes: working,
  retention: employed,
  clock: { at: 'row', column: 'ended_at' },
  columns: {
    subject,
    role: activity,
    name: {
      class: 'personal',
      category: 'user.name',
      seal: 'subject',
      index: 'blind',
      purposes: working,
      mandatory: { required: true, ifRefused: 'nobody works here without being known' },
      retention: employed,
      recipients: [],
      export: ['access'],
      clauses: ['pp.5.1'],
    },
    enrol_hash: {
      class: 'credential',
      reason: 'a hash by which the link is found that sets a password',
      clauses: ['pp.5.1'],
    },
    enrol_until: activity,
    password: {
      class: 'personal',
      category: 'user.credentials',
      seal: 'subject',
      purposes: working,
      mandatory: { required: true, ifRefused: 'no sign-in to the console' },
      retention: employed,
      recipients: [],
      export: [],
      clauses: ['pp.5.1'],
    },
    secret: {
      class: 'personal',
      category: 'user.credentials',
      seal: 'subject',
      purposes: working,
      mandatory: { required: true, ifRefused: 'no sign-in to the console' },
      retention: employed,
      recipients: [],
      export: [],
      clauses: ['pp.5.1'],
    },
    last_step: activity,
    added_at: activity,
    ended_at: activity,
  },
}

export const supportCase: TableMap<SupportCaseTable> = {
  path,
  purposes: working,
  retention: { after: 'row.expired', keep: 'P30D', then: 'delete' },
  clock: { at: 'row', column: 'until' },
  columns: { subject, id: rowId, opened_at: activity, until: activity },
}

// Rows are only ever added, before anything is opened: a look that left no row did not happen. // pp.5.1
export const accessLog: TableMap<AccessLogTable> = {
  path,
  purposes: working,
  retention: evidence,
  clock: { at: 'row', column: 'at' },
  appendOnly: true,
  columns: {
    subject,
    id: rowId,
    at: activity,
    staff: rowId,
    role: activity,
    outcome: activity,
    opening: rowId,
    case_kind: activity,
    case_id: rowId,
    purpose: activity,
    categories: activity,
    ends_at: activity,
    refusal: activity,
    reason: {
      class: 'personal',
      category: 'user.activity',
      seal: 'subject',
      purposes: working,
      mandatory: { required: true, ifRefused: 'nothing is opened in an emergency without a reason' },
      retention: evidence,
      recipients: [],
      export: ['access'],
      clauses: ['pp.5.1'],
    },
  },
}
