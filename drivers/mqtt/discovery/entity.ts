import type { CapabilityId, DeviceHandle, Limits, VendorAttribute, VendorValue } from '@eaves/driver-kit'
import {
  put,
  usableKey,
  writerKey,
  type Args,
  type Outgoing,
  type ShapeDraft,
  type Target,
  type Writer,
} from '../draft.ts'
import { field, textField, withinDepth } from '../payload.ts'
import {
  commandTemplate,
  TemplateError,
  textOfWorth,
  valueTemplate,
  type Surroundings,
  type ValueTemplate,
  type Worth,
} from '../template/template.ts'
import type { Purse } from '../template/purse.ts'
import { isPlainTopic } from '../topics.ts'
import type { EntityConfig } from './config.ts'
import { isKnownEncoding, isPlainEncoding, type Message } from './message.ts'

export type MessageReader = (message: Message) => void
export type Convert = (value: Worth) => VendorValue | undefined
/** What happens beside values: events and pictures, told through the device's handle. */
export type Happening = (message: Message, handle: DeviceHandle) => void

/** What a device is made of while its entities are put together. */
export interface Assembly {
  readonly draft: ShapeDraft
  readonly readers: Map<string, MessageReader[]>
  readonly happenings: Map<string, Happening[]>
  readonly writers: Map<string, Writer<readonly Outgoing[]>>
  /** Keys of a topic's object that some template looks up: they are values already. */
  readonly lookedUp: Set<string>
  /** Device classes of its sensors. */
  readonly classes: ReadonlySet<string>
  readonly deviceName: string
  readonly now: () => number
  readonly purse: Purse
  /** Begins a timer that ends with the device's listeners. */
  readonly setTimer: (ms: number, run: () => void) => { cancel: () => void }
  /** Run when the device has been announced; what is given back is run when it ends. */
  readonly begins: ((handle: DeviceHandle) => void)[]
  /** Told anew what of the device can be reached. */
  reached: () => void
  /** An entity says that what it tells can be trusted without a report. */
  isOptimistic: boolean
}
/** Follows whether what an entity tells is still worth anything. */
export interface Freshness {
  readonly isFresh: () => boolean
  readonly seen: () => void
}

/** One entity's way into the assembly: its part, its topics and its templates. */
export class Entity {
  readonly config: EntityConfig['config']
  readonly source: EntityConfig
  readonly part: string
  /** What it is called inside its device. */
  readonly key: string
  readonly assembly: Assembly
  readonly freshness: Freshness | undefined
  /** Its values, to be forgotten when they have expired. */
  readonly targets: Target[] = []
  /** It hears something that it makes values of. */
  isHearing = false

  constructor(
    source: EntityConfig,
    key: string,
    part: string,
    assembly: Assembly,
    freshness?: (entity: Entity) => Freshness | undefined,
  ) {
    this.source = source
    this.config = source.config
    this.key = key
    this.part = part
    this.assembly = assembly
    this.freshness = freshness?.(this)
  }
  text(key: string): string | undefined {
    return textField(this.config, key, 8192)
  }
  /** A topic that messages can come from or go to: no wildcard, not the broker's own. */
  topic(key: string): string | undefined {
    const topic = textField(this.config, key)
    if (topic === undefined || !isPlainTopic(topic) || topic.startsWith('$')) return undefined
    // We may write everywhere in the home: what a device announces must not make us write, or listen, for it where it may not.
    if (this.source.reaches === undefined || this.source.reaches(topic)) return topic
    this.problem(`its ${key} is not among the topics that its access data is for`)
    return undefined
  }
  has(...keys: readonly string[]): boolean {
    return keys.some((key) => this.topic(key) !== undefined)
  }
  isOn(key: string): boolean {
    return field(this.config, key) === true
  }
  /** A payload as it stands on the wire; numbers and booleans as Home Assistant would render them. */
  payload(key: string, fallback: string): string {
    const value = field(this.config, key)
    return value === undefined || value === null ? fallback : textOfWorth(value as Worth)
  }
  problem(text: string): void {
    // Longer lines do not pass the door of the kit.
    const line = `${this.name().slice(0, 40)}: ${text}`.slice(0, 200)
    if (!this.assembly.draft.problems.includes(line)) this.assembly.draft.problem(line)
  }
  name(): string {
    return nameOf(this.source, this.key, this.assembly.deviceName)
  }
  category(): VendorAttribute['category'] {
    const category = this.text('entity_category')
    if (category === 'config' || category === 'diagnostic') return category
    // What is not even shown unless asked for is no everyday state.
    return field(this.config, 'enabled_by_default') === false ? 'diagnostic' : 'state'
  }

