import { AppError, type Access, type DeviceId, type HomeId, type VendorValue } from '@eaves/model'
import { liveValues, type LiveDevice, type Timers, type WaitingSample } from '../homes/homes.ts'
import { stackOf, type Log } from '../log.ts'
import type { HistoryDb, NewSample, SeriesMove, SeriesName } from '../store/stores.ts'
import type { LiveValues } from './data.ts'

export { HistoryReader, type HistoryQuery } from './reader.ts'
export { HistoryImport, type ImportWish } from './import.ts'
export { Rollups } from './rollups.ts'
export { instantOf } from './instants.ts'
export { kindOf } from './kinds.ts'

const lingerMs = 1_000
const batchRows = 5_000
/** Sealing a device's values costs far more than a report, so a busy home spreads them: each device is written, none at once. */
const livePerLinger = 40
const hardLimit = 50_000

export interface HistoryDeps {
  readonly history: HistoryDb
  readonly now: () => number
  readonly timers: Timers
  readonly log: Log
}
const byRuntime = (home: HomeId): Access<{ readonly home: HomeId }> => ({
  scope: { home },
  actor: { kind: 'system', part: 'runtime' },
  purpose: 'service.core',
})
/** What changed, kept in batches: live state never waits for it and is never disturbed by it. */
export class History {
  readonly #deps: HistoryDeps
  readonly #samples = new Map<HomeId, (NewSample & WaitingSample)[]>()
  readonly #live = new Map<HomeId, Set<LiveDevice>>()
  #waiting = 0
  #timer: { cancel: () => void } | undefined
  #writing: Promise<void> = Promise.resolve()
  #isFailing = false
  #isStopped = false

  constructor(deps: HistoryDeps) {
    this.#deps = deps
  }

  /** A runtime's sink for values worth keeping. */
  readonly sample = (
    home: HomeId,
    device: DeviceId,
    path: string,
    ts: number,
    value: VendorValue,
  ): WaitingSample | undefined => {
    if (typeof value !== 'number' && typeof value !== 'boolean' && typeof value !== 'string') return undefined
    const batch = this.#samples.get(home)
    const sample = { device, path, ts, value, isWaiting: true }
    if (batch === undefined) this.#samples.set(home, [sample])
    // While nothing can be written the newest are dropped, not the memory of the server.
    else if (this.#waiting < hardLimit) batch.push(sample)
    else return undefined
    if (++this.#waiting === batchRows) void this.flush()
    else this.#arm()
    return sample
  }

  /** A runtime's sink for devices whose last values have changed. */
  readonly live = (home: HomeId, device: LiveDevice): void => {
    const devices = this.#live.get(home)
    if (devices === undefined) this.#live.set(home, new Set([device]))
    else devices.add(device)
    this.#arm()
  }

  #arm(): void {
    if (this.#isStopped) return
    this.#timer ??= this.#deps.timers.after(lingerMs, () => {
      this.#timer = undefined
      void this.flush()
    })
  }

  /** Writes everything and ends. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#timer?.cancel()
    await this.flush(Number.MAX_SAFE_INTEGER)
  }

  flush(devices = livePerLinger): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write(devices))
    return this.#writing
  }

  async #write(limit: number): Promise<void> {
    const samples = [...this.#samples]
    this.#samples.clear()
    this.#waiting = 0
    for (const [, rows] of samples) for (const row of rows) row.isWaiting = false
    for (const [home, rows] of samples)
      await this.#guarded(home, () => this.#deps.history.as(byRuntime(home)).append(rows))
    for (const [home, devices] of this.#live) {
      const some = [...devices].slice(0, limit)
      for (const device of some) devices.delete(device)
      const rows = some
        .filter((device) => !device.isRemoved)
        .map((device) => {
          device.isLiveDirty = false
          return { device: device.id, values: liveValues(device), at: device.lastSeen ?? this.#deps.now() }
        })
      await this.#guarded(home, () => this.#deps.history.as(byRuntime(home)).saveLive(rows))
      if (devices.size === 0) this.#live.delete(home)
    }
    if (this.#live.size > 0) this.#arm()
  }

  async #guarded(home: HomeId, write: () => Promise<void>): Promise<void> {
    try {
      await write()
      this.#isFailing = false
    } catch (error) {
      if (!this.#isFailing)
        this.#deps.log.error('history.not-written', {
          home,
          ...(error instanceof AppError ? { code: error.code } : { stack: stackOf(error) }),
        })
      this.#isFailing = true
    }
  }

  async loadLive(home: HomeId): Promise<ReadonlyMap<DeviceId, LiveValues>> {
    return new Map(
      (await this.#deps.history.as(byRuntime(home)).loadLive()).map((row) => [row.device, row.values]),
    )
  }

  /** Forgets what was kept of these devices, queued rows included. */
  async forget(home: HomeId, devices: readonly DeviceId[]): Promise<void> {
    const gone = new Set(devices)
    const rest = (this.#samples.get(home) ?? []).filter((row) => !gone.has(row.device))
    if (rest.length > 0) this.#samples.set(home, rest)
    else this.#samples.delete(home)
    for (const device of this.#live.get(home) ?? [])
      if (gone.has(device.id)) this.#live.get(home)?.delete(device)
    await this.#writing
    const store = this.#deps.history.as(byRuntime(home))
    for (const device of devices) await store.forgetDevice(device)
  }

  /** Forgets all that was kept of one value, what still waits included. */
  async forgetValue(home: HomeId, name: SeriesName): Promise<void> {
    const rest = (this.#samples.get(home) ?? []).filter(
      ({ device, path }) => device !== name.device || path !== name.path,
    )
    this.#samples.set(home, rest)
    await this.#writing
    await this.#deps.history.as(byRuntime(home)).forgetSeries(name)
  }

  /** The paths of a device that have a history; what still waits is written first. */
  async paths(home: HomeId, device: DeviceId): Promise<readonly string[]> {
    await this.flush()
    return this.#deps.history.as(byRuntime(home)).seriesOf(device)
  }

  /** Carries histories on under another device or path; what still waits is written first. */
  async move(home: HomeId, moves: readonly SeriesMove[]): Promise<void> {
    await this.flush()
    await this.#deps.history.as(byRuntime(home)).move(moves)
  }
}
