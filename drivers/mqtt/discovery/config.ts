import { field, isJson, jsonOf, textField, withinDepth, type Json } from '../payload.ts'
import type { Reaches } from '../topics.ts'
import { abbreviations, expand } from './abbreviations.ts'
import { describe, type DeviceInfo } from './identity.ts'

export const components = [
  'light',
  'switch',
  'cover',
  'climate',
  'fan',
  'lock',
  'alarm_control_panel',
  'vacuum',
  'lawn_mower',
  'valve',
  'water_heater',
  'humidifier',
  'siren',
  'camera',
  'image',
  'device_tracker',
  'sensor',
  'binary_sensor',
  'number',
  'select',
  'text',
  'date',
  'time',
  'datetime',
  'button',
  'scene',
  'notify',
  'update',
  'event',
  'tag',
  'device_automation',
] as const
export type Component = (typeof components)[number]
const isComponent = (name: string): name is Component => (components as readonly string[]).includes(name)

/** One announced entity: its config with long keys and whole topics. */
export interface EntityConfig {
  /** What it says it is; one that is not supported is listed with its device. */
  readonly component: Component | undefined
  readonly kind: string
  /** Stable beyond topics and formats when the announcer gave a unique id. */
  readonly key: string
  readonly uniqueId: string | undefined
  readonly objectId: string
  readonly config: Json
  /** Where its announcer may write, when the broker tells. */
  readonly reaches?: Reaches | undefined
}
/** What stands at one config topic: an entity, or a device with all of its. */
export interface Announcement {
  readonly device: DeviceInfo
  readonly entities: readonly EntityConfig[]
}
export interface Place {
  readonly component: string
  readonly objectId: string
}

const mostBundled = 256

/** `<prefix>/<component>/[<node>/]<object>/config`; undefined for other topics. */
export function readTopic(prefix: string, topic: string): Place | undefined {
  if (!topic.startsWith(`${prefix}/`) || !topic.endsWith('/config')) return undefined
  const levels = topic.slice(prefix.length + 1).split('/')
  const [component] = levels
  if (levels.length !== 3 && levels.length !== 4) return undefined
  const objectId = levels.slice(1, -1).join('.')
  return objectId.length > 0 && objectId.length <= 200 && component !== undefined
    ? { component, objectId }
    : undefined
}

/** Reads what stands at a config topic; `migrate` when it only says that another format is going to take over. */
export function readAnnouncement(
  { component, objectId }: Place,
  text: string | undefined,
): Announcement | 'migrate' | undefined {
  const raw = jsonOf(text)
  if (!isJson(raw) || !withinDepth(raw)) return undefined
  const config = expand(raw, abbreviations)
  if (field(config, 'migrate_discovery') === true) return 'migrate'
  return component === 'device' ? readBundle(config, objectId) : readSingle(config, component, objectId)
}

function readSingle(config: Json, kind: string, objectId: string): Announcement | undefined {
  const entity = entityOf(wholeTopics(config), kind, objectId)
  // What is not supported is only worth telling where there is a device to tell it of.
  if (entity.component === undefined && !isJson(field(config, 'device'))) return undefined
  return {
    device: describe(
      field(config, 'device'),
      entity.uniqueId ?? `${kind}.${objectId}`,
      textField(config, 'name', 256),
    ),
    entities: [entity],
  }
}
/** A device's own config: what its entities share stands beside them. */
function readBundle(config: Json, objectId: string): Announcement | undefined {
  const list = field(config, 'components')
  if (!isJson(list) || !isJson(field(config, 'device'))) return undefined
  const { components: _components, device, origin: _origin, ...shared } = config
  const entities = Object.entries(list)
    .slice(0, mostBundled)
    .flatMap(([key, item]) => {
      if (!isJson(item) || key.length > 200) return []
      const own = expand(item, abbreviations)
      const kind = textField(own, 'platform', 64)
      // A body with nothing but its platform says that the entity is gone.
      if (kind === undefined || Object.keys(own).length <= 1) return []
      return [entityOf(wholeTopics(inherit(shared, own)), kind, `${objectId}.${key}`.slice(0, 200))]
    })
  return { device: describe(device, `device.${objectId}`, undefined), entities }
}
function inherit(shared: Json, own: Json): Json {
  const hasOwn = own.availability !== undefined || own.availability_topic !== undefined
  if (!hasOwn) return { ...shared, ...own }
  const { availability: _list, availability_topic: _topic, ...rest } = shared
  return { ...rest, ...own }
}
function entityOf(config: Json, kind: string, objectId: string): EntityConfig {
  const uniqueId = textField(config, 'unique_id', 256)
  return {
    component: isComponent(kind) ? kind : undefined,
    kind,
    key: `${kind}.${uniqueId ?? objectId}`,
    uniqueId,
    objectId,
    config,
  }
}

const isTopicKey = (key: string): boolean => key === 'topic' || key.endsWith('_topic')
/** `~` at the beginning or end of a topic stands for the base; lists of availability have topics of their own. */
function wholeTopics(config: Json): Json {
  const base = textField(config, '~')
  const list = field(config, 'availability')
  if (base === undefined && list === undefined) return config
  const whole = (key: string, value: unknown): unknown => {
    if (base === undefined || typeof value !== 'string' || !isTopicKey(key)) return value
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
