import {
  capabilities,
  isCapability,
  newId,
  type ConnectionId,
  type DeviceId,
  type DeviceShape,
  type HomeId,
  type RoomId,
  type VendorValue,
} from '@eaves/model'
import type { LiveValues } from '../history/data.ts'
import { deviceNote, eventNote, openChange } from './notes.ts'
import {
  createDevice,
  deviceJson,
  fits,
  isKept,
  restoreValues,
  shapeDevice,
  valueJson,
  type Cell,
  type Change,
  type LiveDevice,
  type LiveNote,
  type ReportTarget,
} from './state.ts'
import type { DeviceRecord, RuntimeSinks } from './sinks.ts'
import type { Timers } from './timers.ts'

export interface RuntimeDeps {
  readonly now: () => number
  readonly timers: Timers
  readonly sinks: RuntimeSinks
  /** Raised at every start, so that versions never go backwards. */
  readonly epoch: number
  readonly roomName: (room: RoomId) => string | undefined
}

const heartbeatMs = 15 * 60_000
const devicesPerHome = 5_000
/** A device taken back by its connection is hidden at once and erased after this, unless it comes again. */
export const goneForMs = 60_000

/** One home's live state and its only writer. Deterministic: the same messages at the same times give the same state and the same notes. */
export class HomeRuntime implements ReportTarget {
  readonly home: HomeId
  readonly devices = new Map<DeviceId, LiveDevice>()
  readonly #deps: RuntimeDeps
  readonly #byNative = new Map<string, LiveDevice>()
  readonly #watchers = new Set<(note: LiveNote) => void>()
  readonly #goodbyes = new Map<LiveDevice, { cancel: () => void }>()
  #changes: Change[] = []
  #events: LiveNote[] = []
  readonly #touched = new Set<LiveDevice>()
  #version: number
  #now = 0
  isOpen = false
  /** Values refused because the attribute cannot hold them. */
  refused = 0

  constructor(home: HomeId, deps: RuntimeDeps) {
    this.home = home
    this.#deps = deps
    this.#version = deps.epoch * 2 ** 32
  }

  load(records: readonly DeviceRecord[], live: ReadonlyMap<DeviceId, LiveValues>): void {
    for (const record of records) {
      const device = createDevice(this, record)
      const values = live.get(device.id)
      if (values !== undefined) restoreValues(device, values)
      this.#add(device)
    }
  }

