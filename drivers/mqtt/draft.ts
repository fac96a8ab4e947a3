import {
  capabilities,
  type CapabilityId,
  type DeviceKind,
  type DeviceShape,
  type Limits,
  type PartShape,
  type VendorAttribute,
  type VendorValue,
  type DeviceHandle,
} from '@eaves/driver-kit'

/** One message to be published for a command. */
export interface Outgoing {
  readonly topic: string
  readonly payload: string
  readonly qos: 0 | 1
  readonly retain: boolean
}
export type Args = Readonly<Record<string, VendorValue>>
/** Turns a command's arguments into what its device understands. */
export type Writer<T> = (args: Args) => T

/** Where a reader puts its value; the slot is resolved when the device has been announced. */
export interface Target {
  readonly part: string
  readonly capability: string
  readonly attribute: string
  slot: number | undefined
  handle: DeviceHandle | undefined
}

export function put(target: Target, value: VendorValue | undefined): void {
  if (value !== undefined && target.slot !== undefined) target.handle?.reportSlot(target.slot, value)
}
/** Binds targets to a device's slots, anew after each announcement. */
export function bind(targets: readonly Target[], handle: DeviceHandle): void {
  for (const target of targets) {
    target.slot = handle.slot(target.part, target.capability, target.attribute)
    target.handle = handle
  }
}

interface PartDraft {
  name?: string
  readonly capabilities: Map<
    CapabilityId,
    {
      readonly attributes: Set<string>
      readonly commands: Set<string>
      readonly events: Set<string>
      readonly limits: Record<string, Limits>
    }
  >
  readonly vendor: Map<string, VendorAttribute>
}

const mostParts = 64
const mostVendor = 512
const forbidden = new Set(['__proto__', 'constructor', 'prototype'])
/** A name out of the air that may become a key. */
export const usableKey = (key: string): boolean => key.length > 0 && key.length <= 128 && !forbidden.has(key)

/** A house has many devices and few models: those with the same parts share them. Beyond this many models all is forgotten and gathered anew. */
const mostModels = 500
const models = new Map<string, readonly PartShape[]>()
function shared(parts: readonly PartShape[]): readonly PartShape[] {
  const key = JSON.stringify(parts)
  const known = models.get(key)
  if (known !== undefined) return known
  if (models.size >= mostModels) models.clear()
  models.set(key, parts)
  return parts
}

/** A device's shape while it is put together out of what it announces; each place is taken once. */
export class ShapeDraft {
  readonly targets: Target[] = []
  readonly problems: string[] = []
  #vendorCount = 0
  readonly #parts = new Map<string, PartDraft>()

