import { createHash } from 'node:crypto'
import { field, isJson, listField, numberField, textField, textList, type Json } from '../payload.ts'
import { usableKey } from '../draft.ts'

/** One function of a device as Zigbee2MQTT's `definition.exposes` describes it, checked. */
export interface Expose {
  readonly type: string
  readonly name: string
  readonly property: string
  readonly label: string
  readonly endpoint?: string
  readonly description?: string
  readonly unit?: string
  readonly category: 'state' | 'config' | 'diagnostic'
  readonly published: boolean
  readonly settable: boolean
  readonly gettable: boolean
  readonly min?: number
  readonly max?: number
  readonly step?: number
  readonly values: readonly string[]
  readonly on?: unknown
  readonly off?: unknown
  readonly toggle?: unknown
  readonly features: readonly Expose[]
  /** Values of a number that have a name. */
  readonly presets: readonly { readonly name: string; readonly value: string | number }[]
  /** What a list is a list of. */
  readonly item?: Expose
}

const mostExposes = 512
const mostModels = 1000

/** Functions of models met before, by their description: devices of one model share them, and what is made of them. */
const models = new Map<string, readonly Expose[]>()
export function readExposes(raw: readonly unknown[]): readonly Expose[] {
  const print = createHash('sha1').update(JSON.stringify(raw)).digest('base64')
  const held = models.get(print)
  if (held !== undefined) return held
  if (models.size >= mostModels) models.clear()
  const made = readList(raw, 0)
  models.set(print, made)
  return made
}
function readList(raw: readonly unknown[], depth: number): readonly Expose[] {
  if (depth > 4) return []
  return raw.slice(0, mostExposes).flatMap((item) => {
    const expose = isJson(item) ? readExpose(item, depth) : undefined
    return expose === undefined ? [] : [expose]
  })
}

function readExpose(raw: Json, depth: number): Expose | undefined {
  const type = textField(raw, 'type', 32)
  if (type === undefined) return undefined
  const name = textField(raw, 'name', 128) ?? type
  const property = textField(raw, 'property', 128) ?? ''
  if (!usableKey(name) || (property !== '' && !usableKey(property))) return undefined
  const features = readList(listField(raw, 'features'), depth + 1)
  // A colour names its access only on its features.
  const access =
    numberField(raw, 'access') ??
    features.reduce(
      (bits, feature) =>
        bits | (feature.published ? 1 : 0) | (feature.settable ? 2 : 0) | (feature.gettable ? 4 : 0),
      features.length > 0 ? 0 : 1,
    )
  const category = textField(raw, 'category', 16)
  return {
    type,
    name,
    property,
    label: textField(raw, 'label', 128) ?? name,
    category:
      category === 'config' || category === 'diagnostic'
        ? category
        : name === 'linkquality'
          ? 'diagnostic'
          : 'state',
    published: (access & 1) !== 0,
    settable: (access & 2) !== 0,
    gettable: (access & 4) !== 0,
    values: textList(raw, 'values'),
    features,
    presets: presetsOf(raw),
    ...optional('item', itemOf(raw, depth)),
    ...optional('endpoint', endpointOf(raw)),
    ...optional('description', textField(raw, 'description', 2000)?.slice(0, 500)),
    ...optional('unit', textField(raw, 'unit', 32)),
    ...optional('min', numberField(raw, 'value_min')),
    ...optional('max', numberField(raw, 'value_max')),
    ...optional('step', numberField(raw, 'value_step')),
    ...optional('on', scalar(raw, 'value_on')),
    ...optional('off', scalar(raw, 'value_off')),
    ...optional('toggle', scalar(raw, 'value_toggle')),
  }
}

function presetsOf(raw: Json): Expose['presets'] {
  return listField(raw, 'presets')
    .slice(0, 64)
    .flatMap((item) => {
      const name = isJson(item) ? textField(item, 'name', 64) : undefined
      const value = isJson(item) ? field(item, 'value') : undefined
      return name !== undefined && (typeof value === 'number' || typeof value === 'string')
        ? [{ name, value }]
        : []
    })
}
function itemOf(raw: Json, depth: number): Expose | undefined {
  const item = field(raw, 'item_type')
  return isJson(item) && depth < 4 ? readExpose(item, depth + 1) : undefined
}
function endpointOf(raw: Json): string | undefined {
  const endpoint = textField(raw, 'endpoint', 64)
  return endpoint !== undefined && usableKey(endpoint) ? endpoint : undefined
}
function scalar(raw: Json, key: string): unknown {
  const value = field(raw, key)
  return typeof value === 'object' ? undefined : value
}
function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V })
}
