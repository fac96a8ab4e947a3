import type { DeviceId, HomeId, SubjectId } from '@eaves/model'
import type { DeviceRecord, LiveDevice, Timers } from '../homes/homes.ts'
import { stackOf, type Log } from '../log.ts'
import { deleteDevices, loadDevices, replaceDevice, saveDevices, type FactsDb } from './store.ts'

/** New devices are written together soon; one that changes all the time costs one write a second. */
const newLingerMs = 50
const changeLingerMs = 1_000
const retryMs = 5_000

export interface RecordsDeps {
  readonly facts: FactsDb
  readonly timers: Timers
  readonly log: Log
  readonly forgetHistory: (home: HomeId, devices: readonly DeviceId[]) => Promise<void>
}

/** The rows of devices: written behind the runtime, which never waits for them. */
export class DeviceRecords {
  readonly #deps: RecordsDeps
  readonly #dirty = new Map<HomeId, Set<LiveDevice>>()
  readonly #stored = new WeakSet<LiveDevice>()
  readonly #gone = new Map<HomeId, Set<DeviceId>>()
  #turn: Promise<void> = Promise.resolve()
  #timer: { readonly cancel: () => void } | undefined
  #dueMs = Number.POSITIVE_INFINITY
  #isStopped = false
  /** Transactions written so far. */
  written = 0

  constructor(deps: RecordsDeps) {
    this.#deps = deps
  }

  readonly load = async (home: HomeId): Promise<readonly DeviceRecord[]> =>
    loadDevices(this.#deps.facts, home)

  /** A runtime's sink for rows that have changed. */
  readonly row = (home: HomeId, device: LiveDevice): void => {
    setOf(this.#dirty, home).add(device)
    this.#arm(this.#stored.has(device) ? changeLingerMs : newLingerMs)
  }

  /** A runtime's sink for devices that are gone for good. */
  readonly erased = (home: HomeId, device: LiveDevice): void => {
    this.#dirty.get(home)?.delete(device)
    setOf(this.#gone, home).add(device.id)
    this.#arm(newLingerMs)
  }

  #arm(ms: number): void {
    if (this.#isStopped || ms >= this.#dueMs) return
    this.#timer?.cancel()
    this.#dueMs = ms
    this.#timer = this.#deps.timers.after(ms, () => {
      this.#disarm()
      void this.flush(ms === newLingerMs)
    })
  }

  #disarm(): void {
    this.#timer?.cancel()
    this.#timer = undefined
    this.#dueMs = Number.POSITIVE_INFINITY
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#disarm()
    await this.flush()
  }

  /** Writes what waits and says whether it could; failures are logged and tried again. */
  async flush(onlyNew = false): Promise<boolean> {
    try {
      await this.#inTurn(() => this.#write(onlyNew))
      return true
    } catch (error) {
      this.#deps.log.error('devices.not-written', { stack: stackOf(error) })
      this.#arm(retryMs)
      return false
    }
  }

  /** Writes this device at once; throws when it cannot. */
  async save(home: HomeId, device: LiveDevice): Promise<void> {
    await this.#inTurn(async () => {
      if (!device.isRemoved) await saveDevices(this.#deps.facts, home, [recordOf(device)])
      this.#stored.add(device)
    })
  }

  /** Writes this row at once; throws when it cannot. */
  async saveRecord(home: HomeId, record: DeviceRecord): Promise<void> {
    await this.#inTurn(() => saveDevices(this.#deps.facts, home, [record]))
  }

  /** Writes that a device has become another, whose row goes, with all rows that this changes; `then` runs before anything else is written. */
  async replace(
    home: HomeId,
    subject: SubjectId,
    made: { readonly records: () => readonly DeviceRecord[]; readonly by: LiveDevice },
    then: () => void,
  ): Promise<void> {
    await this.#inTurn(async () => {
      await replaceDevice(this.#deps.facts, home, subject, made.records(), made.by.id)
      this.#dirty.get(home)?.delete(made.by)
      then()
    })
  }

  /** Everything of the erased devices is gone once this resolves; throws when it could not be removed. */
  async settled(): Promise<void> {
    await this.#inTurn(() => this.#erase())
  }

  /** The whole home goes; nothing of it is written any more. */
  async close(home: HomeId): Promise<void> {
    await this.#inTurn(async () => {
      this.#dirty.delete(home)
      this.#gone.delete(home)
    })
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(work)
    this.#turn = mine.catch(() => undefined)
    return mine
  }

  async #write(onlyNew: boolean): Promise<void> {
    for (const [home, dirty] of this.#dirty) {
      const devices = [...dirty].filter((device) => !onlyNew || !this.#stored.has(device))
      if (devices.length === 0) continue
      for (const device of devices) dirty.delete(device)
      this.written++
      await saveDevices(
        this.#deps.facts,
        home,
        devices.filter((device) => !device.isRemoved).map(recordOf),
      ).catch((error: unknown) => {
        for (const device of devices) if (!device.isRemoved) dirty.add(device)
        throw error
      })
      for (const device of devices) this.#stored.add(device)
    }
    if ([...this.#dirty.values()].some((dirty) => dirty.size > 0)) this.#arm(changeLingerMs)
    await this.#erase()
  }

  async #erase(): Promise<void> {
    for (const [home, gone] of this.#gone) {
      const ids = [...gone]
      if (ids.length === 0) continue
      await this.#deps.forgetHistory(home, ids)
      await deleteDevices(this.#deps.facts, home, ids)
      for (const id of ids) gone.delete(id)
    }
  }
}

function setOf<K, V>(map: Map<K, Set<V>>, key: K): Set<V> {
  let set = map.get(key)
  if (set === undefined) map.set(key, (set = new Set()))
  return set
}

export function recordOf({
  id,
  driver,
  connection,
  room,
  isNew,
  addedAt,
  name,
  shape,
  guarded,
  openMinutes,
  unkept,
}: LiveDevice): DeviceRecord {
  return {
    id,
    driver,
    connection,
    room,
    isNew,
    addedAt,
    name,
    shape,
    ...(guarded === true ? { guarded } : {}),
    ...(openMinutes === undefined ? {} : { openMinutes }),
    ...(unkept === undefined ? {} : { unkept }),
  }
}
