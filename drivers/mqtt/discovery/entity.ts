import type { CapabilityId, VendorAttribute, VendorValue } from '@eaves/driver-kit'
import {
  put,
  writerKey,
  type Args,
  type Outgoing,
  type ShapeDraft,
  type Target,
  type Writer,
} from '../draft.ts'
import { jsonOf, textField, textOf, field } from '../payload.ts'
import {
  commandTemplate,
  TemplateError,
  textOfWorth,
  valueTemplate,
  type Worth,
} from '../template/template.ts'
import { isPlainTopic, type Incoming } from '../topics.ts'
import type { EntityConfig } from './config.ts'

/** One message, read at most once as text and once as JSON, however many entities look at it. */
export class Message {
  readonly retained: boolean
  readonly #payload: Buffer
  #text: string | undefined
  #isTextRead = false
  #json: unknown
  #isJsonRead = false

  constructor(incoming: Incoming) {
    this.retained = incoming.retained
    this.#payload = incoming.payload
  }
  text(): string | undefined {
    if (!this.#isTextRead) {
      this.#isTextRead = true
      this.#text = textOf(this.#payload)
    }
    return this.#text
  }
  readonly json = (): unknown => {
    if (!this.#isJsonRead) {
      this.#isJsonRead = true
      this.#json = jsonOf(this.text())
    }
    return this.#json
  }
}
export type MessageReader = (message: Message) => void
export type HandleEvent = (part: string, capability: CapabilityId, event: string) => void

/** What a device is made of while its entities are put together. */
export interface Assembly {
  readonly draft: ShapeDraft
  readonly readers: Map<string, MessageReader[]>
  readonly events: Map<string, ((message: Message, event: HandleEvent) => void)[]>
  readonly writers: Map<string, Writer<readonly Outgoing[]>>
  /** False as soon as one entity takes commands and reports nothing. */
  confirmable: boolean
}

/** One entity's way into the assembly: its part, its topics and its templates. */
export class Entity {
  readonly config: EntityConfig['config']
  readonly source: EntityConfig
  readonly part: string
  readonly assembly: Assembly

  constructor(source: EntityConfig, part: string, assembly: Assembly) {
    this.source = source
    this.config = source.config
    this.part = part
    this.assembly = assembly
  }
  text(key: string): string | undefined {
    return textField(this.config, key, 8192)
  }
  /** A topic that messages can come from or go to: no wildcard, not the broker's own. */
  topic(key: string): string | undefined {
    const topic = textField(this.config, key)
    return topic !== undefined && isPlainTopic(topic) && !topic.startsWith('$') ? topic : undefined
  }
  has(...keys: readonly string[]): boolean {
    return keys.some((key) => this.topic(key) !== undefined)
  }
  /** A payload as it stands on the wire; numbers and booleans as Home Assistant would render them. */
  payload(key: string, fallback: string): string {
    const value = field(this.config, key)
    return value === undefined ? fallback : textOfWorth(value as Worth)
  }
  problem(text: string): void {
    this.assembly.draft.problem(`${this.name()}: ${text}`)
  }
  name(): string {
    return (textField(this.config, 'name', 256) ?? this.source.objectId).slice(0, 80)
  }
  category(): VendorAttribute['category'] {
    const category = this.text('entity_category')
    return category === 'config' || category === 'diagnostic' ? category : 'state'
  }

  /** Reads a topic through a template; false when there is no topic, or its template is outside the subset. */
  read(topicKey: string, templateKey: string, take: (value: Worth, message: Message) => void): boolean {
    const topic = this.topic(topicKey)
    if (topic === undefined) return false
    const evaluate = this.#valueTemplate(templateKey)
    if (evaluate === undefined) return false
    const list = this.assembly.readers.get(topic)
    const reader: MessageReader = (message) => {
      const text = message.text()
      if (text === undefined) return
      const value = evaluate(text, message.json)
      if (value !== undefined && value !== null) take(value, message)
    }
    if (list === undefined) this.assembly.readers.set(topic, [reader])
    else list.push(reader)
    return true
  }
  /** Reads into an attribute; when nothing can be read, the place stays free. */
  readInto(
    capability: CapabilityId,
    attribute: string,
    topicKey: string,
    templateKey: string,
    convert: (value: Worth) => VendorValue | undefined,
    limits?: Parameters<ShapeDraft['attribute']>[3],
  ): boolean {
    if (this.topic(topicKey) === undefined || this.#valueTemplate(templateKey) === undefined) return false
    const target = this.assembly.draft.attribute(this.part, capability, attribute, limits)
    return target !== undefined && this.read(topicKey, templateKey, (value) => put(target, convert(value)))
  }
  vendor(
    key: string,
    attribute: Omit<VendorAttribute, 'name' | 'category'> & { readonly name?: string },
  ): Target | undefined {
    return this.assembly.draft.vendor(this.part, key, {
      name: this.name(),
      category: this.category(),
      ...attribute,
    })
  }
  /** Renders a command template, or the plain text when there is none; undefined when it is outside the subset. */
  renderer(
    templateKey: string,
    names: readonly string[] = ['value'],
  ): ((values: Readonly<Record<string, Worth>>) => string) | undefined {
    const source = this.text(templateKey)
    if (source === undefined) return (values) => textOfWorth(values[names[0]!])
    try {
      return commandTemplate(source, names)
    } catch (error) {
      this.#refuse(templateKey, source, error)
      return undefined
    }
  }
  message(topic: string, payload: string): Outgoing {
    return { topic, payload, qos: Number(this.config.qos) > 0 ? 1 : 0, retain: this.config.retain === true }
  }
  write(capability: CapabilityId, command: string, make: (args: Args) => readonly Outgoing[]): void {
    this.assembly.draft.command(this.part, capability, command)
    this.assembly.writers.set(writerKey(this.part, capability, command), make)
  }
  writeVendor(key: string, make: (value: VendorValue) => readonly Outgoing[]): void {
    this.assembly.writers.set(writerKey(this.part, 'vendor', key), (args) => make(args.value ?? null))
  }
  /** A command whose payload is a fixed text. */
  writePayload(capability: CapabilityId, command: string, topicKey: string, payload: string): void {
    const topic = this.topic(topicKey)
    const render = this.renderer('command_template')
    if (topic !== undefined && render !== undefined)
      this.write(capability, command, () => [this.message(topic, render({ value: payload }))])
  }
  /** Commands without reports: what is sent can never be confirmed. */
  unconfirmed(hasState: boolean): void {
    if (!hasState || this.config.optimistic === true) this.assembly.confirmable = false
  }

  #valueTemplate(key: string) {
    const source = this.text(key)
    if (source === undefined) return (text: string): Worth => text
    try {
      return valueTemplate(source)
    } catch (error) {
      this.#refuse(key, source, error)
      return undefined
    }
  }
  #refuse(key: string, source: string, error: unknown): void {
    const reason = error instanceof TemplateError ? error.message : 'it is not understood'
    const text = `the template ${key} is not supported (${reason}): ${source.slice(0, 120)}`
    if (!this.assembly.draft.problems.some((problem) => problem.endsWith(text))) this.problem(text)
  }
}

/** A value equals a payload of the config; booleans also when written in the other case. */
export function isPayload(value: Worth, payload: string): boolean {
  const text = textOfWorth(value)
  return (
    text === payload ||
    ((payload === 'True' || payload === 'False') && text.toLowerCase() === payload.toLowerCase())
  )
}
/** A flag out of two payloads. */
export function flagOf(on: string, off: string): (value: Worth) => boolean | undefined {
  return (value) => (isPayload(value, on) ? true : isPayload(value, off) ? false : undefined)
}
