import type { DeviceShape, VendorValue } from '@eaves/model'
import type { DeviceHandle } from './driver.ts'
import { isSameOrder, layoutOf, noLayout, type Layout } from './layout.ts'
import { imageTypes, mostImageBytes, type ImageType } from './messages.ts'
import type { Outbox } from './outbox.ts'
import { verdicts, type SlotTable } from './slots.ts'

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
  #layout: Layout = noLayout
  #isOpen = true

  constructor(number: number, shape: DeviceShape, deps: DeviceDeps) {
    this.number = number
    this.nativeId = shape.nativeId
    this.shape = shape
    this.#deps = deps
  }

  /** Takes a shape for the first time or again. The same values in the same order keep their slots; anything else gets a fresh range. */
  announce(shape: DeviceShape, online: boolean): void {
    const layout = layoutOf(shape)
    const { slots, outbox, connection } = this.#deps
    if (this.#layout.names.length > 0 && isSameOrder(layout, this.#layout))
      slots.renew(this.#base, layout.rules)
    else {
      slots.release(this.#base, this.#layout.names.length)
      this.#base = slots.allocate(this.number, layout.rules)
      for (const { of, others } of layout.twins)
        slots.replace(
          this.#base + of,
          others.map((other) => this.#base + other),
        )
    }
    this.#layout = layout
    this.shape = { ...shape, parts: layout.parts }
    this.online = online
    this.#isOpen = true
    outbox.push({
      t: 'device',
      connection,
      handle: this.number,
      shape: this.shape,
      base: this.#base,
      slots: layout.names,
      online,
    })
  }

  /** The driver's side. Each opening of a connection gets its own, so that a replaced one can be cut off. */
  handle(isCurrent: () => boolean): DeviceHandle {
    const isLive = (): boolean => this.#isOpen && isCurrent()
    const reportSlot = (slot: number, value: VendorValue): void => {
      if (isLive()) this.#take(slot, value)
    }
    const slot = (part: string, capability: string, attribute: string): number | undefined => {
      const offset = this.#layout.offsets.get(part)?.get(capability)?.get(attribute)
      return offset === undefined ? undefined : this.#base + offset
    }
    return {
      nativeId: this.nativeId,
      slot,
      reportSlot,
      report: (part, capability, attribute, value) =>
        reportSlot(slot(part, capability, attribute) ?? -1, value),
      forget: (slot) => {
        if (isLive()) this.#forget(slot)
      },
      event: (part, capability, event, detail) => {
        if (isLive()) this.#event(part, capability, event, detail)
      },
      image: (part, type, bytes) => {
        if (isLive()) this.#image(part, type, bytes)
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
    this.#deps.slots.release(this.#base, this.#layout.names.length)
    this.#layout = noLayout
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

  #forget(slot: number): void {
    const { slots, outbox } = this.#deps
    if (!slots.isOwner(slot, this.number)) return this.#bad()
    if (slots.forget(slot)) outbox.push({ t: 'forget', slots: [slot] })
  }

  #image(part: string, type: ImageType, bytes: Uint8Array): void {
    const isCamera = this.shape.parts.some((p) => p.id === part && p.capabilities.camera !== undefined)
    if (!isCamera || !imageTypes.includes(type) || bytes.length === 0 || bytes.length > mostImageBytes)
      return this.#bad()
    const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
    this.#deps.outbox.push({ t: 'image', handle: this.number, part, type, data })
  }

  #event(part: string, capability: string, event: string, detail?: string): void {
    const capabilities = this.shape.parts.find((p) => p.id === part)?.capabilities as
      | Readonly<Record<string, { readonly events?: readonly string[] }>>
      | undefined
    const declared =
      capabilities && Object.hasOwn(capabilities, capability) ? capabilities[capability] : undefined
    if (declared?.events?.includes(event))
      this.#deps.outbox.push({
        t: 'event',
        handle: this.number,
        part,
        capability,
        event,
        ...(detail === undefined ? {} : { detail: detail.slice(0, 128).toWellFormed() }),
      })
    else this.#bad()
  }

  #bad(): void {
    this.dropped++
    if (this.dropped === 1) this.#deps.onBad()
  }
}
