import {
  contract,
  type CalendarId,
  type HomeId,
  type Sealed,
  type SubjectId,
  type TableMap,
} from '@eaves/model'
import type { CalendarFailure, ReadingMarks } from '@eaves/model/api'

/** A calendar that somebody has brought into a home, for automations to go by. */
export interface HomeCalendarTable {
  home_id: HomeId
  id: CalendarId
  name: Sealed<string>
  /** The file as it was brought, or as its address answered. */
  content: Sealed<string>
  brought_at: number
}
/** Where a calendar is read from. */
export interface CalendarSourceTable {
  home_id: HomeId
  /** Of the calendar. */
  id: CalendarId
  address: Sealed<string>
  marks: Sealed<ReadingMarks> | null
  named_by: SubjectId
  fetched_at: number
  failing_since: number | null
  failure: CalendarFailure | null
  /** When whoever named it was told that it fails, until it works again. */
  told_at: number | null
}

const core = {
  EU: contract('GDPR 6(1)(b)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
const retention = { after: 'home.closed', keep: 'P0D', then: 'shred' } as const
const category = 'user.household.rooms'
const linked = { class: 'linked', category, clauses: ['pp.2.3.1'] } as const
const written = {
  class: 'content',
  category,
  seal: 'home',
  purposes: { 'service.core': core },
  mandatory: { required: false, ifRefused: 'nothing in this home goes by a calendar' },
  retention,
  recipients: [],
  export: ['access', 'portability'],
  clauses: ['pp.2.2.1', 'pp.2.3.1'],
} as const

// Removing the calendar removes its row and so every event of it. // pp.2.2.1
export const homeCalendar: TableMap<HomeCalendarTable> = {
  path: { to: 'home', column: 'home_id' },
  purposes: { 'service.core': core },
  retention,
  clock: { at: 'gone', of: 'home_id', table: 'home', key: 'home_id' },
  seen: { by: 'automation.read' },
  columns: {
    home_id: { class: 'reference', to: 'home' },
    id: { class: 'reference', to: 'row' },
    name: written,
    content: written,
    brought_at: linked,
  },
}

// An address often holds a secret of whoever named it: it is theirs, and goes when they do. // pp.2.2.1 pp.5.1
export const calendarSource: TableMap<CalendarSourceTable> = {
  path: { to: 'home', column: 'home_id' },
  purposes: { 'service.core': core },
  retention,
  clock: { at: 'gone', of: 'home_id', table: 'home', key: 'home_id' },
  columns: {
    home_id: { class: 'reference', to: 'home' },
    id: { class: 'reference', to: 'row' },
    address: written,
    marks: { ...written, leaves: { etag: { category }, lastModified: { category } } },
    named_by: { class: 'reference', to: 'subject', erased: 'row' },
    fetched_at: linked,
    failing_since: linked,
    failure: linked,
    told_at: linked,
  },
}
