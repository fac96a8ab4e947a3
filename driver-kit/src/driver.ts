import type { DeviceAct, DeviceShape, BridgeAct, BridgeStatus, Joining, VendorValue } from '@eaves/model'
import type {
  BrokerCredential,
  BrokerListen,
  ConnectionState,
  DriverManifest,
  ImageType,
  StepState,
} from './messages.ts'

/** What a driver gets for one connection of one home. Everything that crosses it is plain data. */
export interface DriverContext {
  readonly connection: string
  readonly home: string
  readonly config: Readonly<Record<string, unknown>>
  /** Milliseconds since the epoch; tests pass their own clock. */
  readonly now: () => number
  readonly setTimer: (ms: number, run: () => void) => { cancel: () => void }
  readonly state: (state: ConnectionState, error?: { code: string; detail?: string }) => void
  readonly step: (id: string, state: StepState, error?: { code: string; detail?: string }) => void
  /** Announces a device, or renews its shape or name; the same nativeId gives the same handle. */
  readonly device: (shape: DeviceShape, online: boolean) => DeviceHandle
  /** What is reported inside `run` was kept by the other side (an MQTT broker's retained messages): known, but no fresh word from the device. */
  readonly kept: (run: () => void) => void
  /** Announces a bridge that devices hang on, or its new state. */
  readonly bridge: (bridge: BridgeStatus) => void
  readonly bridgeGone: (bridge: string) => void
  /** Tells how far a device is that is being brought in through a bridge. */
  readonly joining: (joining: Joining) => void
  readonly log: (
    level: 'debug' | 'info' | 'warn' | 'error',
    event: string,
    fields?: Readonly<Record<string, string | number | boolean>>,
  ) => void
}

export interface DeviceHandle {
  readonly nativeId: string
  /** Reports one value. Values that the capability or vendor attribute does not allow (wrong type, NaN, out of range) are dropped and counted, never passed on. Unchanged values are only noted as "seen" unless a command waits for them. */
  readonly report: (part: string, capability: string, attribute: string, value: VendorValue) => void
  /** The number of a value's slot, for drivers that report many messages: resolve once, then `reportSlot`. Undefined when the device has no such value. */
  readonly slot: (part: string, capability: string, attribute: string) => number | undefined
  readonly reportSlot: (slot: number, value: VendorValue) => void
  /** A value is not known any more, such as one that has expired. */
  readonly forget: (slot: number) => void
  /** Tells a moment; `detail` is the device's own word for it. */
  readonly event: (part: string, capability: string, event: string, detail?: string) => void
  /** Passes a picture on, at most 512 kB; anything larger is dropped and counted. */
  readonly image: (part: string, type: ImageType, bytes: Uint8Array) => void
  readonly reachable: (online: boolean) => void
  readonly gone: () => void
}

export interface DeviceCommand {
  readonly part: string
  /** A capability id, or "vendor" with name "set" and args {key, value}. Already checked against the device's shape and limits. */
  readonly capability: string
  readonly name: string
  readonly args: Readonly<Record<string, VendorValue>>
}

/** An act on a bridge (`bridge`), or on one device or group (`nativeId`). */
export interface ActRequest {
  readonly bridge?: string
  readonly nativeId?: string
  readonly name: BridgeAct | DeviceAct
  readonly args: Readonly<Record<string, VendorValue>>
}

/** One open connection. */
export interface DriverConnection {
  /** Sends the command to the device; resolves when it has left, throws DriverError when it cannot. */
  readonly command: (nativeId: string, command: DeviceCommand) => Promise<void>
  /** Cares for a bridge or a device; resolves when the bridge has done it, throws DriverError when it cannot or did not answer. Absent: the driver has no acts. */
  readonly act?: (request: ActRequest) => Promise<void>
  /** Closes sockets, cancels timers, removes listeners. */
  readonly close: () => Promise<void>
}

export interface Driver extends DriverManifest {
  /** Reads what the first connection will need; called at most once, while the process has nothing else to do, and not always. */
  readonly prepare?: () => Promise<void>
  /** Opens a connection. Returns at once: reaching the other side, retries and recovery go on inside and are told through `state` and `step`. */
  readonly connect: (context: DriverContext) => DriverConnection
  /** Only the MQTT driver has one. A connection whose config is {"embedded": true} reads it. */
  readonly broker?: (context: BrokerContext) => EmbeddedBroker
}

/** Declares a driver; the literal is its manifest. */
export function defineDriver(driver: Driver): Driver {
  return driver
}

export type DriverErrorKind = 'unreachable' | 'unauthorized' | 'rejected' | 'unsupported' | 'bad-reply'

/** Why a driver could not do a thing. */
export class DriverError extends Error {
  readonly kind: DriverErrorKind
  constructor(kind: DriverErrorKind, detail?: string, cause?: unknown) {
    super(detail ?? kind, cause === undefined ? undefined : { cause })
    this.name = 'DriverError'
    this.kind = kind
  }
}

/** What the host of an embedded broker gives it. */
export interface BrokerContext {
  readonly now: () => number
  readonly log: DriverContext['log']
  readonly state: (state: 'listening' | 'failed' | 'off', detail?: { port?: number; detail?: string }) => void
  readonly client: (credential: string, connected: boolean) => void
}
/** The broker that devices without one of their own connect to; the core owns its credentials. */
export interface EmbeddedBroker {
  readonly listen: (listen: BrokerListen | null) => Promise<void>
  readonly credentials: (list: readonly BrokerCredential[]) => void
  readonly stop: () => Promise<void>
}
