import {
  contract,
  type Bases,
  type Category,
  type ConnectionId,
  type DeviceId,
  type DeviceKind,
  type DeviceShape,
  type HomeId,
  type Leaf,
  type Retention,
  type RoomId,
  type Sealed,
  type TableMap,
} from '@eaves/model'

/** What is sealed of a device: all that a driver says it is, and the name people gave it. */
export interface DeviceDetails {
  readonly shape: DeviceShape
  /** The name a person chose; the shape's own name until then. */
  readonly name: string
  /** To be treated as a lock. */
  readonly guarded?: boolean
  /** So long it may stand open, where that is not the usual. */
  readonly openMinutes?: number
  /** Paths of which nobody wants a history. */
  readonly unkept?: readonly string[]
}
export interface DeviceTable {
  home_id: HomeId
  id: DeviceId
  driver: string
  connection_id: ConnectionId | null
  room_id: RoomId | null
  /** 1 until a person has looked at it. */
  is_new: number
  added_at: number
  kind: DeviceKind
  details: Sealed<DeviceDetails>
}

const core: Bases = {
  EU: contract('GDPR 6(1)(b)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
const deviceLife: Retention = { after: 'device.removed', keep: 'P0D', then: 'delete' }
const rowId = { class: 'reference', to: 'row' } as const
const linked = (category: Category) =>
  ({ class: 'linked', category, clauses: ['pp.2.2.2', 'pp.2.3.1'] }) as const
const identity: Leaf = { category: 'device.identity' }
const settings: Leaf = { category: 'device.settings' }
const health: Leaf = { category: 'device.health' }

const limitLeaves = (at: string): Record<string, Leaf> => ({
  [`${at}.min`]: settings,
  [`${at}.max`]: settings,
  [`${at}.step`]: settings,
  [`${at}.values.*`]: settings,
})
const capability = 'shape.parts.*.capabilities.*'
const vendor = 'shape.parts.*.vendor.*'

// Model, firmware, settings and what a paired device can do; its hardware number is sealed with the rest and read by no recipient. // pp.2.2.2
const detailLeaves: Readonly<Record<string, Leaf>> = {
  name: settings,
  guarded: settings,
  openMinutes: settings,
  'unkept.*': settings,
  'shape.nativeId': { category: 'device.identity', note: 'hardware number, needed to know the device again' },
  'shape.name': settings,
  'shape.kind': identity,
  'shape.manufacturer': identity,
  'shape.model': identity,
  'shape.firmware': identity,
  'shape.confirmable': settings,
  'shape.sleepy': settings,
  'shape.reportIntervalMs': settings,
  'shape.problems.*': health,
  'shape.members.*': {
    category: 'device.identity',
    note: 'hardware numbers of the members of a bridge’s group, ids of those of a group made here',
  },
  'shape.acts.*': identity,
  'shape.bridge': identity,
  'shape.interview': health,
  'shape.parts.*.id': identity,
  'shape.parts.*.name': settings,
  [`${capability}.attributes.*`]: identity,
  [`${capability}.commands.*`]: identity,
  [`${capability}.events.*`]: identity,
  ...limitLeaves(`${capability}.limits.*`),
  [`${vendor}.type`]: identity,
  [`${vendor}.name`]: settings,
  [`${vendor}.description`]: settings,
  [`${vendor}.unit`]: settings,
  ...limitLeaves(vendor),
  [`${vendor}.readable`]: identity,
  [`${vendor}.writable`]: identity,
  [`${vendor}.category`]: identity,
}

export const device: TableMap<DeviceTable> = {
  path: { to: 'home', column: 'home_id' },
  purposes: { 'service.core': core },
  retention: deviceLife,
  clock: { at: 'gone', of: 'id', table: 'device', key: 'id' },
  seen: { by: 'device.read', device: 'id' },
  columns: {
    home_id: { class: 'reference', to: 'home' },
    id: rowId,
    connection_id: rowId,
    room_id: rowId,
    driver: linked('device.identity'),
    is_new: linked('device.settings'),
    added_at: linked('device.settings'),
    kind: linked('device.identity'),
    details: {
      class: 'personal',
      category: 'device.identity',
      seal: 'home',
      purposes: { 'service.core': core },
      mandatory: { required: true, ifRefused: 'the device cannot be controlled' },
      retention: deviceLife,
      recipients: [],
      export: ['access', 'portability'],
      clauses: ['pp.2.2.2', 'pp.2.3.1'],
      leaves: detailLeaves,
    },
  },
}