  /** Ends; what was about to be erased is erased now. */
  stop(): void {
    for (const device of [...this.#goodbyes.keys()]) this.erase(device)
    this.discard()
  }

  /** Ends without leaving anything to be written: the home itself goes. */
  discard(): void {
    for (const timer of this.#goodbyes.values()) timer.cancel()
    this.#goodbyes.clear()
    this.#watchers.clear()
  }

  get version(): number {
    return this.#version
  }

  /** Tells what changes from now on; the answer ends it. A watcher must not throw and must not wait. */
  watch(watcher: (note: LiveNote) => void): () => void {
    this.#watchers.add(watcher)
    return () => void this.#watchers.delete(watcher)
  }

  /** All devices as the API lists them, as the text of a JSON array. */
  snapshotJson(): string {
    let text = ''
    for (const device of this.devices.values())
      if (isShown(device)) text += (text === '' ? '' : ',') + this.viewJson(device)
    return `[${text}]`
  }

  viewJson(device: LiveDevice): string {
    return deviceJson(device, device.room === null ? undefined : this.#deps.roomName(device.room))
  }

  shown(id: DeviceId): LiveDevice | undefined {
    const device = this.devices.get(id)
    return device !== undefined && isShown(device) ? device : undefined
  }

  /** Starts a run of messages that happen at one instant; `end` tells the watchers. */
  begin(now: number): void {
    this.#now = now
    this.isOpen = true
  }

  end(): void {
    this.isOpen = false
    const changes = this.#changes
    if (changes.length > 0) this.#changes = []
    this.#tellDevices()
    for (const change of changes) {
      change.group.open = undefined
      change.version = ++this.#version
      if (isShown(change.group.device)) this.#tell(change)
    }
    if (this.#events.length === 0) return
    const events = this.#events
    this.#events = []
    for (const event of events) this.#tell(event)
  }

  report(cell: Cell, value: VendorValue): void {
    const group = cell.group
    const device = group.device
    device.lastSeen = this.#now
    if (device.isStale) this.fresh(device)
    const known = cell.value
    let isNews = known !== value
    if (isNews) {
      if (!fits(cell, value)) {
        this.refused++
        return
      }
      if (typeof value === 'object' && known !== undefined && valueJson(value) === valueJson(known))
        isNews = false
      else this.#store(cell, value)
    }
    if (cell.step >= 0 && (isNews || this.#now - cell.sampledAt >= heartbeatMs)) this.#sample(cell, value)
    if (group.watches !== undefined) this.#confirm(cell, value, isNews)
  }

  #store(cell: Cell, value: VendorValue): void {
    const group = cell.group
    const device = group.device
    cell.value = value
    for (const other of cell.replaces) other.value = undefined
    device.partsJson = undefined
    if (!device.isLiveDirty) {
      device.isLiveDirty = true
      this.#deps.sinks.live(this.home, device)
    }
    const open = group.open
    if (open === undefined || open.cells.includes(cell)) {
      const change = openChange(group, cell, value, this.#now)
      group.open = change
      this.#changes.push(change)
    } else {
      open.cells.push(cell)
      open.values.push(value)
    }
  }

  #sample(cell: Cell, value: VendorValue): void {
    const before = cell.sampled
    if (
      typeof value === 'number' &&
      typeof before === 'number' &&
      Math.abs(value - before) < cell.step &&
      this.#now - cell.sampledAt < heartbeatMs
    )
      return
    cell.sampled = value
    cell.sampledAt = this.#now
    const waiting = cell.waiting
    // A measurement that moves many times before it is written leaves its last value; switches and choices leave each.
    if (typeof value === 'number' && waiting?.isWaiting === true) {
      waiting.ts = this.#now
      waiting.value = value
    } else
      cell.waiting = this.#deps.sinks.sample(this.home, cell.group.device.id, cell.path, this.#now, value)
  }

  #confirm(cell: Cell, value: VendorValue, isNews: boolean): void {
    for (const watch of [...(cell.group.watches ?? [])]) {
      if (watch.sees(cell, value) && isNews && cell.group.open !== undefined)
        cell.group.open.command = watch.command
    }
  }

  /** Its connection knows it again, so what is shown is no longer only what was remembered. */
  fresh(device: LiveDevice): void {
    if (device.owner === undefined) return
    device.isStale = false
    this.#touched.add(device)
  }

  /** The device spoke though nothing changed. */
  seen(device: LiveDevice): void {
    device.lastSeen = this.#now
    if (device.isStale) this.fresh(device)
  }

  event(device: LiveDevice, part: string, capability: string, event: string): void {
    device.lastSeen = this.#now
    const has = isCapability(capability) ? device.parts.get(part)?.shape.capabilities[capability] : undefined
    if (!isCapability(capability) || has === undefined) return
    if (!(has.events ?? capabilities[capability].events ?? []).includes(event)) return
    if (isShown(device))
      this.#events.push(eventNote(device.id, ++this.#version, part, capability, event, this.#now))
  }

  /** Finds the device of this hardware or makes it; undefined when the home is full. */
  announce(driver: string, connection: ConnectionId, shape: DeviceShape): LiveDevice | undefined {
    const known = this.#byNative.get(nativeKey(driver, shape.nativeId))
    if (known === undefined) return this.#adopt(driver, connection, shape)
    this.#goodbyes.get(known)?.cancel()
    this.#goodbyes.delete(known)
    const owner = known.owner
    if (owner !== undefined && owner.connection !== connection && owner.reach && owner.isUp) return known
    const wasGone = known.isGone
    known.isGone = false
    if (known.owner === undefined) known.connection = connection
    if (wasGone || JSON.stringify(known.shape) !== JSON.stringify(shape)) this.#reshape(known, shape)
    return known
  }

  #adopt(driver: string, connection: ConnectionId, shape: DeviceShape): LiveDevice | undefined {
    if (this.devices.size >= devicesPerHome) return undefined
    const device = createDevice(this, {
      id: newId<DeviceId>(),
      driver,
      connection,
      room: null,
      isNew: true,
      addedAt: this.#now,
      name: shape.name,
      shape,
    })
    device.isStale = false
    this.#add(device)
    this.changed(device)
    return device
  }

  #reshape(device: LiveDevice, shape: DeviceShape): void {
    if (device.name === device.shape.name) device.name = shape.name
    shapeDevice(device, shape)
    this.changed(device)
  }

  #add(device: LiveDevice): void {
    this.devices.set(device.id, device)
    this.#byNative.set(nativeKey(device.driver, device.shape.nativeId), device)
  }

  /** Tells the watchers of the device at the end of the run. */
  touch(device: LiveDevice): void {
    this.#touched.add(device)
  }

  /** Saves the device's row and tells the watchers at the end of the run. */
  changed(device: LiveDevice): void {
    this.#touched.add(device)
    if (!device.isRemoved) this.#deps.sinks.row(this.home, device)
  }

  setOnline(device: LiveDevice, online: boolean): void {
    if (device.online === online) return
    device.online = online
    this.#touched.add(device)
    if (device.isLiveDirty) return
    device.isLiveDirty = true
    this.#deps.sinks.live(this.home, device)
  }

  /** Tells that the device's staleness or reachability may have changed without a message of its own. */
  sweep(now: number): void {
    this.begin(now)
    for (const device of this.devices.values()) {
      const interval = device.shape.reportIntervalMs
      const isStale =
        device.owner === undefined ||
        (interval !== undefined && device.lastSeen !== undefined && now - device.lastSeen > 2 * interval)
      if (isStale === device.isStale) continue
      device.isStale = isStale
      this.#touched.add(device)
    }
    this.end()
  }

  /** Its last announcement was taken back: kept as unavailable when a person made it theirs, else hidden and then erased. */
  takeBack(device: LiveDevice): void {
    if (device.isGone) return
    device.isGone = true
    device.isStale = true
    this.setOnline(device, false)
    this.#touched.add(device)
    if (isKept(device)) return
    this.#goodbyes.set(
      device,
      this.#deps.timers.after(goneForMs, () => {
        this.#goodbyes.delete(device)
        if (device.isGone && !isKept(device)) this.act(() => this.erase(device))
      }),
    )
  }

  /** Keeps a device whose connection ended for a reason that is no wish to lose it: shown as unavailable. */
  keep(device: LiveDevice): void {
    this.#goodbyes.get(device)?.cancel()
    this.#goodbyes.delete(device)
    device.isGone = false
    device.isStale = true
    this.setOnline(device, false)
    this.changed(device)
  }

  /** Forgets the device and everything kept of it. It comes back as a new one when it is announced again. */
  erase(device: LiveDevice): void {
    if (device.isRemoved) return
    device.isRemoved = true
    this.#goodbyes.get(device)?.cancel()
    this.#goodbyes.delete(device)
    this.devices.delete(device.id)
    this.#byNative.delete(nativeKey(device.driver, device.shape.nativeId))
    this.#touched.add(device)
    this.#deps.sinks.erased(this.home, device)
  }

  /** Runs one change of a person's or the system's own making and tells the watchers. */
  act(change: () => void): void {
    const isInside = this.isOpen
    if (!isInside) this.begin(this.#deps.now())
    change()
    if (!isInside) this.end()
  }

  #tellDevices(): void {
    if (this.#touched.size === 0) return
    for (const device of this.#touched)
      this.#tell(
        deviceNote(device.id, ++this.#version, () => (isShown(device) ? this.viewJson(device) : 'null')),
      )
    this.#touched.clear()
  }

  #tell(note: LiveNote): void {
    for (const watcher of this.#watchers) watcher(note)
  }
}

export function isShown(device: LiveDevice): boolean {
  return !device.isRemoved && (!device.isGone || isKept(device))
}

function nativeKey(driver: string, nativeId: string): string {
  return `${driver}\n${nativeId}`
}
