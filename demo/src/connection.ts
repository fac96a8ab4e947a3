import mqtt from 'mqtt'
import type { Will, Wire } from './wire.ts'

export interface Access {
  readonly username: string
  readonly password: string
}
export interface Connection extends Wire {
  readonly end: () => Promise<void>
}

const reconnectMs = 1000

/** One client at the broker. The broker forgets on a restart, so what is retained is said again at each opening. */
export function connectTo(
  broker: { readonly host: string; readonly port: number },
  { username, password }: Access,
  will: Will | undefined,
): Connection {
  const client = mqtt.connect({
    protocol: 'mqtt',
    host: broker.host,
    port: broker.port,
    username,
    password,
    protocolVersion: 4,
    clean: true,
    resubscribe: false,
    queueQoSZero: false,
    reconnectPeriod: reconnectMs,
    ...(will === undefined
      ? {}
      : { will: { ...will, payload: Buffer.from(will.payload), qos: 0, retain: true } }),
  })
  const retained = new Map<string, string>()
  const filters = new Set<string>()
  client.on('connect', () => {
    for (const filter of filters) client.subscribe(filter)
    for (const [topic, payload] of retained) client.publish(topic, payload, { retain: true })
  })
  // Each try that fails says so; the next one comes by itself.
  client.on('error', () => undefined)
  return {
    publish: (topic, payload, retain = false) => {
      if (retain && payload === '') retained.delete(topic)
      else if (retain) retained.set(topic, payload)
      if (client.connected) client.publish(topic, payload, { retain })
    },
    subscribe: (filter) => {
      filters.add(filter)
      if (client.connected) client.subscribe(filter)
    },
    onMessage: (hear) => client.on('message', (topic, payload) => hear(topic, payload.toString('utf8'))),
    end: () => client.endAsync(),
  }
}
