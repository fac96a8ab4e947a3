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
  /** Up to which instant its values are condensed into hours and days, epoch ms. */
  rolled_to: number
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
/** What a number did in one hour or day that begins at `ts`; true and false count as 1 and 0. */
export interface BucketTable {
  home_id: number
  series_id: number
  ts: number
  /** How many values came. */
  n: number
  min: number
  max: number
  /** Each value times the seconds it held: of true and false, the seconds that it was true. */
  total: number
  /** The seconds of which it is known what it was. */
  seconds: number
  last: number
}
/** How many seconds of an hour were spent in which state. */
export interface StateHourTable {
  home_id: number
  series_id: number
  ts: number
  value: Sealed<StateSeconds>
}
export type StateSeconds = Readonly<Record<string, number>>
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
// Hours for two winters side by side, days for the life of a heating or a roof of solar cells.
const ofHours: Retention = { after: 'row.created', keep: 'P13M', then: 'delete' }
const ofDays: Retention = { after: 'row.created', keep: 'P10Y', then: 'delete' }
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
  columns: {
    home_id: homeId,
    series_id: rowId,
    device_id: rowId,
    path: sealed('home.activity', deviceLife),
    rolled_to: linked('home.activity'),
  },
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

const number = linked('home.activity')
const bucket: TableMap<BucketTable> = {
  path,
  purposes: { 'service.core': core },
  retention: ofHours,
  clock: reported,
  seen: { by: 'history.read' },
  condensed: { of: ['history.sample'], over: 'hour' },
  columns: {
    home_id: homeId,
    series_id: rowId,
    ts: number,
    n: number,
    min: number,
    max: number,
    total: number,
    seconds: number,
    last: number,
  },
}
export const sampleHour: TableMap<BucketTable> = bucket
export const sampleDay: TableMap<BucketTable> = {
  ...bucket,
  retention: ofDays,
  condensed: { of: ['history.sample', 'history.sample_hour'], over: 'day' },
}
export const stateHour: TableMap<StateHourTable> = {
  path,
  purposes: { 'service.core': core },
  retention: ofHours,
  clock: reported,
  seen: { by: 'history.read' },
  condensed: { of: ['history.sample_text'], over: 'hour' },
  columns: {
    home_id: homeId,
    series_id: rowId,
    ts: number,
    value: sealed('home.activity', ofHours, { '*': { category: 'home.activity', note: 'seconds by state' } }),
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
