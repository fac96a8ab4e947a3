import type { CapabilityId, Limits, VendorValue } from '@eaves/driver-kit'
import { put, writerKey, type Args, type ShapeDraft, type Target, type Writer } from '../draft.ts'
import type { Json } from '../payload.ts'

export type Payload = Readonly<Record<string, VendorValue>>
/** Reads what one state message says; several may look at the same message. */
export type Reader = (state: Json) => void
/** Turns the raw word of an action into an event. */
export interface EventPlace {
  readonly part: string
  readonly capability: CapabilityId
  readonly event: string
}

/** What is collected while a device is mapped. */
export interface Mapping {
  readonly draft: ShapeDraft
  readonly readers: Reader[]
  readonly writers: Map<string, Writer<Payload>>
  /** Values of the `action` property. */
  readonly actions: Map<string, EventPlace>
  /** Properties that can be asked for. */
  readonly askable: string[]
  /** Properties that hold secrets: never read, whatever the device tells. */
  readonly withheld: Set<string>
}

/** Takes an attribute and reads it from a property; false when the place is taken. */
export function readInto(
  map: Mapping,
  part: string,
  capability: CapabilityId,
  attribute: string,
  property: string,
  convert: (value: unknown) => VendorValue | undefined,
  limits?: Limits,
): boolean {
  const target = map.draft.attribute(part, capability, attribute, limits)
  if (target === undefined) return false
  map.readers.push(reader(target, property, convert))
  return true
}
export function reader(
  target: Target,
  property: string,
  convert: (value: unknown) => VendorValue | undefined,
): Reader {
  return (state) => {
    const value = state[property]
    if (value !== undefined && value !== null) put(target, convert(value))
  }
}

export function write(
  map: Mapping,
  part: string,
  capability: CapabilityId,
  command: string,
  make: (args: Args) => Payload,
): void {
  map.draft.command(part, capability, command)
  map.writers.set(writerKey(part, capability, command), make)
}
