import {
  consent,
  contract,
  legitimateInterest,
  type ActivityKind,
  type ActSurface,
  type Bases,
  type HomeId,
  type Locale,
  type Retention,
  type Sealed,
  type SubjectId,
  type TableMap,
} from '@eaves/model'

/** Closed columns only: no name, no address of a person, no text of theirs or their browser's. */
export interface ActivityLogTable {
  subject: SubjectId
  id: string
  at: number
  kind: ActivityKind
  surface: ActSurface
  home: HomeId | null
  /** The sign-in or token that acted, by its random id. */
  device: string | null
  locale: Locale | null
  address: Sealed<string> | null
  area: Sealed<string> | null
}
export interface SearchLogTable {
  subject: SubjectId
  id: string
  at: number
  text: Sealed<string>
}

const security: Bases = {
  EU: legitimateInterest('GDPR 6(1)(f)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
const searching: Bases = {
  EU: consent('GDPR 6(1)(a)'),
  CN: consent('PIPL 13(1)(1)'),
  US: consent('opt-in'),
  other: consent('opt-in'),
}
const path = { to: 'subject', column: 'subject' } as const
const subject = { class: 'reference', to: 'subject' } as const
const rowId = { class: 'reference', to: 'row' } as const
const clock = { at: 'row', column: 'at' } as const
const activity = { class: 'linked', category: 'user.activity', clauses: ['pp.2.2.3', 'pp.2.3.3'] } as const
const activityLife: Retention = { after: 'row.created', keep: 'P90D', then: 'delete' }
/** As long as the whole network address of an act helps to find out who a stranger was. */
const addressLife: Retention = { after: 'row.created', keep: 'P7D', then: 'truncate' }
const searchLife: Retention = { after: 'row.created', keep: 'P30D', then: 'delete' }

// What was done with an account, kept against its misuse and read by nobody but its person, by staff of a hosted service neither. // pp.2.2.3 pp.2.3.3
export const activityLog: TableMap<ActivityLogTable> = {
  path,
  purposes: { security },
  retention: activityLife,
  clock,
  columns: {
    subject,
    id: rowId,
    at: activity,
    kind: activity,
    surface: activity,
    home: { class: 'reference', to: 'home' },
    device: rowId,
    locale: { class: 'linked', category: 'user.demographic.language', clauses: ['pp.2.2.3'] },
    address: {
      class: 'personal',
      category: 'user.device.ip_address',
      seal: 'subject',
      purposes: { security },
      mandatory: { required: true, ifRefused: 'no sign-in, for every request comes from some address' },
      shortened: 'area',
      retention: addressLife,
      recipients: [],
      export: ['access'],
      clauses: ['pp.2.2.3', 'pp.2.3.3'],
    },
    area: {
      class: 'personal',
      category: 'user.device.ip_address',
      seal: 'subject',
      purposes: { security },
      mandatory: { required: true, ifRefused: 'no sign-in, for every request comes from some address' },
      retention: activityLife,
      recipients: [],
      export: ['access'],
      clauses: ['pp.2.2.3', 'pp.2.3.3'],
    },
  },
}

// Written only while the person chose so; the rows end with the choice. // pp.2.2.3
export const searchLog: TableMap<SearchLogTable> = {
  path,
  purposes: { 'account.search-history': searching },
  retention: searchLife,
  clock,
  columns: {
    subject,
    id: rowId,
    at: { class: 'linked', category: 'user.behavior.search_history', clauses: ['pp.2.2.3'] },
    text: {
      class: 'personal',
      category: 'user.behavior.search_history',
      seal: 'subject',
      purposes: { 'account.search-history': searching },
      mandatory: { required: false, ifRefused: 'searching works the same and leaves nothing behind' },
      retention: { after: 'purpose.withdrawn', keep: 'P0D', then: 'delete' },
      recipients: [],
      export: ['access', 'portability'],
      clauses: ['pp.2.2.3'],
    },
  },
}
