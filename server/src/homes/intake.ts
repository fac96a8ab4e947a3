import type { FromDriver } from '@eaves/driver-kit'
import type { ConnectionId, HomeId, VendorValue } from '@eaves/model'
import { stackOf, type Log } from '../log.ts'
import { areSlots, isHandle, link, settle, unlink, type LinkTable } from './links.ts'
import type { HomeRuntime } from './runtime.ts'
import { sharedSlots } from './shared.ts'
import { listenAnew } from './rhythm.ts'
import { readShape } from './shape.ts'
import type { Cell, DeviceLink, LiveDevice } from './state.ts'
import type { Timers } from '../timers.ts'

/** Messages of the driver process that are not about state; whoever they concern listens. */
export type DriverWord = Extract<
  FromDriver,
  {
    t:
      | 'connection'
      | 'step'
      | 'sent'
      | 'refused'
      | 'broker'
      | 'client'
      | 'bridge'
      | 'bridge-gone'
      | 'joining'
      | 'acted'
  }
>

export interface IntakeDeps {
  readonly now: () => number
  readonly timers: Timers
  readonly log: Log
}
interface Attached {
  readonly runtime: HomeRuntime
  readonly driver: string
  isDown: boolean
}
export const driverDownMs = 10_000

/** Takes what the driver process says, in order, and leads it to the home it belongs to. Nothing in a batch can make it throw. */
export class Intake {
  readonly #deps: IntakeDeps
  readonly #attached = new Map<string, Attached>()
  readonly #listeners = new Set<(word: DriverWord) => void>()
  #table: LinkTable = { slots: [], links: [] }
  #runtimes: HomeRuntime[] = []
  #down: { cancel: () => void } | undefined
  readonly #full = new Set<HomeId>()
  #now = 0
  isUp = false
  /** Messages that could not be understood. */
  malformed = 0

  constructor(deps: IntakeDeps) {
    this.#deps = deps
  }

  listen(listener: (word: DriverWord) => void): void {
    this.#listeners.add(listener)
  }

  attach(connection: ConnectionId, runtime: HomeRuntime, driver: string): void {
    this.#attached.set(connection, { runtime, driver, isDown: false })
  }

  /** Ends a connection: its devices lose this way in. */
  detach(connection: ConnectionId): void {
    const attached = this.#attached.get(connection)
    if (attached === undefined) return
    this.#attached.delete(connection)
    attached.runtime.act(() => {
      for (const device of attached.runtime.devices.values())
        for (const each of device.links.filter((found) => found.connection === connection))
          this.#cut(attached.runtime, each)
    })
  }

  apply(batch: readonly FromDriver[]): void {
    this.#now = this.#deps.now()
    for (const message of batch) {
      try {
        this.#take(message)
      } catch (error) {
        this.malformed++
        this.#deps.log.warn('driver.message-refused', { stack: stackOf(error) })
      }
    }
    const runtimes = this.#runtimes
    if (runtimes.length === 0) return
    this.#runtimes = []
    for (const runtime of runtimes) runtime.end()
  }

  up(): void {
    this.isUp = true
    this.#down?.cancel()
    this.#down = undefined
  }

  /** The driver process is gone: its numbers are void, its devices keep their last state, and after a while say that they are not there. */
  down(): void {
    this.isUp = false
    this.#table = { slots: [], links: [] }
    const runtimes = new Set([...this.#attached.values()].map((each) => each.runtime))
    for (const runtime of runtimes) {
      for (const device of runtime.devices.values()) {
        device.links = []
        device.owner = undefined
      }
      runtime.sweep(this.#deps.now())
    }
    this.#down?.cancel()
    this.#down = this.#deps.timers.after(driverDownMs, () => this.#allOffline())
  }

  stop(): void {
    this.#down?.cancel()
  }

  #allOffline(): void {
    for (const { runtime } of this.#attached.values())
      runtime.act(() => {
        for (const device of runtime.devices.values()) runtime.setOnline(device, false)
      })
  }

  #touch(runtime: HomeRuntime): HomeRuntime {
    if (!runtime.isOpen) {
      runtime.begin(this.#now)
      this.#runtimes.push(runtime)
    }
    return runtime
  }

  #take(message: FromDriver): void {
    switch (message.t) {
      case 'r':
        return this.#reports(message.v)
      case 'kept':
        return this.#kept(message.v)
      case 'forget':
        return this.#forget(message.slots)
      case 'seen':
        return this.#seen(message.handles)
      case 'reach':
        return this.#reach(message.handle, message.online === true)
      case 'event':
        return this.#event(message)
      case 'device':
        return this.#device(message)
      case 'gone':
        return this.#gone(message.handle)
      case 'connection':
        this.#connection(message)
        break
      case 'step':
      case 'sent':
      case 'refused':
      case 'broker':
      case 'client':
      case 'bridge':
      case 'bridge-gone':
      case 'joining':
      case 'acted':
        break
      case 'image':
        return this.#image(message)
      case 'ready':
      case 'log':
        return
      default:
        this.malformed++
        return
    }
    for (const listener of this.#listeners) listener(message)
  }

  #reports(flat: readonly (number | VendorValue)[]): void {
    const slots = this.#table.slots
    const end = flat.length - 1
    for (let i = 0; i < end; i += 2) {
      const slot = flat[i]
      const cell: Cell | undefined = typeof slot === 'number' ? slots[slot] : undefined
      if (cell === undefined) continue
      const runtime = cell.group.device.runtime as HomeRuntime
      if (!runtime.isOpen) this.#touch(runtime)
      runtime.report(cell, flat[i + 1] as VendorValue)
    }
  }

  #kept(flat: readonly (number | VendorValue)[]): void {
    for (let i = 0; i < flat.length - 1; i += 2) {
      const slot = flat[i]
      const cell: Cell | undefined = typeof slot === 'number' ? this.#table.slots[slot] : undefined
      if (cell !== undefined)
        this.#touch(cell.group.device.runtime as HomeRuntime).keptValue(cell, flat[i + 1] as VendorValue)
    }
  }

  #forget(slots: readonly number[]): void {
    for (const slot of slots) {
      const cell = this.#table.slots[slot]
      if (cell !== undefined) this.#touch(cell.group.device.runtime as HomeRuntime).forget(cell)
    }
  }

