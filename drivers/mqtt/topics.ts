/** One message as its handlers see it. */
export interface Incoming {
  readonly topic: string
  readonly payload: Buffer
  /** Kept by the broker: it tells a state, never a happening. */
  readonly retained: boolean
  /** Where its sender may write; absent when the broker does not tell who it was. */
  readonly reaches?: Reaches | undefined
}
export type Reaches = (topic: string) => boolean
export type Handler = (message: Incoming) => void

const mostWaiting = 2000
const mostWaitingBytes = 4 * 1024 * 1024
const largestWaiting = 16 * 1024

/** Handlers by exact topic. Messages without one wait a while: a state often arrives before the description of its device. */
export class TopicTable {
  readonly #handlers = new Map<string, Handler[]>()
  readonly #waiting = new Map<string, Incoming>()
  readonly #unrouted: (message: Incoming) => boolean
  readonly #kept: (run: () => void) => void
  #waitingBytes = 0

  /** `unrouted` is offered what has no handler, before it waits; what the broker had kept is handled inside `kept`, also after it waited. */
  constructor(unrouted: (message: Incoming) => boolean, kept: (run: () => void) => void = (run) => run()) {
    this.#unrouted = unrouted
    this.#kept = kept
  }

  add(topic: string, handler: Handler): () => void {
    const list = this.#handlers.get(topic)
    if (list === undefined) this.#handlers.set(topic, [handler])
    else this.#handlers.set(topic, [...list, handler])
    const waiting = this.#waiting.get(topic)
    if (waiting?.retained === true) this.#kept(() => handler(waiting))
    else if (waiting !== undefined) handler({ ...waiting, retained: true })
    return () => this.#remove(topic, handler)
  }
  topics(): IterableIterator<string> {
    return this.#handlers.keys()
  }
  dispatch(message: Incoming): void {
    const list = this.#handlers.get(message.topic)
    if (list === undefined) {
      if (!this.#unrouted(message)) this.#wait(message)
      return
    }
    // What waited is older than this; a handler that comes later must not be handed it.
    if (this.#waiting.size > 0) this.#forget(message.topic)
    if (list.length === 1) list[0]!(message)
    else for (const handler of list) handler(message)
  }
  clear(): void {
    this.#handlers.clear()
    this.#waiting.clear()
    this.#waitingBytes = 0
  }

  #remove(topic: string, handler: Handler): void {
    const list = this.#handlers.get(topic)?.filter((other) => other !== handler)
    if (list === undefined) return
    if (list.length === 0) this.#handlers.delete(topic)
    else this.#handlers.set(topic, list)
  }
  #wait(message: Incoming): void {
    if (message.payload.length > largestWaiting) return
    this.#forget(message.topic)
    for (const oldest of this.#waiting.values()) {
      if (this.#waiting.size < mostWaiting && this.#waitingBytes + message.payload.length <= mostWaitingBytes)
        break
      this.#drop(oldest)
    }
    this.#waiting.set(message.topic, message)
    this.#waitingBytes += message.payload.length
  }
  #forget(topic: string): void {
    const old = this.#waiting.get(topic)
    if (old !== undefined) this.#drop(old)
  }
  #drop(message: Incoming): void {
    this.#waiting.delete(message.topic)
    this.#waitingBytes -= message.payload.length
  }
}

/** A topic with a wildcard or a zero character is none that a message could have. */
export const isPlainTopic = (topic: string): boolean =>
  topic.length > 0 && !/[+#]/.test(topic) && !topic.includes('\0')

/** Whether a filter takes a topic, by MQTT's rules; a filter may stand in place of the topic to ask whether it is covered. */
export function matches(filter: string, topic: string): boolean {
  return matchesLevels(filter.split('/'), topic.split('/'))
}
/** The same for filters and topics taken apart beforehand, when many are compared with many. */
export function matchesLevels(wanted: readonly string[], has: readonly string[]): boolean {
  if (has[0]!.startsWith('$') && (wanted[0] === '+' || wanted[0] === '#')) return false
  for (let at = 0; at < wanted.length; at++) {
    if (wanted[at] === '#') return true
    if (at >= has.length || has[at] === '#') return false
    if (wanted[at] !== '+' && wanted[at] !== has[at]) return false
  }
  return wanted.length === has.length
}
