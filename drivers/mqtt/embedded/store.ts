import { Readable } from 'node:stream'
import { matches } from '../topics.ts'

/** A packet as the broker hands it to its store; only the fields that decide anything here. */
export interface StoredPacket {
  readonly topic: string
  readonly payload: Buffer | string
  readonly cmd?: string
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
  readonly #holds: (clientId: string) => boolean
  refused = 0

  /** `holds` says whether a credential is valid now: between a client's leave to send and the keeping of it, it may have been revoked. */
  constructor(holds: (clientId: string) => boolean, limits: StoreLimits = storeLimits) {
    this.#holds = holds
    this.#limits = limits
  }
  async setup(broker: { readonly id: string }): Promise<void> {
    this.#brokerId = broker.id
  }
  /** Forgets everything of one credential: no message of it can come out later. */
  purge(clientId: string): void {
    for (const [topic, packet] of this.#retained) {
      if (packet.clientId !== clientId) continue
      this.#retained.delete(topic)
      this.#retainedBytes -= sizeOf(packet)
    }
    this.#subscriptions.delete(clientId)
    this.#queues.delete(clientId)
    this.#incoming.delete(clientId)
    this.#wills.delete(clientId)
    for (const [id, queue] of this.#queues)
      this.#queues.set(
        id,
        queue.filter((packet) => packet.clientId !== clientId),
      )
  }
  keeps(topic: string): boolean {
    return this.#retained.has(topic)
  }
  retained(filter: string): readonly StoredPacket[] {
    return [...this.#retained.values()].filter((packet) => matches(filter, packet.topic))
  }

  async storeRetained(packet: StoredPacket): Promise<void> {
    if (packet.clientId !== undefined && !this.#holds(packet.clientId)) return
    const old = this.#retained.get(packet.topic)
    const size = sizeOf(packet)
    if (packet.payload.length === 0 || old !== undefined) {
      this.#retained.delete(packet.topic)
      this.#retainedBytes -= old === undefined ? 0 : sizeOf(old)
    }
    if (packet.payload.length === 0) return
    if (
      this.#retained.size >= this.#limits.retained ||
      this.#retainedBytes + size > this.#limits.retainedBytes
    ) {
      this.refused++
      return
    }
    this.#retained.set(packet.topic, { ...packet })
    this.#retainedBytes += size
  }
  createRetainedStreamCombi(filters: readonly string[]): Readable {
    return Readable.from(
      [...this.#retained.values()].filter((packet) =>
        filters.some((filter) => matches(filter, packet.topic)),
      ),
    )
  }
  createRetainedStream(filter: string): Readable {
    return this.createRetainedStreamCombi([filter])
  }

  async addSubscriptions(client: ClientRef, list: readonly Subscription[]): Promise<void> {
    if (!this.#holds(client.id)) return
    const held = this.#subscriptions.get(client.id) ?? new Map<string, Subscription>()
    this.#subscriptions.set(client.id, held)
    for (const one of list)
      if (one.qos < 128 && (held.has(one.topic) || held.size < this.#limits.subscriptions))
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
    if (held === undefined) throw new Error('no such packet')
    if (held.brokerId === packet.brokerId && packet.messageId !== undefined) held.messageId = packet.messageId
    else queue[at] = packet
  }
  async outgoingClearMessageId(client: ClientRef, packet: StoredPacket): Promise<StoredPacket | undefined> {
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
    if (held === undefined) throw new Error('no such packet')
    return held
  }
  async incomingDelPacket(client: ClientRef, packet: StoredPacket): Promise<void> {
    if (this.#incoming.get(client.id)?.delete(packet.messageId ?? -1) !== true)
      throw new Error('no such packet')
  }
  async cleanIncoming(client: ClientRef): Promise<void> {
    this.#incoming.delete(client.id)
  }

  async putWill(client: ClientRef, packet: StoredPacket): Promise<void> {
    if (!this.#holds(client.id)) return
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
    this.#subscriptions.clear()
    this.#queues.clear()
    this.#incoming.clear()
    this.#wills.clear()
  }

  #enqueue(clientId: string, packet: StoredPacket): void {
    if (!this.#holds(clientId) || (packet.clientId !== undefined && !this.#holds(packet.clientId))) return
    const queue = this.#queues.get(clientId)
    if (queue === undefined) this.#queues.set(clientId, [{ ...packet }])
    else if (
      queue.length < this.#limits.queued &&
      bytesOf(queue) + sizeOf(packet) <= this.#limits.queuedBytes
    )
      queue.push({ ...packet })
    else this.refused++
  }
}
