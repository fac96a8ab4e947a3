import type { Dialect, DialectDeps } from '../dialect.ts'
import { jsonOf, textOf } from '../payload.ts'
import type { Incoming } from '../topics.ts'
import { assemble } from './assemble.ts'
import { readEntity, readTopic, type EntityConfig } from './config.ts'

/** Configs of one device come one by one: it is put together when they have stopped coming, and after Zigbee2MQTT's own list. */
const gatherMs = 100
const mostEntities = 20_000
const mostPerDevice = 256

interface Group {
  readonly entities: Map<string, EntityConfig>
  readonly parts: Map<string, string>
}
export interface Discovery extends Dialect {
  /** Takes a message of an unknown topic; false when it is no discovery. */
  readonly take: (message: Incoming) => boolean
}

/** Speaks with whatever announces itself by Home Assistant's MQTT discovery under one prefix. */
export function openDiscovery(prefix: string, deps: DialectDeps): Discovery {
  const { context, topics, roster } = deps
  const entities = new Map<string, EntityConfig>()
  const owners = new Map<string, string>()
  const groups = new Map<string, Group>()
  const dirty = new Set<string>()
  const logged = new Set<string>()
  let gather: { cancel: () => void } | undefined

  const warnOnce = (event: string): void => {
    if (!logged.has(event)) context.log('warn', event, {})
    logged.add(event)
  }
  const touch = (id: string): void => {
    dirty.add(id)
    gather ??= context.setTimer(gatherMs, () => {
      gather = undefined
      for (const touched of dirty) {
        dirty.delete(touched)
        build(touched)
      }
      deps.changed()
    })
  }
  const build = (id: string): void => {
    const group = groups.get(id)
    if (group === undefined) return roster.withdraw('discovery', id)
    try {
      const reach = (isOnline: boolean): void => {
        if (roster.isActive('discovery', id)) roster.handle(id)?.reachable(deps.isLinked() && isOnline)
      }
      roster.offer('discovery', assemble(id, [...group.entities.values()], group.parts, topics, reach))
    } catch {
      warnOnce('device not understood')
    }
  }
  const remove = (topic: string): void => {
    const old = entities.get(topic)
    if (old === undefined) return
    entities.delete(topic)
    owners.delete(old.key)
    const group = groups.get(old.device.nativeId)
    group?.entities.delete(topic)
    if (group?.entities.size === 0) groups.delete(old.device.nativeId)
    touch(old.device.nativeId)
  }
  const put = (entity: EntityConfig): void => {
    remove(entity.topic)
    if (owners.has(entity.key)) return warnOnce('unique id announced twice')
    const group = groups.get(entity.device.nativeId) ?? { entities: new Map(), parts: new Map() }
    if (entities.size >= mostEntities || group.entities.size >= mostPerDevice)
      return warnOnce('entity limit reached')
    groups.set(entity.device.nativeId, group)
    group.entities.set(entity.topic, entity)
    entities.set(entity.topic, entity)
    owners.set(entity.key, entity.topic)
    touch(entity.device.nativeId)
  }
  return {
    take: (message) => {
      const place = readTopic(prefix, message.topic)
      if (place === undefined)
        return message.topic.startsWith(`${prefix}/`) && message.topic.endsWith('/config')
      deps.found()
      if (message.payload.length === 0) remove(message.topic)
      else {
        const entity = readEntity(
          message.topic,
          place.component,
          place.objectId,
          jsonOf(textOf(message.payload)),
        )
        if (entity === undefined) warnOnce('discovery config refused')
        else put(entity)
      }
      return true
    },
    wildcards: () => [`${prefix}/+/+/config`, `${prefix}/+/+/+/config`],
    linked: () => undefined,
    close: () => gather?.cancel(),
  }
}
