import type { Aedes, AedesOptions, Client } from 'aedes'
import type { Credentials, Grant } from './access.ts'
import type { BrokerStore } from './store.ts'

export const mostSubscriptions = 500
const connectWithinMs = 10_000
/** A reader that takes nothing for this long is cut, so that those who write to it go on. */
const drainWithinMs = 5000
const mostInFlight = 100
/** Where a message ends that its sender may not send: nobody can listen there. */
const nowhere = '$nowhere'

/** The client behind a connection: its credential and the filters it holds. */
export class Session {
  readonly grant: Grant
  readonly filters = new Set<string>()
  isOutsideTold = false

  constructor(grant: Grant) {
    this.grant = grant
  }
}
export type Sessions = WeakMap<object, Session>

/** The limits of a home's broker, the same with and without rules. */
export const brokerLimits = {
  concurrency: 1000,
  queueLimit: 1000,
  maxInflightInbound: mostInFlight,
  connectTimeout: connectWithinMs,
  drainTimeout: drainWithinMs,
  maxClientsIdLength: 64,
  maxTopicLevels: 32,
} satisfies AedesOptions

export interface RulesDeps {
  readonly home: string
  readonly credentials: Credentials
  readonly sessions: Sessions
  readonly store: BrokerStore
  readonly now: () => number
  /** Told once a client that it wrote where it may not. */
  readonly outside: () => void
}
type Rules = Pick<
  AedesOptions,
  'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe' | 'authorizeForward'
>
/** What the broker adds to a packet beside what was sent. */
interface Marked {
  topic: string
  payload: Buffer | string
  retain: boolean
  clientId?: string
}

/** Who may come in, say and hear what: asked at every act, and for every message again at its delivery. */
export function createRules(deps: RulesDeps): Rules {
  const { home, credentials, sessions, store, now } = deps
  const sessionOf = (client: Client): Session | undefined => {
    const session = sessions.get(client.conn)
    return session?.grant.isLive === true ? session : undefined
  }
  return {
    preConnect: (client, packet, done) => {
      const grant = sessionOf(client)?.grant
      const connect = packet as { clientId: string; will?: { topic: string } }
      // The client id is the credential's: no client can name another's, nor take over its session.
      if (grant !== undefined) connect.clientId = grant.id
      done(null, grant !== undefined && mayLeave(grant, connect.will?.topic))
    },
    authenticate: (client, _username, _password, done) => done(null, sessionOf(client) !== undefined),
    authorizePublish: (client, packet, done) => {
      const marked = packet as unknown as Marked
      const session = client === null ? undefined : sessionOf(client)
      const grant = client === null ? credentials.grant(marked.clientId ?? '', home) : session?.grant
      const verdict = grant?.scope.publish(marked.topic) ?? 'closed'
      if (grant === undefined || verdict === 'closed') return done(new Error('not allowed'))
      marked.clientId = grant.id
      if (verdict === 'no' || (verdict === 'announce' && store.isOfAnother(marked.topic, grant.id))) {
        // Acknowledged and gone: a client that is thrown out for one topic of many would come back for ever.
        marked.topic = nowhere
        marked.retain = false
        if (session?.isOutsideTold === false) {
          session.isOutsideTold = true
          deps.outside()
        }
      }
      done(null)
    },
    authorizeSubscribe: (client, subscription, done) => {
      const session = sessionOf(client)
      const { topic } = subscription
      if (session === undefined || !session.grant.scope.maySubscribe(topic)) return done(null, null)
      if (!session.filters.has(topic) && session.filters.size >= mostSubscriptions) return done(null, null)
      if (!session.grant.takeFilter(now())) return done(null, null)
      session.filters.add(topic)
      done(null, subscription)
    },
    authorizeForward: (client, packet) => {
      const { topic, payload, retain, clientId } = packet as unknown as Marked
      const session = sessions.get(client.conn)
      return session !== undefined &&
        session.grant.isLive &&
        session.grant.scope.mayReceive(topic) &&
        // Messages under way from a client revoked meanwhile are not delivered.
        (clientId === undefined || credentials.grant(clientId, home) !== undefined) &&
        (!retain || store.isKept(topic, payload))
        ? packet
        : null
    },
  }
}

/** The will is a message for later: it is judged now, as any other, and again when it is sent. */
export function mayLeave({ scope }: Grant, willTopic: string | undefined): boolean {
  if (willTopic === undefined) return true
  const verdict = scope.publish(willTopic)
  return verdict === 'yes' || verdict === 'announce'
}

/** Keeps the number of filters a client holds true when it lets some go. */
export function watchFilters(broker: Aedes, sessions: Sessions): void {
  broker.on('unsubscribe', (filters, client) => {
    const session = client === null ? undefined : sessions.get(client.conn)
    for (const filter of filters) session?.filters.delete(filter)
  })
}
