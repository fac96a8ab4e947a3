import {
  capabilities,
  type ArgSpec,
  type Limits,
  type VendorAttribute,
  type VendorValue,
} from '@eaves/driver-kit'
import { writerKey, type Args } from '../draft.ts'
import type { Expose } from '../zigbee2mqtt/exposes.ts'
import type { MappedDevice } from '../zigbee2mqtt/map.ts'

const flags = (expose: Expose): readonly unknown[] => [expose.on ?? true, expose.off ?? false]
/** Values that a device with this function may say. */
export function samplesOf(expose: Expose): readonly unknown[] {
  switch (expose.type) {
    case 'binary':
      return flags(expose)
    case 'enum':
      return expose.values.length === 0 ? ['word'] : expose.values.filter((value) => !isWish(expose, value))
    case 'numeric':
      return [numberOf(expose)]
    case 'list':
      return [expose.item?.type === 'text' ? ['a', 'b'] : [1]]
    case 'composite':
      return [compositeOf(expose)]
    default:
      return ['text']
  }
}
/** Stopping a cover is a wish; the cover is never in a state of that name. */
const isWish = (expose: Expose, value: string): boolean =>
  value.toLowerCase() === 'stop' &&
  expose.settable &&
  expose.values.some((one) => one.toLowerCase() === 'open')
const numberOf = ({ min, max }: Expose): number =>
  min === undefined || max === undefined
    ? (min ?? (max === undefined ? 1 : Math.min(max, 1)))
    : (min + max) / 2
function compositeOf(expose: Expose): unknown {
  // Colours must be possible ones.
  if (expose.name === 'color_hs') return { hue: 120, saturation: 80 }
  if (expose.name === 'color_xy') return { x: 0.4, y: 0.4 }
  return Object.fromEntries(expose.features.map((feature) => [feature.property, samplesOf(feature)[0]]))
}

/** Values that an argument may have on this device, its ends among them. */
export function argumentsOf(
  spec: ArgSpec,
  limits: Limits | undefined,
  random: () => number = half,
): readonly VendorValue[] {
  if (spec.type === 'boolean') return [true, false]
  if (spec.type === 'enum') return limits?.values ?? spec.values
  if (spec.type === 'text') return limits?.values ?? ['a, b']
  const min = Math.max(spec.min, limits?.min ?? spec.min)
  const max = Math.min(spec.max, limits?.max ?? spec.max)
  return [min, min + random() * (max - min), max]
}

const half = (): number => 0.5

/** Every call of a command with one varied argument at a time. */
export function* callsOf(
  args: Readonly<Record<string, ArgSpec>>,
  limits: Readonly<Record<string, Limits>> | undefined,
  random?: () => number,
): Generator<Args> {
  const limitsOf = (name: string, spec: ArgSpec): Limits | undefined =>
    limits?.['of' in spec && spec.of !== undefined ? spec.of : name]
  const entries = Object.entries(args)
  const plain = Object.fromEntries(
    entries
      .filter(([, spec]) => spec.optional !== true)
      .map(([name, spec]) => [name, argumentsOf(spec, limitsOf(name, spec))[0]!]),
  )
  yield plain
  for (const [name, spec] of entries)
    for (const value of argumentsOf(spec, limitsOf(name, spec), random)) yield { ...plain, [name]: value }
}

/** An effect and a preset are words by nature: picking one of the device's own is all there is to them. */
export const isChoiceOfWords = (capability: string): boolean =>
  capability === 'effect' || capability === 'preset'

type Sent = Map<string, Set<string>>
/** The properties that a device's commands write, and the words they write there; `fixed` without those of the device's own words. */
export function writesOf(mapped: MappedDevice): {
  readonly standard: Sent
  readonly fixed: Sent
  readonly vendor: Sent
} {
  const standard: Sent = new Map()
  const fixed: Sent = new Map()
  const vendor: Sent = new Map()
  for (const part of mapped.shape.parts) {
    for (const [id, shape] of Object.entries(part.capabilities))
      for (const name of shape?.commands ?? []) {
        const write = mapped.writers.get(writerKey(part.id, id, name))
        const spec = capabilities[id as keyof typeof capabilities].commands[name]
        if (write === undefined || spec === undefined) continue
        const takesWords =
          !isChoiceOfWords(id) &&
          Object.values(spec.args).some((arg) => arg.type === 'text' && arg.optional !== true)
        for (const args of callsOf(spec.args, shape?.limits)) {
          note(standard, write(args))
          if (!takesWords) note(fixed, write(args))
        }
      }
    for (const [key, attribute] of Object.entries(part.vendor)) {
      const write = mapped.writers.get(writerKey(part.id, 'vendor', key))
      if (!attribute.writable || write === undefined) continue
      for (const value of vendorValues(attribute)) note(vendor, write({ key, value }))
    }
  }
  return { standard, fixed, vendor }
}
function vendorValues(attribute: VendorAttribute): readonly VendorValue[] {
  if (attribute.type === 'boolean') return [true, false]
  if (attribute.type === 'enum') return attribute.values ?? []
  return [
    attribute.type === 'number' ? 1 : attribute.type === 'text' ? 'a' : attribute.type === 'list' ? [] : {},
  ]
}
function note(sent: Sent, payload: Readonly<Record<string, VendorValue>>): void {
  for (const [property, value] of Object.entries(payload)) {
    const words = sent.get(property) ?? new Set<string>()
    sent.set(property, words.add(typeof value === 'object' ? JSON.stringify(value) : String(value)))
  }
}
