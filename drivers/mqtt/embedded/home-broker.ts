import type { Duplex } from 'node:stream'
import type { Aedes } from 'aedes'
import type { Outgoing } from '../draft.ts'
import { matches, type Incoming } from '../topics.ts'
import type { Credentials, Grant } from './access.ts'
import { brokerLimits, createRules, Session, watchFilters, type Sessions } from './rules.ts'
import { BrokerStore, type StoredPacket } from './store.ts'

export const mostClients = 2000
const dollar = 36

export interface HomeBrokerDeps {
  readonly home: string
  readonly credentials: Credentials
  readonly now: () => number
  readonly client: (credential: string, connected: boolean) => void
  readonly log: (event: string) => void
}

/**
 * The broker of one home. Homes share the port and nothing else: each has a broker of its own behind it,
 * so no filter, will, session or retained message of one can ever meet a topic of another.
 */
export class HomeBroker {
  readonly #deps: HomeBrokerDeps
  readonly #store: BrokerStore
  readonly #sessions: Sessions = new WeakMap()
  readonly #connections = new Map<string, Set<Duplex>>()
  readonly #listeners = new Set<{ readonly filter: string; readonly receive: (message: Incoming) => void }>()
  #broker: Aedes | undefined
  #starting: Promise<void> | undefined

  constructor(deps: HomeBrokerDeps) {
    this.#deps = deps
    this.#store = new BrokerStore(
      (id) => deps.credentials.grant(id, deps.home),
      undefined,
      () => deps.log('broker memory full'),
    )
  }
  /** Loads the broker; begun once, by whoever needs it first. */
  start(): Promise<void> {
    this.#starting ??= this.#start()
    return this.#starting
  }
  async #start(): Promise<void> {
    const { Aedes } = await import('aedes')
    const { home, credentials, client: tell, log, now } = this.#deps
    const broker = await Aedes.createBroker({
      ...brokerLimits,
      persistence: this.#store,
      ...createRules({
        home,
        credentials,
        sessions: this.#sessions,
        store: this.#store,
        now,
        outside: () => log('broker message outside scope'),
      }),
    })
    watchFilters(broker, this.#sessions)
    broker.on('client', (client) => tell(client.id, true))
    broker.on('clientDisconnect', (client) => tell(client.id, false))
    // A client's own errors end that client; they are no fault of the broker.
    broker.on('clientError', () => undefined)
    broker.on('connectionError', () => undefined)
    broker.on('error' as 'closed', () => undefined)
    this.#broker = broker
  }
  get clients(): number {
    return this.#connections.size
  }
  /** Takes over a connection whose client has proved its credential. */
  admit(grant: Grant, connection: Duplex): void {
    if (this.#broker === undefined || !grant.isLive) return void connection.destroy()
    this.#sessions.set(connection, new Session(grant))
    const set = this.#connections.get(grant.id) ?? new Set()
    const older = [...set]
    this.#connections.set(grant.id, set.add(connection))
    connection.once('close', () => {
      set.delete(connection)
      if (set.size === 0 && this.#connections.get(grant.id) === set) this.#connections.delete(grant.id)
    })
    if (older.length === 0) return void this.#broker.handle(connection)
    // One credential, one client. The old one is gone, will and all, before the new one comes: else its session would hear the will twice.
    for (const one of older) one.destroy()
    setImmediate(() => {
      if (connection.destroyed || !grant.isLive) connection.destroy()
      else this.#broker?.handle(connection)
    })
  }
  /** Drops a credential's client at once and everything it left behind. The home's own driver hears that what it kept is empty now. */
  revoke(id: string): void {
    const emptied = this.#store.purge(id)
    for (const connection of this.#connections.get(id) ?? []) connection.destroy()
    this.#connections.delete(id)
    for (const topic of emptied)
      for (const { filter, receive } of this.#listeners)
        if (matches(filter, topic)) receive({ topic, payload: Buffer.alloc(0), retained: false })
  }
  /** Hands the home's own driver every message of a filter, and first what is kept. */
  subscribe(filter: string, receive: (message: Incoming) => void): Promise<() => void> {
    const broker = this.#broker
    if (broker === undefined) return Promise.resolve(() => undefined)
    const take = (
      packet: { topic: string; payload: Buffer | string; clientId?: string },
      done: () => void,
    ): void => {
      if (packet.topic.charCodeAt(0) !== dollar) this.#hand(packet, false, receive)
      done()
    }
    return new Promise((resolve) => {
      broker.subscribe(filter, take, () => {
        for (const packet of this.#store.retained(filter)) this.#hand(packet, true, receive)
        const listener = { filter, receive }
        this.#listeners.add(listener)
        resolve(() => {
          this.#listeners.delete(listener)
          broker.unsubscribe(filter, take, () => undefined)
        })
      })
    })
  }
  publish({ topic, payload, qos, retain }: Outgoing): Promise<void> {
    const broker = this.#broker
    if (broker === undefined) return Promise.reject(new Error('the broker is closed'))
    return new Promise((resolve, reject) => {
      broker.publish(
        { cmd: 'publish', topic, payload: Buffer.from(payload), qos, retain, dup: false },
        (error) => error && reject(error),
      )
      // It has left with this, before any device could answer: an answer that came ahead of its command would prove nothing.
      resolve()
    })
  }
  /** What is kept under a filter, by number. */
  retained(filter: string): number {
    return this.#store.retained(filter).length
  }
  async stop(): Promise<void> {
    await this.#starting?.catch(() => undefined)
    const broker = this.#broker
    this.#broker = undefined
    for (const set of this.#connections.values()) for (const connection of set) connection.destroy()
    this.#connections.clear()
    if (broker !== undefined) await new Promise<void>((resolve) => broker.close(() => resolve()))
  }

  /** Messages under way from a client revoked meanwhile are not delivered. */
  #hand(
    { topic, payload, clientId }: Pick<StoredPacket, 'topic' | 'payload' | 'clientId'>,
    retained: boolean,
    receive: (message: Incoming) => void,
  ): void {
    const { credentials, home } = this.#deps
    const grant = clientId === undefined ? undefined : credentials.grant(clientId, home)
    if (clientId !== undefined && grant === undefined) return
    receive({ topic, payload: Buffer.from(payload), retained, reaches: grant?.reaches })
  }
}
