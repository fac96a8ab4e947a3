import { DriverError, type DeviceCommand, type DeviceHandle, type DeviceKind } from '@eaves/driver-kit'
import { ShapeDraft, writerKey, type Outgoing } from '../draft.ts'
import { field, isJson, textField } from '../payload.ts'
import type { Offer } from '../roster.ts'
import type { Purse } from '../template/purse.ts'
import { TemplateError } from '../template/template.ts'
import type { Incoming, TopicTable } from '../topics.ts'
import { addEntity } from './adders.ts'
import { addAttributes, type AttributeMemory } from './attributes.ts'
import { AvailabilityState, readAvailability, type AvailabilityTopic } from './availability.ts'
import { components, type EntityConfig } from './config.ts'
import { Entity, type Assembly } from './entity.ts'
import { freshnessOf } from './freshness.ts'
import { keyOf, plainKey, type DeviceInfo } from './identity.ts'
import { Message } from './message.ts'
import { isPlainName, partOf } from './parts.ts'

/** What outlives the assembling of a device. */
export interface DeviceMemory {
  /** Which entity has which part. */
  readonly parts: Map<string, string>
  readonly attributes: AttributeMemory
}
export interface AssembleDeps {
  readonly topics: TopicTable
  readonly now: () => number
  readonly purse: Purse
  readonly setTimer: (ms: number, run: () => void) => { cancel: () => void }
  readonly reach: (isOnline: boolean) => void
  /** More has become known of the device: it is to be put together anew. */
  readonly renew: () => void
  /** What is told inside was known before and is no fresh word of the device. */
  readonly kept: (tell: () => void) => void
  /** What of the announcements could not be taken at all. */
  readonly problems: readonly string[]
}

/** What tells whether a device can be reached: one for each way in which its entities say so. */
interface Reach {
  readonly state: AvailabilityState
  readonly topics: readonly AvailabilityTopic[]
}

/** Makes one device of its entities. */
export function assemble(
  device: DeviceInfo,
  configs: readonly EntityConfig[],
  memory: DeviceMemory,
  deps: AssembleDeps,
): Offer {
  const timers = new Set<{ cancel: () => void }>()
  const name = device.name ?? configs[0]!.objectId
  const assembly = openAssembly(name, configs, deps, timers)
  for (const problem of deps.problems) assembly.draft.problem(problem)
  const reaches = new Map<string, Reach>()
  const attributes = new Set<string>()
  const entities = inOrder(device, configs, memory, name).map(([source, key]) => {
    const part = partOf(source, key, name, memory.parts, assembly.draft)
    const entity = new Entity(source, key, part, assembly, freshnessOf)
    addWhole(entity)
    if (part !== 'main') assembly.draft.namePart(part, entity.name())
    addReach(entity, reaches)
    return entity
  })
  for (const entity of entities) addAttributes(entity, memory.attributes, attributes, deps.renew)
  const states = [...reaches.values()]
  const hearing = entities.filter((entity) => entity.isHearing)
  const canExpire = hearing.length > 0 && hearing.every((entity) => entity.freshness !== undefined)
  const isOnline = (): boolean =>
    (states.length === 0 || states.some(({ state }) => state.isOnline)) &&
    (!canExpire || hearing.some((entity) => entity.freshness?.isFresh() === true))
  assembly.reached = () => deps.reach(isOnline())
  return {
    shape: shapeOf(device, name, entities, assembly),
    targets: assembly.draft.targets,
    isOnline,
    write: (command) => writeCommand(assembly, command),
    attach: (handle) => {
      const ends = [...handlersOf(assembly, states, handle)].map(([topic, handler]) =>
        deps.topics.add(topic, handler),
      )
      deps.kept(() => {
        for (const begin of assembly.begins) begin(handle)
      })
      return () => {
        ends.forEach((end) => end())
        for (const timer of timers) timer.cancel()
        timers.clear()
      }
    },
  }
}

/** What is wrong with one entity is its own matter. */
function addWhole(entity: Entity): void {
  try {
    addEntity(entity)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    entity.problem(`its config is not understood (${error.message})`)
  }
}

function openAssembly(
  deviceName: string,
  configs: readonly EntityConfig[],
  deps: AssembleDeps,
  timers: Set<{ cancel: () => void }>,
): Assembly {
  const classOf = ({ config }: EntityConfig): string => textField(config, 'device_class') ?? ''
  return {
    draft: new ShapeDraft(),
    readers: new Map(),
    happenings: new Map(),
    writers: new Map(),
    lookedUp: new Set(),
    classes: new Set(configs.map((config) => `${config.kind}.${classOf(config)}`)),
    deviceName,
    now: deps.now,
    purse: deps.purse,
    setTimer: (ms, run) => {
      const timer = deps.setTimer(ms, () => {
        timers.delete(entry)
        run()
      })
      const entry = {
        cancel: () => {
          timers.delete(entry)
          timer.cancel()
        },
      }
      timers.add(entry)
      return entry
    },
    begins: [],
    reached: () => undefined,
    isOptimistic: false,
  }
}

