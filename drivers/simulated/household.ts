import {
  capabilities,
  isCapability,
  type DeviceShape,
  type VendorValue,
  DriverError,
  type DeviceCommand,
  type DeviceHandle,
  type DriverConnection,
  type DriverContext,
} from '@eaves/driver-kit'
import { devices, firstValues, wanders } from './devices.ts'
import { changesOf, jammed, type Changes, type Read } from './map.ts'
import { readSettings, type FaultKind, type Settings } from './settings.ts'

const buttonEveryTicks = 5

interface Simulated {
  readonly shape: DeviceShape
  readonly handle: DeviceHandle
  readonly faults: ReadonlyMap<FaultKind, number>
  /** Present values by "part capability.attribute". */
  readonly values: Map<string, VendorValue>
  /** Answers under way by part and capability: a newer command replaces an older one. */
  readonly pending: Map<string, { cancel: () => void }>
}

/** Random numbers from 0 to 1 that a seed repeats exactly (a linear congruential generator with the constants of C++'s minstd_rand). */
function createRandom(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** A household of simulated devices behind one connection. */
export class Household implements DriverConnection {
  readonly #context: DriverContext
  readonly #settings: Settings
  readonly #random: () => number
  readonly #devices = new Map<string, Simulated>()
  readonly #timers: { cancel: () => void }[] = []
  #tick = 0
  #isReachable = true

  constructor(context: DriverContext) {
    this.#context = context
    this.#settings = readSettings(context.config)
    this.#random = createRandom(this.#settings.seed)
  }

  start(): void {
    const { state, step, log } = this.#context
    state('connecting')
    step('connect', 'running')
    if (this.#settings.ignored > 0)
      log('warn', 'simulated faults not understood', { count: this.#settings.ignored })
    step('connect', 'done')
    state('online')
    step('devices', 'running')
    for (const shape of devices) this.#add(shape)
    step('devices', 'done')
    if (this.#settings.tickMs > 0) this.#again(this.#settings.tickMs, () => this.#wander())
    const drops = this.#settings.faults.get('connection')?.get('drops') ?? 0
    if (drops > 0) this.#again(drops, () => this.#drop())
  }

  readonly command = async (nativeId: string, command: DeviceCommand): Promise<void> => {
    const device = this.#devices.get(nativeId)
    if (!device || !this.#isReachable || device.faults.has('offline')) throw new DriverError('unreachable')
    if (device.faults.has('refuses')) throw new DriverError('rejected', 'The simulated device refuses.')
    const read: Read = (key) => device.values.get(`${command.part} ${key}`)
    const asked = changesOf(command, read)
    const place = `${command.part} ${command.capability}`
    device.pending.get(place)?.cancel()
    const transition = command.args.transitionSeconds
    const afterMs =
      (device.faults.get('slow') ?? 0) + (typeof transition === 'number' ? transition * 1000 : 0)
    device.pending.set(
      place,
      this.#context.setTimer(afterMs, () => {
        device.pending.delete(place)
        this.#answer(device, command.part, asked, read)
      }),
    )
  }

  readonly close = async (): Promise<void> => {
    for (const timer of this.#timers.splice(0)) timer.cancel()
    for (const device of this.#devices.values()) for (const timer of device.pending.values()) timer.cancel()
    this.#devices.clear()
  }

  #add(shape: DeviceShape): void {
    const faults = this.#settings.faults.get(shape.nativeId) ?? new Map<FaultKind, number>()
    const isMute = faults.has('mute')
    const handle = this.#context.device(
      isMute ? { ...shape, confirmable: false } : shape,
      !faults.has('offline'),
    )
    const values = new Map<string, VendorValue>()
    for (const [part, key] of readableOf(shape)) values.set(`${part} ${key}`, firstValues[key]!)
    const device: Simulated = { shape, handle, faults, values, pending: new Map() }
    this.#devices.set(shape.nativeId, device)
    this.#reportAll(device)
  }

  #answer(device: Simulated, part: string, asked: Changes, read: Read): void {
    const changes = device.faults.has('jams') ? jammed(asked, read) : asked
    for (const [key, value] of Object.entries(changes)) {
      const place = `${part} ${key}`
      if (!device.values.has(place)) continue
      if (!device.faults.has('contradicts')) device.values.set(place, value)
      this.#report(device, part, key, device.values.get(place)!)
    }
  }

  #report(device: Simulated, part: string, key: string, value: VendorValue): void {
    if (
      !this.#isReachable ||
      device.faults.has('silent') ||
      device.faults.has('offline') ||
      device.faults.has('mute')
    )
      return
    const [capability = '', attribute = ''] = key.split('.')
    device.handle.report(part, capability, attribute, value)
  }

  #reportAll(device: Simulated): void {
    for (const [place, value] of device.values) {
      const [part = '', key = ''] = place.split(' ')
      this.#report(device, part, key, value)
    }
  }

  /** Sensors wander a little, always the same way for the same seed; the button is pressed now and then. */
  #wander(): void {
    this.#tick++
    for (const device of this.#devices.values()) {
      for (const [place, value] of device.values) {
        const [part = '', key = ''] = place.split(' ')
        const reach = wanders[key]
        if (reach === undefined || typeof value !== 'number') continue
        const [min, max] = rangeOf(key)
        const next =
          Math.round(Math.min(max, Math.max(min, value + (this.#random() * 2 - 1) * reach)) * 100) / 100
        device.values.set(place, next)
        this.#report(device, part, key, next)
      }
    }
    const button = this.#devices.get('bedside-button')
    if (button && this.#isReachable && this.#tick % buttonEveryTicks === 0)
      button.handle.event('main', 'button', 'pressed')
    this.#again(this.#settings.tickMs, () => this.#wander())
  }

  #drop(): void {
    const { state, log } = this.#context
    const afterMs = this.#settings.faults.get('connection')?.get('drops') ?? 0
    this.#isReachable = false
    for (const device of this.#devices.values()) device.handle.reachable(false)
    state('offline', { code: 'connection.unreachable' })
    log('warn', 'simulated connection lost')
    this.#again(afterMs, () => {
      this.#isReachable = true
      state('online')
      for (const device of this.#devices.values()) {
        if (!device.faults.has('offline')) device.handle.reachable(true)
        this.#reportAll(device)
      }
    })
  }

  #again(ms: number, run: () => void): void {
    const timer = this.#context.setTimer(ms, () => {
      this.#timers.splice(this.#timers.indexOf(timer), 1)
      run()
    })
    this.#timers.push(timer)
  }
}

/** Part and "capability.attribute" of everything a device reports. */
function readableOf(shape: DeviceShape): [part: string, key: string][] {
  return shape.parts.flatMap((part) => [
    ...Object.entries(part.capabilities).flatMap(([id, capability]) =>
      (capability?.attributes ?? []).map((name): [string, string] => [part.id, `${id}.${name}`]),
    ),
    ...Object.entries(part.vendor)
      .filter(([, attribute]) => attribute.readable)
      .map(([key]): [string, string] => [part.id, `vendor.${key}`]),
  ])
}

function rangeOf(key: string): readonly [min: number, max: number] {
  const [capability = '', attribute = ''] = key.split('.')
  const spec = isCapability(capability) ? capabilities[capability].attributes[attribute] : undefined
  return spec?.type === 'number' ? [spec.min, spec.max] : [-120, 120]
}
