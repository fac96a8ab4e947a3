// Catches a device that says or hears what is not its own, and a refusal that would make an honest device connect for ever.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { MqttClient } from 'mqtt'
import { barrier, credential, deviceScope, startEmbedded, type TestBroker } from '../testing/embedded.ts'
import { Scope } from './scope.ts'
import { fits } from './testing/reference.ts'

const list = [
  credential('tool', 'home-a'),
  credential('lamp', 'home-a', deviceScope('lamp')),
  credential('Lamp', 'home-a', deviceScope('Lamp')),
  credential('lamp-b', 'home-b', deviceScope('lamp')),
]
const hear = (client: MqttClient): string[] => {
  const heard: string[] = []
  client.on('message', (topic, payload, { retain }) => {
    if (topic !== 'barrier') heard.push(`${topic} ${payload.toString()}${retain ? ' kept' : ''}`)
  })
  return heard
}
async function withBroker(run: (broker: TestBroker) => Promise<void>): Promise<void> {
  const broker = await startEmbedded(list)
  try {
    await run(broker)
  } finally {
    await broker.stop()
  }
}

test('a filter is granted only when all that it takes is its own', () => {
  const scope = new Scope(deviceScope('lamp'))
  for (const filter of ['lamp', 'lamp/#', 'lamp/+', 'lamp/+/set', 'homeassistant/status'])
    assert.ok(scope.maySubscribe(filter), filter)
  for (const filter of [
    '#',
    '+',
    '+/#',
    'lamp2/#',
    'Lamp/#',
    '+/set',
    '$SYS/#',
    '$share/g/lamp/#',
    'homeassistant/#',
    '',
    '/lamp/#',
  ])
    assert.ok(!scope.maySubscribe(filter), filter)
})
test('a topic is judged the same the first and the thousandth time, and after many others', () => {
  const scope = new Scope(deviceScope('lamp'))
  const judge = () =>
    [
      'lamp/x',
      'Lamp/x',
      'homeassistant/light/x/config',
      'homeassistant/x',
      '$SYS/x',
      'lamp/+',
      'lamp/\u0000',
    ].map((topic) => `${scope.publish(topic)} ${scope.mayReceive(topic)}`)
  const first = judge()
  assert.deepEqual(first, [
    'yes true',
    'no false',
    'announce false',
    'no false',
    'closed false',
    'closed true',
    'closed true',
  ])
  for (let n = 0; n < 5000; n++) {
    assert.equal(scope.publish(`lamp/${n}`), 'yes')
    assert.equal(scope.mayReceive(`other/${n}`), false)
  }
  assert.deepEqual(judge(), first)
})

test('for any filters and topics the verdict is that of MQTT’s own rules, remembered or not', () => {
  const seed = Number(process.env.FC_SEED ?? Date.now() % 1_000_000)
  console.log(`seed ${seed}`)
  const level = fc.constantFrom('a', 'b', 'ab', '', 'A', '+')
  const topic = fc.array(fc.constantFrom('a', 'b', 'ab', '', 'A', '$x'), { minLength: 1, maxLength: 4 })
  const filter = fc
    .tuple(fc.array(level, { minLength: 1, maxLength: 4 }), fc.boolean())
    .map(([levels, isOpen]) => [...levels, ...(isOpen ? ['#'] : [])].join('/'))
    .filter((text) => text !== '')
  const lists = fc.tuple(...[1, 2, 3].map(() => fc.array(filter, { maxLength: 3 })))
  const run = ([publish, announce, subscribe]: readonly string[][], topics: readonly string[]): void => {
    const scope = new Scope({
      ...deviceScope('x'),
      publish: publish!,
      announce: announce!,
      subscribe: subscribe!,
    })
    for (const one of [...topics, ...topics]) {
      const has = (list: readonly string[]): boolean => list.some((each) => fits(each, one))
      const said =
        one === '' || one.startsWith('$')
          ? 'closed'
          : has(publish!)
            ? 'yes'
            : has(announce!)
              ? 'announce'
              : 'no'
      assert.equal(scope.publish(one), said, one)
      assert.equal(scope.mayReceive(one), has(subscribe!), one)
    }
  }
  const topics = fc.array(
    topic.map((levels) => levels.join('/')),
    { maxLength: 8 },
  )
  fc.assert(fc.property(lists, topics, run), { numRuns: 3000, seed })
})

