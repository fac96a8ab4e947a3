// Catches a client of the embedded broker that gets in, hears or says what its credential does not allow, above all across homes and after revocation.
import assert from 'node:assert/strict'
import { connect as dialTcp, type Socket } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import type { MqttClient } from 'mqtt'
import { barrier, credential, passwordOf, startEmbedded, type TestBroker } from '../testing/embedded.ts'
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

test('a message of the home’s driver has left before any answer to it arrives', async () => {
  const { hub, dial, stop } = await startEmbedded(four)
  const link = hub.openLink('home-a')
  const order: string[] = []
  link.onMessage(({ payload }) => order.push(`answer ${payload.toString()}`))
  link.open()
  try {
    await link.subscribe(['state'])
    const a1 = await dial('a1')
    await a1.subscribeAsync('set')
    a1.on('message', (_topic, payload) => a1.publish('state', payload))
    const wanted: string[] = []
    for (let n = 0; n < 50; n++) {
      const answered = order.length + 2
      await link.publish({ topic: 'set', payload: String(n), qos: n % 2 === 0 ? 0 : 1, retain: false })
      order.push(`sent ${n}`)
      while (order.length < answered) await new Promise((resolve) => setImmediate(resolve))
      wanted.push(`sent ${n}`, `answer ${n}`)
    }
    assert.deepEqual(order, wanted)
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
