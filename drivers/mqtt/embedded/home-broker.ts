import type { BrokerCredential } from '@eaves/driver-kit'
import type { Aedes, Client } from 'aedes'
import type { Outgoing } from '../draft.ts'
import { matches, type Incoming } from '../topics.ts'
import { mayPublish, mayReceive, maySubscribe, type Credentials } from './access.ts'
import type { GuardedConnection } from './guarded-connection.ts'
import { BrokerStore } from './store.ts'

export const mostClients = 200
const connectWithinMs = 10_000
const mostInFlight = 100

export interface HomeBrokerDeps {
  readonly home: string
  readonly credentials: Credentials
  readonly client: (credential: string, connected: boolean) => void
}

/**
 * The broker of one home. Homes share the port and nothing else: each has a broker of its own behind it,
 * so no filter, will, session or retained message of one can ever meet a topic of another.
 */
export class HomeBroker {
  readonly #deps: HomeBrokerDeps
  readonly #store: BrokerStore
  readonly #sessions = new WeakMap<object, BrokerCredential>()
  readonly #connections = new Map<string, Set<GuardedConnection>>()
  #broker: Aedes | undefined
  #starting: Promise<void> | undefined

  constructor(deps: HomeBrokerDeps) {
    this.#deps = deps
    this.#store = new BrokerStore((id) => deps.credentials.holdsId(id, deps.home))
  }
  /** Loads the broker; begun once, by whoever needs it first. */
  start(): Promise<void> {
    this.#starting ??= this.#start()
    return this.#starting
  }
  async #start(): Promise<void> {
    const { Aedes } = await import('aedes')
    const broker = await Aedes.createBroker({
      concurrency: 1000,
      queueLimit: 1000,
      maxInflightInbound: mostInFlight,
      connectTimeout: connectWithinMs,
      maxClientsIdLength: 64,
      maxTopicLevels: 32,
      persistence: this.#store,
      preConnect: (client, packet, done) => {
        const credential = this.#credentialOf(client)
        const isWelcome =
          credential !== undefined && (packet as { will?: { topic: string } }).will?.topic !== undefined
            ? mayPublish((packet as { will: { topic: string } }).will.topic)
            : credential !== undefined
        // The client id is the credential's: no client can name another's, nor take over its session.
        if (credential !== undefined) (packet as { clientId: string }).clientId = credential.id
        done(null, isWelcome)
      },
      authenticate: (client, _username, _password, done) =>
        done(null, this.#credentialOf(client) !== undefined),
      authorizePublish: (client, packet, done) => {
        const sender =
          client === null ? (packet as { clientId?: string }).clientId : this.#credentialOf(client)?.id
        const isAllowed =
          sender !== undefined &&
          this.#deps.credentials.holdsId(sender, this.#deps.home) &&
          mayPublish(packet.topic)
        if (isAllowed) (packet as { clientId?: string }).clientId = sender
        done(isAllowed ? null : new Error('not allowed'))
      },
      authorizeSubscribe: (client, subscription, done) =>
        done(
          null,
          this.#credentialOf(client) !== undefined && maySubscribe(subscription.topic) ? subscription : null,
        ),
      authorizeForward: (client, packet) =>
        this.#credentialOf(client) !== undefined &&
        mayReceive(packet.topic) &&
        this.#isFromValid(packet as { clientId?: string }) &&
        (!packet.retain || this.#store.keeps(packet.topic))
          ? packet
          : null,
    })
    broker.on('client', (client) => this.#deps.client(client.id, true))
    broker.on('clientDisconnect', (client) => this.#deps.client(client.id, false))
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
  admit(credential: BrokerCredential, connection: GuardedConnection): void {
    if (this.#broker === undefined) return void connection.destroy()
    this.#sessions.set(connection, credential)
    const set = this.#connections.get(credential.id) ?? new Set()
    this.#connections.set(credential.id, set.add(connection))
    connection.once('close', () => {
      set.delete(connection)
      if (set.size === 0 && this.#connections.get(credential.id) === set)
        this.#connections.delete(credential.id)
    })
    this.#broker.handle(connection)
  }
  /** Drops a credential's client at once and everything it left behind. */
  revoke(id: string): void {
    this.#store.purge(id)
    for (const connection of this.#connections.get(id) ?? []) connection.destroy()
    this.#connections.delete(id)
  }
  /** Hands the home's own driver every message of a filter, and first what is kept. */
  subscribe(filter: string, receive: (message: Incoming) => void): Promise<() => void> {
    const broker = this.#broker
    if (broker === undefined) return Promise.resolve(() => undefined)
    const take = (
      packet: { topic: string; payload: Buffer | string; clientId?: string },
      done: () => void,
    ): void => {
      if (this.#isFromValid(packet) && mayReceive(packet.topic))
        receive({ topic: packet.topic, payload: Buffer.from(packet.payload), retained: false })
      done()
    }
    return new Promise((resolve) => {
      broker.subscribe(filter, take, () => {
        for (const packet of this.#store.retained(filter))
          if (this.#isFromValid(packet))
            receive({ topic: packet.topic, payload: Buffer.from(packet.payload), retained: true })
        resolve(() => broker.unsubscribe(filter, take, () => undefined))
      })
    })
  }
  publish({ topic, payload, qos, retain }: Outgoing): Promise<void> {
    const broker = this.#broker
    if (broker === undefined) return Promise.reject(new Error('the broker is closed'))
    return new Promise((resolve, reject) => {
      broker.publish(
        { cmd: 'publish', topic, payload: Buffer.from(payload), qos, retain, dup: false },
        (error) => (error ? reject(error) : resolve()),
      )
    })
  }
  retained(filter: string): number {
    return this.#store.retained(filter).filter((packet) => matches(filter, packet.topic)).length
  }
  async stop(): Promise<void> {
    await this.#starting?.catch(() => undefined)
    const broker = this.#broker
    this.#broker = undefined
    for (const set of this.#connections.values()) for (const connection of set) connection.destroy()
    this.#connections.clear()
    if (broker !== undefined) await new Promise<void>((resolve) => broker.close(() => resolve()))
  }

  /** The credential of a client, while it holds: asked again at every act. */
  #credentialOf(client: Client): BrokerCredential | undefined {
    const credential = this.#sessions.get(client.conn)
    return credential !== undefined && this.#deps.credentials.holds(credential) ? credential : undefined
  }
  /** Messages under way from a client revoked meanwhile are not delivered. */
  #isFromValid(packet: { readonly clientId?: string }): boolean {
    return packet.clientId === undefined || this.#deps.credentials.holdsId(packet.clientId, this.#deps.home)
  }
}
