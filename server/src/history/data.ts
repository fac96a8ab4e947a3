import {
  contract,
  type Bases,
  type Category,
  type DeviceId,
  type PersonalField,
  type Retention,
  type Sealed,
  type TableMap,
  type Value,
  type VendorValue,
} from '@eaves/model'

/** A device's last reported values, as the home runtime keeps them. */
export interface LiveValues {
  readonly online: boolean
  /** Epoch ms of its last report. */
  readonly lastSeen?: number
  /** How often it speaks by itself: the longest usual gap and the mean one in ms, and how many were learnt from. */
  readonly rhythm?: readonly [usualMs: number, meanMs: number, gaps: number]
  readonly parts: Readonly<Record<string, LivePart>>
}
export interface LivePart {
  readonly capabilities: Readonly<Record<string, Readonly<Record<string, Value>>>>
  readonly vendor: Readonly<Record<string, VendorValue>>
}

/** In history tables `home_id` is the home's small integer `n`. */
export interface SeriesTable {
  home_id: number
  series_id: number
  device_id: DeviceId
  /** part/capability/attribute */
  path: Sealed<string>
}
export interface SampleTable {
  home_id: number
  series_id: number
  ts: number
  value: number
}
export interface SampleTextTable {
  home_id: number
  series_id: number
  ts: number
  value: Sealed<string>
}
export interface LiveStateTable {
  home_id: number
  device_id: DeviceId
  values: Sealed<LiveValues>
  at: number
}

const core: Bases = {
  EU: contract('GDPR 6(1)(b)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
const raw: Retention = { after: 'row.created', keep: 'P30D', then: 'delete' }
const deviceLife: Retention = { after: 'device.removed', keep: 'P0D', then: 'delete' }
const withDevice = { at: 'gone', of: 'device_id', table: 'device', key: 'id' } as const
const reported = { at: 'row', column: 'ts', group: ['home_id', 'series_id'] } as const
const homeId = { class: 'reference', to: 'home' } as const
const rowId = { class: 'reference', to: 'row' } as const
const path = { to: 'home', column: 'home_id' } as const
const linked = (category: Category) => ({ class: 'linked', category, clauses: ['pp.2.3.1'] }) as const
const sealed = (
  category: Category,
  retention: Retention,
  leaves?: PersonalField['leaves'],
): PersonalField => ({
  class: 'personal',
  category,
  seal: 'home',
  purposes: { 'service.core': core },
  mandatory: { required: true, ifRefused: 'no history is shown' },
  retention,
  recipients: [],
  export: ['access', 'portability'],
  clauses: ['pp.2.3.1'],
  ...(leaves ? { leaves } : {}),
})

// The path is sealed: with the home's key gone nothing says what a row of numbers measured.
export const series: TableMap<SeriesTable> = {
  path,
  purposes: { 'service.core': core },
  retention: deviceLife,
  clock: withDevice,
  seen: { by: 'history.read', device: 'device_id' },
  columns: { home_id: homeId, series_id: rowId, device_id: rowId, path: sealed('home.activity', deviceLife) },
}

export const sample: TableMap<SampleTable> = {
  path,
  purposes: { 'service.core': core },
  retention: raw,
  clock: reported,
  seen: { by: 'history.read' },
  columns: { home_id: homeId, series_id: rowId, ts: linked('home.activity'), value: linked('home.activity') },
}

export const sampleText: TableMap<SampleTextTable> = {
  path,
  purposes: { 'service.core': core },
  retention: raw,
  clock: reported,
  seen: { by: 'history.read' },
  columns: {
    home_id: homeId,
    series_id: rowId,
    ts: linked('home.activity'),
    value: sealed('home.activity', raw),
  },
}

export const liveState: TableMap<LiveStateTable> = {
  path,
  purposes: { 'service.core': core },
  retention: deviceLife,
  clock: withDevice,
  seen: { by: 'device.read', device: 'device_id' },
  columns: {
    home_id: homeId,
    device_id: rowId,
    at: linked('home.activity'),
    values: sealed('home.activity', deviceLife, {
      online: { category: 'device.health' },
      lastSeen: { category: 'device.health' },
      'rhythm.*': { category: 'device.health' },
      'parts.*.capabilities.*.*': {
        category: 'home.activity',
        note: 'the capability names its own category',
      },
      'parts.*.vendor.**': { category: 'home.activity', note: 'vendor attributes may be composite' },
    }),
  },
}
