import type { Dialect, DialectDeps } from '../dialect.ts'
import { textOf } from '../payload.ts'
import type { Incoming, Reaches } from '../topics.ts'
import { Purse } from '../template/purse.ts'
import { assemble, type DeviceMemory } from './assemble.ts'
import { AttributeMemory } from './attributes.ts'
import { readAnnouncement, readTopic, type Announcement, type EntityConfig } from './config.ts'

/** Configs of one device come one by one: it is put together when they have stopped coming, and after Zigbee2MQTT's own list. */
const gatherMs = 100
const longestGatherMs = 1000
/** What attributes a device has is known after its messages; it is not put together for each of them. */
const renewMs = 2000
/** So many devices are put together at once; messages get their turn in between. */
const mostBuilt = 100
const mostEntities = 20_000
const mostPerDevice = 256

/** One config topic as it is kept: the text is read again when its device is put together, for objects take many times its room. */
interface Kept {
  readonly topic: string
  readonly text: string
  readonly device: string
  readonly keys: readonly string[]
  readonly reaches: Reaches | undefined
  /** It has said that another format takes over; until then it stands. */
  isLeaving: boolean
}
interface Group {
  readonly topics: Set<string>
  readonly memory: DeviceMemory
}
interface Dirty {
  readonly firstMs: number
  readonly lastMs: number
}
export interface Discovery extends Dialect {
  /** Takes a message of an unknown topic; false when it is no discovery. */
  readonly take: (message: Incoming) => boolean
}

/** Speaks with whatever announces itself by Home Assistant's MQTT discovery under one prefix. */
export function openDiscovery(prefix: string, deps: DialectDeps): Discovery {
  const book = new Book(prefix, deps)
  return {
    take: (message) => book.take(message),
    wildcards: () => [`${prefix}/+/+/config`, `${prefix}/+/+/+/config`],
    linked: () => undefined,
    close: () => book.close(),
  }
}

/** All that is announced, by topic, by entity and by device. */
class Book {
  readonly #prefix: string
  readonly #deps: DialectDeps
  readonly #kept = new Map<string, Kept>()
  /** Topics that announce an entity; the first that is not leaving has it. */
  readonly #claims = new Map<string, readonly string[]>()
  readonly #groups = new Map<string, Group>()
  /** Identifiers of devices whose hardware address is known, for configs that name only an identifier. */
  readonly #aliases = new Map<string, string>()
  readonly #dirty = new Map<string, Dirty>()
  readonly #logged = new Set<string>()
  readonly #purse = new Purse(() => this.#warnOnce('templates take too long'))
  readonly #renewals = new Set<{ cancel: () => void }>()
  #gather: { cancel: () => void } | undefined
  #entityCount = 0

  constructor(prefix: string, deps: DialectDeps) {
    this.#prefix = prefix
    this.#deps = deps
  }
  take(message: Incoming): boolean {
    const { topic, payload } = message
    const place = readTopic(this.#prefix, topic)
    if (place === undefined) return topic.startsWith(`${this.#prefix}/`) && topic.endsWith('/config')
    this.#deps.found()
    if (payload.length === 0) this.#remove(topic)
    else {
      const old = this.#kept.get(topic)
      // What is full stays full: a flood is not even read.
      if (old === undefined && this.#entityCount >= mostEntities) this.#warnOnce('entity limit reached')
      else this.#put(message, old, (text) => readAnnouncement(place, text))
    }
    return true
  }
  close(): void {
    this.#gather?.cancel()
    for (const timer of this.#renewals) timer.cancel()
  }

  #put(
    { topic, payload, reaches }: Incoming,
    old: Kept | undefined,
    read: (text: string | undefined) => Announcement | 'migrate' | undefined,
  ): void {
    const text = textOf(payload)
    // Devices announce the same again whenever they connect.
    if (old !== undefined && old.text === text && old.reaches === reaches) {
      if (old.isLeaving) this.#setLeaving(old, false)
      return
    }
    const found = read(text)
    if (found === undefined || text === undefined) return this.#warnOnce('discovery config refused')
    if (found === 'migrate') return old === undefined ? undefined : this.#setLeaving(old, true)
    this.#remove(topic)
    const device = this.#nativeIdOf(found)
    const group = this.#groups.get(device) ?? {
      topics: new Set<string>(),
      memory: { parts: new Map(), attributes: new AttributeMemory() },
    }
    if (
      this.#entityCount + found.entities.length > mostEntities ||
      group.topics.size + found.entities.length > mostPerDevice
    )
      return this.#warnOnce('entity limit reached')
    const kept: Kept = {
      topic,
      text,
      device,
      keys: found.entities.map((entity) => entity.key),
      reaches,
      isLeaving: false,
    }
    this.#kept.set(topic, kept)
    this.#groups.set(device, group)
    group.topics.add(topic)
    this.#entityCount += kept.keys.length
    for (const key of kept.keys) this.#claim(key, topic)
    this.#touch(device)
  }
  #claim(key: string, topic: string): void {
    const others = this.#claims.get(key)
    if (others === undefined) return void this.#claims.set(key, [topic])
    if (others.every((other) => this.#kept.get(other)?.isLeaving !== true))
      this.#warnOnce('unique id announced twice')
    this.#claims.set(key, [...others.filter((other) => other !== topic), topic])
    this.#touchOwners(others)
  }
  #touchOwners(topics: readonly string[]): void {
    for (const topic of topics) {
      const device = this.#kept.get(topic)?.device
      if (device !== undefined) this.#touch(device)
    }
  }
  #owner(key: string): string | undefined {
    const claims = this.#claims.get(key)
    return claims?.find((topic) => this.#kept.get(topic)?.isLeaving === false) ?? claims?.[0]
  }
  #setLeaving(kept: Kept, isLeaving: boolean): void {
    kept.isLeaving = isLeaving
    for (const key of kept.keys) this.#touchOwners(this.#claims.get(key) ?? [])
  }
  #remove(topic: string): void {
    const old = this.#kept.get(topic)
    if (old === undefined) return
    this.#kept.delete(topic)
    this.#entityCount -= old.keys.length
    for (const key of old.keys) {
      const rest = (this.#claims.get(key) ?? []).filter((other) => other !== topic)
      if (rest.length === 0) this.#claims.delete(key)
      else this.#claims.set(key, rest)
      // Whoever announced the same entity too has it now.
      this.#touchOwners(rest)
    }
    const group = this.#groups.get(old.device)
    group?.topics.delete(topic)
    if (group?.topics.size === 0) this.#groups.delete(old.device)
    this.#touch(old.device)
  }
  /** One device, whether a config names its hardware address or only an identifier that another config has named beside the address. */
  #nativeIdOf({ device }: Announcement): string {
    const { nativeId, marks } = device
    if (nativeId.startsWith('id:')) return this.#aliases.get(nativeId) ?? nativeId
    if (nativeId.startsWith('entity:')) return nativeId
    for (const mark of marks) {
      const other = `id:${mark}`.slice(0, 200)
      if (this.#aliases.has(other) || this.#aliases.size >= mostEntities) continue
      this.#aliases.set(other, nativeId)
      if (this.#groups.has(other)) this.#move(other, nativeId)
    }
    return nativeId
  }
  #move(from: string, to: string): void {
    const group = this.#groups.get(from)
    const existing = this.#groups.get(to)
    if (group === undefined) return
    for (const topic of group.topics) {
      const kept = this.#kept.get(topic)!
      this.#kept.set(topic, { ...kept, device: to })
      existing?.topics.add(topic)
    }
    if (existing === undefined) this.#groups.set(to, group)
    this.#groups.delete(from)
    this.#touch(from)
    this.#touch(to)
  }

