import {
  DriverError,
  type DeviceCommand,
  type DeviceHandle,
  type DriverContext,
  type DeviceShape,
} from '@eaves/driver-kit'
import { bind, type Outgoing, type Target } from './draft.ts'

export const mostDevices = 10_000

/** Who announces devices; the first wins over the second for one physical device. */
export type Source = 'zigbee2mqtt' | 'discovery'
const other: Readonly<Record<Source, Source>> = { zigbee2mqtt: 'discovery', discovery: 'zigbee2mqtt' }

/** A device as one source describes it. */
export interface Offer {
  readonly shape: DeviceShape
  readonly targets: readonly Target[]
  readonly isOnline: () => boolean
  readonly write: (command: DeviceCommand) => readonly Outgoing[]
  /** Begins to listen to the device's topics; returns how to end that. */
  readonly attach: (handle: DeviceHandle) => () => void
}
interface Entry {
  readonly offers: Map<Source, Offer>
  active: Source
  detach: () => void
  handle: DeviceHandle
}

/** The devices of one connection by native id: one physical device announced both ways is one device. */
export class Roster {
  readonly #entries = new Map<string, Entry>()
  readonly #context: Pick<DriverContext, 'device' | 'log'>
  #isFullLogged = false

  constructor(context: Pick<DriverContext, 'device' | 'log'>) {
    this.#context = context
  }
  get size(): number {
    return this.#entries.size
  }
  /** Announces a device or its new shape; it stays in the background while a source that wins has it. */
  offer(source: Source, offer: Offer): void {
    const id = offer.shape.nativeId
    const entry = this.#entries.get(id)
    if (entry === undefined) return this.#admit(source, offer)
    entry.offers.set(source, offer)
    if (source === 'discovery' && entry.offers.has('zigbee2mqtt')) return
    this.#activate(entry, source, offer)
  }
  withdraw(source: Source, id: string): void {
    const entry = this.#entries.get(id)
    if (entry === undefined || !entry.offers.delete(source) || entry.active !== source) return
    const rest = entry.offers.get(other[source])
    if (rest !== undefined) return this.#activate(entry, other[source], rest)
    entry.detach()
    this.#entries.delete(id)
    entry.handle.gone()
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
      detach: () => undefined,
      handle,
    }
    this.#entries.set(offer.shape.nativeId, entry)
    this.#listen(entry, offer)
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
