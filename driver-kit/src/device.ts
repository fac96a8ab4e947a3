import { capabilities, isCapability, type DeviceShape, type VendorValue } from '@eaves/model'
import type { DeviceHandle } from './driver.ts'
import type { SlotName } from './messages.ts'
import type { Outbox } from './outbox.ts'
import { slotsOf } from './shape.ts'
import { ruleOf, verdicts, type SlotTable } from './slots.ts'

export interface DeviceDeps {
  readonly connection: string
  readonly slots: SlotTable
  readonly outbox: Outbox
  /** Called for what a device said that it may not say: the first time and then never again for that device. */
  readonly onBad: () => void
}

/** One announced device: its slots, and the handle a driver reports through. */
export class Device {
  readonly number: number
  readonly nativeId: string
  shape: DeviceShape
  online = false
  /** Values and events that were not allowed. */
  dropped = 0
  readonly #deps: DeviceDeps
  #base = 0
  #names: SlotName[] = []
  #index = new Map<string, Map<string, Map<string, number>>>()
  #isOpen = true

  constructor(number: number, shape: DeviceShape, deps: DeviceDeps) {
    this.number = number
    this.nativeId = shape.nativeId
    this.shape = shape
    this.#deps = deps
  }

  /** Takes a shape for the first time or again. The same values in the same order keep their slots; anything else gets a fresh range. */
  announce(shape: DeviceShape, online: boolean): void {
    const names = slotsOf(shape)
    const rules = names.map((name) => ruleOf(shape, name))
    const { slots, outbox, connection } = this.#deps
    if (this.#index.size > 0 && isSame(names, this.#names)) slots.renew(this.#base, rules)
    else {
      slots.release(this.#base, this.#names.length)
      this.#base = slots.allocate(this.number, rules)
      this.#names = names
      this.#index = indexOf(names, this.#base)
      this.#linkTwins()
    }
    this.shape = shape
    this.online = online
    this.#isOpen = true
    outbox.push({
      t: 'device',
      connection,
      handle: this.number,
      shape,
      base: this.#base,
      slots: names,
      online,
    })
  }

  /** Values that cannot hold at once, such as a white and a colour of one lamp. */
  #linkTwins(): void {
    this.#names.forEach(([part, capability, attribute], index) => {
      const twins = isCapability(capability) ? capabilities[capability].replaces?.[attribute] : undefined
      const others = (twins ?? []).flatMap((twin) => this.#index.get(part)?.get(capability)?.get(twin) ?? [])
      if (others.length > 0) this.#deps.slots.replace(this.#base + index, others)
    })
  }

  /** The driver's side. Each opening of a connection gets its own, so that a replaced one can be cut off. */
  handle(isCurrent: () => boolean): DeviceHandle {
    const isLive = (): boolean => this.#isOpen && isCurrent()
    const reportSlot = (slot: number, value: VendorValue): void => {
      if (isLive()) this.#take(slot, value)
    }
    const slot = (part: string, capability: string, attribute: string): number | undefined =>
      this.#index.get(part)?.get(capability)?.get(attribute)
    return {
      nativeId: this.nativeId,
      slot,
      reportSlot,
      report: (part, capability, attribute, value) =>
        reportSlot(slot(part, capability, attribute) ?? -1, value),
      event: (part, capability, event) => {
        if (isLive()) this.#event(part, capability, event)
      },
      reachable: (online) => {
        if (isLive()) this.reach(online)
      },
      gone: () => {
        if (isLive()) this.gone()
      },
    }
  }

  reach(online: boolean): void {
    if (online === this.online) return
    this.online = online
    this.#deps.outbox.push({ t: 'reach', handle: this.number, online })
  }

  gone(): void {
    if (!this.#isOpen) return
    this.release()
    this.#deps.outbox.push({ t: 'gone', connection: this.#deps.connection, handle: this.number })
  }

  /** Gives the slots back without a word, for a connection that the core closed. */
  release(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#deps.slots.release(this.#base, this.#names.length)
    this.#names = []
    this.#index = new Map()
  }

  get isGone(): boolean {
    return !this.#isOpen
  }

  #take(slot: number, value: VendorValue): void {
    const { slots, outbox } = this.#deps
    // A device that does not know a value right now has still spoken.
    if (value === null || value === undefined) return outbox.seen(this.number)
    if (!slots.isOwner(slot, this.number)) return this.#bad()
    const verdict = slots.take(slot, value)
    if (verdict === verdicts.changed) outbox.report(slot, slots.taken)
    else if (verdict === verdicts.same) outbox.seen(this.number)
    else this.#bad()
  }

  #event(part: string, capability: string, event: string): void {
    const capabilities = this.shape.parts.find((p) => p.id === part)?.capabilities as
      | Readonly<Record<string, { readonly events?: readonly string[] }>>
      | undefined
    const declared =
      capabilities && Object.hasOwn(capabilities, capability) ? capabilities[capability] : undefined
    if (declared?.events?.includes(event))
      this.#deps.outbox.push({ t: 'event', handle: this.number, part, capability, event })
    else this.#bad()
  }

  #bad(): void {
    this.dropped++
    if (this.dropped === 1) this.#deps.onBad()
  }
}

function isSame(a: readonly SlotName[], b: readonly SlotName[]): boolean {
  return (
    a.length === b.length &&
    a.every((name, i) => name[0] === b[i]![0] && name[1] === b[i]![1] && name[2] === b[i]![2])
  )
}

function indexOf(names: readonly SlotName[], base: number): Map<string, Map<string, Map<string, number>>> {
  const index = new Map<string, Map<string, Map<string, number>>>()
  names.forEach(([part, capability, attribute], i) => {
    const ofPart = index.get(part) ?? new Map<string, Map<string, number>>()
    const ofCapability = ofPart.get(capability) ?? new Map<string, number>()
    index.set(part, ofPart)
    ofPart.set(capability, ofCapability)
    ofCapability.set(attribute, base + i)
  })
  return index
}