  /** Reads a topic through a template; false when there is no topic, or its template is outside the subset. */
  read(topicKey: string, templateKey: string, take: (value: Worth, message: Message) => void): boolean {
    const topic = this.topic(topicKey)
    const evaluate = topic === undefined ? undefined : this.#template(templateKey)
    if (topic === undefined || evaluate === undefined) return false
    if (evaluate.key !== undefined) this.assembly.lookedUp.add(`${topic}\n${evaluate.key}`)
    this.listen(topic, (message) => {
      const text = message.text()
      if (text === undefined) return
      const value = evaluate(text, message.json)
      if (value !== undefined) take(value, message)
    })
    return true
  }
  /** Takes every message of a topic, in the entity's own encoding. */
  listen(topic: string, take: (message: Message) => void): void {
    const { freshness } = this
    this.isHearing = true
    const encoding = this.text('encoding')
    const decoded: MessageReader =
      encoding === undefined || isPlainEncoding(encoding)
        ? take
        : (message) => take(message.decoded(encoding))
    const reader: MessageReader =
      freshness === undefined
        ? decoded
        : (message) => {
            freshness.seen()
            decoded(message)
          }
    push(this.assembly.readers, topic, reader)
  }
  /** Reads into an attribute; when nothing can be read, the place stays free. */
  readInto(
    capability: CapabilityId,
    attribute: string,
    topicKey: string,
    templateKey: string,
    convert: Convert,
    limits?: Limits,
  ): boolean {
    if (!this.canRead(topicKey, templateKey)) return false
    const target = this.attribute(capability, attribute, limits)
    return target !== undefined && this.read(topicKey, templateKey, (value) => take(target, value, convert))
  }
  canRead(topicKey: string, templateKey: string): boolean {
    const encoding = this.text('encoding')
    if (this.topic(topicKey) === undefined) return false
    if (encoding !== undefined && !isKnownEncoding(encoding)) {
      this.problem(`payloads in the encoding "${encoding.slice(0, 40)}" are not read`)
      return false
    }
    return this.#template(templateKey) !== undefined
  }
  attribute(capability: CapabilityId, attribute: string, limits?: Limits): Target | undefined {
    const target = this.assembly.draft.attribute(this.part, capability, attribute, limits)
    if (target !== undefined) this.targets.push(target)
    return target
  }
  vendor(
    key: string,
    attribute: Omit<VendorAttribute, 'name' | 'category'> & { readonly name?: string },
  ): Target | undefined {
    const whole = { name: this.name(), category: this.category(), ...attribute }
    const target = this.assembly.draft.vendor(this.part, this.vendorKey(key), whole)
    if (target !== undefined) this.targets.push(target)
    return target
  }
  /** Keys that differ by case alone, or that another entity has taken, get the component's name before them. */
  vendorKey(key: string): string {
    return usableKey(key) ? key : `${this.source.kind}_${key}`.slice(0, 120)
  }
  /** Renders a command template, or the plain text when there is none; undefined when it is outside the subset. */
  renderer(
    templateKey: string,
    names: readonly string[] = ['value'],
  ): ((values: Readonly<Record<string, Worth>>) => string) | undefined {
    const source = this.text(templateKey)
    if (source === undefined) return (values) => textOfWorth(values[names[0]!])
    try {
      return commandTemplate(source, names, this.surroundings())
    } catch (error) {
      this.#refuse(templateKey, source, error)
      return undefined
    }
  }
  message(topic: string, payload: string): Outgoing {
    return { topic, payload, qos: Number(this.config.qos) > 0 ? 1 : 0, retain: this.config.retain === true }
  }
  write(capability: CapabilityId, command: string, make: (args: Args) => readonly Outgoing[]): void {
    const key = writerKey(this.part, capability, command)
    // The first that takes a command keeps it, as with values.
    if (this.assembly.writers.has(key)) return
    this.assembly.draft.command(this.part, capability, command)
    this.assembly.writers.set(key, make)
    if (this.config.optimistic === true) this.assembly.isOptimistic = true
  }
  writeVendor(key: string, make: (value: VendorValue) => readonly Outgoing[]): void {
    this.assembly.writers.set(writerKey(this.part, 'vendor', this.vendorKey(key)), (args) =>
      make(args.value ?? null),
    )
    if (this.config.optimistic === true) this.assembly.isOptimistic = true
  }
  /** A command that sends what a template makes of a value; not offered when the template is outside the subset. */
  send(
    capability: CapabilityId,
    command: string,
    topicKey: string,
    templateKey: string,
    value: (args: Args) => Worth,
  ): boolean {
    const topic = this.topic(topicKey)
    const render = topic === undefined ? undefined : this.renderer(templateKey)
    if (topic === undefined || render === undefined) return false
    this.write(capability, command, (args) => [this.message(topic, render({ value: value(args) }))])
    return true
  }
  /** Something that happens and is no value; what a broker kept is none. */
  happens(topic: string, take: Happening): void {
    push(this.assembly.happenings, topic, (message, handle) => {
      if (!message.retained) take(message, handle)
    })
  }
  /** Every message of a topic with the device's handle, also what a broker kept. */
  follows(topic: string, take: Happening): void {
    push(this.assembly.happenings, topic, take)
  }
  /** Compiles a value template; undefined when it is outside the subset, which is then listed. */
  #template(key: string): ValueTemplate | undefined {
    const source = this.text(key) ?? this.#common(key)
    if (source === undefined) return plainText
    try {
      return valueTemplate(source, this.surroundings())
    } catch (error) {
      this.#refuse(key, source, error)
      return undefined
    }
  }
  template(key: string): ValueTemplate | undefined {
    return this.#template(key)
  }
  /** Climate and its kin have one template for all states that have none of their own. */
  #common(key: string): string | undefined {
    return key.endsWith('_state_template') &&
      (this.source.kind === 'climate' || this.source.kind === 'water_heater')
      ? this.text('value_template')
      : undefined
  }
  surroundings(): Surroundings {
    return {
      now: this.assembly.now,
      purse: this.assembly.purse,
      entityId: this.text('default_entity_id') ?? `${this.source.kind}.${this.text('object_id') ?? this.key}`,
      name: this.name(),
    }
  }
  #refuse(key: string, source: string, error: unknown): void {
    const reason = error instanceof TemplateError ? error.message : 'it is not understood'
    this.problem(`the template ${key} is not supported (${reason}): ${source.slice(0, 120)}`)
  }
}
const plainText: ValueTemplate = (text) => text

