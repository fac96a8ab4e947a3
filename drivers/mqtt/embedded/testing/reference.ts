import type { BrokerScope } from '@eaves/driver-kit'

/** What a credential is in the model: one issue of one place in the house, for ever dead once revoked. */
export interface Holder {
  readonly id: string
  readonly home: string
  readonly scope: BrokerScope
}
interface Session {
  isConnected: boolean
  isClean: boolean
  readonly filters: Set<string>
  readonly waiting: Message[]
  will: (Message & { readonly retain: boolean }) | undefined
}
interface Message {
  readonly sender: Holder | undefined
  readonly topic: string
  readonly payload: string
}
/** Whom a message must reach; `may`: one it may reach besides. */
export interface Delivery {
  readonly to: string
  readonly line: string
}
export const lineOf = (topic: string, payload: string, retain: boolean): string =>
  `${topic} ${payload}${retain ? ' (kept)' : ''}`

const levels = (text: string): string[] => text.split('/')
/** MQTT 3.1.1, 4.7, read word for word and apart from the broker's own matching. */
export function takes(filter: readonly string[], topic: readonly string[]): boolean {
  const [want, ...more] = filter
  if (want === undefined) return topic.length === 0
  if (want === '#') return true
  const [has, ...rest] = topic
  return has !== undefined && (want === '+' || want === has) && takes(more, rest)
}
const isClosed = (topic: string): boolean => topic.startsWith('$')
export const fits = (filter: string, topic: string): boolean =>
  !isClosed(topic) && takes(levels(filter), levels(topic))

/** Whether everything a filter could bring lies inside another. */
function within(outer: readonly string[], inner: readonly string[]): boolean {
  const [want, ...more] = outer
  if (want === '#') return true
  const [has, ...rest] = inner
  if (want === undefined || has === undefined) return want === has
  if (has === '#') return false
  return (want === '+' || (want === has && has !== '+')) && within(more, rest)
}

/** What one broker for many homes must do, in the plainest words; it knows nothing of how. */
export class ReferenceBroker {
  readonly #holders = new Map<string, Holder>()
  readonly #sessions = new Map<string, Session>()
  readonly #kept = new Map<string, Message>()
  /** Due since the last `take`, and what else would be right. */
  #due: Delivery[] = []

  take(): Delivery[] {
    const due = this.#due
    this.#due = []
    return due
  }
  isConnected(id: string): boolean {
    return this.#sessions.get(id)?.isConnected === true
  }
  issue(holder: Holder): void {
    this.#holders.set(holder.id, holder)
  }
  revoke(id: string): void {
    const home = this.#holders.get(id)?.home
    this.#holders.delete(id)
    this.#sessions.delete(id)
    for (const [key, { sender, topic }] of this.#kept) {
      if (sender?.id !== id) continue
      this.#kept.delete(key)
      this.#due.push({ to: `driver of ${home}`, line: lineOf(topic, '', false) })
    }
    for (const { waiting } of this.#sessions.values())
      for (let at = waiting.length - 1; at >= 0; at--)
        if (waiting[at]!.sender?.id === id) waiting.splice(at, 1)
  }
  mayConnect(id: string, will: string | undefined): boolean {
    const holder = this.#holders.get(id)
    return holder !== undefined && (will === undefined || verdict(holder, will) !== 'no')
  }
  connect(id: string, isClean: boolean, will: Session['will']): void {
    const old = this.#sessions.get(id)
    const isKept = old !== undefined && !old.isClean && !isClean
    const session: Session = {
      isConnected: true,
      isClean,
      filters: isKept ? old.filters : new Set(),
      waiting: [],
      will,
    }
    this.#sessions.set(id, session)
    if (isKept)
      for (const { topic, payload } of old.waiting)
        this.#due.push({ to: id, line: lineOf(topic, payload, false) })
  }
  /** Ends the connection; a will goes out unless the client took its leave. */
  end(id: string, isPolite: boolean): void {
    const session = this.#sessions.get(id)
    if (session?.isConnected !== true) return
    session.isConnected = false
    const { will } = session
    session.will = undefined
    if (session.isClean) this.#sessions.delete(id)
    if (!isPolite && will?.sender !== undefined) this.publish(will.sender, will, 1, will.retain)
  }
  subscribe(id: string, filter: string): boolean {
    const holder = this.#holders.get(id)
    const session = this.#sessions.get(id)
    if (holder === undefined || session === undefined || !mayHear(holder, filter)) return false
    session.filters.add(filter)
    for (const [key, { topic, payload }] of this.#kept)
      if (key.startsWith(`${holder.home} `) && fits(filter, topic))
        this.#due.push({ to: id, line: lineOf(topic, payload, true) })
    return true
  }
  unsubscribe(id: string, filter: string): void {
    this.#sessions.get(id)?.filters.delete(filter)
  }
  /** False when the sender is to be thrown out. */
  publish(sender: Holder, message: Omit<Message, 'sender'>, qos: number, retain: boolean): boolean {
    const { topic, payload } = message
    if (isClosed(topic)) return false
    const key = `${sender.home} ${topic}`
    const judged = verdict(sender, topic)
    const standing = this.#kept.get(key)
    if (
      judged === 'no' ||
      (judged === 'announce' && standing !== undefined && standing.sender?.id !== sender.id)
    )
      return true
    if (retain && payload === '') this.#kept.delete(key)
    else if (retain) this.#kept.set(key, { sender, topic, payload })
    this.#spread({ sender, topic, payload }, sender.home, qos)
    return true
  }
  /** The home's own driver speaks. */
  speak(home: string, topic: string, payload: string): void {
    this.#spread({ sender: undefined, topic, payload }, home, 1)
  }
  #spread(message: Message, home: string, qos: number): void {
    const line = lineOf(message.topic, message.payload, false)
    this.#due.push({ to: `driver of ${home}`, line })
    for (const [id, session] of this.#sessions) {
      if (this.#holders.get(id)?.home !== home) continue
      if (![...session.filters].some((filter) => fits(filter, message.topic))) continue
      if (session.isConnected) this.#due.push({ to: id, line })
      else if (qos > 0) session.waiting.push(message)
    }
  }
}

function verdict({ scope }: Holder, topic: string): 'yes' | 'announce' | 'no' {
  if (scope.publish.some((filter) => fits(filter, topic))) return 'yes'
  return scope.announce.some((filter) => fits(filter, topic)) ? 'announce' : 'no'
}
function mayHear({ scope }: Holder, filter: string): boolean {
  return !isClosed(filter) && scope.subscribe.some((outer) => within(levels(outer), levels(filter)))
}
