import { capabilities, isCapability, type DeviceShape, type PartShape } from '@eaves/model'
import type { SlotName } from './messages.ts'
import { slotsOf } from './shape.ts'
import { ruleOf, type SlotRule } from './slots.ts'

type Offsets = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, number>>>

/** What all devices with the same parts have in common; offsets count from a device's first slot. */
export interface Layout {
  readonly parts: readonly PartShape[]
  readonly names: readonly SlotName[]
  readonly rules: readonly SlotRule[]
  readonly offsets: Offsets
  /** Values that cannot hold beside another, such as a white and a colour of one lamp. */
  readonly twins: readonly { readonly of: number; readonly others: readonly number[] }[]
}

export const noLayout: Layout = { parts: [], names: [], rules: [], offsets: new Map(), twins: [] }

/** More models than this in one house are rare: then all is forgotten and gathered anew, which costs memory and harms nothing. */
const mostKept = 500
const kept = new Map<string, Layout>()

/** The layout of a shape's parts. A house has many devices and few models: those with the same parts share one. */
export function layoutOf(shape: DeviceShape): Layout {
  const key = JSON.stringify(shape.parts)
  const known = kept.get(key)
  if (known !== undefined) return known
  if (kept.size >= mostKept) kept.clear()
  const names = slotsOf(shape)
  const offsets = offsetsOf(names)
  const made: Layout = {
    parts: shape.parts,
    names,
    rules: names.map((name) => ruleOf(shape, name)),
    offsets,
    twins: twinsOf(names, offsets),
  }
  kept.set(key, made)
  return made
}

/** Whether two layouts have the same values in the same order. */
export function isSameOrder({ names: a }: Layout, { names: b }: Layout): boolean {
  return (
    a === b ||
    (a.length === b.length && a.every((name, i) => name.every((word, level) => word === b[i]![level])))
  )
}

function offsetsOf(names: readonly SlotName[]): Offsets {
  const offsets = new Map<string, Map<string, Map<string, number>>>()
  names.forEach(([part, capability, attribute], offset) => {
    const ofPart = offsets.get(part) ?? new Map<string, Map<string, number>>()
    const ofCapability = ofPart.get(capability) ?? new Map<string, number>()
    offsets.set(part, ofPart)
    ofPart.set(capability, ofCapability)
    ofCapability.set(attribute, offset)
  })
  return offsets
}

function twinsOf(names: readonly SlotName[], offsets: Offsets): Layout['twins'] {
  return names.flatMap(([part, capability, attribute], of) => {
    const twins = isCapability(capability) ? capabilities[capability].replaces?.[attribute] : undefined
    const others = (twins ?? []).flatMap((twin) => offsets.get(part)?.get(capability)?.get(twin) ?? [])
    return others.length > 0 ? [{ of, others }] : []
  })
}
