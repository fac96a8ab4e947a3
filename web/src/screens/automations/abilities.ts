import {
  capabilities,
  isCapability,
  type AttributeSpec,
  type CapabilityShape,
  type DeviceDetail,
  type DeviceView,
  type Limits,
  type VendorAttribute,
} from '@eaves/model'
import type { Aim } from './shape.ts'

/** One function of what is meant, and how much of it is there. */
export interface Ability {
  /** Named only where several parts of one device have it. */
  readonly part: string | undefined
  readonly capability: string
  readonly shape: CapabilityShape
  /** Settings and health: offered after everything else. */
  readonly isRare: boolean
}
export interface VendorAbility {
  readonly part: string | undefined
  readonly key: string
  readonly vendor: VendorAttribute
}
export interface Abilities {
  readonly known: readonly Ability[]
  readonly vendor: readonly VendorAbility[]
}

function isRare(capability: string): boolean {
  if (!isCapability(capability)) return true
  const { sensing } = capabilities[capability]
  return sensing === 'device.settings' || sensing === 'device.health' || capability === 'identify'
}

/** What this one device can be and do, as its shape says. */
export function abilitiesOf({ shapes }: DeviceDetail): Abilities {
  const count = new Map<string, number>()
  for (const { capabilities: has, vendor } of shapes)
    for (const key of [...Object.keys(has), ...Object.keys(vendor).map((each) => `vendor.${each}`)])
      count.set(key, (count.get(key) ?? 0) + 1)
  const partOf = (part: string, key: string): string | undefined =>
    (count.get(key) ?? 0) > 1 ? part : undefined
  return {
    known: shapes.flatMap((part) =>
      Object.entries(part.capabilities).flatMap(([capability, shape]) =>
        shape ? [{ part: partOf(part.id, capability), capability, shape, isRare: isRare(capability) }] : [],
      ),
    ),
    vendor: shapes.flatMap((part) =>
      Object.entries(part.vendor).map(([key, vendor]) => ({
        part: partOf(part.id, `vendor.${key}`) ?? (part.id === 'main' ? undefined : part.id),
        key,
        vendor,
      })),
    ),
  }
}

/** Whether the device is among those that are meant. */
export function isMeant({ device, room, of }: Aim, view: DeviceView): boolean {
  if (device !== undefined) return view.id === device
  if (room !== undefined && view.room !== room) return false
  return of === undefined ? view.kind !== 'group' : view.kind === of
}

/** What any of several devices can be or do, as far as the list of devices tells. */
export function abilitiesAmong(aim: Aim, devices: readonly DeviceView[]): Abilities {
  const found = new Map<string, Set<string>>()
  for (const device of devices.filter((each) => isMeant(aim, each)))
    for (const part of device.parts)
      for (const [capability, values] of Object.entries(part.capabilities)) {
        const seen = found.get(capability) ?? new Set()
        Object.keys(values).forEach((each) => seen.add(each))
        found.set(capability, seen)
      }
  return {
    known: [...found].flatMap(([capability, seen]) => {
      if (!isCapability(capability)) return []
      const { attributes, commands, events } = capabilities[capability]
      const [first] = Object.keys(attributes)
      const shape: CapabilityShape = {
        attributes: seen.size > 0 || first === undefined ? [...seen] : [first],
        commands: Object.keys(commands),
        ...(events === undefined ? {} : { events }),
      }
      return [{ part: undefined, capability, shape, isRare: isRare(capability) }]
    }),
    vendor: [],
  }
}

/** What a value can be: as the capability says, narrowed by this very device. */
export interface Range extends Limits {
  readonly type: AttributeSpec['type']
}
export function rangeOf(abilities: Abilities, capability: string, attribute: string): Range | undefined {
  if (capability === 'vendor') {
    const found = abilities.vendor.find(({ key }) => key === attribute)?.vendor
    if (found === undefined || found.type === 'list' || found.type === 'composite') return undefined
    const { type, min, max, step, values } = found
    return {
      type,
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
      ...(step === undefined ? {} : { step }),
      ...(values === undefined ? {} : { values }),
    }
  }
  if (!isCapability(capability)) return undefined
  const spec = capabilities[capability].attributes[attribute]
  if (spec === undefined) return undefined
  const own = abilities.known.find((each) => each.capability === capability)?.shape.limits?.[attribute]
  const { type } = spec
  if (type === 'number') return { min: spec.min, max: spec.max, step: spec.step, ...own, type }
  if (type === 'enum') return { values: spec.values, ...own, type }
  return { ...own, type }
}
