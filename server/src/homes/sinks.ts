import type { ConnectionId, DeviceId, DeviceShape, HomeId, RoomId, VendorValue } from '@eaves/model'
import type { LiveDevice, WaitingSample } from './state.ts'
import type { Timers } from '../timers.ts'

/** A device as the store has it, opened. */
export interface DeviceRecord {
  readonly id: DeviceId
  readonly driver: string
  readonly connection: ConnectionId | undefined
  readonly room: RoomId | null
  readonly isNew: boolean
  readonly addedAt: number
  readonly name: string
  readonly shape: DeviceShape
  /** To be treated as a lock. */
  readonly guarded?: boolean | undefined
  readonly openMinutes?: number | undefined
  /** Paths of which nobody wants a history. */
  readonly unkept?: readonly string[] | undefined
}

/** Where the runtime leaves what must outlive it. Nothing here is waited for. */
export interface RuntimeSinks {
  /** A value worth a sample; the answer is the sample that waits to be written, when there is one. */
  readonly sample: (
    home: HomeId,
    device: DeviceId,
    path: string,
    at: number,
    value: VendorValue,
  ) => WaitingSample | undefined
  /** The device's row has changed. */
  readonly row: (home: HomeId, device: LiveDevice) => void
  /** The device's values have changed. */
  readonly live: (home: HomeId, device: LiveDevice) => void
  /** The device is gone for good: its rows, its history, its live state. */
  readonly erased: (home: HomeId, device: LiveDevice) => void
}

export interface RuntimeDeps {
  readonly now: () => number
  readonly timers: Timers
  readonly sinks: RuntimeSinks
  /** Raised at every start, so that versions never go backwards. */
  readonly epoch: number
  readonly roomName: (room: RoomId) => string | undefined
  /** Whether somebody's limits name the device. */
  readonly isNamed?: (device: DeviceId) => boolean
}
