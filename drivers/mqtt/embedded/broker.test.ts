// Catches a client of the embedded broker that gets in, hears or says what its credential does not allow, above all across homes and after revocation.
import assert from 'node:assert/strict'
import { connect as dialTcp, type Socket } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import type { MqttClient } from 'mqtt'
import {
  barrier,
  credential,
  orClosed,
  passwordOf,
  startEmbedded,
  type TestBroker,
} from '../testing/embedded.ts'
import { readConnect } from './connect-packet.ts'

const four = [
  credential('a1', 'home-a'),
  credential('a2', 'home-a'),
  credential('b1', 'home-b'),
  credential('b2', 'home-b'),
]
const hear = (client: MqttClient): string[] => {
  const heard: string[] = []
  client.on('message', (topic, payload) => heard.push(`${topic} ${payload.toString()}`))
  return heard
}
async function withBroker(run: (broker: TestBroker) => Promise<void>): Promise<void> {
  const broker = await startEmbedded(four)
  try {
    await run(broker)
  } finally {
    await broker.stop()
  }
}

test('devices of one home hear each other and nobody of another', () =>
  withBroker(async ({ dial, clients }) => {
    const [a1, a2, b1] = [await dial('a1'), await dial('a2'), await dial('b1')]
    const [inA, inB] = [hear(a2), hear(b1)]
    await a2.subscribeAsync('#', { qos: 1 })
    await b1.subscribeAsync('#', { qos: 1 })
    await a1.publishAsync('lamp/state', 'on', { qos: 1, retain: true })
    await barrier(a1)
    await barrier(b1)
    assert.ok(inA.includes('lamp/state on'))
    assert.deepEqual(
      inB.filter((line) => !line.startsWith('barrier')),
      [],
    )
    assert.deepEqual(clients.slice(0, 3), ['a1 came', 'a2 came', 'b1 came'])
  }))

test('a wrong password, an unknown name, a refused will and MQTT 5 do not get in', () =>
  withBroker(async ({ dial, clients }) => {
    const code = (promise: Promise<MqttClient>) =>
      promise.then(
        () => 'in',
        (error: unknown) => (error as { code?: number }).code ?? 'closed',
      )
    assert.equal(await code(dial('a1', { password: 'wrong' })), 4)
    assert.equal(await code(dial('a1', { password: passwordOf('b1') })), 4)
    assert.equal(await code(dial('nobody')), 4)
    assert.equal(
      await code(dial('a1', { will: { topic: '$SYS/x', payload: Buffer.from('w'), qos: 0, retain: false } })),
      5,
    )
    assert.notEqual(await code(dial('a1', { protocolVersion: 5 })), 'in')
    assert.deepEqual(clients, [])
  }))

test('the broker’s own topics and shared subscriptions are closed', () =>
  withBroker(async ({ dial }) => {
    const a1 = await dial('a1')
    const heard = hear(a1)
    for (const filter of ['$SYS/#', '$SYS/+/new/clients', '$share/g/#', '$anything'])
      await assert.rejects(a1.subscribeAsync(filter), /./, filter)
    await a1.subscribeAsync('+/#')
    await (await dial('a2')).publishAsync('x', '1', { qos: 1 })
    await barrier(a1)
    assert.ok(!heard.some((line) => line.startsWith('$')))
    const gone = new Promise<void>((resolve) => a1.once('close', () => resolve()))
    a1.publish('$SYS/fake/disconnect/clients', 'a2')
    await gone
  }))

test('a client keeps its credential’s id: naming another’s takes nothing over', () =>
  withBroker(async ({ dial, clients }) => {
    const a2 = await dial('a2')
    const b1 = await dial('b1', { clientId: 'a2', clean: false })
    await barrier(b1)
    assert.ok(a2.connected)
    assert.deepEqual(clients, ['a2 came', 'b1 came'])
  }))

test('a revoked credential is out at once, with its will, retained and queued messages', () =>
  withBroker(async ({ broker, dial }) => {
    const a2 = await dial('a2', { clean: false })
    await a2.subscribeAsync('#', { qos: 1 })
    await new Promise<void>((resolve) => a2.end(false, () => resolve()))
    const a1 = await dial('a1', {
      will: { topic: 'will', payload: Buffer.from('boo'), qos: 1, retain: true },
    })
    await a1.publishAsync('kept', 'x', { qos: 1, retain: true })
    await barrier(a1)
    const gone = new Promise<void>((resolve) => a1.once('close', () => resolve()))
    broker.credentials(four.slice(1))
    await gone
    await assert.rejects(dial('a1'))
    const back = await dial('a2', { clean: false })
    const heard = hear(back)
    await back.subscribeAsync('#', { qos: 1 })
    await barrier(back)
    assert.deepEqual(
      heard.filter((line) => !line.startsWith('barrier')),
      [],
    )
  }))