function push<T>(lists: Map<string, T[]>, topic: string, item: T): void {
  const list = lists.get(topic)
  if (list === undefined) lists.set(topic, [item])
  else list.push(item)
}

/** What a person calls an entity; one without a name of its own is called as its device. */
export function nameOf(source: EntityConfig, key: string, deviceName: string): string {
  const name = textField(source.config, 'name', 256)
  if (name !== undefined && name.trim() !== '') return name.slice(0, 80)
  if (field(source.config, 'name') === null || name !== undefined) return deviceName.slice(0, 80)
  return key.slice(0, 80)
}

/** Puts a value, or forgets it when the device says that it knows none. */
export function take(target: Target, value: Worth, convert: Convert): void {
  const made = value === null ? undefined : convert(value)
  if (made !== undefined) put(target, made)
  else if (value === null || value === 'None') forget(target)
}
export function forget(target: Target): void {
  if (target.slot !== undefined) target.handle?.forget(target.slot)
}

/** A value equals a payload of the config; booleans also when written in the other case. */
export function isPayload(value: Worth, payload: string): boolean {
  // A message may be longer than any text that a template makes.
  const text =
    typeof value === 'string'
      ? value
      : typeof value === 'object' && value !== null
        ? // Deeper than any payload of a config, and than the stack is.
          withinDepth(value)
          ? JSON.stringify(value)
          : ''
        : textOfWorth(value)
  return (
    text === payload ||
    ((payload === 'True' || payload === 'False') && text.toLowerCase() === payload.toLowerCase())
  )
}
/** A flag out of two payloads. */
export function flagOf(on: string, off: string): (value: Worth) => boolean | undefined {
  return (value) => (isPayload(value, on) ? true : isPayload(value, off) ? false : undefined)
}
/** A word of the device's for one of ours; the first that equals decides. */
export function words(
  entity: Entity,
  table: readonly (readonly [key: string, fallback: string, ours: string])[],
): (value: Worth) => string | undefined {
  const known = table.map(([key, fallback, ours]) => [entity.payload(key, fallback), ours] as const)
  return (value) => known.find(([theirs]) => isPayload(value, theirs))?.[1]
}
