import type { CapabilityId, Value } from './capabilities/index.ts'
import type {
  AutomationId,
  CommandId,
  ConnectionId,
  DeviceId,
  HomeId,
  RoomId,
  RunId,
  SceneId,
} from './ids.ts'

export const deviceKinds = [
  'light',
  'plug',
  'switch',
  'sensor',
  'climate',
  'cover',
  'lock',
  'fan',
  'button',
  'alarm',
  'siren',
  'valve',
  'vacuum',
  'mower',
  'camera',
  'tracker',
  'group',
  'other',
] as const
/** What a person sees it as; decides icon and order, never what it can do. */
export type DeviceKind = (typeof deviceKinds)[number]

/** A function of a device that no capability covers: shown, stored and driven by generic controls. */
export interface VendorAttribute {
  readonly type: 'number' | 'text' | 'boolean' | 'enum' | 'list' | 'composite'
  readonly name: string
  readonly description?: string
  readonly unit?: string
  readonly min?: number
  readonly max?: number
  readonly step?: number
  readonly values?: readonly string[]
  readonly readable: boolean
  readonly writable: boolean
  readonly category: 'state' | 'config' | 'diagnostic'
}
/** A vendor attribute's value; lists and composites are plain JSON. */
export type VendorValue = Value | null | readonly VendorValue[] | { readonly [key: string]: VendorValue }

export const deviceActs = ['rename', 'remove', 'configure', 'interview', 'addMember', 'removeMember'] as const
/** Care of a device at its bridge: `rename {name}`, `remove {force?}`, `addMember {member}`, `removeMember {member}` (a native id). */
export type DeviceAct = (typeof deviceActs)[number]
export const bridgeActs = ['permitJoin', 'createGroup'] as const
/** Care of a bridge: `permitJoin {seconds}` (0 ends it), `createGroup {name}`. */
export type BridgeAct = (typeof bridgeActs)[number]

/** A bridge behind a connection that other devices hang on, such as a Zigbee coordinator. */
export interface BridgeStatus {
  /** Stable within the connection. */
  readonly id: string
  readonly name: string
  readonly online: boolean
  readonly version?: string
  /** Until when new devices may join, epoch ms; absent when they may not. */
  readonly joinUntil?: number
  readonly acts: readonly BridgeAct[]
  /** The last warning or error it logged about itself, in its own words. */
  readonly warning?: string
}
export const joinStages = ['joined', 'interviewing', 'ready', 'failed', 'left'] as const
/** A device on its way into the home through a bridge. */
export interface Joining {
  readonly bridge: string
  readonly nativeId: string
  readonly name?: string
  readonly manufacturer?: string
  readonly model?: string
  readonly stage: (typeof joinStages)[number]
}

/** What can be asked of several devices at once; the other functions are wishes to one device. */
export const groupCapabilities: readonly CapabilityId[] = [
  'onOff',
  'level',
  'color',
  'effect',
  'cover',
  'garageDoor',
  'lock',
  'thermostat',
  'fan',
  'swing',
  'humidifier',
  'preset',
  'valve',
  'siren',
  'childLock',
]

/** Narrower limits of one attribute on one device. */
export interface Limits {
  readonly min?: number
  readonly max?: number
  readonly step?: number
  readonly values?: readonly string[]
}
/** Which part of a capability a device really has. */
export interface CapabilityShape {
  readonly attributes: readonly string[]
  readonly commands: readonly string[]
  readonly events?: readonly string[]
  readonly limits?: Readonly<Record<string, Limits>>
}
export interface PartShape {
  /** Stable; "main" when the device has one part. */
  readonly id: string
  readonly name?: string
  readonly capabilities: Readonly<Partial<Record<CapabilityId, CapabilityShape>>>
  readonly vendor: Readonly<Record<string, VendorAttribute>>
}
/** What a driver says a device is. `nativeId` survives re-pairing; topics, addresses and names are never identity. */
export interface DeviceShape {
  readonly nativeId: string
  readonly name: string
  readonly kind: DeviceKind
  readonly manufacturer?: string
  readonly model?: string
  readonly firmware?: string
  /** False for a device that never reports: its commands end at `sent`. */
  readonly confirmable: boolean
  /** A sleeping device takes commands late; a command to it is not failed for being offline. */
  readonly sleepy?: boolean
  /** How often it reports by itself, when known: older values are shown as stale. */
  readonly reportIntervalMs?: number
  /** Things of the device that the driver could not use, in words for a person (an unsupported template, a malformed field). */
  readonly problems?: readonly string[]
  /** A group of the driver's own: native ids of its members on the same connection. One command drives them all. */
  readonly members?: readonly string[]
  /** What can be done to the device besides its commands, through the bridge it hangs on. */
  readonly acts?: readonly DeviceAct[]
  /** The bridge it hangs on, by the id that its driver gave it. */
  readonly bridge?: string
  /** How far the bridge has come in learning what the device is. */
  readonly interview?: 'waiting' | 'running' | 'done' | 'failed'
  readonly parts: readonly PartShape[]
}

