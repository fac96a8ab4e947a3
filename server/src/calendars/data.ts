import { contract, type CalendarId, type HomeId, type Sealed, type TableMap } from '@eaves/model'

/** A calendar that somebody has brought into a home, for automations to go by. */
export interface HomeCalendarTable {
  home_id: HomeId
  id: CalendarId
  name: Sealed<string>
  /** The file as it was brought. */
  content: Sealed<string>
  brought_at: number
}

const core = {
  EU: contract('GDPR 6(1)(b)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
const retention = { after: 'home.closed', keep: 'P0D', then: 'shred' } as const
const written = {
  class: 'content',
  category: 'user.household.rooms',
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
    brought_at: { class: 'linked', category: 'user.household.rooms', clauses: ['pp.2.3.1'] },
  },
}
