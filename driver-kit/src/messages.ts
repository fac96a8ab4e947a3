import type { DeviceShape, BridgeStatus, Joining, VendorValue } from '@eaves/model'

/**
 * What crosses between the core and the driver process: arrays of these, one JSON line per tick and direction.
 * Values travel as numbered slots so that a report costs two numbers: a device's announcement lists its slots in order,
 * slot number = `base` + index; numbers are given by the driver process and are void after its restart.
 */
export type SlotName = readonly [part: string, capability: string, attribute: string]

export type StepState = 'running' | 'done' | 'failed'
export type ConnectionState = 'connecting' | 'online' | 'offline' | 'failed'

export const imageTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const
export type ImageType = (typeof imageTypes)[number]
export const mostImageBytes = 512 * 1024

export type FromDriver =
  /** The process is up; `drivers` are the manifests it found. */
  | { readonly t: 'ready'; readonly drivers: readonly DriverManifest[] }
  /** `code` is a code of the error table (connection.*). */
  | {
      readonly t: 'connection'
      readonly connection: string
      readonly state: ConnectionState
      readonly code?: string
      readonly detail?: string
    }
  /** A named step of bringing the connection's devices in. */
  | {
      readonly t: 'step'
      readonly connection: string
      readonly step: string
      readonly state: StepState
      readonly code?: string
      readonly detail?: string
    }
  /** A device is there or has changed its shape or name. The same handle keeps or renews its slots. */
  | {
      readonly t: 'device'
      readonly connection: string
      readonly handle: number
      readonly shape: DeviceShape
      readonly base: number
      readonly slots: readonly SlotName[]
      readonly online: boolean
    }
  | { readonly t: 'gone'; readonly connection: string; readonly handle: number }
  /** Reports, flat: slot, value, slot, value… in the order they happened. */
  | { readonly t: 'r'; readonly v: readonly (number | VendorValue)[] }
  /** The same of values that the other side kept from some time before: they are no word from the device and confirm nothing. */
  | { readonly t: 'kept'; readonly v: readonly (number | VendorValue)[] }
  /** Values that are not known any more (slots). */
  | { readonly t: 'forget'; readonly slots: readonly number[] }
  | { readonly t: 'reach'; readonly handle: number; readonly online: boolean }
  /** Devices that spoke since the last such message though nothing changed (handles), at most once a second. */
  | { readonly t: 'seen'; readonly handles: readonly number[] }
  | {
      readonly t: 'event'
      readonly handle: number
      readonly part: string
      readonly capability: string
      readonly event: string
      /** The device's own word for it, at most 128 characters. */
      readonly detail?: string
    }
  /** A picture of a camera, base64; the core keeps the last in memory and nowhere else. */
  | {
      readonly t: 'image'
      readonly handle: number
      readonly part: string
      readonly type: ImageType
      readonly data: string
    }
  /** A bridge behind the connection is there or has changed. */
  | { readonly t: 'bridge'; readonly connection: string; readonly bridge: BridgeStatus }
  | { readonly t: 'bridge-gone'; readonly connection: string; readonly bridge: string }
  | { readonly t: 'joining'; readonly connection: string; readonly joining: Joining }
  /** The answer to an act; with a code it failed. */
  | { readonly t: 'acted'; readonly act: string; readonly code?: string; readonly detail?: string }
  /** The command has left for the device. */
  | { readonly t: 'sent'; readonly command: string }
  | { readonly t: 'refused'; readonly command: string; readonly code: string; readonly detail?: string }
  /** State of the embedded broker. */
  | {
      readonly t: 'broker'
      readonly state: 'listening' | 'failed' | 'off'
      readonly port?: number
      readonly detail?: string
    }
  | { readonly t: 'client'; readonly credential: string; readonly connected: boolean }
  /** `fields` hold only names of the log allow-list; no value, topic, name or address of a home. */
  | {
      readonly t: 'log'
      readonly level: 'debug' | 'info' | 'warn' | 'error'
      readonly event: string
      readonly fields?: Readonly<Record<string, string | number | boolean>>
    }

/** What a credential may say and hear, as topic filters; the core decides it, the broker keeps it. */
export interface BrokerScope {
  readonly publish: readonly string[]
  /** Places that several may write to, such as those of discovery: each only where no other's message stands. */
  readonly announce: readonly string[]
  readonly subscribe: readonly string[]
  /** What it may send in the long run; more waits. */
  readonly messagesPerSecond: number
  readonly mostRetained: number
}
export interface BrokerListen {
  readonly host: string
  readonly port: number
  /** PEM texts; absent: plain MQTT. */
  readonly tls?: { readonly cert: string; readonly key: string }
}
export interface BrokerCredential {
  readonly id: string
  readonly home: string
  readonly username: string
  /** Hex SHA-256 of the password (256 random bits, so a plain hash is enough). */
  readonly passwordHash: string
  readonly scope: BrokerScope
}

export type ToDriver =
  | {
      readonly t: 'open'
      readonly connection: string
      readonly home: string
      readonly driver: string
      readonly config: Readonly<Record<string, unknown>>
    }
  | { readonly t: 'close'; readonly connection: string }
  | {
      readonly t: 'command'
      readonly command: string
      readonly handle: number
      readonly part: string
      readonly capability: string
      readonly name: string
      readonly args: Readonly<Record<string, VendorValue>>
      /** Values that would confirm it: while it is open, reports of these slots are sent even when unchanged. */ readonly watch: readonly number[]
      /** Nobody waits for the word that it was sent; a refusal is told all the same. */
      readonly quiet?: boolean
    }
  /** Care of a bridge (`bridge`) or of a device (`handle`); answered by `acted`. */
  | {
      readonly t: 'act'
      readonly act: string
      readonly connection: string
      readonly bridge?: string
      readonly handle?: number
      readonly name: string
      readonly args: Readonly<Record<string, VendorValue>>
    }
  /** The command has ended; stop watching its slots. */
  | { readonly t: 'ended'; readonly command: string }
  /** The embedded broker's listener; `null` closes it. */
  | { readonly t: 'broker'; readonly listen: BrokerListen | null }
  /** All credentials of the embedded broker; one that is missing is revoked: its client is dropped at once, its will and retained messages purged. */
  | { readonly t: 'credentials'; readonly list: readonly BrokerCredential[] }
  | { readonly t: 'stop' }

/** What a driver is: the literal in its `driver.ts` is the manifest. */
export interface DriverManifest {
  readonly id: string
  readonly name: string
  readonly reach: 'local' | 'cloud'
  readonly quality: 'bronze' | 'silver' | 'gold'
  /** Hosts it contacts, in words ("the broker you name"). */
  readonly talksTo: readonly string[]
  /** Node modules for sockets that it opens itself; empty for third-party drivers. Each with its reason. */
  readonly sockets: readonly { readonly module: string; readonly why: string }[]
  /** Categories of data it reads. */
  readonly collects: readonly string[]
  /** Configuration of a connection, in form order. */
  readonly config: readonly {
    readonly key: string
    readonly type: 'text' | 'secret' | 'boolean'
    readonly required: boolean
  }[]
  /** Steps of bringing devices in, in order, with what is usual. */
  readonly steps: readonly { readonly id: string; readonly name: string; readonly usualSeconds: number }[]
}
