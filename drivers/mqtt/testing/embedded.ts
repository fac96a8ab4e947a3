import { createHash } from 'node:crypto'
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt'
import type { BrokerCredential, BrokerListen, BrokerScope, EmbeddedBroker } from '@eaves/driver-kit'
import { createBrokerHub, type BrokerHub } from '../embedded/hub.ts'

export const wholeHome: BrokerScope = {
  publish: ['#'],
  announce: [],
  subscribe: ['#'],
  messagesPerSecond: 2000,
  mostRetained: 10_000,
}
/** As a device gets it: its own topics, and discovery's where nobody else stands. */
export const deviceScope = (topic: string): BrokerScope => ({
  publish: [`${topic}/#`],
  announce: ['homeassistant/+/+/config', 'homeassistant/+/+/+/config'],
  subscribe: [`${topic}/#`, 'homeassistant/status'],
  messagesPerSecond: 50,
  mostRetained: 1000,
})
export const passwordOf = (username: string): string => `secret of ${username}`
const hashes = new Map<string, string>()
export const credential = (id: string, home: string, scope: BrokerScope = wholeHome): BrokerCredential => {
  const passwordHash = hashes.get(id) ?? createHash('sha256').update(passwordOf(id)).digest('hex')
  hashes.set(id, passwordHash)
  return { id, home, username: id, passwordHash, scope }
}

export interface TestBroker {
  readonly hub: BrokerHub
  readonly broker: EmbeddedBroker
  readonly port: number
  readonly clients: string[]
  readonly log: string[]
  readonly dial: (username: string, options?: IClientOptions) => Promise<MqttClient>
  readonly stop: () => Promise<void>
}

/** The embedded broker on a free port of loopback, with mqtt.js as the independent other side. */
export async function startEmbedded(
  list: readonly BrokerCredential[],
  listen: BrokerListen = { host: '127.0.0.1', port: 0 },
): Promise<TestBroker> {
  const hub = createBrokerHub()
  const clients: string[] = []
  const log: string[] = []
  const dialled = new Set<MqttClient>()
  let port = 0
  const broker = hub.broker({
    now: () => performance.now(),
    log: (_level, event) => void log.push(event),
    client: (id, connected) => void clients.push(`${id} ${connected ? 'came' : 'went'}`),
    state: (_state, detail) => {
      port = detail?.port ?? port
    },
  })
  broker.credentials(list)
  await broker.listen(listen)
  return {
    hub,
    broker,
    port,
    clients,
    log,
    dial: (username, options = {}) =>
      new Promise((resolve, reject) => {
        const client = mqtt.connect(`${listen.tls === undefined ? 'mqtt' : 'mqtts'}://127.0.0.1:${port}`, {
          protocolVersion: 4,
          reconnectPeriod: 0,
          username,
          ...(listen.tls === undefined ? {} : { ca: listen.tls.cert }),
          password: passwordOf(username),
          clientId: `${username}-own-name`,
          ...options,
        })
        dialled.add(client)
        client.once('connect', () => {
          // Without it a small message waits for the acknowledgement of the one before.
          if ('setNoDelay' in client.stream && typeof client.stream.setNoDelay === 'function')
            client.stream.setNoDelay(true)
          resolve(client)
        })
        client.on('error', reject)
        client.once('close', () => reject(new Error('closed')))
      }),
    stop: async () => {
      for (const client of dialled) client.end(true)
      await broker.stop()
    },
  }
}

/** Waits for an answer of the broker, or for the end of the connection that would have brought it. */
export async function orClosed<T>(client: MqttClient, answer: Promise<T>): Promise<T | undefined> {
  let onClose = (): void => undefined
  const closed = new Promise<undefined>((resolve) => {
    onClose = () => resolve(undefined)
    client.once('close', onClose)
  })
  try {
    return await Promise.race([answer.catch(() => undefined), closed])
  } finally {
    client.off('close', onClose)
  }
}

/** Waits until a client's earlier messages have been taken and delivered. */
export async function barrier(client: MqttClient): Promise<void> {
  if (client.connected) await orClosed(client, client.publishAsync('barrier', '', { qos: 1 }))
  for (let i = 0; i < 8; i++) await new Promise((resolve) => setImmediate(resolve))
}
