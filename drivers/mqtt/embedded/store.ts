import { Readable } from 'node:stream'
import { matches, matchesLevels } from '../topics.ts'
import type { Grant } from './access.ts'

/** A packet as the broker hands it to its store; only the fields that decide anything here. */
export interface StoredPacket {
  readonly topic: string
  readonly payload: Buffer | string
  readonly cmd?: string
  readonly retain?: boolean
  clientId?: string
  brokerId?: string
  brokerCounter?: number
  messageId?: number
}
interface ClientRef {
  readonly id: string
}
interface Subscription {
  readonly topic: string
  readonly qos: number
  readonly rh?: number
  readonly rap?: boolean
  readonly nl?: boolean
}
type Queued = Subscription & { readonly clientId: string }

export interface StoreLimits {
  readonly retained: number
  readonly retainedBytes: number
  readonly queued: number
  /** Bytes that wait for one client that is away. */
  readonly queuedBytes: number
  readonly subscriptions: number
}
export const storeLimits: StoreLimits = {
  retained: 10_000,
  retainedBytes: 64 * 1024 * 1024,
  queued: 1000,
  queuedBytes: 512 * 1024,
  subscriptions: 500,
}

const sizeOf = (packet: StoredPacket): number => packet.payload.length + packet.topic.length

const bytesOf = (packets: readonly StoredPacket[]): number =>
  packets.reduce((sum, packet) => sum + sizeOf(packet), 0)

/** The usual answer to a message that is new; made once, for it is asked at each. */
const noSuchPacket = new Error('no such packet')

/** What one home's broker keeps, in memory and within limits: retained messages with their owner, sessions, queues, wills. */
export class BrokerStore {
  readonly broadcast = undefined
  readonly #limits: StoreLimits
  readonly #retained = new Map<string, StoredPacket>()
  readonly #subscriptions = new Map<string, Map<string, Subscription>>()
  readonly #queues = new Map<string, StoredPacket[]>()
  readonly #incoming = new Map<string, Map<number, StoredPacket>>()
  readonly #wills = new Map<string, StoredPacket>()
  #retainedBytes = 0
  #brokerId = ''
  readonly #grantOf: (clientId: string) => Grant | undefined
  /** How many retained messages each credential has left. */
  readonly #owned = new Map<string, number>()
  readonly #full: () => void
  refused = 0