test('a session that sleeps gets what was sent meanwhile, once', () =>
  withBroker(async ({ dial }) => {
    const a2 = await dial('a2', { clean: false })
    await a2.subscribeAsync('cmd/#', { qos: 1 })
    await new Promise<void>((resolve) => a2.end(false, () => resolve()))
    const a1 = await dial('a1')
    for (const n of ['1', '2', '3']) await a1.publishAsync('cmd/x', n, { qos: 1 })
    await barrier(a1)
    const heard: string[] = []
    const back = await dial('a2', { clean: false })
    back.on('message', (topic, payload) => heard.push(`${topic} ${payload.toString()}`))
    await barrier(back)
    assert.deepEqual(heard, ['cmd/x 1', 'cmd/x 2', 'cmd/x 3'])
  }))

test('a message that is too large ends its sender; the list of a Zigbee network may be long', () =>
  withBroker(async ({ dial, log }) => {
    const [a1, a2] = [await dial('a1'), await dial('a2')]
    const sizes: number[] = []
    a2.on('message', (_topic, payload) => sizes.push(payload.length))
    await a2.subscribeAsync('#')
    await a1.publishAsync('zigbee2mqtt/bridge/devices', Buffer.alloc(1_500_000, 0x5b), { qos: 1 })
    await barrier(a1)
    await barrier(a2)
    assert.ok(sizes.includes(1_500_000))
    const gone = new Promise<void>((resolve) => a1.once('close', () => resolve()))
    a1.publish('big', Buffer.alloc(400_000))
    await gone
    assert.deepEqual(log, ['broker packet refused'])
  }))

test('the home’s own driver hears and speaks in process, after the broker is opened and never before', async () => {
  const { hub, broker, dial, stop } = await startEmbedded(four)
  const link = hub.openLink('home-a')
  const states: string[] = []
  const heard: string[] = []
  link.onStatus((status) => states.push(status.state))
  link.onMessage((message) =>
    heard.push(`${message.topic} ${message.payload.toString()} ${message.retained}`),
  )
  try {
    const a1 = await dial('a1')
    await a1.publishAsync('kept/x', '1', { qos: 1, retain: true })
    const inA = hear(a1)
    await a1.subscribeAsync('to/a1')
    link.open()
    await barrier(a1)
    assert.deepEqual(states, ['connecting', 'online'])
    await link.subscribe(['kept/+', 'live'])
    await a1.publishAsync('live', '2', { qos: 1 })
    await (await dial('b1')).publishAsync('live', 'of another home', { qos: 1 })
    await link.publish({ topic: 'to/a1', payload: 'hi', qos: 0, retain: false })
    await barrier(a1)
    assert.deepEqual(heard, ['kept/x 1 true', 'live 2 false'])
    assert.deepEqual(inA, ['to/a1 hi'])
    await broker.listen(null)
    assert.equal(states.at(-1), 'offline')
    await assert.rejects(link.publish({ topic: 'x', payload: '', qos: 0, retain: false }))
  } finally {
    await link.close()
    await stop()
  }
})

test('bytes that are no MQTT end their connection and nothing else', () =>
  withBroker(async ({ port, dial }) => {
    const seed = Number(process.env.FC_SEED ?? Date.now() % 1_000_000)
    console.log(`seed ${seed}`)
    const a1 = await dial('a1')
    const knock = (bytes: Uint8Array) =>
      new Promise<void>((resolve) => {
        const socket: Socket = dialTcp(port, '127.0.0.1', () => socket.end(bytes))
        socket.on('error', () => undefined)
        socket.on('close', () => resolve())
        socket.resume()
      })
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.uint8Array({ maxLength: 100 }).map((rest) => Uint8Array.of(0x10, rest.length, ...rest)),
      fc.constant(Uint8Array.of(0x10, 0xff, 0xff, 0xff, 0xff)),
      fc.constant(Uint8Array.of(0x10, 0xff, 0xff, 0xff, 0x7f)),
    )
    await fc.assert(fc.asyncProperty(bytes, knock), { numRuns: 150, seed })
    fc.assert(
      fc.property(bytes, (raw) => assert.ok(readConnect(Buffer.from(raw)) !== undefined)),
      { numRuns: 2000, seed },
    )
    assert.ok(a1.connected)
  }))

