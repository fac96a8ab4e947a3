import { capabilities, type DeviceHandle, type VendorValue } from '@eaves/driver-kit'
import { bind } from '../draft.ts'
import { readListed } from '../zigbee2mqtt/devices.ts'
import type { Expose } from '../zigbee2mqtt/exposes.ts'
import { mapDevice, type Described, type MappedDevice } from '../zigbee2mqtt/map.ts'
import type { Rule } from '../zigbee2mqtt/rules.ts'
import { isChoiceOfWords, samplesOf, writesOf } from './samples.ts'

export interface Coverage {
  readonly definitions: number
  /** At least one expose has a place in a capability. */
  readonly some: number
  /** At least one has, and all that count have. */
  readonly full: number
  /** The same without attributes whose words are each device's own. */
  readonly fixed: number
  readonly counted: number
  readonly countedMapped: number
  readonly countedFixed: number
  /** Exposes that can be neither read nor written through the shape as their access says, as `vendor model name`. */
  readonly unreachable: readonly string[]
  readonly unknownUnits: readonly string[]
  /** Definitions that a row touches. */
  readonly rules: ReadonlyMap<Rule, number>
  /** Counted exposes without a place: definitions for each name. */
  readonly unmapped: ReadonlyMap<string, number>
  /** Names that alone keep a definition from being fully mapped. */
  readonly blocking: ReadonlyMap<string, number>
}

const grouped = new Set(['light', 'switch', 'cover', 'lock', 'climate', 'fan'])
/** The functions of a device: a group or a nameless composite is its features. */
export function functionsOf(exposes: readonly Expose[]): readonly Expose[] {
  return exposes.flatMap((expose) =>
    grouped.has(expose.type) || expose.property === '' ? functionsOf(expose.features) : [expose],
  )
}
/** Settings and diagnostics that a definition marks as such, and the signal's strength, are left out of the count. */
export const isCounted = (expose: Expose): boolean =>
  expose.name !== 'linkquality' && expose.category === 'state'

/** Whether a function arrives in a capability, in one whose words are the same for all devices, or at least somewhere. */
interface Covered {
  readonly standard: boolean
  readonly fixed: boolean
  readonly reachable: boolean
}

/** What is really put into a slot of the shape when a device says something, and what a command really sends. */
export class Probe {
  readonly #mapped: MappedDevice
  readonly #put: { place: string; value: VendorValue }[] = []
  #writes: ReturnType<typeof writesOf> | undefined

  constructor(mapped: MappedDevice) {
    this.#mapped = mapped
    const names = mapped.targets.map((target) => `${target.part}\n${target.capability}\n${target.attribute}`)
    const handle: DeviceHandle = {
      nativeId: mapped.shape.nativeId,
      report: () => undefined,
      slot: (part, capability, attribute) => names.indexOf(`${part}\n${capability}\n${attribute}`),
      reportSlot: (slot, value) => void this.#put.push({ place: names[slot] ?? '', value }),
      forget: () => undefined,
      event: () => undefined,
      image: () => undefined,
      reachable: () => undefined,
      gone: () => undefined,
    }
    bind(mapped.targets, handle)
  }

