import type { BridgeStatus, DeviceShape } from '@eaves/model'
import { Device } from './device.ts'
import type { DeviceHandle, Driver, DriverConnection, DriverContext } from './driver.ts'
import { connectionCode, framesOf } from './faults.ts'
import type { ConnectionState, FromDriver } from './messages.ts'
import type { Outbox } from './outbox.ts'
import { cleanShape } from './shape.ts'
import type { SlotTable } from './slots.ts'
import { isLogEvent } from './wire.ts'

const retryMs = [1000, 2000, 5000, 10_000, 30_000, 60_000]
const closeWithinMs = 1500

type Timer = { cancel: () => void }
type Log = DriverContext['log']

export interface ConnectionDeps {
  readonly driver: Driver
  readonly outbox: Outbox
  readonly slots: SlotTable
  readonly now: () => number
  readonly setTimer: (ms: number, run: () => void) => Timer
  /** Gives a new device its number and makes it reachable for commands. */
  readonly adopt: (make: (number: number) => Device) => Device
  readonly forget: (device: Device) => void
}
/** One run of a driver's `connect`; what it says after `isLive` fell is ignored, its timers run until it has closed. */
interface Opening {
  isLive: boolean
  isClosed: boolean
  readonly timers: Set<Timer>
}

/** One connection of one home: runs the driver, restarts it when it breaks, keeps its devices' slots across that. */
export class Connection {
  readonly id: string
  readonly home: string
  readonly #config: Readonly<Record<string, unknown>>
  readonly #deps: ConnectionDeps
  readonly #devices = new Map<string, Device>()
  /** What was last said of each bridge. */
  readonly #bridges = new Map<string, string>()
  #opening: Opening | undefined
  #live: DriverConnection | undefined
  #stateKey = ''
  #failures = 0
  #retry: Timer | undefined
  readonly #logged = new Set<string>()

  constructor(id: string, home: string, config: Readonly<Record<string, unknown>>, deps: ConnectionDeps) {
    this.id = id
    this.home = home
    this.#config = config
    this.#deps = deps
  }

  open(): void {
    const opening: Opening = { isLive: true, isClosed: false, timers: new Set() }
    this.#opening = opening
    try {
      this.#live = this.#deps.driver.connect(this.#context(opening))
    } catch (error) {
      this.fail(error, opening)
    }
  }

  /** The live connection of the driver, for commands. */
  get live(): DriverConnection | undefined {
    return this.#live
  }

  async close(): Promise<void> {
    this.#retry?.cancel()
    await this.#end()
    for (const device of this.#devices.values()) {
      device.release()
      this.#deps.forget(device)
    }
    this.#devices.clear()
  }

  /** The driver broke: tell it, cut it off, begin again after a pause. */
  fail(error: unknown, opening = this.#opening): void {
    if (!opening?.isLive || opening !== this.#opening) return
    this.log('error', 'driver fault', { stack: framesOf(error) }, true)
    this.#state('failed', connectionCode(error))
    for (const device of this.#devices.values()) device.reach(false)
    void this.#end()
    const delayMs = retryMs[Math.min(this.#failures, retryMs.length - 1)]!
    this.#failures++
    this.#retry = this.#deps.setTimer(delayMs, () => this.open())
  }

  /** Writes a log line; `isOnce` writes the same event of this connection a single time until it was well again. */
  log(level: Parameters<Log>[0], event: string, fields: Parameters<Log>[2], isOnce = false): void {
    if (isOnce && this.#logged.has(event)) return
    if (isOnce) this.#logged.add(event)
    this.#deps.outbox.push({
      t: 'log',
      level,
      event: isLogEvent(event) ? event : 'driver event withheld',
      fields: { ...fields, driver: this.#deps.driver.id, connection: this.id },
    })
  }

  async #end(): Promise<void> {
    const opening = this.#opening
    const live = this.#live
    this.#opening = undefined
    this.#live = undefined
    if (opening) opening.isLive = false
    try {
      if (live) await this.#within(live.close())
    } catch (error) {
      this.log('error', 'driver fault at close', { stack: framesOf(error) })
    }
    if (!opening) return
    opening.isClosed = true
    if (opening.timers.size > 0) this.log('warn', 'driver left timers', { count: opening.timers.size })
    for (const timer of opening.timers) timer.cancel()
    opening.timers.clear()
  }

  async #within(closing: Promise<void>): Promise<void> {
    let timer: Timer | undefined
    const late = new Promise<void>((resolve) => {
      timer = this.#deps.setTimer(closeWithinMs, () => {
        this.log('warn', 'driver closes slowly', {})
        resolve()
      })
    })
    await Promise.race([closing, late]).finally(() => timer?.cancel())
  }