  #linked(handle: unknown): DeviceLink | undefined {
    return isHandle(handle) ? this.#table.links[handle] : undefined
  }

  #seen(handles: readonly number[]): void {
    for (const handle of handles) {
      const found = this.#linked(handle)
      if (found !== undefined && found.device.owner === found)
        this.#touch(runtimeOf(found.device)).seen(found.device)
    }
  }

  #reach(handle: number, online: boolean): void {
    const found = this.#linked(handle)
    if (found === undefined) return
    found.reach = online
    this.#settle(found.device)
  }

  #settle(device: LiveDevice): void {
    settle(this.#table, device)
    const owner = device.owner
    this.#touch(runtimeOf(device)).setOnline(device, owner !== undefined && owner.reach && owner.isUp)
  }

  #event(message: Extract<FromDriver, { t: 'event' }>): void {
    const found = this.#linked(message.handle)
    if (found !== undefined && found.device.owner === found)
      this.#touch(runtimeOf(found.device)).event(
        found.device,
        message.part,
        message.capability,
        message.event,
        typeof message.detail === 'string' ? message.detail.slice(0, 128) : undefined,
      )
  }

  #image(message: Extract<FromDriver, { t: 'image' }>): void {
    const found = this.#linked(message.handle)
    if (found === undefined || found.device.owner !== found) return
    this.#touch(runtimeOf(found.device)).image(found.device, message.part, message.type, message.data)
  }

  #device(message: Extract<FromDriver, { t: 'device' }>): void {
    const attached = this.#attached.get(message.connection)
    const shape = readShape(message.shape)
    if (
      attached === undefined ||
      shape === undefined ||
      !isHandle(message.handle) ||
      !areSlots(message.base, message.slots)
    ) {
      this.malformed++
      return
    }
    const runtime = this.#touch(attached.runtime)
    const connection = message.connection as ConnectionId
    const device = runtime.announce(attached.driver, connection, shape)
    if (device === undefined) {
      // One device could announce others without end: a full home is told once.
      if (!this.#full.has(runtime.home)) this.#deps.log.warn('home.too-many-devices', { home: runtime.home })
      this.#full.add(runtime.home)
      return
    }
    link(this.#table, device, connection, message.handle, {
      base: message.base,
      slots: sharedSlots(message.slots),
      reach: message.online === true,
      isUp: !attached.isDown,
    })
    this.#settle(device)
    if (device.isStale) runtime.fresh(device)
  }

  #gone(handle: number): void {
    const found = this.#linked(handle)
    if (found !== undefined) this.#cut(this.#touch(runtimeOf(found.device)), found)
  }

  #cut(runtime: HomeRuntime, found: DeviceLink): void {
    unlink(this.#table, found)
    if (found.device.owner === undefined) runtime.takeBack(found.device)
    else this.#settle(found.device)
  }

  #connection(message: Extract<FromDriver, { t: 'connection' }>): void {
    const attached = this.#attached.get(message.connection)
    if (attached === undefined || message.state === 'connecting') return
    attached.isDown = message.state !== 'online'
    const runtime = this.#touch(attached.runtime)
    for (const device of runtime.devices.values()) {
      const own = device.links.filter((each) => each.connection === message.connection)
      for (const each of own) each.isUp = !attached.isDown
      if (own.length > 0) listenAnew(device.rhythm, this.#now)
      if (own.length > 0) this.#settle(device)
      else if (device.owner === undefined && device.connection === message.connection && attached.isDown)
        runtime.setOnline(device, false)
    }
  }

  /** Erases a device; its numbers lead nowhere until it is announced again. */
  forget(device: LiveDevice): void {
    for (const each of [...device.links]) unlink(this.#table, each)
    runtimeOf(device).erase(device)
  }

  /** Moves what `by` is, with its ways in, into `device`; the old hardware, announced again, is a new device. */
  embody(device: LiveDevice, by: LiveDevice): void {
    for (const each of [...device.links]) unlink(this.#table, each)
    const moved = [...by.links]
    for (const each of moved) unlink(this.#table, each)
    runtimeOf(device).embody(device, by)
    for (const { connection, handle, base, slots, reach, isUp } of moved)
      link(this.#table, device, connection, handle, { base, slots, reach, isUp })
    this.#settle(device)
  }

  driverOf(connection: string): string | undefined {
    return this.#attached.get(connection)?.driver
  }

  homeOf(connection: string): HomeId | undefined {
    return this.#attached.get(connection)?.runtime.home
  }
}

function runtimeOf(device: LiveDevice): HomeRuntime {
  return device.runtime as HomeRuntime
}
