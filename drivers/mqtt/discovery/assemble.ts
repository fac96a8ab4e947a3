import { DriverError, type DeviceCommand, type CapabilityId, type DeviceKind } from '@eaves/driver-kit'
import { ShapeDraft, writerKey, type Outgoing } from '../draft.ts'
import type { Offer } from '../roster.ts'
import { TemplateError } from '../template/template.ts'
import type { Incoming, TopicTable } from '../topics.ts'
import { AvailabilityState, readAvailability } from './availability.ts'
import { components, type Component, type EntityConfig } from './config.ts'
import { Entity, flagOf, Message, type Assembly, type HandleEvent } from './entity.ts'
import { addEvent, addTrigger } from './events.ts'
import { addBasicLight } from './light-basic.ts'
import { addJsonLight } from './light-json.ts'
import { addTemplateLight } from './light-template.ts'
import { addClimate, addCover, addFan, addLock } from './movers.ts'
import {
  addBinarySensor,
  addButton,
  addNumber,
  addOnOff,
  addSelect,
  addSensor,
  addSwitch,
  addText,
} from './simple.ts'

const rank = new Map<Component, number>(components.map((component, at) => [component, at]))
/** What an entity switches: a second one of a kind gets a part of its own. */
const primary: Readonly<Partial<Record<Component, readonly CapabilityId[]>>> = {
  light: ['onOff'],
  switch: ['onOff'],
  fan: ['onOff', 'fan'],
  cover: ['cover', 'garageDoor'],
  lock: ['lock'],
  climate: ['thermostat'],
}

function addLight(entity: Entity): void {
  const schema = entity.text('schema') ?? 'basic'
  if (schema === 'json') addJsonLight(entity)
  else if (schema === 'template') addTemplateLight(entity)
  else addBasicLight(entity)
}
function addFanPower(entity: Entity): void {
  const [on, off] = [entity.payload('payload_on', 'ON'), entity.payload('payload_off', 'OFF')]
  addOnOff(entity, flagOf(on, off), on, off, 'state_topic', 'state_value_template')
}
const adders: Readonly<Record<Component, (entity: Entity) => void>> = {
  light: addLight,
  switch: addSwitch,
  sensor: addSensor,
  binary_sensor: addBinarySensor,
  cover: addCover,
  lock: addLock,
  climate: addClimate,
  fan: (entity) => addFan(entity, addFanPower),
  number: addNumber,
  select: addSelect,
  button: addButton,
  event: addEvent,
  text: addText,
  device_automation: addTrigger,
}

/** Makes one device of its entities. `parts` remembers which entity has which part, so that a later one moves none. */
export function assemble(
  nativeId: string,
  configs: readonly EntityConfig[],
  parts: Map<string, string>,
  topics: TopicTable,
  reach: (isOnline: boolean) => void,
): Offer {
  const assembly: Assembly = {
    draft: new ShapeDraft(),
    readers: new Map(),
    events: new Map(),
    writers: new Map(),
    confirmable: true,
  }
  const availability = new Map<
    string,
    { readonly state: AvailabilityState; readonly topics: ReturnType<typeof readAvailability>['topics'] }
  >()
  const sorted = configs.toSorted(
    (a, b) =>
      Number(parts.has(b.key)) - Number(parts.has(a.key)) ||
      rank.get(a.component)! - rank.get(b.component)! ||
      (a.key < b.key ? -1 : 1),
  )
  for (const config of sorted) {
    const part = partOf(config, parts, assembly)
    const entity = new Entity(config, part, assembly)
    adders[config.component](entity)
    if (part !== 'main') assembly.draft.namePart(part, entity.name())
    const {
      availability: list,
      availability_topic: single,
      availability_mode: mode,
      availability_template: template,
    } = config.config
    const key = JSON.stringify([list, single, mode, template])
    if (availability.has(key)) continue
    const read = readAvailability(config.config, (text) => entity.problem(text))
    if (read.topics.length > 0)
      availability.set(key, { state: new AvailabilityState(read), topics: read.topics })
  }
  const states = [...availability.values()]
  const isOnline = (): boolean => states.length === 0 || states.some(({ state }) => state.isOnline)
  const about = configs
    .map((config) => config.device)
    .toSorted((a, b) => Object.keys(b).length - Object.keys(a).length)[0]!
  const problems = assembly.draft.problems
  return {
    shape: {
      nativeId,
      name: about.name ?? configs[0]!.objectId,
      kind: kindOf(sorted, assembly.draft),
      confirmable: assembly.confirmable,
      parts: assembly.draft.parts(),
      ...(about.manufacturer === undefined ? {} : { manufacturer: about.manufacturer }),
      ...(about.model === undefined ? {} : { model: about.model }),
      ...(about.firmware === undefined ? {} : { firmware: about.firmware }),
      ...(problems.length > 0 ? { problems } : {}),
    },
    targets: assembly.draft.targets,
    isOnline,
    write: (command) => writeCommand(assembly, command),
    attach: (handle) => {
      const event: HandleEvent = (part, capability, name) => handle.event(part, capability, name)
      const ends = [...handlersOf(assembly, states, event, () => reach(isOnline()))].map(([topic, handler]) =>
        topics.add(topic, handler),
      )
      return () => ends.forEach((end) => end())
    },
  }
}

function partOf(config: EntityConfig, parts: Map<string, string>, assembly: Assembly): string {
  const held = parts.get(config.key)
  if (held !== undefined) return held
  const wanted = primary[config.component]
  if (wanted === undefined || config.config.entity_category !== undefined) return 'main'
  const taken = new Set(parts.values())
  const isMainTaken = wanted.some((capability) => assembly.draft.has('main', capability))
  const part = !isMainTaken ? 'main' : taken.has(config.objectId) ? config.key : config.objectId
  parts.set(config.key, part)
  return part
}
function kindOf(configs: readonly EntityConfig[], draft: ShapeDraft): DeviceKind {
  if (configs.some((config) => config.component === 'light')) return 'light'
  const kind = draft.kind()
  return kind === 'switch' &&
    configs.some((config) => config.component === 'switch' && config.config.device_class === 'outlet')
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
  states: readonly {
    readonly state: AvailabilityState
    readonly topics: ReturnType<typeof readAvailability>['topics']
  }[],
  event: HandleEvent,
  reached: () => void,
): ReadonlyMap<string, (incoming: Incoming) => void> {
  const online = new Map<string, ((message: Message) => void)[]>()
  for (const { state, topics } of states) {
    for (const { topic, read } of topics) {
      const take = (message: Message): void => {
        const is = read(message)
        if (is === undefined) return
        state.take(topic, is)
        reached()
      }
      online.set(topic, [...(online.get(topic) ?? []), take])
    }
  }
  const all = new Set([...assembly.readers.keys(), ...assembly.events.keys(), ...online.keys()])
  return new Map(
    [...all].map((topic) => {
      const readers = [...(assembly.readers.get(topic) ?? []), ...(online.get(topic) ?? [])]
      const events = assembly.events.get(topic) ?? []
      return [
        topic,
        (incoming: Incoming) => {
          const message = new Message(incoming)
          for (const read of readers) read(message)
          for (const take of events) take(message, event)
        },
      ]
    }),
  )
}
