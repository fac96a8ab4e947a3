import type { DeviceId, HomeId, RoomId } from '@eaves/model'
import { reaches, type DeviceFacts, type Limits, type Principal } from '../privacy/privacy.ts'
import type { HomeRuntime } from './runtime.ts'
import { isShown, type LiveDevice, type LiveNote } from './state.ts'

/** What a decision needs to know of a device. */
export function factsOf(device: LiveDevice): DeviceFacts {
  return { id: device.id, room: device.room, kind: device.shape.kind }
}

/** What narrows the caller in this home; undefined = nothing. */
export function limitsIn(principal: Principal, home: HomeId): Limits | undefined {
  return 'limits' in principal ? principal.limits.get(home) : undefined
}

export function isSeen(limits: Limits | undefined, device: LiveDevice): boolean {
  return limits === undefined || reaches(limits, factsOf(device), 'see')
}

/** The rooms that a narrowed member learns of: those with a device they see, and those named for them; undefined = all. */
export function roomsSeen(limits: Limits | undefined, runtime: HomeRuntime): ReadonlySet<RoomId> | undefined {
  if (limits === undefined) return undefined
  const rooms = new Set<RoomId>()
  if (limits.isClosed) return rooms
  for (const device of runtime.devices.values())
    if (device.room !== null && isShown(device) && isSeen(limits, device)) rooms.add(device.room)
  for (const { effect, on } of limits.rules) if (effect === 'allow' && 'room' in on) rooms.add(on.room)
  return rooms
}

/** A watch that shows only what the limits let through: decided once per device and change of it, never per frame. */
export class NarrowedWatch {
  readonly #limits: Limits
  readonly #runtime: HomeRuntime
  readonly #seen: Set<DeviceId>

  constructor(limits: Limits, runtime: HomeRuntime) {
    this.#limits = limits
    this.#runtime = runtime
    this.#seen = new Set(
      [...runtime.devices.values()].filter((each) => this.#shows(each)).map((each) => each.id),
    )
  }

  #shows(device: LiveDevice | undefined): boolean {
    return device !== undefined && isShown(device) && isSeen(this.#limits, device)
  }

  /** What this watch tells of the note; undefined when nothing. */
  fragmentOf(note: LiveNote): string | undefined {
    if (note.kind !== 'device') return this.#seen.has(note.device) ? note.fragment() : undefined
    const { device } = note
    if (this.#shows(this.#runtime.devices.get(device))) {
      this.#seen.add(device)
      return note.fragment()
    }
    // It was moved out of sight, or is gone: for this watcher that is the same.
    return this.#seen.delete(device) ? `,"id":"${device}","device":null}` : undefined
  }
}
