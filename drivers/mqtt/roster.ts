import {
  DriverError,
  type DeviceCommand,
  type DeviceHandle,
  type DriverContext,
  type DeviceShape,
} from '@eaves/driver-kit'
import { bind, type Outgoing, type Target } from './draft.ts'

export const mostDevices = 10_000

/** Who announces devices: each Zigbee2MQTT by itself, and discovery, which any of them wins over for one physical device. */
export type Source = 'discovery' | `zigbee2mqtt:${string}`

/** A device as one source describes it. */
export interface Offer {
  readonly shape: DeviceShape
  readonly targets: readonly Target[]
  readonly isOnline: () => boolean
  /** The source has said for certain that it reaches the device, or that it does not. */
  readonly isHere?: () => boolean
  readonly isAway?: () => boolean
  /** The native id under which discovery announces the same once more. */
  readonly alias?: string
  readonly write: (command: DeviceCommand) => readonly Outgoing[]
  /** Begins to listen to the device's topics; returns how to end that. */
  readonly attach: (handle: DeviceHandle) => () => void
}
interface Entry {
  readonly offers: Map<Source, Offer>
  active: Source
  /** The active source has shown that it has the device; the order of the configuration decides no more. */
  isProven: boolean
  detach: () => void
  handle: DeviceHandle
}

/** The devices of one connection by native id: one physical device announced both ways is one device. */
export class Roster {
  readonly #entries = new Map<string, Entry>()
  readonly #context: Pick<DriverContext, 'device' | 'log'>
  /** Sources in the order of the configuration: of two that list a device from the start, the earlier has it. */
  readonly #order: readonly Source[]
  readonly #aliases = new Map<string, string>()
  #isFullLogged = false

  constructor(context: Pick<DriverContext, 'device' | 'log'>, order: readonly Source[] = []) {
    this.#context = context
    this.#order = order
  }
  get size(): number {
    return this.#entries.size
  }
  /** Announces a device or its new shape; it stays in the background while a source that wins has it. */
  offer(source: Source, offer: Offer): void {
    const id = offer.shape.nativeId
    if (source === 'discovery' && this.#aliases.has(id)) return
    if (offer.alias !== undefined) this.#claim(offer.alias, id)
    const entry = this.#entries.get(id)
    if (entry === undefined) return this.#admit(source, offer)
    entry.offers.set(source, offer)
    if (source === entry.active || this.#wins(source, entry)) this.#activate(entry, source, offer)
  }
  withdraw(source: Source, id: string): void {
    const entry = this.#entries.get(id)
    const offer = entry?.offers.get(source)
    if (entry === undefined || offer === undefined) return
    entry.offers.delete(source)
    if (offer.alias !== undefined) this.#aliases.delete(offer.alias)
    if (entry.active !== source) return
    const next = this.#order.find((one) => entry.offers.has(one)) ?? entry.offers.keys().next().value
    if (next !== undefined) return this.#activate(entry, next, entry.offers.get(next)!)
    entry.detach()
    this.#entries.delete(id)
    entry.handle.gone()
  }
  /** Gives a device to a source that has proof of having it. */
  prefer(source: Source, id: string): void {
    const entry = this.#entries.get(id)
    const offer = entry?.offers.get(source)
    if (entry === undefined || offer === undefined) return
    entry.isProven = true
    if (entry.active !== source) this.#activate(entry, source, offer)
  }
  /** Gives a device that its source does not reach to another that does. */
  settle(id: string): void {
    const entry = this.#entries.get(id)
    if (entry === undefined || entry.offers.size < 2) return
    if (entry.offers.get(entry.active)?.isAway?.() !== true) return
    for (const [source, offer] of entry.offers) if (offer.isHere?.() === true) return this.prefer(source, id)
  }
  isActive(source: Source, id: string): boolean {
    return this.#entries.get(id)?.active === source
  }
  handle(id: string): DeviceHandle | undefined {
    return this.#entries.get(id)?.handle
  }
  write(id: string, command: DeviceCommand): readonly Outgoing[] {
    const entry = this.#entries.get(id)
    if (entry === undefined) throw new DriverError('unreachable', 'The device is no longer announced.')
    return entry.offers.get(entry.active)!.write(command)
  }
  /** Tells every device's reachability anew, as when the link goes or comes. */
  reachability(isLinked: boolean): void {
    for (const entry of this.#entries.values())
      entry.handle.reachable(isLinked && entry.offers.get(entry.active)!.isOnline())
  }
  clear(): void {
    for (const entry of this.#entries.values()) entry.detach()
    this.#entries.clear()
  }

  #admit(source: Source, offer: Offer): void {
    if (this.#entries.size >= mostDevices) {
      if (!this.#isFullLogged) this.#context.log('warn', 'device limit reached', { count: mostDevices })
      this.#isFullLogged = true
      return
    }
    const handle = this.#context.device(offer.shape, offer.isOnline())
    const entry: Entry = {
      offers: new Map([[source, offer]]),
      active: source,
      isProven: false,
      detach: () => undefined,
      handle,
    }
    this.#entries.set(offer.shape.nativeId, entry)
    this.#listen(entry, offer)
  }
  #wins(source: Source, entry: Entry): boolean {
    if (source === 'discovery') return false
    if (entry.active === 'discovery') return true
    return !entry.isProven && this.#order.indexOf(source) < this.#order.indexOf(entry.active)
  }
  /** What discovery announces under the alias is this device: it goes from the list. */
  #claim(alias: string, id: string): void {
    this.#aliases.set(alias, id)
    this.withdraw('discovery', alias)
  }
  #activate(entry: Entry, source: Source, offer: Offer): void {
    entry.detach()
    entry.active = source
    entry.handle = this.#context.device(offer.shape, offer.isOnline())
    this.#listen(entry, offer)
  }
  #listen(entry: Entry, offer: Offer): void {
    bind(offer.targets, entry.handle)
    entry.detach = offer.attach(entry.handle)
  }
}