const rank = new Map<string, number>(components.map((component, at) => [component, at]))
/** Always in the same order, whichever came first: what had its part before, then what stands for the whole device. */
function inOrder(
  device: DeviceInfo,
  configs: readonly EntityConfig[],
  memory: DeviceMemory,
  name: string,
): readonly (readonly [EntityConfig, string])[] {
  const counts = new Map<string, number>()
  const count = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1)
  const keyed = configs.map((config): [EntityConfig, string] => {
    const key = keyOf(config.uniqueId, config.objectId, device.marks)
    count(key)
    count(`${config.kind}\n${key}`)
    return [config, key]
  })
  return keyed
    .map(([config, key]): readonly [EntityConfig, string, number] => {
      const isOnly = counts.get(key) === 1
      const isOnlyOfKind = counts.get(`${config.kind}\n${key}`) === 1
      const own = isOnly ? key : `${config.kind}_${isOnlyOfKind ? key : plainKey(config.uniqueId ?? key)}`
      const weight =
        (memory.parts.has(config.key) ? 0 : 1000) +
        (rank.get(config.kind) ?? 100) * 2 +
        (isPlainName(config, own, name) ? 0 : 1)
      return [config, own, weight]
    })
    .toSorted((a, b) => a[2] - b[2] || (a[0].key < b[0].key ? -1 : 1))
    .map(([config, key]) => [config, key])
}

function addReach(entity: Entity, reaches: Map<string, Reach>): void {
  const { availability: list, availability_topic: topic, availability_mode: mode } = entity.config
  if (list === undefined && topic === undefined) return
  const template = entity.config.availability_template
  const key =
    isJson(list) || Array.isArray(list)
      ? JSON.stringify([list, mode])
      : `${String(topic)}\n${String(template)}`
  if (reaches.has(key)) return
  const read = readAvailability(entity.config, entity.surroundings(), (text) => entity.problem(text))
  if (read.topics.length > 0) reaches.set(key, { state: new AvailabilityState(read), topics: read.topics })
}

function shapeOf(
  device: DeviceInfo,
  name: string,
  entities: readonly Entity[],
  assembly: Assembly,
): Offer['shape'] {
  const { draft } = assembly
  const { manufacturer, model, firmware, nativeId } = device
  return {
    nativeId,
    name,
    kind: kindOf(entities, draft),
    // A device that takes commands and tells nothing can confirm none of them.
    confirmable: !assembly.isOptimistic && (assembly.readers.size > 0 || assembly.writers.size === 0),
    parts: draft.parts(),
    ...(manufacturer === undefined ? {} : { manufacturer }),
    ...(model === undefined ? {} : { model }),
    ...(firmware === undefined ? {} : { firmware }),
    ...(draft.problems.length > 0 ? { problems: shortened(draft.problems) } : {}),
  }
}
const mostProblems = 20
function shortened(problems: readonly string[]): readonly string[] {
  if (problems.length <= mostProblems) return problems
  return [...problems.slice(0, mostProblems - 1), `and ${problems.length - mostProblems + 1} more`]
}
function kindOf(entities: readonly Entity[], draft: ShapeDraft): DeviceKind {
  const has = (component: string): boolean => entities.some(({ source }) => source.component === component)
  if (has('light')) return 'light'
  const kind = draft.kind()
  return kind === 'switch' &&
    entities.some(
      ({ source }) => source.component === 'switch' && field(source.config, 'device_class') === 'outlet',
    )
    ? 'plug'
    : kind
}

function writeCommand(assembly: Assembly, command: DeviceCommand): readonly Outgoing[] {
  const name = command.capability === 'vendor' ? command.args.key : command.name
  const writer =
    typeof name === 'string'
      ? assembly.writers.get(writerKey(command.part, command.capability, name))
      : undefined
  if (writer === undefined) throw new DriverError('unsupported')
  try {
    return writer(command.args)
  } catch (error) {
    if (error instanceof TemplateError)
      throw new DriverError('unsupported', `The command template failed: ${error.message}`, error)
    throw error
  }
}

/** One handler a topic: the message is read once for all entities, availabilities and events that wait for it. */
function handlersOf(
  assembly: Assembly,
  states: readonly Reach[],
  handle: DeviceHandle,
): ReadonlyMap<string, (incoming: Incoming) => void> {
  const online = new Map<string, ((message: Message) => void)[]>()
  for (const { state, topics } of states) {
    for (const { topic, read } of topics) {
      const take = (message: Message): void => {
        const is = read(message)
        if (is === undefined) return
        state.take(topic, is)
        assembly.reached()
      }
      online.set(topic, [...(online.get(topic) ?? []), take])
    }
  }
  const all = new Set([...assembly.readers.keys(), ...assembly.happenings.keys(), ...online.keys()])
  return new Map(
    [...all].map((topic) => {
      const readers = [...(assembly.readers.get(topic) ?? []), ...(online.get(topic) ?? [])]
      const happenings = assembly.happenings.get(topic)
      const [only] = readers
      if (readers.length === 1 && happenings === undefined)
        return [topic, (incoming: Incoming) => only!(new Message(incoming))]
      return [
        topic,
        (incoming: Incoming) => {
          const message = new Message(incoming)
          for (const read of readers) read(message)
          if (happenings !== undefined) for (const take of happenings) take(message, handle)
        },
      ]
    }),
  )
}
