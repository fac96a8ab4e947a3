import type { Duplex } from 'node:stream'
import { Aedes } from 'aedes'
import type { BrokerScope } from '@eaves/driver-kit'
import { Credentials } from '../access.ts'
import { brokerLimits, createRules, Session, watchFilters, type Sessions } from '../rules.ts'
import { BrokerStore } from '../store.ts'

const home = 'home'
const mostClients = 64

/** What the cost of a check is measured on: aedes as it is, and as a home's broker uses it, alike in all else. */
export interface Broker {
  readonly publish: Aedes['publish']
  readonly subscribe: Aedes['subscribe']
  /** Takes a connection; whatever CONNECT comes over it is in, as client `c0`, `c1`… in the order of the calls. */
  readonly handle: (stream: Duplex) => void
  readonly close: () => Promise<void>
}

/** A device's usual kind of scope: several filters, the one that counts not the first. */
export const subjectScope: BrokerScope = {
  publish: ['cmnd/bench/#', 'stat/bench/#', 'tele/bench/#', 'bench/#'],
  announce: ['homeassistant/+/+/config', 'homeassistant/+/+/+/config'],
  subscribe: ['cmnd/bench/#', 'homeassistant/status', 'bench/#'],
  messagesPerSecond: 1_000_000,
  mostRetained: 10_000,
}

function credentialsOf(scope: BrokerScope): Credentials {
  const credentials = new Credentials()
  credentials.replace(
    Array.from({ length: mostClients }, (_, n) => ({
      id: `c${n}`,
      home,
      username: `c${n}`,
      passwordHash: '00',
      scope,
    })),
  )
  return credentials
}
const closing = (broker: Aedes) => (): Promise<void> => new Promise((resolve) => broker.close(resolve))

/** Aedes with the store and limits of a home's broker and nothing asked of anybody. */
export async function createBare(): Promise<Broker> {
  const credentials = credentialsOf(subjectScope)
  const broker = await Aedes.createBroker({
    ...brokerLimits,
    persistence: new BrokerStore((id) => credentials.grant(id, home)),
  })
  return {
    publish: broker.publish.bind(broker),
    subscribe: broker.subscribe.bind(broker),
    handle: (stream) => void broker.handle(stream),
    close: closing(broker),
  }
}

/** The same with every rule of a home's broker. Topics under `bench/` are the clients' own. */
export async function createGuarded(scope: BrokerScope = subjectScope): Promise<Broker> {
  const credentials = credentialsOf(scope)
  const sessions: Sessions = new WeakMap()
  const store = new BrokerStore((id) => credentials.grant(id, home))
  const broker = await Aedes.createBroker({
    ...brokerLimits,
    persistence: store,
    ...createRules({
      home,
      credentials,
      sessions,
      store,
      now: () => performance.now(),
      outside: () => undefined,
    }),
  })
  watchFilters(broker, sessions)
  let next = 0
  return {
    publish: broker.publish.bind(broker),
    subscribe: broker.subscribe.bind(broker),
    handle: (stream) => {
      const grant = credentials.grant(`c${next++}`, home)
      if (grant === undefined) throw new Error(`There are ${mostClients} clients at most.`)
      sessions.set(stream, new Session(grant))
      broker.handle(stream)
    },
    close: closing(broker),
  }
}
