import { field, isJson, listField, textField, textList, withinDepth, type Json } from '../payload.ts'
import { abbreviations, deviceAbbreviations } from './abbreviations.ts'

export const components = [
  'light',
  'switch',
  'sensor',
  'binary_sensor',
  'cover',
  'lock',
  'climate',
  'fan',
  'number',
  'select',
  'button',
  'event',
  'text',
  'device_automation',
] as const
export type Component = (typeof components)[number]

/** One announced entity: its config with long keys and whole topics. */
export interface EntityConfig {
  /** Its own topic: the entity is removed by an empty payload there. */
  readonly topic: string
  readonly component: Component
  /** Stable beyond topics when the announcer gave a unique id. */
  readonly key: string
  readonly objectId: string
  readonly config: Json
  readonly device: DeviceInfo
}
export interface DeviceInfo {
  readonly nativeId: string
  readonly name?: string
  readonly manufacturer?: string
  readonly model?: string
  readonly firmware?: string
}

/** `<prefix>/<component>/[<node>/]<object>/config`; undefined for other topics and components that are not supported. */
export function readTopic(
  prefix: string,
  topic: string,
): { readonly component: Component; readonly objectId: string } | undefined {
  if (!topic.startsWith(`${prefix}/`)) return undefined
  const levels = topic.slice(prefix.length + 1).split('/')
  const [component] = levels
  if (
    (levels.length !== 3 && levels.length !== 4) ||
    levels.at(-1) !== 'config' ||
    !(components as readonly string[]).includes(component!)
  )
    return undefined
  const objectId = levels.slice(1, -1).join('.')
  return objectId.length > 0 && objectId.length <= 200
    ? { component: component as Component, objectId }
    : undefined
}

/** Expands a config; undefined when it is malformed beyond use. */
export function readEntity(
  topic: string,
  component: Component,
  objectId: string,
  raw: unknown,
): EntityConfig | undefined {
  if (!isJson(raw) || !withinDepth(raw)) return undefined
  const config = wholeTopics(expand(raw, abbreviations))
  const uniqueId = textField(config, 'unique_id', 256)
  const key = `${component}.${uniqueId ?? objectId}`
  const block = field(config, 'device')
  const device = isJson(block) ? expand(block, deviceAbbreviations) : undefined
  return {
    topic,
    component,
    key,
    objectId,
    config,
    device: describe(device, uniqueId ?? `${component}.${objectId}`, config),
  }
}

function expand(raw: Json, table: ReadonlyMap<string, string>): Json {
  return Object.fromEntries(Object.entries(raw).map(([key, value]) => [table.get(key) ?? key, value]))
}
/** `~` at the beginning or end of a topic stands for the base; lists of availability have topics of their own. */
function wholeTopics(config: Json): Json {
  const base = textField(config, '~')
  const whole = (key: string, value: unknown): unknown => {
    if (base === undefined || typeof value !== 'string' || !(key === 'topic' || key.endsWith('_topic')))
      return value
    return value.startsWith('~')
      ? base + value.slice(1)
      : value.endsWith('~')
        ? value.slice(0, -1) + base
        : value
  }
  const wholeItem = (item: unknown): unknown => {
    if (!isJson(item)) return item
    return Object.fromEntries(
      Object.entries(expand(item, abbreviations)).map(([key, value]) => [key, whole(key, value)]),
    )
  }
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => {
      if (key !== 'availability') return [key, whole(key, value)]
      return [key, Array.isArray(value) ? value.slice(0, 16).map(wholeItem) : wholeItem(value)]
    }),
  )
}

function describe(device: Json | undefined, alone: string, config: Json): DeviceInfo {
  if (device === undefined) {
    const name = textField(config, 'name', 256)
    return { nativeId: `entity:${alone}`.slice(0, 200), ...(name === undefined ? {} : { name }) }
  }
  const identifiers = textList(device, 'identifiers', 16).concat(textField(device, 'identifiers', 256) ?? [])
  const macs = listField(device, 'connections')
    .slice(0, 16)
    .flatMap((pair) =>
      Array.isArray(pair) && typeof pair[1] === 'string' ? [[String(pair[0]), pair[1]] as const] : [],
    )
  const short = (key: string): string | undefined => textField(device, key, 512)?.slice(0, 128)
  const [name, manufacturer, model, firmware] = [
    short('name'),
    short('manufacturer'),
    short('model'),
    short('sw_version'),
  ]
  return {
    nativeId: hardwareAddress(identifiers, macs) ?? `id:${identifiers[0] ?? alone}`.slice(0, 200),
    ...(name === undefined ? {} : { name }),
    ...(manufacturer === undefined ? {} : { manufacturer }),
    ...(model === undefined ? {} : { model }),
    ...(firmware === undefined ? {} : { firmware }),
  }
}

/** The address burnt into a device, written in one way: `0x` and 16 digits for Zigbee, `mac:` and 12 for the rest. */
export function hardwareAddress(
  identifiers: readonly string[],
  connections: readonly (readonly [string, string])[],
): string | undefined {
  for (const text of [...identifiers, ...connections.map(([, value]) => value)]) {
    // A bridge names itself by its coordinator's address: it is the bridge, not that radio.
    const zigbee = /bridge/i.test(text) ? null : /(?:^|[^0-9a-z])(0x[0-9a-f]{16})(?![0-9a-f])/i.exec(text)
    if (zigbee?.[1] !== undefined) return zigbee[1].toLowerCase()
  }
  for (const [kind, value] of connections) {
    const digits = value.toLowerCase().replace(/[:.-]/g, '')
    if (kind === 'zigbee' && /^[0-9a-f]{16}$/.test(digits)) return `0x${digits}`
    if (kind === 'mac' && /^[0-9a-f]{12}$/.test(digits)) return `mac:${digits}`
  }
  for (const text of identifiers)
    if (/^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i.test(text))
      return `mac:${text.toLowerCase().replace(/[:-]/g, '')}`
  return undefined
}