  #touch(id: string): void {
    const now = this.#deps.context.now()
    this.#dirty.set(id, { firstMs: this.#dirty.get(id)?.firstMs ?? now, lastMs: now })
    this.#wait(gatherMs)
  }
  #wait(ms: number): void {
    this.#gather ??= this.#deps.context.setTimer(ms, () => {
      this.#gather = undefined
      this.#buildQuiet()
    })
  }
  #buildQuiet(): void {
    const now = this.#deps.context.now()
    let soonestMs = Number.POSITIVE_INFINITY
    let built = 0
    for (const [id, { firstMs, lastMs }] of this.#dirty) {
      const leftMs = Math.min(lastMs + gatherMs, firstMs + longestGatherMs) - now
      if (leftMs > 0 || built >= mostBuilt) {
        soonestMs = Math.min(soonestMs, Math.max(1, leftMs))
        continue
      }
      this.#dirty.delete(id)
      this.#build(id)
      built++
    }
    if (soonestMs < Number.POSITIVE_INFINITY) this.#wait(soonestMs)
    // Planning the subscriptions looks at all topics: once for all that were due.
    if (built > 0 && built < mostBuilt) this.#deps.changed()
  }
  #build(id: string): void {
    const { context, roster, topics } = this.#deps
    const group = this.#groups.get(id)
    const announced = group === undefined ? [] : [...group.topics].flatMap((topic) => this.#read(topic))
    const entities = announced.flatMap(({ entities: list }) => list)
    if (group === undefined || entities.length === 0) return roster.withdraw('discovery', id)
    try {
      const about = announced.toSorted(
        (a, b) => Object.keys(b.device).length - Object.keys(a.device).length,
      )[0]!.device
      const marks = [...new Set(announced.flatMap(({ device }) => device.marks))]
      const offer = assemble({ ...about, nativeId: id, marks }, entities, group.memory, {
        topics,
        now: context.now,
        purse: this.#purse,
        setTimer: context.setTimer,
        reach: (isOnline) => {
          if (roster.isActive('discovery', id))
            roster.handle(id)?.reachable(this.#deps.isLinked() && isOnline)
        },
        renew: () => this.#renew(id),
        kept: context.kept,
        problems: this.#contested(id, group),
      })
      roster.offer('discovery', offer)
    } catch {
      this.#warnOnce('device not understood')
    }
  }
  /** What a topic announces, without what another topic has. */
  #read(topic: string): readonly Announcement[] {
    const kept = this.#kept.get(topic)
    const place = readTopic(this.#prefix, topic)
    if (kept === undefined || place === undefined) return []
    const found = readAnnouncement(place, kept.text)
    if (found === undefined || found === 'migrate') return []
    const entities: readonly EntityConfig[] = found.entities
      .filter(({ key }) => this.#owner(key) === topic)
      .map((entity) => ({ ...entity, reaches: kept.reaches }))
    return entities.length === 0 ? [] : [{ device: found.device, entities }]
  }
  /** Entities that another device has announced too, and has. */
  #contested(id: string, group: Group): readonly string[] {
    const keys = [...group.topics].flatMap((topic) => {
      const owners = this.#kept.get(topic)!.keys.map((key) => [key, this.#owner(key)] as const)
      return owners.filter(([, owner]) => owner !== undefined && this.#kept.get(owner)?.device !== id)
    })
    return keys.map(([key]) => `another device announces the same unique id: ${key}`.slice(0, 200))
  }
  #renew(id: string): void {
    const timer = this.#deps.context.setTimer(renewMs, () => {
      this.#renewals.delete(timer)
      this.#touch(id)
    })
    this.#renewals.add(timer)
  }
  #warnOnce(event: string): void {
    if (!this.#logged.has(event)) this.#deps.context.log('warn', event, {})
    this.#logged.add(event)
  }
}
