import {
  capabilities,
  deviceActs,
  deviceKinds,
  isCapability,
  type CapabilityShape,
  type CapabilitySpec,
  type DeviceShape,
  type Limits,
  type PartShape,
  type VendorAttribute,
} from '@eaves/model'
import type { SlotName } from './messages.ts'

const maxParts = 64
const maxSlots = 1000
const vendorTypes: readonly string[] = ['number', 'text', 'boolean', 'enum', 'list', 'composite']
const vendorCategories: readonly string[] = ['state', 'config', 'diagnostic']
// What would change an object's prototype or read as one must never become a key.
const reserved = new Set(['__proto__', 'constructor', 'prototype'])

const interviews = ['waiting', 'running', 'done', 'failed'] as const

type Bag = Readonly<Record<string, unknown>>
export function isBag(value: unknown): value is Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
/** A key or id that a driver made: short, without control characters. */
function isKey(value: unknown, max = 120): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= max &&
    !reserved.has(value) &&
    !/\p{Cc}/u.test(value)
  )
}
function words(value: unknown, max: number): string | undefined {
  if (typeof value !== 'string') return undefined
  const text = value.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
  return text === '' ? undefined : text.slice(0, max).trimEnd().toWellFormed()
}
// Adding 0 makes -0 the 0 that JSON has.
const finite = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value + 0 : undefined
const strings = (value: unknown, max: number): string[] | undefined =>
  Array.isArray(value)
    ? value.filter((v): v is string => typeof v === 'string' && v.length <= 200).slice(0, max)
    : undefined
/** Leaves out what is undefined, so that an absent thing stays absent across the boundary. */
function present<T extends object>(entries: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as T
}

/** Counts what a shape named that does not exist. */
interface Tally {
  dropped: number
}

function cleanLimits(
  raw: unknown,
  // Those that the device only takes and never tells have limits as well.
  attributes: CapabilitySpec['attributes'],
  tally: Tally,
): Record<string, Limits> | undefined {
  if (!isBag(raw)) return undefined
  const kept: Record<string, Limits> = {}
  for (const [name, limits] of Object.entries(raw)) {
    if (!Object.hasOwn(attributes, name) || !isBag(limits)) {
      tally.dropped++
      continue
    }
    const min = finite(limits.min)
    const max = finite(limits.max)
    const isOrdered = min === undefined || max === undefined || min <= max
    kept[name] = present<Limits>({
      min: isOrdered ? min : undefined,
      max: isOrdered ? max : undefined,
      step: finite(limits.step),
      values: strings(limits.values, 200),
    })
  }
  return kept
}

function cleanCapability(id: string, raw: unknown, tally: Tally): CapabilityShape | undefined {
  if (!isCapability(id) || !isBag(raw)) return undefined
  const spec = capabilities[id]
  const known = (list: unknown, has: (name: string) => boolean): string[] => {
    const all = strings(list, 200) ?? []
    const kept = [...new Set(all.filter(has))]
    tally.dropped += all.length - kept.length
    return kept
  }
  const attributes = known(raw.attributes, (name) => Object.hasOwn(spec.attributes, name))
  return present<CapabilityShape>({
    attributes,
    commands: known(raw.commands, (name) => Object.hasOwn(spec.commands, name)),
    events:
      raw.events === undefined
        ? undefined
        : known(raw.events, (name) => spec.events?.includes(name) ?? false),
    limits: cleanLimits(raw.limits, spec.attributes, tally),
  })
}

function cleanVendor(key: string, raw: unknown): VendorAttribute | undefined {
  if (!isBag(raw) || !vendorTypes.includes(raw.type as string)) return undefined
  const min = finite(raw.min)
  const max = finite(raw.max)
  const isOrdered = min === undefined || max === undefined || min <= max
  return present<VendorAttribute>({
    type: raw.type as VendorAttribute['type'],
    name: words(raw.name, 200) ?? words(key, 200) ?? 'Attribute',
    description: words(raw.description, 1000),
    unit: words(raw.unit, 40),
    min: isOrdered ? min : undefined,
    max: isOrdered ? max : undefined,
    step: finite(raw.step),
    values: strings(raw.values, 500),
    readable: raw.readable === true,
    writable: raw.writable === true,
    category: vendorCategories.includes(raw.category as string)
      ? (raw.category as VendorAttribute['category'])
      : 'state',
  })
}

function cleanPart(raw: unknown, tally: Tally): PartShape | undefined {
  if (!isBag(raw) || !isKey(raw.id)) return undefined
  const standard: Record<string, CapabilityShape> = {}
  for (const [id, value] of Object.entries(isBag(raw.capabilities) ? raw.capabilities : {})) {
    const kept = cleanCapability(id, value, tally)
    if (kept) standard[id] = kept
    else tally.dropped++
  }
  const vendor: Record<string, VendorAttribute> = {}
  for (const [key, value] of Object.entries(isBag(raw.vendor) ? raw.vendor : {})) {
    const kept = isKey(key) ? cleanVendor(key, value) : undefined
    if (kept) vendor[key] = kept
    else tally.dropped++
  }
  return present<PartShape>({ id: raw.id, name: words(raw.name, 120), capabilities: standard, vendor })
}

/** Copies a shape that a driver gave, keeping only what the model knows; undefined when it has no identity. `dropped` counts what was left out. */
export function cleanShape(
  raw: unknown,
): { readonly shape: DeviceShape; readonly dropped: number } | undefined {
  if (!isBag(raw) || !isKey(raw.nativeId, 200)) return undefined
  const tally: Tally = { dropped: 0 }
  const parts: PartShape[] = []
  const given = Array.isArray(raw.parts) ? raw.parts : []
  for (const item of given.slice(0, maxParts)) {
    const part = cleanPart(item, tally)
    if (part && !parts.some((other) => other.id === part.id)) parts.push(part)
    else tally.dropped++
  }
  const shape = present<DeviceShape>({
    nativeId: raw.nativeId,
    name: words(raw.name, 120) ?? words(raw.model, 120) ?? 'Device',
    kind: (deviceKinds as readonly unknown[]).includes(raw.kind)
      ? (raw.kind as DeviceShape['kind'])
      : 'other',
    manufacturer: words(raw.manufacturer, 120),
    model: words(raw.model, 120),
    firmware: words(raw.firmware, 120),
    confirmable: raw.confirmable !== false,
    sleepy: raw.sleepy === true ? true : undefined,
    reportIntervalMs: finite(raw.reportIntervalMs),
    problems: strings(raw.problems, 20),
    members: strings(raw.members, 256),
    acts: Array.isArray(raw.acts)
      ? deviceActs.filter((act) => (raw.acts as unknown[]).includes(act))
      : undefined,
    bridge: isKey(raw.bridge, 200) ? raw.bridge : undefined,
    interview: interviews.find((stage) => stage === raw.interview),
    parts,
  })
  return slotsOf(shape).length > maxSlots ? undefined : { shape, dropped: tally.dropped }
}

/** The values of a device in slot order: each part's capabilities, then its readable vendor attributes. */
export function slotsOf(shape: DeviceShape): SlotName[] {
  const slots: SlotName[] = []
  for (const part of shape.parts) {
    for (const [id, capability] of Object.entries(part.capabilities))
      for (const attribute of capability?.attributes ?? []) slots.push([part.id, id, attribute])
    for (const [key, attribute] of Object.entries(part.vendor))
      if (attribute.readable) slots.push([part.id, 'vendor', key])
  }
  return slots
}
