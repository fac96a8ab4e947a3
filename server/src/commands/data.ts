import type { HoldEnds } from '@eaves/model/api'
import {
  consent,
  contract,
  separateConsent,
  type Bases,
  type Category,
  type CommandId,
  type CommandStatus,
  type DeviceId,
  type HomeId,
  type Retention,
  type SceneId,
  type Sealed,
  type SubjectId,
  type TableMap,
  type VendorValue,
} from '@eaves/model'

/** The run of a scene that a command is part of. */
export interface OfScene {
  readonly id: SceneId
  readonly run: string
  /** It put back what a run had changed. */
  readonly isUndo?: true
  /** An automation ran it. */
  readonly isAutomatic?: true
}
export interface CommandPayload {
  readonly part: string
  readonly capability: string
  readonly command: string
  readonly args?: Readonly<Record<string, VendorValue>>
  /** What the driver said when it failed, in its words. */
  readonly detail?: string
  readonly scene?: OfScene
}
export interface CommandTable {
  home_id: HomeId
  id: CommandId
  device_id: DeviceId
  status: CommandStatus
  /** 1 when the device reports back. */
  confirmable: number
  accepted_at: number
  sent_at: number | null
  ended_at: number | null
  /** A code of the error table. */
  reason: string | null
  /** Whose wish it was; null for the server's own. */
  actor_subject: SubjectId | null
  /** Hash of the idempotency key, unique for one home and device. */
  key_hash: string | null
  body_hash: string | null
  payload: Sealed<CommandPayload>
}

/** What automations leave alone. */
export interface DeviceHoldTable {
  home_id: HomeId
  id: string
  device_id: DeviceId
  part: string | null
  capability: string | null
  ends: HoldEnds
  until: number | null
  since: number
  by_subject: SubjectId | null
}

const core: Bases = {
  EU: contract('GDPR 6(1)(b)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
// How often a device was told something, never what: the command itself stays sealed for it. // pp.3.1.3
const manufacturerQuality: Bases = {
  EU: consent('GDPR 6(1)(a)'),
  CN: separateConsent('PIPL 23'),
  US: consent('opt-in'),
  other: consent('opt-in'),
}
const kept: Retention = { after: 'row.created', keep: 'P90D', then: 'delete' }
const rowId = { class: 'reference', to: 'row' } as const
const linked = (category: Category) => ({ class: 'linked', category, clauses: ['pp.2.3.1'] }) as const
const activity = linked('home.activity')

export const command: TableMap<CommandTable> = {
  path: { to: 'home', column: 'home_id' },
  purposes: { 'service.core': core, 'sharing.manufacturer-quality': manufacturerQuality },
  retention: kept,
  clock: { at: 'row', column: 'accepted_at' },
  columns: {
    home_id: { class: 'reference', to: 'home' },
    id: rowId,
    device_id: rowId,
    status: activity,
    confirmable: activity,
    accepted_at: activity,
    sent_at: activity,
    ended_at: activity,
    reason: activity,
    actor_subject: { class: 'reference', to: 'subject', erased: 'cleared' },
    key_hash: activity,
    body_hash: activity,
    payload: {
      class: 'personal',
      category: 'home.activity',
      seal: 'home',
      purposes: { 'service.core': core },
      mandatory: { required: true, ifRefused: 'nothing is switched' },
      retention: kept,
      recipients: ['linked-broker'], // pp.3.1
      export: ['access', 'portability'],
      clauses: ['pp.2.3.1'],
      leaves: {
        part: { category: 'home.activity' },
        capability: { category: 'home.activity' },
        command: { category: 'home.activity' },
        'args.**': {
          category: 'home.activity',
          note: 'arguments as the capability or vendor attribute defines them',
        },
        detail: { category: 'device.health' },
        'scene.id': { category: 'home.activity' },
        'scene.run': { category: 'home.activity' },
        'scene.isUndo': { category: 'home.activity' },
        'scene.isAutomatic': { category: 'home.activity' },
      },
    },
  },
}

const homeLife: Retention = { after: 'home.closed', keep: 'P0D', then: 'shred' }
const settings = linked('device.settings')

// It ends at its hour, when the room is empty or when somebody says so, and its row with it. // pp.2.3.1
export const deviceHold: TableMap<DeviceHoldTable> = {
  path: { to: 'home', column: 'home_id' },
  purposes: { 'service.core': core },
  retention: homeLife,
  clock: { at: 'gone', of: 'home_id', table: 'home', key: 'home_id' },
  seen: { by: 'device.read' },
  columns: {
    home_id: { class: 'reference', to: 'home' },
    id: rowId,
    device_id: rowId,
    part: settings,
    capability: settings,
    ends: settings,
    until: settings,
    since: settings,
    by_subject: { class: 'reference', to: 'subject', erased: 'cleared' },
  },
}
