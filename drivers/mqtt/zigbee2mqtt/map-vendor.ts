import type { VendorAttribute, VendorValue } from '@eaves/driver-kit'
import { writerKey } from '../draft.ts'
import { plain, toNumber } from '../payload.ts'
import { spellUnit } from '../units.ts'
import type { Expose } from './exposes.ts'
import { flagReader } from './map-convert.ts'
import { reader, type Mapping } from './places.ts'

const types = {
  numeric: 'number',
  binary: 'boolean',
  enum: 'enum',
  text: 'text',
  list: 'list',
  composite: 'composite',
} as const

/** What no capability covers: typed, with its unit and limits, never dropped. */
export function mapVendor(map: Mapping, part: string, expose: Expose): boolean {
  if (expose.property === '' || !Object.hasOwn(types, expose.type)) return false
  const type = types[expose.type as keyof typeof types]
  const attribute = attributeOf(type, expose)
  const target = map.draft.vendor(part, expose.property, attribute)
  if (target === undefined) return false
  const { property, on, off } = expose
  if (attribute.readable) map.readers.push(reader(target, property, vendorReader(type, on, off)))
  if (attribute.writable)
    map.writers.set(writerKey(part, 'vendor', property), (args) => ({
      [property]: vendorWrite(type, on, off, args.value ?? null),
    }))
  return true
}

function attributeOf(type: VendorAttribute['type'], expose: Expose): VendorAttribute {
  const unit = spellUnit(expose.unit)
  const description = descriptionOf(expose)
  return {
    type,
    name: expose.label,
    readable: expose.published || expose.gettable,
    writable: expose.settable,
    category: expose.category,
    ...(description === '' ? {} : { description }),
    ...(unit === undefined ? {} : { unit }),
    // A measurement beyond what its definition expects is still one.
    ...(expose.min === undefined || !expose.settable ? {} : { min: expose.min }),
    ...(expose.max === undefined || !expose.settable ? {} : { max: expose.max }),
    ...(expose.step === undefined ? {} : { step: expose.step }),
    ...(type === 'enum' ? { values: expose.values } : {}),
  }
}
/** What the definition says of it, its named values, and what a composite or list is made of. */
function descriptionOf(expose: Expose): string {
  const presets = expose.presets.map(({ name, value }) => `${name} = ${value}`).join(', ')
  const fields = expose.features.map(fieldOf).join('; ')
  const items = expose.item === undefined ? '' : `Items: ${fieldOf(expose.item)}`
  return [expose.description ?? '', presets, fields === '' ? '' : `Fields: ${fields}`, items]
    .filter((text) => text !== '')
    .join(' · ')
    .slice(0, 1000)
}
function fieldOf(expose: Expose): string {
  const { property, name, type, unit, min, max, values, features } = expose
  const range = min === undefined && max === undefined ? '' : ` ${min ?? '…'} to ${max ?? '…'}`
  const words = values.length === 0 ? '' : ` of ${values.join(', ')}`
  const inner = features.length === 0 ? '' : ` (${features.map(fieldOf).join('; ')})`
  return `${property === '' ? name : property}: ${type}${range}${unit === undefined ? '' : ` ${unit}`}${words}${inner}`
}

function vendorReader(
  type: VendorAttribute['type'],
  on: unknown,
  off: unknown,
): (value: unknown) => VendorValue | undefined {
  if (type === 'number') return toNumber
  if (type === 'boolean') return flagReader(on, off)
  if (type === 'enum' || type === 'text') return scalarText
  return (value) => (typeof value === 'object' ? plain(value) : undefined)
}
const scalarText = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).slice(0, 4096)
    : undefined
function vendorWrite(
  type: VendorAttribute['type'],
  on: unknown,
  off: unknown,
  value: VendorValue,
): VendorValue {
  return type === 'boolean' ? ((value === true ? (on ?? true) : (off ?? false)) as VendorValue) : value
}