export const commandStatuses = ['accepted', 'sent', 'confirmed', 'failed', 'timed-out'] as const
export type CommandStatus = (typeof commandStatuses)[number]

/** A wish sent to a device. `capability` "vendor" with command "set" and args {key, value} writes a vendor attribute. */
export interface CommandRequest {
  readonly part?: string
  readonly capability: string
  readonly command: string
  readonly args?: Readonly<Record<string, VendorValue>>
  readonly idempotencyKey?: string
  /** Proof for what the home wants confirmed; read once, kept nowhere. */
  readonly confirm?: { readonly pin: string }
}
export interface CommandRecord {
  readonly id: CommandId
  readonly device: DeviceId
  readonly status: CommandStatus
  /** Instants, ISO 8601 UTC with milliseconds. */
  readonly at: {
    readonly accepted: string
    readonly sent?: string
    readonly confirmed?: string
    readonly ended?: string
  }
  readonly reason?: { readonly code: string; readonly detail?: string }
  readonly confirmable: boolean
  /** False only when the disk was full and the comfort command was sent without being stored. */
  readonly recorded?: boolean
}

/** A device as the API lists it: unknown values are absent, never null or 0. */
export interface DeviceView {
  readonly id: DeviceId
  readonly name: string
  readonly kind: DeviceKind
  readonly room: RoomId | null
  readonly roomName: string | null
  readonly online: boolean
  readonly driver: string
  readonly isNew: boolean
  /** When it last reported, ISO 8601 UTC. */
  readonly lastSeen?: string
  readonly stale?: boolean
  /** Since when it has said nothing though it usually would have, ISO 8601 UTC. */
  readonly silentSince?: string
  /** A keeper has said that it is to be treated as a lock. */
  readonly guarded?: boolean
  /** How long it may stand open before keepers are told, where that is not the usual ten minutes. */
  readonly openMinutes?: number
  readonly parts: readonly PartView[]
}
export interface PartView {
  readonly id: string
  readonly capabilities: Readonly<Record<string, Readonly<Record<string, Value>>>>
  readonly vendor: Readonly<Record<string, VendorValue>>
}
export interface DeviceDetail extends DeviceView {
  readonly manufacturer?: string
  readonly model?: string
  readonly firmware?: string
  readonly confirmable: boolean
  readonly problems: readonly string[]
  readonly addedAt: string
  /** What can be asked of its bridge for it. */
  readonly acts: readonly DeviceAct[]
  readonly interview?: 'waiting' | 'running' | 'done' | 'failed'
  /** The devices of a group. */
  readonly members?: readonly DeviceId[]
  /** The groups of this home that it is in. */
  readonly groups: readonly DeviceId[]
  readonly connection?: ConnectionId
  readonly shapes: readonly PartShape[]
  /** What it senses and who gets it: the device's privacy label. */
  readonly privacy: {
    readonly categories: readonly string[]
    readonly recipients: readonly string[]
    readonly reach: 'local' | 'cloud'
  }
}

export type Cause =
  | { readonly kind: 'device' }
  /** Of somebody, by itself or as part of a scene. */
  | { readonly kind: 'command'; readonly id: CommandId; readonly scene?: SceneId }
  /** A run of an automation asked for it. */
  | { readonly kind: 'automation'; readonly id: RunId; readonly automation?: AutomationId }
  | { readonly kind: 'driver' }
  | { readonly kind: 'person' }

/** Messages of the live socket from the server. */
export type LiveMessage =
  | { readonly type: 'ready' }
  | {
      readonly type: 'snapshot'
      readonly home: HomeId
      readonly version: number
      readonly devices: readonly DeviceView[]
    }
  | {
      readonly type: 'change'
      readonly home: HomeId
      readonly version: number
      readonly device: DeviceId
      readonly part: string
      readonly capability: string
      readonly values: Readonly<Record<string, VendorValue>>
      readonly at: string
      readonly cause: Cause
    }
  /** A device came, went, was renamed or moved, or its reachability changed; `device` null = removed. */
  | {
      readonly type: 'device'
      readonly home: HomeId
      readonly version: number
      readonly id: DeviceId
      readonly device: DeviceView | null
    }
  | {
      readonly type: 'event'
      readonly home: HomeId
      readonly version: number
      readonly device: DeviceId
      readonly part: string
      readonly capability: string
      readonly event: string
      /** What exactly was done, in the device's own word. */
      readonly detail?: string
      readonly at: string
    }
  | ({ readonly type: 'command'; readonly ref: string } & CommandRecord)
  | { readonly type: 'resync' }
  /** The home is no longer this person's to see, for now or for good. */
  | { readonly type: 'ended'; readonly home: HomeId }
  | {
      readonly type: 'error'
      readonly code: string
      readonly ref?: string
      /** How many wrong tries are still let through, and how long to wait, where the code is about either. */
      readonly triesLeft?: number
      readonly retryAfterSeconds?: number
    }
