import {
  contract,
  type AlarmEventKind,
  type AlarmMode,
  type AlarmState,
  type Bases,
  type Category,
  type ContentField,
  type DeviceId,
  type HomeId,
  type PersonalField,
  type Retention,
  type Sealed,
  type SubjectId,
  type TableMap,
} from '@eaves/model'
import type { AlarmContent } from '@eaves/model/api'

/** What goes on beside the state itself. */
export interface AlarmRun {
  readonly mode?: AlarmMode | undefined
  /** When a delay ends. */
  readonly until?: number | undefined
  readonly soundsUntil?: number | undefined
  /** How often sirens have sounded since it was armed. */
  readonly rounds: number
  readonly leftOut: readonly LeftOut[]
  readonly raised: readonly { readonly device: string; readonly at: number }[]
}
/** A sensor that stood open when it was armed. `returns`: it counts again once it is closed. */
export interface LeftOut {
  readonly device: string
  readonly part: string
  readonly sense: string
  readonly why: 'open' | 'silent' | 'gone'
  readonly returns: boolean
}
export interface AlarmTable {
  home_id: HomeId
  /** Counts the saves of the set-up, so that of two editors the later one is told. */
  version: number
  content: Sealed<AlarmContent> | null
  /** With whose rights sirens sound. */
  set_by: SubjectId | null
  state: AlarmState
  since: number
  run: Sealed<AlarmRun> | null
}
export interface AlarmCodeTable {
  home_id: HomeId
  id: string
  /** Whose it is; null of a visitor's, which has a name instead. */
  subject: SubjectId | null
  name: Sealed<string> | null
  /** An argon2id record, sealed. */
  code: Sealed<string>
  is_duress: number
  starts_at: number | null
  ends_at: number | null
  created_at: number
}
export interface AlarmEventTable {
  home_id: HomeId
  id: string
  at: number
  kind: AlarmEventKind
  mode: AlarmMode | null
  /** Who did it; null of what happened by itself, by a visitor, and by who is gone. */
  by_subject: SubjectId | null
  device: DeviceId | null
}

const core: Bases = {
  EU: contract('GDPR 6(1)(b)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
const purposes = { 'service.core': core }
const homeLife: Retention = { after: 'home.closed', keep: 'P0D', then: 'shred' }
const aQuarter: Retention = { after: 'row.created', keep: 'P90D', then: 'delete' }
const path = { to: 'home', column: 'home_id' } as const
const withHome = { at: 'gone', of: 'home_id', table: 'home', key: 'home_id' } as const
const homeId = { class: 'reference', to: 'home' } as const
const rowId = { class: 'reference', to: 'row' } as const
const linked = (category: Category) => ({ class: 'linked', category, clauses: ['pp.2.3.1'] }) as const
const settings = linked('device.settings')
const happened = linked('home.activity')
const credentials = linked('user.credentials')
const set = { category: 'device.settings' } as const
const went = { category: 'home.activity' } as const
const sealed = {
  seal: 'home',
  purposes,
  retention: homeLife,
  recipients: [],
  clauses: ['pp.2.2.1', 'pp.2.3.1'],
} as const
const setUp: ContentField = {
  ...sealed,
  class: 'content',
  category: 'device.settings',
  mandatory: { required: false, ifRefused: 'the home has no alarm' },
  export: ['access', 'portability'],
  leaves: {
    '*.sensors.*.device': set,
    '*.sensors.*.part': set,
    '*.sensors.*.sense': set,
    '*.sensors.*.entry': set,
    '*.exitSeconds': set,
    '*.entrySeconds': set,
    'sirens.*.*': set,
    sirenSeconds: set,
    tell: set,
  },
}
const run: PersonalField = {
  ...sealed,
  class: 'personal',
  category: 'home.activity',
  mandatory: { required: false, ifRefused: 'the home has no alarm' },
  export: ['access'],
  leaves: {
    mode: went,
    until: went,
    soundsUntil: went,
    rounds: went,
    'leftOut.*.*': went,
    'raised.*.*': went,
  },
}

/** An alarm is optional: a home without one works. // pp.2.2.1 */
export const alarm: TableMap<AlarmTable> = {
  path,
  purposes,
  retention: homeLife,
  clock: withHome,
  seen: { by: 'alarm.manage' },
  columns: {
    home_id: homeId,
    version: settings,
    content: setUp,
    set_by: { class: 'reference', to: 'subject', erased: 'cleared' },
    state: happened,
    since: happened,
    run,
  },
}

/** What disarms: only a sealed record of each code is kept. // pp.5.1 */
export const alarmCode: TableMap<AlarmCodeTable> = {
  path,
  purposes,
  retention: homeLife,
  clock: withHome,
  columns: {
    home_id: homeId,
    id: rowId,
    subject: { class: 'reference', to: 'subject', erased: 'row' },
    name: {
      ...sealed,
      class: 'content',
      category: 'user.household.member',
      mandatory: { required: false, ifRefused: 'visitors have no codes' },
      export: ['access', 'portability'],
    },
    code: {
      ...sealed,
      class: 'personal',
      category: 'user.credentials',
      mandatory: { required: false, ifRefused: 'sign in again to disarm in the app; a wall panel cannot' },
      export: [],
      clauses: ['pp.4.1', 'pp.5.1'],
    },
    is_duress: credentials,
    starts_at: credentials,
    ends_at: credentials,
    created_at: credentials,
  },
}

export const alarmEvent: TableMap<AlarmEventTable> = {
  path,
  purposes,
  retention: aQuarter,
  clock: { at: 'row', column: 'at' },
  seen: { by: 'history.read', device: 'device' },
  columns: {
    home_id: homeId,
    id: rowId,
    at: happened,
    kind: happened,
    mode: happened,
    by_subject: { class: 'reference', to: 'subject', erased: 'cleared' },
    device: rowId,
  },
}
