import {
  contract,
  type AutomationId,
  type Bases,
  type HomeId,
  type Retention,
  type Sealed,
  type SubjectId,
  type TableMap,
} from '@eaves/model'
import type { ModeId, OwnMode } from '@eaves/model/api'

export interface HomeModeTable {
  home_id: HomeId
  mode: ModeId
  at: number | null
  /** Whoever set it; null when an automation did, and once they are gone. */
  person: SubjectId | null
  automation_id: AutomationId | null
  /** Names of modes that this home added. */
  own: Sealed<{ readonly modes: readonly OwnMode[] }>
}
/** When the home has become something else, so that an automation can be tried over the past. */
export interface ModeChangeTable {
  home_id: HomeId
  id: string
  at: number
  mode: ModeId
  was: ModeId
  person: SubjectId | null
  automation_id: AutomationId | null
}

const core: Bases = {
  EU: contract('GDPR 6(1)(b)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
const purposes = { 'service.core': core }
const homeLife: Retention = { after: 'home.closed', keep: 'P0D', then: 'shred' }
/** As far back as an automation can be tried over the past, and the day before that. */
const replayed: Retention = { after: 'row.created', keep: 'P31D', then: 'delete' }
const path = { to: 'home', column: 'home_id' } as const
const homeId = { class: 'reference', to: 'home' } as const
const rowId = { class: 'reference', to: 'row' } as const
const person = { class: 'reference', to: 'subject', erased: 'cleared' } as const
const activity = { class: 'linked', category: 'home.activity', clauses: ['pp.2.2.1', 'pp.2.3.1'] } as const

/** Optional: a home that nobody ever sets to anything is at home, and has no row. // pp.2.2.1 */
export const homeMode: TableMap<HomeModeTable> = {
  path,
  purposes,
  retention: homeLife,
  clock: { at: 'gone', of: 'home_id', table: 'home', key: 'home_id' },
  seen: { by: 'mode.read' },
  columns: {
    home_id: homeId,
    mode: activity,
    at: activity,
    person,
    automation_id: rowId,
    own: {
      class: 'content',
      category: 'user.household.rooms',
      seal: 'home',
      purposes,
      mandatory: { required: false, ifRefused: 'the home has no modes of its own' },
      retention: homeLife,
      recipients: [],
      export: ['access', 'portability'],
      clauses: ['pp.2.2.1', 'pp.2.3.1'],
      leaves: {
        'modes.*.id': { category: 'user.household.rooms' },
        'modes.*.name': { category: 'user.household.rooms' },
      },
    },
  },
}

export const modeChange: TableMap<ModeChangeTable> = {
  path,
  purposes,
  retention: replayed,
  clock: { at: 'row', column: 'at' },
  seen: { by: 'mode.read' },
  columns: {
    home_id: homeId,
    id: rowId,
    at: activity,
    mode: activity,
    was: activity,
    person,
    automation_id: rowId,
  },
}