  /** Values that a state message puts into slots. */
  read(state: Readonly<Record<string, unknown>>): readonly { place: string; value: VendorValue }[] {
    this.#put.length = 0
    for (const read of this.#mapped.readers) read(state)
    return this.#put.filter(({ place, value }) => isTold(this.#mapped, place, value))
  }

  /** Whether a function can be read and written as its access says: through a capability, or at least at all. */
  covers(expose: Expose): Covered {
    if (expose.name === 'action') return same(this.#hasAction(expose))
    const readable = (expose.published || expose.gettable) && !this.#mapped.withheld.has(expose.property)
    const reads = readable
      ? samplesOf(expose).map((sample) => this.read({ [expose.property]: sample }).map(({ place }) => place))
      : []
    this.#writes ??= writesOf(this.#mapped)
    const writes = (found: ReadonlyMap<string, ReadonlySet<string>>): boolean => {
      const sent = found.get(expose.property)
      return sent !== undefined && (expose.type !== 'enum' || expose.values.every((value) => sent.has(value)))
    }
    const isVendor = (place: string): boolean => place.split('\n')[1] === 'vendor'
    const arrives = (fits: (place: string) => boolean): boolean =>
      !readable || reads.every((places) => places.some(fits))
    const standard =
      arrives((place) => !isVendor(place)) && (!expose.settable || writes(this.#writes.standard))
    const fixed =
      standard &&
      arrives((place) => !isVendor(place) && !hasOwnWords(place)) &&
      (!expose.settable || writes(this.#writes.fixed))
    const reachable =
      (!readable || reads.every((places) => places.length > 0)) &&
      (!expose.settable || writes(this.#writes.standard) || writes(this.#writes.vendor))
    const isUsable = readable || expose.settable
    return { standard: standard && isUsable, fixed: fixed && isUsable, reachable }
  }

  #hasAction(expose: Expose): boolean {
    const events = new Map(
      this.#mapped.shape.parts.map((part) => [part.id, part.capabilities.button?.events ?? []]),
    )
    return expose.values.length === 0
      ? [...events.values()].some((names) => names.includes('other'))
      : expose.values.every((value) => {
          const place = this.#mapped.actions.get(value)
          return place !== undefined && events.get(place.part)?.includes(place.event) === true
        })
  }
}
const same = (is: boolean): Covered => ({ standard: is, fixed: is, reachable: is })
/** A text or a choice whose words differ from device to device. */
function hasOwnWords(place: string): boolean {
  const [, capability = '', attribute = ''] = place.split('\n')
  const spec = capabilities[capability as keyof typeof capabilities]?.attributes[attribute]
  return spec?.type === 'text' && !isChoiceOfWords(capability)
}

/** Whether the shape has the place, with a value of its type. */
function isTold({ shape }: MappedDevice, place: string, value: VendorValue): boolean {
  const [partId, capability = '', attribute = ''] = place.split('\n')
  const part = shape.parts.find((one) => one.id === partId)
  if (capability === 'vendor') return part?.vendor[attribute]?.readable === true
  const own = part?.capabilities[capability as keyof typeof capabilities]
  if (own?.attributes.includes(attribute) !== true) return false
  const spec = capabilities[capability as keyof typeof capabilities].attributes[attribute]
  return (
    typeof value === (spec?.type === 'boolean' ? 'boolean' : spec?.type === 'number' ? 'number' : 'string')
  )
}

const count = <K>(map: Map<K, number>, key: K): void => void map.set(key, (map.get(key) ?? 0) + 1)

/** Maps all devices of a list as Zigbee2MQTT publishes it and looks at what became of each function. */
export function measure(devices: readonly unknown[]): Coverage {
  const rules = new Map<Rule, number>()
  const unmapped = new Map<string, number>()
  const blocking = new Map<string, number>()
  const unreachable: string[] = []
  const unknownUnits = new Set<string>()
  let [some, full, fixed, counted, countedMapped, countedFixed] = [0, 0, 0, 0, 0, 0]
  for (const described of describedOf(devices)) {
    const touched = new Set<Rule>()
    const mapped = mapDevice(described, {
      took: (rule) => touched.add(rule),
      unknownUnit: (rule, unit) => unknownUnits.add(`${rule.capability}.${rule.attribute}: "${unit}"`),
    })
    for (const rule of touched) count(rules, rule)
    const probe = new Probe(mapped)
    const missing = new Set<string>()
    let isSome = false
    let isFixed = true
    for (const expose of functionsOf(described.exposes)) {
      const { standard, fixed: isSame, reachable } = probe.covers(expose)
      if (standard) isSome = true
      if (!reachable)
        unreachable.push(`${described.manufacturer ?? ''} ${described.model ?? ''} ${expose.name}`)
      if (!isCounted(expose)) continue
      counted++
      if (isSame) countedFixed++
      else isFixed = false
      if (standard) countedMapped++
      else missing.add(`${expose.type} ${expose.name}`)
    }
    for (const name of missing) count(unmapped, name)
    if (missing.size === 1) count(blocking, [...missing][0]!)
    if (isSome) some++
    if (isSome && missing.size === 0) full++
    if (isSome && isFixed) fixed++
  }
  return {
    definitions: devices.length,
    some,
    full,
    fixed,
    counted,
    countedMapped,
    countedFixed,
    unreachable,
    unknownUnits: [...unknownUnits].toSorted(),
    rules,
    unmapped,
    blocking,
  }
}
export function describedOf(devices: readonly unknown[]): readonly Described[] {
  return devices.map((device) => {
    const listed = readListed(device)
    if (listed === undefined) throw new Error('a generated device could not be read')
    return listed.described
  })
}