// The model: who may hear whom is known from the acts alone; every message carries its sender, its home and which issue of the credential sent it.
type Act = {
  readonly who: number
  readonly verb: 'connect' | 'drop' | 'subscribe' | 'publish' | 'revoke' | 'issue'
  readonly topic: number
  readonly retain: boolean
  readonly clean: boolean
  readonly will: boolean
}
const topics = ['a', 'a/b', 'lamp/state', 'home-b/x', '$SYS/x']
const filters = ['#', '+', 'a/#', '+/state', '$SYS/#', '$share/g/#', '+/+', 'home-b/#']

test('in any order of acts nothing is delivered across homes or after revocation', async () => {
  const seed = Number(process.env.FC_SEED ?? Date.now() % 1_000_000)
  console.log(`seed ${seed}`)
  let deliveries = 0
  const act: fc.Arbitrary<Act> = fc.record({
    who: fc.nat(3),
    verb: fc.constantFrom(
      'connect',
      'connect',
      'drop',
      'subscribe',
      'subscribe',
      'publish',
      'publish',
      'revoke',
      'issue',
    ),
    topic: fc.nat(7),
    retain: fc.boolean(),
    clean: fc.boolean(),
    will: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 8, maxLength: 24 }), async (acts) => {
      const broker = await startEmbedded(four)
      const valid = new Set(four.map((one) => one.id))
      const dead = new Set<string>()
      const issue = new Map(four.map((one) => [one.id, 1]))
      const live = new Map<string, MqttClient>()
      const faults: string[] = []
      const tag = (id: string): string => `${id}:${issue.get(id)}`
      const settle = async (): Promise<void> => {
        for (const client of live.values()) await barrier(client)
      }
      const connect = async (id: string, { clean, will, topic }: Act): Promise<void> => {
        const client = await broker
          .dial(id, {
            clean,
            ...(will
              ? {
                  will: {
                    topic: topics[topic % 4]!,
                    payload: Buffer.from(tag(id)),
                    qos: 1 as const,
                    retain: true,
                  },
                }
              : {}),
          })
          .catch(() => undefined)
        if (client === undefined) return
        if (!valid.has(id)) faults.push(`${id} got in without a credential`)
        const own = tag(id)
        client.on('message', (_topic, payload) => {
          const sender = payload.toString()
          if (sender === '') return
          deliveries++
          if (sender[0] !== id[0]) faults.push(`${id} heard ${sender}`)
          if (dead.has(sender)) faults.push(`${sender} was heard after its revocation`)
          if (dead.has(own)) faults.push(`${own} heard after its revocation`)
        })
        live.set(id, client)
      }
      try {
        // All four begin inside and two of each kind of listening, so that most acts meet somebody.
        for (const [at, { id }] of four.entries()) {
          await connect(id, acts[at]!)
          const client = live.get(id)
          if (client !== undefined)
            await orClosed(client, client.subscribeAsync(at % 2 === 0 ? '#' : '+/+', { qos: 1 }))
        }
        for (const one of acts) {
          const id = four[one.who]!.id
          const client = live.get(id)
          if (one.verb === 'connect' && client?.connected !== true) await connect(id, one)
          else if (one.verb === 'drop' && client !== undefined) client.stream.destroy()
          else if (one.verb === 'subscribe' && client?.connected === true)
            await orClosed(client, client.subscribeAsync(filters[one.topic]!, { qos: 1 }))
          else if (one.verb === 'publish' && client?.connected === true)
            client.publish(
              topics[one.topic % topics.length]!,
              tag(id),
              { qos: one.clean ? 1 : 0, retain: one.retain },
              () => undefined,
            )
          else if (one.verb === 'revoke' && valid.delete(id)) {
            // What has left before the revocation may still be on its way to a test; after this it has arrived.
            await settle()
            broker.broker.credentials(four.filter((other) => valid.has(other.id)))
            dead.add(tag(id))
            live.delete(id)
          } else if (one.verb === 'issue' && !valid.has(id)) {
            valid.add(id)
            issue.set(id, issue.get(id)! + 1)
            broker.broker.credentials(four.filter((other) => valid.has(other.id)))
          }
          await settle()
        }
        await settle()
        assert.deepEqual(faults, [])
      } finally {
        await broker.stop()
      }
    }),
    { numRuns: 200, seed },
  )
  assert.ok(deliveries > 500, `only ${deliveries} deliveries: the model exercised nothing`)
})