  /** `grantOf` gives what a credential may now: between a client's leave to send and the keeping of it, it may have been revoked. `full` is told of the first message that found no room. */
  constructor(
    grantOf: (clientId: string) => Grant | undefined,
    limits: StoreLimits = storeLimits,
    full: () => void = () => undefined,
  ) {
    this.#grantOf = grantOf
    this.#limits = limits
    this.#full = full
  }
  async setup(broker: { readonly id: string }): Promise<void> {
    this.#brokerId = broker.id
  }
  /** Forgets everything of one credential: no message of it can come out later. Returns the topics that it kept something under. */
  purge(clientId: string): readonly string[] {
    const kept = [...this.#retained.values()].filter((packet) => packet.clientId === clientId)
    for (const packet of kept) this.#drop(packet)
    this.#subscriptions.delete(clientId)
    this.#queues.delete(clientId)
    this.#incoming.delete(clientId)
    this.#wills.delete(clientId)
    for (const [id, queue] of this.#queues)
      this.#queues.set(
        id,
        queue.filter((packet) => packet.clientId !== clientId),
      )
    return kept.map(({ topic }) => topic)
  }
  /** Whether this very message is kept: one that was replaced or purged while it was read is not sent. */
  isKept(topic: string, payload: Buffer | string): boolean {
    return this.#retained.get(topic)?.payload === payload
  }
  /** Whether a message stands there that is not this client's. */
  isOfAnother(topic: string, clientId: string): boolean {
    const packet = this.#retained.get(topic)
    return packet !== undefined && packet.clientId !== clientId
  }
  retained(filter: string): readonly StoredPacket[] {
    return [...this.#retained.values()].filter((packet) => matches(filter, packet.topic))
  }

  async storeRetained(packet: StoredPacket): Promise<void> {
    const owner = packet.clientId
    const grant = owner === undefined ? undefined : this.#grantOf(owner)
    if (owner !== undefined && grant === undefined) return
    const old = this.#retained.get(packet.topic)
    if (old !== undefined) this.#drop(old)
    if (packet.payload.length === 0) return
    const size = sizeOf(packet)
    const owned = owner === undefined ? 0 : (this.#owned.get(owner) ?? 0)
    if (
      this.#retained.size >= this.#limits.retained ||
      this.#retainedBytes + size > this.#limits.retainedBytes ||
      (grant !== undefined && owned >= grant.scope.mostRetained)
    )
      return this.#refuse()
    this.#retained.set(packet.topic, { ...packet })
    this.#retainedBytes += size
    if (owner !== undefined) this.#owned.set(owner, owned + 1)
  }
  #drop(packet: StoredPacket): void {
    this.#retained.delete(packet.topic)
    this.#retainedBytes -= sizeOf(packet)
    if (packet.clientId === undefined) return
    const owned = (this.#owned.get(packet.clientId) ?? 1) - 1
    if (owned > 0) this.#owned.set(packet.clientId, owned)
    else this.#owned.delete(packet.clientId)
  }
  #refuse(): void {
    if (this.refused++ === 0) this.#full()
  }
  createRetainedStreamCombi(filters: readonly string[]): Readable {
    const wanted = [...new Set(filters)].map((filter) => filter.split('/'))
    return Readable.from(
      [...this.#retained.values()].filter(({ topic }) => {
        const levels = topic.split('/')
        return wanted.some((filter) => matchesLevels(filter, levels))
      }),
    )
  }
  createRetainedStream(filter: string): Readable {
    return this.createRetainedStreamCombi([filter])
  }

  async addSubscriptions(client: ClientRef, list: readonly Subscription[]): Promise<void> {
    const scope = this.#grantOf(client.id)?.scope
    if (scope === undefined) return
    const held = this.#subscriptions.get(client.id) ?? new Map<string, Subscription>()
    this.#subscriptions.set(client.id, held)
    // The list holds what was refused, too.
    for (const one of list)
      if (
        one.qos < 128 &&
        scope.maySubscribe(one.topic) &&
        (held.has(one.topic) || held.size < this.#limits.subscriptions)
      )
        held.set(one.topic, { ...one })
  }
  async removeSubscriptions(client: ClientRef, filters: readonly string[]): Promise<void> {
    const held = this.#subscriptions.get(client.id)
    for (const filter of filters) held?.delete(filter)
  }
  async subscriptionsByClient(client: ClientRef): Promise<readonly Subscription[]> {
    return [...(this.#subscriptions.get(client.id)?.values() ?? [])]
  }
  async subscriptionsByTopic(topic: string): Promise<readonly Queued[]> {
    const found: Queued[] = []
    for (const [clientId, held] of this.#subscriptions) {
      // One copy a client, by its highest filter, as the session would receive it.
      const best = [...held.values()]
        .filter((one) => one.qos > 0 && matches(one.topic, topic))
        .sort((a, b) => b.qos - a.qos)[0]
      if (best !== undefined) found.push({ ...best, clientId })
    }
    return found
  }
  async cleanSubscriptions(client: ClientRef): Promise<void> {
    this.#subscriptions.delete(client.id)
    this.#queues.delete(client.id)
  }
  async countOffline(): Promise<{ readonly subsCount: number; readonly clientsCount: number }> {
    return {
      subsCount: [...this.#subscriptions.values()].reduce((sum, held) => sum + held.size, 0),
      clientsCount: this.#subscriptions.size,
    }
  }
  getClientList(topic: string): Readable {
    return Readable.from([...this.#subscriptions].filter(([, held]) => held.has(topic)).map(([id]) => id))
  }

  async outgoingEnqueue(subscription: { readonly clientId: string }, packet: StoredPacket): Promise<void> {
    this.#enqueue(subscription.clientId, packet)
  }
  async outgoingEnqueueCombi(
    list: readonly { readonly clientId: string }[],
    packet: StoredPacket,
  ): Promise<void> {
    for (const one of list) this.#enqueue(one.clientId, packet)
  }
  async outgoingUpdate(client: ClientRef, packet: StoredPacket): Promise<void> {
    const queue = this.#queues.get(client.id) ?? []
    const at = queue.findIndex((held) =>
      held.brokerId === packet.brokerId
        ? held.brokerCounter === packet.brokerCounter
        : held.messageId === packet.messageId,
    )
    const held = queue[at]
    if (held === undefined) {
      // Kept messages and those that found no room are sent without being stored; one whose sender was revoked meanwhile is not.
      if (packet.clientId === undefined || this.#grantOf(packet.clientId) !== undefined) return
      throw noSuchPacket
    }
    if (held.brokerId === packet.brokerId && packet.messageId !== undefined) held.messageId = packet.messageId
    else queue[at] = packet
  }
  async outgoingClearMessageId(client: ClientRef, packet: StoredPacket): Promise<StoredPacket | undefined> {
    // Asked without a number for the second copy of a message that two filters took: the first is under way.
    if (packet.messageId === undefined) return undefined
    const queue = this.#queues.get(client.id)
    const at = queue?.findIndex((held) => held.messageId === packet.messageId) ?? -1
    return at === -1 ? undefined : queue?.splice(at, 1)[0]
  }
  outgoingStream(client: ClientRef): Readable {
    return Readable.from([...(this.#queues.get(client.id) ?? [])])
  }

  async incomingStorePacket(client: ClientRef, packet: StoredPacket): Promise<void> {
    const held = this.#incoming.get(client.id) ?? new Map<number, StoredPacket>()
    this.#incoming.set(client.id, held)
    if (packet.messageId !== undefined) held.set(packet.messageId, packet)
  }
  async incomingGetPacket(client: ClientRef, packet: StoredPacket): Promise<StoredPacket> {
    const held = this.#incoming.get(client.id)?.get(packet.messageId ?? -1)
    if (held === undefined) throw noSuchPacket
    return held
  }
  async incomingDelPacket(client: ClientRef, packet: StoredPacket): Promise<void> {
    if (this.#incoming.get(client.id)?.delete(packet.messageId ?? -1) !== true) throw noSuchPacket
  }
  async cleanIncoming(client: ClientRef): Promise<void> {
    this.#incoming.delete(client.id)
  }

  async putWill(client: ClientRef, packet: StoredPacket): Promise<void> {
    if (this.#grantOf(client.id) === undefined) return
    packet.brokerId = this.#brokerId
    packet.clientId = client.id
    this.#wills.set(client.id, packet)
  }
  async getWill(client: ClientRef): Promise<StoredPacket | undefined> {
    return this.#wills.get(client.id)
  }
  async delWill(client: ClientRef): Promise<StoredPacket | undefined> {
    const will = this.#wills.get(client.id)
    this.#wills.delete(client.id)
    return will
  }
  streamWill(brokers: Readonly<Record<string, unknown>> = {}): Readable {
    return Readable.from(
      [...this.#wills.values()].filter((will) => brokers[will.brokerId ?? ''] === undefined),
    )
  }
  async destroy(): Promise<void> {
    this.#retained.clear()
    this.#owned.clear()
    this.#retainedBytes = 0
    this.#subscriptions.clear()
    this.#queues.clear()
    this.#incoming.clear()
    this.#wills.clear()
  }

  #enqueue(clientId: string, packet: StoredPacket): void {
    const grant = this.#grantOf(clientId)
    if (grant?.scope.mayReceive(packet.topic) !== true) return
    if (packet.clientId !== undefined && this.#grantOf(packet.clientId) === undefined) return
    const queue = this.#queues.get(clientId)
    // To a session it is news, not what is kept.
    const held = { ...packet, retain: false }
    if (queue === undefined) this.#queues.set(clientId, [held])
    else if (
      queue.length < this.#limits.queued &&
      bytesOf(queue) + sizeOf(packet) <= this.#limits.queuedBytes
    )
      queue.push(held)
    else this.#refuse()
  }
}
