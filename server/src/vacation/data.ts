import {
  contract,
  type Bases,
  type HomeId,
  type Retention,
  type Sealed,
  type SubjectId,
  type TableMap,
} from '@eaves/model'

export interface VacationContent {
  readonly lamps: readonly string[]
  readonly from?: number | undefined
  readonly until?: number | undefined
  /** What it has on at this moment. */
  readonly lit?: readonly string[] | undefined
}
export interface VacationTable {
  home_id: HomeId
  /** Counts its saves, so that of two editors the later one is told. */
  version: number
  content: Sealed<VacationContent>
  /** With whose rights it switches; null once they are gone. */
  author: SubjectId | null
  enabled: number
  stopped: 'author-gone' | 'author-rights' | null
}

const core: Bases = {
  EU: contract('GDPR 6(1)(b)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
const homeLife: Retention = { after: 'home.closed', keep: 'P0D', then: 'shred' }
const category = 'device.settings'
const linked = { class: 'linked', category, clauses: ['pp.2.2.1', 'pp.2.3.1'] } as const

/** Which lamps play; what they play is worked out of the history of the home each day and kept nowhere. // pp.2.2.1 */
export const vacation: TableMap<VacationTable> = {
  path: { to: 'home', column: 'home_id' },
  purposes: { 'service.core': core },
  retention: homeLife,
  clock: { at: 'gone', of: 'home_id', table: 'home', key: 'home_id' },
  seen: { by: 'vacation.manage' },
  columns: {
    home_id: { class: 'reference', to: 'home' },
    version: linked,
    content: {
      class: 'content',
      category,
      seal: 'home',
      purposes: { 'service.core': core },
      mandatory: { required: false, ifRefused: 'no lamp goes on while nobody is there' },
      retention: homeLife,
      recipients: [],
      export: ['access', 'portability'],
      clauses: ['pp.2.2.1', 'pp.2.3.1'],
      leaves: { 'lamps.*': { category }, from: { category }, until: { category }, 'lit.*': { category } },
    },
    author: { class: 'reference', to: 'subject', erased: 'cleared' },
    enabled: linked,
    stopped: linked,
  },
}