  /** Takes a capability's attribute for a reader; undefined when it is taken already. */
  attribute(part: string, capability: CapabilityId, attribute: string, limits?: Limits): Target | undefined {
    const taken = this.#capability(part, capability)
    if (taken === undefined || taken.attributes.has(attribute)) return undefined
    taken.attributes.add(attribute)
    if (limits !== undefined && Object.keys(limits).length > 0) taken.limits[attribute] = limits
    return this.#target(part, capability, attribute)
  }
  has(part: string, capability: CapabilityId, attribute?: string): boolean {
    const found = this.#parts.get(part)?.capabilities.get(capability)
    return found !== undefined && (attribute === undefined || found.attributes.has(attribute))
  }
  command(part: string, capability: CapabilityId, ...names: readonly string[]): void {
    const taken = this.#capability(part, capability)
    for (const name of names) taken?.commands.add(name)
  }
  limit(part: string, capability: CapabilityId, attribute: string, limits: Limits): void {
    const taken = this.#capability(part, capability)
    if (taken !== undefined) taken.limits[attribute] = limits
  }
  event(part: string, capability: CapabilityId, name: string): void {
    this.#capability(part, capability)?.events.add(name)
  }
  /** Takes a vendor key; undefined when it is taken or no key can be made of it. */
  vendor(part: string, key: string, attribute: VendorAttribute): Target | undefined {
    const place = this.#part(part)
    if (place === undefined || !usableKey(key) || place.vendor.has(key) || this.#vendorCount >= mostVendor)
      return undefined
    this.#vendorCount++
    place.vendor.set(key, attribute)
    return this.#target(part, 'vendor', key)
  }
  namePart(part: string, name: string): void {
    const place = this.#part(part)
    if (place !== undefined) place.name = name.slice(0, 128)
  }
  problem(text: string): void {
    if (this.problems.length < 32) this.problems.push(text.slice(0, 400))
  }
  parts(): readonly PartShape[] {
    if (this.#parts.size === 0) this.#part('main')
    return shared(this.#made())
  }
  #made(): readonly PartShape[] {
    return [...this.#parts].map(([id, part]) => ({
      id,
      ...(part.name === undefined ? {} : { name: part.name }),
      capabilities: Object.fromEntries(
        [...part.capabilities].map(([capability, shape]) => [
          capability,
          {
            attributes: [...shape.attributes],
            commands: [...shape.commands],
            ...(shape.events.size > 0 ? { events: [...shape.events] } : {}),
            ...(Object.keys(shape.limits).length > 0 ? { limits: shape.limits } : {}),
          },
        ]),
      ),
      vendor: Object.fromEntries(part.vendor),
    }))
  }
  kind(): DeviceKind {
    const has = (capability: CapabilityId): boolean =>
      [...this.#parts.values()].some((part) => part.capabilities.has(capability))
    if (has('level') || has('color')) return 'light'
    for (const [capability, kind] of kinds) if (has(capability)) return kind
    return [...this.#parts.values()].some((part) =>
      [...part.capabilities.keys()].some(
        (id) =>
          Object.keys(capabilities[id].attributes).length > 0 &&
          !capabilities[id].sensing.startsWith('device.'),
      ),
    )
      ? 'sensor'
      : 'other'
  }

  #part(id: string): PartDraft | undefined {
    const held = this.#parts.get(id)
    if (held !== undefined) return held
    if (this.#parts.size >= mostParts || !usableKey(id)) return undefined
    const made: PartDraft = { capabilities: new Map(), vendor: new Map() }
    this.#parts.set(id, made)
    return made
  }
  #capability(part: string, id: CapabilityId) {
    const place = this.#part(part)
    if (place === undefined) return undefined
    let held = place.capabilities.get(id)
    if (held === undefined)
      place.capabilities.set(
        id,
        (held = { attributes: new Set(), commands: new Set(), events: new Set(), limits: {} }),
      )
    return held
  }
  #target(part: string, capability: string, attribute: string): Target {
    const target: Target = { part, capability, attribute, slot: undefined, handle: undefined }
    this.targets.push(target)
    return target
  }
}

const kinds: readonly (readonly [CapabilityId, DeviceKind])[] = [
  ['alarmPanel', 'alarm'],
  ['vacuum', 'vacuum'],
  ['mower', 'mower'],
  ['lock', 'lock'],
  ['garageDoor', 'cover'],
  ['cover', 'cover'],
  ['thermostat', 'climate'],
  ['waterHeater', 'climate'],
  ['humidifier', 'climate'],
  ['valve', 'valve'],
  ['siren', 'siren'],
  ['camera', 'camera'],
  ['fan', 'fan'],
  ['onOff', 'switch'],
  ['tracker', 'tracker'],
  ['smoke', 'alarm'],
  ['carbonMonoxide', 'alarm'],
  ['gasAlarm', 'alarm'],
  ['waterLeak', 'alarm'],
  ['button', 'button'],
]

/** A device ready to be announced: its shape, the readers' targets, and its writers by part, capability and command. */
export interface Mapped<T> {
  readonly shape: DeviceShape
  readonly targets: readonly Target[]
  readonly writers: ReadonlyMap<string, Writer<T>>
}
/** The key of a writer; a vendor attribute's name stands where a command's would. */
export const writerKey = (part: string, capability: string, name: string): string =>
  `${part}\n${capability}\n${name}`
