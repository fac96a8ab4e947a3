import {
  newId,
  type ConnectionId,
  type DeviceId,
  type DeviceShape,
  type HomeId,
  type VendorValue,
} from '@eaves/model'
import type { LiveValues } from '../history/data.ts'
import { Goodbyes } from './goodbyes.ts'
import { Groups } from './groups.ts'
import { deviceNote, eventNote, hasEvent, openChange } from './notes.ts'
import { Pictures } from './pictures.ts'
import { Reactions } from './reactions.ts'
import { Register } from './register.ts'
import { heard, listenAnew } from './rhythm.ts'
import { heartbeatMs, isSame, takeSample } from './samples.ts'
import { weighSilence } from './silence.ts'
import {
  createDevice,
  deviceJson,
  fits,
  isKept,
  isShown,
  restoreValues,
  shapeDevice,
  takeBody,
  type Cell,
  type Change,
  type LiveDevice,
  type LiveNote,
  type ReportTarget,
} from './state.ts'
import type { DeviceRecord, RuntimeDeps } from './sinks.ts'

/** One home's live state and its only writer. Deterministic: the same messages at the same times give the same state and the same notes. */
export class HomeRuntime implements ReportTarget {
  readonly home: HomeId
  readonly register = new Register()
  readonly devices: ReadonlyMap<DeviceId, LiveDevice> = this.register.byId
  readonly groups = new Groups({
    store: (cell, value) => this.#store(cell, value),
    forget: (cell) => this.forget(cell),
    touch: (group) => this.touch(group),
    changed: (group) => this.changed(group),
    setOnline: (group, online) => this.setOnline(group, online),
  })
  /** What has happened to what is watched, told once the batch that it came in is over. */
  readonly reactions = new Reactions()
  readonly #deps: RuntimeDeps
  readonly #watchers = new Set<(note: LiveNote) => void>()
  readonly #goodbyes: Goodbyes
  readonly #pictures = new Pictures()
  readonly #keepSample = (cell: Cell, value: VendorValue) =>
    this.#deps.sinks.sample(this.home, cell.group.device.id, cell.path, this.#now, value)
  #changes: Change[] = []
  #isUntold = false
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
    this.#goodbyes = new Goodbyes(deps.timers)
    this.#version = deps.epoch * 2 ** 32
  }

  load(records: readonly DeviceRecord[], live: ReadonlyMap<DeviceId, LiveValues>): void {
    for (const record of records) {
      const device = this.#make(record)
      const values = live.get(device.id)
      if (values !== undefined) restoreValues(device, values)
    }
    this.act(() => this.groups.gatherAll(this.devices))
  }

  /** Takes in a group whose row is stored. */
  found(record: DeviceRecord): void {
    const group = this.#make(record)
    this.groups.gather(group, this.devices)
    this.touch(group)
  }

  /** Ends; what was about to be erased is erased now. */
  stop(): void {
    for (const device of this.#goodbyes.devices()) this.erase(device)
    this.discard()
  }

  /** Ends without leaving anything to be written: the home itself goes. */
  discard(): void {
    this.#goodbyes.clear()
    this.#pictures.clear()
    this.#watchers.clear()
  }

  /** Tells what changes from now on; the answer ends it. A watcher must not throw and must not wait. */
  watch(watcher: (note: LiveNote) => void): () => void {
    this.#watchers.add(watcher)
    return () => void this.#watchers.delete(watcher)
  }

  /** All devices as the API lists them, as the text of a JSON array; with `isSeen` only those it names. */
  snapshotJson(isSeen?: (device: LiveDevice) => boolean): string {
    let text = ''
    for (const device of this.devices.values())
      if (isShown(device) && (isSeen === undefined || isSeen(device)))
        text += (text === '' ? '' : ',') + this.viewJson(device)
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
    if (this.groups.isDirty) this.groups.settle()
    this.isOpen = false
    this.reactions.end(this.#touched, this.#now)
    const changes = this.#changes
    if (changes.length > 0) this.#changes = []
    this.#tellDevices()
    if (this.#isUntold) this.#version++
    this.#isUntold = false
    for (const change of changes) {
      change.group.open = undefined
      change.version = ++this.#version
      if (isShown(change.group.device)) this.#tell(change)
    }
    if (this.#events.length === 0) return
    for (const event of this.#events.splice(0)) this.#tell(event)
  }

  report(cell: Cell, value: VendorValue): void {
    const group = cell.group
    const device = group.device
    if (device.lastSeen !== this.#now || device.isStale) this.seen(device)
    const known = cell.value
    let isNews = known !== value
    if (isNews) {
      if (!fits(cell, value)) {
        this.refused++
        return
      }
      isNews = !isSame(known, value)
      if (isNews) this.#store(cell, value)
    }
    if (cell.step >= 0 && (isNews || this.#now - cell.sampledAt >= heartbeatMs))
      takeSample(cell, value, this.#now, this.#keepSample)
    if (group.watches !== undefined) this.#confirm(cell, value, isNews)
  }

  /** A value that the other side kept from before: what is known, but no word from the device, so it confirms nothing. */
  keptValue(cell: Cell, value: VendorValue): void {
    if (!fits(cell, value)) {
      this.refused++
      return
    }
    if (isSame(cell.value, value)) return
    this.#store(cell, value, true)
    if (cell.step >= 0) takeSample(cell, value, this.#now, this.#keepSample)
  }

  /** The value is not known any more: watchers are told null, what was recorded stays. */
  forget(cell: Cell): void {
    if (cell.value === undefined) return
    cell.sampled = undefined
    this.#store(cell, null)
  }

  #store(cell: Cell, value: VendorValue, isKept = false): void {
    const group = cell.group
    const device = group.device
    if (cell.listeners !== undefined) this.reactions.heard(cell, value, isKept)
    cell.value = value ?? undefined
    cell.changedAt = this.#now
    if (device.groups !== undefined) this.groups.mark(device, false)
    for (const other of cell.replaces) other.value = undefined
    device.partsJson = undefined
    this.#keepLive(device)
    // While nobody watches nothing is put together: whoever comes is told everything first.
    if (this.#watchers.size === 0) return void (this.#isUntold = true)
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

  #confirm(cell: Cell, value: VendorValue, isNews: boolean): void {
    for (const watch of [...(cell.group.watches ?? [])]) {
      if (!watch.sees(cell, value) || !isNews) continue
      if (cell.group.open !== undefined) cell.group.open.cause = watch.cause
      if (cell.listeners !== undefined) this.reactions.caused(cell, watch.cause)
    }
  }

  /** Its connection knows it again, so what is shown is no longer only what was remembered. */
  fresh(device: LiveDevice): void {
    if (device.owner === undefined) return
    device.isStale = false
    device.silentSince = undefined
    this.touch(device)
  }

  /** The device spoke, whether or not anything changed. */
  seen(device: LiveDevice): void {
    device.lastSeen = this.#now
    heard(device.rhythm, this.#now)
    if (device.isStale) this.fresh(device)
  }

  event(device: LiveDevice, part: string, capability: string, event: string, detail?: string): void {
    device.lastSeen = this.#now
    // What a person does with it says nothing of how often it speaks by itself.
    listenAnew(device.rhythm, this.#now)
    if (device.isStale) this.fresh(device)
    if (!hasEvent(device, part, capability, event) || !isShown(device)) return
    this.reactions.happened({ device, part, capability, event, detail })
    this.#events.push(eventNote(device.id, ++this.#version, part, capability, event, detail, this.#now))
  }

  /** Keeps the last picture of a camera in memory; it is never written. // pp.2.3.1 */
  image(device: LiveDevice, part: string, type: string, data: string): void {
    const picture = { part, type, data: Buffer.from(data, 'base64'), at: this.#now }
    if (this.#pictures.take(device, picture)) this.event(device, part, 'camera', 'snapshot')
  }

  /** Finds the device of this hardware or makes it; undefined when the home is full. */
  announce(driver: string, connection: ConnectionId, shape: DeviceShape): LiveDevice | undefined {
    const known = this.register.of(driver, shape.nativeId)
    if (known === undefined) return this.#adopt(driver, connection, shape)
    this.#goodbyes.cancel(known)
    const owner = known.owner
    if (owner !== undefined && owner.connection !== connection && owner.reach && owner.isUp) return known
    const wasGone = known.isGone
    known.isGone = false
    if (known.owner === undefined) known.connection = connection
    if (wasGone || JSON.stringify(known.shape) !== JSON.stringify(shape)) this.#reshape(known, shape)
    return known
  }

  #adopt(driver: string, connection: ConnectionId, shape: DeviceShape): LiveDevice | undefined {
    if (this.register.isFull) return undefined
    const device = this.#make({
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
    this.changed(device)
    return device
  }

  #reshape(device: LiveDevice, shape: DeviceShape): void {
    if (device.name === device.shape.name) device.name = shape.name
    shapeDevice(device, shape)
    this.#pictures.review(device)
    this.changed(device)
  }

  #make(record: DeviceRecord): LiveDevice {
    const device = createDevice(this, record)
    listenAnew(device.rhythm, this.#deps.now())
    this.register.add(device)
    return device
  }

  /** Tells the watchers of the device at the end of the run. */
  touch(device: LiveDevice): void {
    this.#touched.add(device)
    if (device.groups !== undefined) this.groups.mark(device, true)
  }

  /** Saves the device's row and tells the watchers at the end of the run. */
  changed(device: LiveDevice): void {
    this.touch(device)
    if (!device.isRemoved) this.#deps.sinks.row(this.home, device)
  }

  setOnline(device: LiveDevice, online: boolean): void {
    if (device.online === online) return
    device.online = online
    this.reactions.reached(device, online)
    this.touch(device)
    this.#keepLive(device)
  }

  #keepLive(device: LiveDevice): void {
    if (device.isLiveDirty) return
    device.isLiveDirty = true
    this.#deps.sinks.live(this.home, device)
  }

  /** Tells that the device's staleness or reachability may have changed without a message of its own. */
  sweep(now: number): void {
    this.begin(now)
    for (const device of this.devices.values()) if (weighSilence(device, now)) this.touch(device)
    this.end()
  }

  /** Its last announcement was taken back: kept as unavailable when a person made it theirs, else hidden and then erased. */
  takeBack(device: LiveDevice): void {
    if (device.isGone) return
    device.isGone = true
    device.isStale = true
    device.isNamed = this.#deps.isNamed?.(device.id) === true
    this.#pictures.drop(device)
    this.setOnline(device, false)
    this.touch(device)
    if (isKept(device)) return
    this.#goodbyes.wait(device, () => {
      if (device.isGone && !isKept(device)) this.act(() => this.erase(device))
    })
  }

  /** Keeps a device whose connection ended for a reason that is no wish to lose it: shown as unavailable. */
  keep(device: LiveDevice): void {
    this.#goodbyes.cancel(device)
    Object.assign(device, { isGone: false, isStale: true })
    this.setOnline(device, false)
    this.changed(device)
  }

  /** Forgets the device and everything kept of it. It comes back as a new one when it is announced again. */
  erase(device: LiveDevice): void {
    if (device.isRemoved) return
    device.isRemoved = true
    this.#goodbyes.cancel(device)
    this.register.remove(device)
    this.#pictures.drop(device)
    this.groups.leave(device)
    this.#touched.add(device)
    this.#deps.sinks.erased(this.home, device)
  }

  /** The hardware of `by` becomes that of `device`, which keeps its id, name, room and groups and takes over those of `by`. */
  embody(device: LiveDevice, by: LiveDevice): void {
    for (const each of [device, by]) {
      this.#goodbyes.cancel(each)
      this.register.remove(each)
    }
    by.isRemoved = true
    this.groups.takeOver(device, by)
    takeBody(device, by)
    this.#pictures.move(by, device)
    this.register.add(device)
    this.#touched.add(by)
    this.changed(device)
    this.#keepLive(device)
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
