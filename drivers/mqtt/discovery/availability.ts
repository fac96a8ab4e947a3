import { field, isJson, textField, type Json } from '../payload.ts'
import {
  TemplateError,
  textOfWorth,
  valueTemplate,
  type Surroundings,
  type Worth,
} from '../template/template.ts'
import { isPlainTopic } from '../topics.ts'
import { isPayload } from './entity.ts'
import type { Message } from './message.ts'

/** One topic that says whether an entity can be reached. */
export interface AvailabilityTopic {
  readonly topic: string
  /** True, false, or undefined for a payload that says neither. */
  readonly read: (message: Message) => boolean | undefined
}
export interface Availability {
  readonly mode: 'all' | 'any' | 'latest'
  readonly topics: readonly AvailabilityTopic[]
}

/** The availability of one entity: a single topic or a list with a mode. */
export function readAvailability(
  config: Json,
  around: Surroundings,
  problem: (text: string) => void,
): Availability {
  const list = field(config, 'availability')
  const items = Array.isArray(list) ? list : isJson(list) ? [list] : []
  const single = textField(config, 'availability_topic')
  const topics = [
    ...items
      .slice(0, 16)
      .flatMap((item) =>
        isJson(item)
          ? readOne(item, textField(item, 'topic'), textField(item, 'value_template'), around, problem)
          : [],
      ),
    ...(single === undefined
      ? []
      : readOne(config, single, textField(config, 'availability_template'), around, problem)),
  ]
  const mode = textField(config, 'availability_mode')
  return { mode: mode === 'all' || mode === 'any' ? mode : 'latest', topics }
}

function readOne(
  from: Json,
  topic: string | undefined,
  template: string | undefined,
  around: Surroundings,
  problem: (text: string) => void,
): readonly AvailabilityTopic[] {
  if (topic === undefined || !isPlainTopic(topic) || topic.startsWith('$')) return []
  const words = (key: string, fallback: string): string =>
    textOfWorth((field(from, key) ?? fallback) as Worth)
  const [yes, no] = [words('payload_available', 'online'), words('payload_not_available', 'offline')]
  try {
    const evaluate = template === undefined ? undefined : valueTemplate(template, around)
    return [
      {
        topic,
        read: (message) => {
          const text = message.text()
          if (text === undefined) return undefined
          const value = evaluate === undefined ? text : evaluate(text, message.json)
          return isPayload(value, yes) ? true : isPayload(value, no) ? false : undefined
        },
      },
    ]
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    problem(
      `the template of its availability is not supported (${error.message}): ${template?.slice(0, 120)}`,
    )
    return []
  }
}

/** Follows one entity's availability topics; unknown counts as reachable until the topic has spoken. */
export class AvailabilityState {
  readonly #mode: Availability['mode']
  readonly #said = new Map<string, boolean>()
  readonly #topics: readonly string[]
  #latest = true

  constructor({ mode, topics }: Availability) {
    this.#mode = mode
    this.#topics = topics.map((one) => one.topic)
  }
  take(topic: string, is: boolean): void {
    this.#said.set(topic, is)
    this.#latest = is
  }
  get isOnline(): boolean {
    if (this.#topics.length === 0 || this.#said.size === 0) return true
    if (this.#mode === 'latest') return this.#latest
    const states = this.#topics.map((topic) => this.#said.get(topic) ?? this.#mode === 'all')
    return this.#mode === 'all' ? states.every(Boolean) : states.some(Boolean)
  }
}