  #context(opening: Opening): DriverContext {
    const ifLive =
      <A extends unknown[]>(run: (...args: A) => void) =>
      (...args: A): void => {
        if (opening.isLive) run(...args)
      }
    return {
      connection: this.id,
      home: this.home,
      config: this.#config,
      now: this.#deps.now,
      setTimer: (ms, run) => this.#timer(opening, ms, run),
      state: ifLive((state, error) => this.#state(state, error?.code, error?.detail)),
      step: ifLive((step, state, error) =>
        this.#deps.outbox.push({
          t: 'step',
          connection: this.id,
          step,
          state,
          ...this.#cause(error?.code, error?.detail),
        }),
      ),
      device: (shape, online) => this.#device(opening, shape, online),
      kept: (run) => this.#deps.outbox.kept(run),
      bridge: ifLive((bridge) => this.#bridge(bridge)),
      bridgeGone: ifLive((bridge) => {
        if (this.#bridges.delete(bridge))
          this.#deps.outbox.push({ t: 'bridge-gone', connection: this.id, bridge })
      }),
      joining: ifLive((joining) =>
        this.#deps.outbox.push({ t: 'joining', connection: this.id, joining: { ...joining } }),
      ),
      log: ifLive((level, event, fields) => this.log(level, event, fields)),
    }
  }

  #timer(opening: Opening, ms: number, run: () => void): Timer {
    if (opening.isClosed) return { cancel: () => undefined }
    const timer = this.#deps.setTimer(ms, () => {
      opening.timers.delete(entry)
      try {
        run()
      } catch (error) {
        this.fail(error, opening)
      }
    })
    const entry: Timer = {
      cancel: () => {
        opening.timers.delete(entry)
        timer.cancel()
      },
    }
    opening.timers.add(entry)
    return entry
  }

  #state(state: ConnectionState, code?: string, detail?: string): void {
    const key = `${state} ${code ?? ''}`
    if (state === 'online') {
      this.#failures = 0
      this.#logged.clear()
    }
    if (key === this.#stateKey) return
    this.#stateKey = key
    this.#deps.outbox.push({ t: 'connection', connection: this.id, state, ...this.#cause(code, detail) })
  }

  #bridge(bridge: BridgeStatus): void {
    const text = JSON.stringify(bridge)
    if (this.#bridges.get(bridge.id) === text) return
    this.#bridges.set(bridge.id, text)
    this.#deps.outbox.push({ t: 'bridge', connection: this.id, bridge: JSON.parse(text) as BridgeStatus })
  }

  #cause(
    code: string | undefined,
    detail: string | undefined,
  ): Pick<Extract<FromDriver, { t: 'step' }>, 'code' | 'detail'> {
    return {
      ...(code === undefined ? {} : { code }),
      ...(detail === undefined ? {} : { detail: String(detail).slice(0, 300) }),
    }
  }

  #device(opening: Opening, raw: DeviceShape, online: boolean): DeviceHandle {
    const clean = cleanShape(raw)
    if (!clean) {
      this.log('warn', 'device shape refused', {}, true)
      return deadHandle(String(raw?.nativeId ?? ''))
    }
    if (clean.dropped > 0) this.log('warn', 'device shape trimmed', { count: clean.dropped }, true)
    let device = this.#devices.get(clean.shape.nativeId)
    if (opening.isLive) {
      if (device === undefined || device.isGone) {
        if (device) this.#deps.forget(device)
        device = this.#adopt(clean.shape)
      }
      device.announce(clean.shape, online === true)
    }
    return device?.handle(() => opening.isLive) ?? deadHandle(clean.shape.nativeId)
  }

  #adopt(shape: DeviceShape): Device {
    const { outbox, slots, adopt } = this.#deps
    const onBad = (): void => this.log('warn', 'device value refused', { count: 1 })
    const device = adopt((number) => new Device(number, shape, { connection: this.id, outbox, slots, onBad }))
    this.#devices.set(shape.nativeId, device)
    return device
  }
}

/** What a driver gets for a device that could not be announced: everything said through it is ignored. */
function deadHandle(nativeId: string): DeviceHandle {
  const ignore = (): void => undefined
  return {
    nativeId,
    slot: () => undefined,
    report: ignore,
    reportSlot: ignore,
    forget: ignore,
    event: ignore,
    image: ignore,
    reachable: ignore,
    gone: ignore,
  }
}