test('what a device writes outside its scope is acknowledged, reaches nobody and is told once', () =>
  withBroker(async ({ dial, log }) => {
    const [tool, lamp] = [await dial('tool'), await dial('lamp')]
    const heard = hear(tool)
    await tool.subscribeAsync('#', { qos: 1 })
    for (const topic of [
      'other/x',
      'Lamp/state',
      'tasmota/discovery/1/config',
      'lamp2',
      'homeassistant/status',
    ])
      await lamp.publishAsync(topic, 'x', { qos: 1, retain: true })
    await lamp.publishAsync('lamp/state', 'on', { qos: 2 })
    await barrier(tool)
    assert.deepEqual(heard, ['lamp/state on'])
    assert.ok(lamp.connected)
    assert.deepEqual(log, ['broker message outside scope'])
  }))

test('names that differ in case alone are two, and the same name in two homes never meets', () =>
  withBroker(async ({ dial }) => {
    const [lamp, other, inB] = [await dial('lamp'), await dial('Lamp'), await dial('lamp-b')]
    const [inLamp, inOther, heardB] = [hear(lamp), hear(other), hear(inB)]
    await lamp.subscribeAsync('lamp/#', { qos: 1 })
    await inB.subscribeAsync('lamp/#', { qos: 1 })
    await other.subscribeAsync('Lamp/#', { qos: 1 })
    await assert.rejects(other.subscribeAsync('lamp/#'))
    await lamp.publishAsync('lamp/state', '1', { qos: 1, retain: true })
    await other.publishAsync('Lamp/state', '2', { qos: 1, retain: true })
    await other.publishAsync('lamp/state', '3', { qos: 1, retain: true })
    for (const client of [lamp, other, inB]) await barrier(client)
    assert.deepEqual([inLamp, inOther, heardB], [['lamp/state 1'], ['Lamp/state 2'], []])
  }))

test('an announcement stays its announcer’s: nobody else replaces, clears or imitates it while it lives', () =>
  withBroker(async ({ broker, dial }) => {
    const topic = 'homeassistant/light/A1B2C3/config'
    const [tool, lamp, other] = [await dial('tool'), await dial('lamp'), await dial('Lamp')]
    const heard = hear(tool)
    await tool.subscribeAsync('homeassistant/#', { qos: 1 })
    await lamp.publishAsync(topic, 'mine', { qos: 1, retain: true })
    for (const retain of [true, false])
      for (const payload of ['not mine', '']) await other.publishAsync(topic, payload, { qos: 1, retain })
    await barrier(other)
    await barrier(tool)
    assert.deepEqual(heard, [`${topic} mine`])
    broker.credentials(list.filter((one) => one.id !== 'lamp'))
    await other.publishAsync(topic, 'free again', { qos: 1, retain: true })
    await barrier(other)
    await barrier(tool)
    assert.deepEqual(heard, [`${topic} mine`, `${topic} free again`])
  }))

test('a filter refused beside a granted one leaves nothing behind in the session', () =>
  withBroker(async ({ dial }) => {
    const lamp = await dial('lamp', { clean: false })
    await lamp.subscribeAsync(['lamp/set', '#', 'Lamp/#'], { qos: 1 }).catch(() => undefined)
    await new Promise<void>((resolve) => lamp.end(false, () => resolve()))
    const tool = await dial('tool')
    for (const topic of ['lamp/set', 'other', 'Lamp/set']) await tool.publishAsync(topic, topic, { qos: 1 })
    await barrier(tool)
    const heard: string[] = []
    const back = await dial('lamp', { clean: false })
    back.on('message', (topic) => heard.push(topic))
    await barrier(back)
    assert.deepEqual(heard, ['lamp/set'])
  }))

test('a scope that changes ends the connection that was made under the old one, with what it left', () =>
  withBroker(async ({ broker, dial }) => {
    const lamp = await dial('lamp')
    await lamp.publishAsync('lamp/kept', 'x', { qos: 1, retain: true })
    const gone = new Promise<void>((resolve) => lamp.once('close', () => resolve()))
    broker.credentials(
      list.map((one) => (one.id === 'lamp' ? credential('lamp', 'home-a', deviceScope('light')) : one)),
    )
    await gone
    const tool = await dial('tool')
    const heard = hear(tool)
    await tool.subscribeAsync('lamp/#')
    await barrier(tool)
    assert.deepEqual(heard, [])
    await assert.rejects((await dial('lamp')).subscribeAsync('lamp/#'))
  }))

test('a will outside the scope is refused at the door', () =>
  withBroker(async ({ dial }) => {
    const will = (topic: string) => ({
      will: { topic, payload: Buffer.from('w'), qos: 1 as const, retain: true },
    })
    await assert.rejects(dial('lamp', will('other/state')), { code: 5 })
    await assert.rejects(dial('lamp', will('$SYS/x')), { code: 5 })
    await assert.rejects(dial('lamp', will('lamp/#')), { code: 5 })
    assert.ok((await dial('lamp', will('lamp/status'))).connected)
  }))
