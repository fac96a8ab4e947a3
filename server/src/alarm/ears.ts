import type { DeviceId } from '@eaves/model'
import type { AlarmContent, AlarmSensor } from '@eaves/model/api'
import {
  listen,
  unlisten,
  type Batch,
  type Cell,
  type CellListener,
  type LiveDevice,
  type Reactions,
} from '../homes/homes.ts'
import { cellOfSensor, keyOf, tamperCells } from './senses.ts'

export interface EarsDeps {
  readonly reactions: Reactions
  readonly devices: ReadonlyMap<DeviceId, LiveDevice>
}
export interface Listener {
  readonly raised: (key: string, device: string, entry: boolean) => void
  readonly rests: (key: string) => void
  readonly fault: (devices: readonly string[]) => void
}
type Heard = { readonly kind: 'sensor'; readonly sensor: AlarmSensor } | { readonly kind: 'tamper' }

/** The batch itself says what was heard; a listener on the value only makes that it is collected. */
const collected: CellListener = { hear: () => undefined }

/** What an alarm hears, of the devices that count and no others. */
export class Ears {
  readonly #deps: EarsDeps
  readonly #to: Listener
  readonly #cells = new Map<Cell, Heard>()
  /** What each sensor said last, so that one whose device was made anew is not unheard in between. */
  readonly #last = new Map<string, boolean>()
  #sensors: readonly AlarmSensor[] = []
  #devices: ReadonlySet<string> = new Set()
  #end: () => void = () => undefined

  constructor(deps: EarsDeps, to: Listener) {
    this.#deps = deps
    this.#to = to
  }

  listen(sensors: readonly AlarmSensor[], sirens: AlarmContent['sirens']): void {
    this.stop()
    this.#sensors = sensors
    this.#devices = new Set([...sensors, ...sirens].map(({ device }) => device))
    this.#hang(false)
    this.#end = this.#deps.reactions.alsoReactBy((batch) => this.#react(batch))
  }

  stop(): void {
    this.#end()
    this.#end = () => undefined
    this.#unhang()
    this.#last.clear()
  }

  #unhang(): void {
    for (const cell of this.#cells.keys()) unlisten(cell, collected)
    this.#cells.clear()
  }

  #hang(tells: boolean): void {
    this.#unhang()
    const { devices } = this.#deps
    for (const sensor of this.#sensors) {
      const cell = cellOfSensor(devices, sensor)
      if (cell === undefined) continue
      this.#cells.set(cell, { kind: 'sensor', sensor })
      if (typeof cell.value !== 'boolean') continue
      if (tells) this.#said(sensor, cell.value, false)
      else this.#last.set(keyOf(sensor), cell.value)
    }
    for (const device of this.#devices)
      for (const cell of tamperCells(devices, device)) this.#cells.set(cell, { kind: 'tamper' })
    for (const cell of this.#cells.keys()) listen(cell, collected)
  }

  #react({ heard, reached, touched }: Batch): void {
    const faulty = new Set<string>()
    for (const { cell, value, isKept } of heard) {
      const known = this.#cells.get(cell)
      if (known === undefined) continue
      if (known.kind === 'sensor') {
        if (typeof value === 'boolean') this.#said(known.sensor, value, !isKept)
      } else if (value === true) faulty.add(cell.group.device.id)
    }
    for (const { device, online } of reached)
      if (!online && this.#devices.has(device.id)) faulty.add(device.id)
    if (faulty.size > 0) this.#to.fault([...faulty])
    // What it is may be other values from now on; one that opened in between has opened.
    for (const device of touched)
      if (this.#devices.has(device.id)) {
        this.#hang(true)
        break
      }
  }

  /** `isNews`: it says so now. What was kept from before is news only where something else was known. */
  #said(sensor: AlarmSensor, value: boolean, isNews: boolean): void {
    const key = keyOf(sensor)
    const before = this.#last.get(key)
    this.#last.set(key, value)
    if (before === value) return
    if (!value) this.#to.rests(key)
    else if (isNews || before === false) this.#to.raised(key, sensor.device, sensor.entry)
  }
}
