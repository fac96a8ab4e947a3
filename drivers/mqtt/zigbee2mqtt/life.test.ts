// Catches a device that is not the same after a rename, whose reachability is told wrongly, or that breaks the connection.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { expose, openHome, zigbeeDevice } from '../testing/memory-link.ts'

const ieee = '0x00158d0001020304'
const list = (...devices: readonly object[]) => ({
  'zigbee2mqtt/bridge/devices': devices,
  'zigbee2mqtt/bridge/state': { state: 'online' },
})

test('reachability follows the device, the bridge and the link, in both of the device’s spellings', async () => {
  const { broker, harness } = await openHome({
    ...list(zigbeeDevice(ieee, 'lamp', [expose.switch])),
    'zigbee2mqtt/lamp/availability': 'offline',
  })
  const online = () => harness.device(ieee)?.online
  assert.equal(online(), false)
  broker.publish('zigbee2mqtt/lamp/availability', { state: 'online' }, true)
  assert.equal(online(), false, 'reports travel in batches')
  await harness.clock?.advance(1)
  assert.equal(online(), true)
  broker.publish('zigbee2mqtt/bridge/state', { state: 'offline' })
  await harness.clock?.advance(1)
  assert.equal(online(), false)
  broker.publish('zigbee2mqtt/bridge/state', 'online', true)
  broker.setOnline(false)
  await harness.clock?.advance(1)
  assert.equal(online(), false)
  assert.equal(
    (await harness.command(ieee, { part: 'main', capability: 'onOff', name: 'turnOn', args: {} })).code,
    'device.unreachable',
  )
  broker.setOnline(true)
  await harness.clock?.advance(1)
  assert.equal(online(), true)
  await harness.stop()
})

test('a device that renames itself a thousand times stays one device with one topic', async () => {
  const { broker, harness } = await openHome(list(zigbeeDevice(ieee, 'name-0', [expose.switch])))
  for (let i = 1; i <= 1000; i++) {
    broker.publish('zigbee2mqtt/bridge/devices', [zigbeeDevice(ieee, `name-${i}`, [expose.switch])])
    if (i % 100 === 0) await harness.clock?.advance(60)
  }
  broker.publish('zigbee2mqtt/name-1000', { state: 'ON' })
  broker.publish('zigbee2mqtt/name-7', { state: 'OFF' })
  await harness.clock?.advance(60)
  assert.equal(harness.devices().length, 1)
  assert.equal(harness.device(ieee)?.shape.name, 'name-1000')
  assert.equal(harness.value(ieee, 'main', 'onOff', 'on'), true)
  await harness.stop()
})

test('a name that would stand on another topic is refused, and one that is gone is removed', async () => {
  const { broker, harness } = await openHome(
    list(
      zigbeeDevice(ieee, 'bridge/state', [expose.switch]),
      zigbeeDevice('0x0000000000000009', '+/x', [expose.switch]),
      zigbeeDevice('0x000000000000000a', 'good', [expose.switch]),
    ),
  )
  assert.deepEqual(
    harness.devices().map((device) => device.shape.name),
    ['good'],
  )
  broker.publish('zigbee2mqtt/bridge/devices', [])
  await harness.clock?.advance(60)
  assert.equal(harness.devices().length, 0)
  await harness.stop()
})

test('what Zigbee2MQTT does not watch over counts as reachable while the bridge is', async () => {
  const { broker, harness } = await openHome({
    ...list(zigbeeDevice(ieee, 'lamp', [expose.switch])),
    'zigbee2mqtt/lamp/availability': 'offline',
    'zigbee2mqtt/bridge/info': { version: '2.6.0', config: { availability: { enabled: false } } },
  })
  const online = async (info?: object): Promise<boolean | undefined> => {
    if (info !== undefined) broker.publish('zigbee2mqtt/bridge/info', info)
    await harness.clock?.advance(10)
    return harness.device(ieee)?.online
  }
  assert.equal(await online(), true, 'a kept word from when it was watched over counted')
  assert.equal(await online({ config: { availability: { enabled: true } } }), false)
  assert.equal(await online({ config: {} }), true)
  assert.equal(await online({ config: { availability: true } }), false)
  assert.equal(await online({ config: { availability: { active: { timeout: 10 } } } }), false)
  broker.publish('zigbee2mqtt/bridge/state', 'offline')
  assert.equal(await online({ config: { availability: { enabled: false } } }), false)
  await harness.stop()
})

test('a state that the broker kept or Zigbee2MQTT tells again is known, but no fresh word', async () => {
  const { broker, harness } = await openHome({
    ...list(zigbeeDevice(ieee, 'sensor', [expose.numeric('temperature', '°C')])),
    'zigbee2mqtt/sensor': { temperature: 20 },
  })
  const told = async (): Promise<string | undefined> => {
    await harness.clock?.advance(10)
    return harness.messages.filter((m) => m.t === 'r' || m.t === 'kept').at(-1)?.t
  }
  const now = (): number => harness.clock!.now()
  assert.equal(await told(), 'kept')
  assert.equal(harness.value(ieee, 'main', 'temperature', 'celsius'), 20)
  const states: readonly (readonly [object, string])[] = [
    [{ temperature: 21 }, 'r'],
    [{ temperature: 22, last_seen: now() - 3_600_000 }, 'kept'],
    [{ temperature: 23, last_seen: now() - 1000 }, 'r'],
    [{ temperature: 24, last_seen: new Date(now() - 3_600_000).toISOString() }, 'kept'],
    [{ temperature: 25, last_seen: new Date(now()).toISOString() }, 'r'],
    [{ temperature: 26, last_seen: 'yesterday' }, 'r'],
    [{ temperature: 27, last_seen: null }, 'r'],
  ]
  for (const [state, wanted] of states) {
    broker.publish('zigbee2mqtt/sensor', state)
    assert.equal(await told(), wanted, JSON.stringify(state))
    assert.equal(
      harness.value(ieee, 'main', 'temperature', 'celsius'),
      (state as { temperature: number }).temperature,
    )
  }
  await harness.stop()
})

test('the first report right behind the list is heard, also below folders', async () => {
  for (const name of ['lamp', 'upstairs/hall/lamp']) {
    const { broker, harness } = await openHome({})
    broker.publish('zigbee2mqtt/bridge/devices', [zigbeeDevice(ieee, name, [expose.switch])])
    for (let passed = 0; harness.device(ieee) === undefined && passed < 1000; passed++)
      await harness.clock?.advance(1)
    broker.publish(`zigbee2mqtt/${name}`, { state: 'ON' })
    await harness.clock?.advance(1)
    assert.equal(harness.value(ieee, 'main', 'onOff', 'on'), true, name)
    await harness.stop()
  }
})

test('an action is told with the device’s own word, once, whether it comes in the state or by itself', async () => {
  const remote = zigbeeDevice(ieee, 'remote', [
    { type: 'enum', name: 'action', property: 'action', access: 1, values: ['single', 'left_double'] },
  ])
  const { broker, harness } = await openHome({ ...list(remote), 'zigbee2mqtt/remote/action': 'single' })
  const events = async (): Promise<readonly string[]> => {
    await harness.clock?.advance(1)
    return harness.messages.filter((m) => m.t === 'event').map((m) => `${m.part} ${m.event} ${m.detail}`)
  }
  broker.publish('zigbee2mqtt/remote/action', 'single')
  broker.publish('zigbee2mqtt/remote/action', '')
  assert.deepEqual(await events(), ['main pressed single'])
  const said = ['left_double', 'dial_rotate_left_slow', 'recall_17', '', 'x'.repeat(200)]
  for (const action of said) {
    broker.publish('zigbee2mqtt/remote', { action, action_side: 3, action_duration: 1.2 })
    // Zigbee2MQTT sends it once more by itself, for triggers of other programs.
    broker.publish('zigbee2mqtt/remote/action', action)
  }
  for (const action of [null, 7, { type: 'single' }, ['single']])
    broker.publish('zigbee2mqtt/remote', { action })
  assert.deepEqual((await events()).slice(1), [
    'left doublePressed left_double',
    'main other dial_rotate_left_slow',
    'main other recall_17',
  ])
  assert.deepEqual(
    harness.logs().filter((line) => line.event === 'device value refused'),
    [],
  )
  await harness.stop()
})

test('firmware is told, checked and installed, and the report says how far it is', async () => {
  const { broker, harness } = await openHome(
    list(
      zigbeeDevice(ieee, 'lamp', [expose.switch], { definition: { supports_ota: true } }),
      zigbeeDevice('0x0000000000000009', 'other', [expose.switch]),
    ),
  )
  assert.equal(harness.device('0x0000000000000009')?.shape.parts[0]?.capabilities.firmware, undefined)
  const firmware = async (state: object): Promise<readonly unknown[]> => {
    broker.publish('zigbee2mqtt/lamp', state)
    await harness.clock?.advance(1)
    return ['state', 'progressPercent', 'installed', 'available'].map((name) =>
      harness.value(ieee, 'main', 'firmware', name),
    )
  }
  assert.deepEqual(await firmware({ update_available: true }), ['available', undefined, undefined, undefined])
  assert.deepEqual(
    await firmware({ update: { state: 'idle', installed_version: 587753009, latest_version: 587753009 } }),
    ['current', undefined, '587753009', '587753009'],
  )
  assert.deepEqual(
    await firmware({ update: { state: 'available', latest_version: 587765297 }, update_available: false }),
    ['available', undefined, '587753009', '587765297'],
  )
  for (const [name, path] of [
    ['check', 'check'],
    ['install', 'update'],
  ]) {
    const command = { part: 'main', capability: 'firmware', name: name!, args: {} }
    assert.deepEqual(await harness.command(ieee, command), { state: 'sent' })
    assert.equal(broker.sent.at(-1)?.topic, `zigbee2mqtt/bridge/request/device/ota_update/${path}`)
    assert.deepEqual(JSON.parse(broker.sent.at(-1)!.payload), { id: ieee })
  }
  assert.deepEqual(
    (await firmware({ update: { state: 'updating', progress: 13.37, remaining: 219 } })).slice(0, 2),
    ['updating', 13],
  )
  assert.deepEqual((await firmware({ update: { state: 'scheduled', progress: null } })).slice(0, 2), [
    'scheduled',
    undefined,
  ])
  for (const odd of [
    { state: '__proto__' },
    { state: 7 },
    [],
    'idle',
    { state: 'updating', progress: 1e9, installed_version: {} },
  ])
    await firmware({ update: odd })
  assert.deepEqual(
    harness.logs().filter((line) => line.event === 'device value refused'),
    [],
  )
  await harness.stop()
})

test('a disabled device is there but not reached, and the coordinator is no device', async () => {
  const { harness } = await openHome(
    list(
      { ieee_address: '0x00124b00ffffffff', type: 'Coordinator', friendly_name: 'Coordinator' },
      zigbeeDevice(ieee, 'lamp', [expose.switch], { disabled: true }),
      zigbeeDevice('0x000000000000000a', 'extender', []),
    ),
  )
  assert.deepEqual(
    harness
      .devices()
      .map(({ shape, online }) => [shape.name, online, shape.acts?.length, shape.problems?.length]),
    [
      ['lamp', false, 2, 1],
      ['extender', true, 4, undefined],
    ],
  )
  await harness.stop()
})

test('two entries of one device are one, the later counts each time, and it is said once', async () => {
  const upper = ieee.toUpperCase().replace('0X', '0x')
  const { broker, harness } = await openHome(
    list(zigbeeDevice(upper, 'first', [expose.switch]), zigbeeDevice(ieee, 'second', [expose.light])),
  )
  const announced = harness.messages.filter((m) => m.t === 'device').length
  for (let i = 0; i < 5; i++) {
    broker.publish('zigbee2mqtt/bridge/devices', [
      zigbeeDevice(upper, 'first', [expose.switch]),
      zigbeeDevice(ieee, 'second', [expose.light]),
    ])
    await harness.clock?.advance(60)
  }
  assert.deepEqual(
    harness.devices().map(({ shape }) => [shape.name, shape.kind]),
    [['second', 'light']],
  )
  assert.equal(
    harness.messages.filter((m) => m.t === 'device').length,
    announced,
    'announced again and again',
  )
  assert.equal(harness.logs().filter((line) => line.event === 'device listed twice').length, 1)
  await harness.stop()
})

test('no description and no payload, however wrong, breaks the connection', async () => {
  const seed = Number(process.env.FC_SEED ?? Date.now() % 1_000_000)
  console.log(`seed ${seed}`)
  const key = fc.constantFrom(
    'type',
    'name',
    'property',
    'access',
    'features',
    'values',
    'value_on',
    'unit',
    'value_max',
    'endpoint',
    'category',
    '__proto__',
    'constructor',
  )
  const value: fc.Arbitrary<unknown> = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(
      'light',
      'switch',
      'climate',
      'cover',
      'numeric',
      'enum',
      'binary',
      'composite',
      'brightness',
      'state',
      'color_xy',
      'color_temp',
      'action',
      'battery',
      '__proto__',
    ),
  )
  const exposed = fc.array(fc.dictionary(key, value), { maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(
      exposed,
      fc.array(
        fc.dictionary(
          fc.constantFrom('state', 'brightness', 'color', 'action', '__proto__', 'temperature'),
          value,
        ),
        { maxLength: 4 },
      ),
      async (exposes, states) => {
        const { broker, harness } = await openHome(
          list(zigbeeDevice(ieee, 'fuzz', exposes), ...(exposes as object[])),
        )
        for (const state of states) broker.publish('zigbee2mqtt/fuzz', state)
        for (const raw of [
          '',
          '{',
          'null',
          '[1]',
          'NaN',
          '{"state":1e999}',
          Buffer.from([0xff, 0xfe]),
          `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`,
          Buffer.alloc(300_000, 0x20),
        ]) {
          broker.publish('zigbee2mqtt/fuzz', raw)
          broker.publish('zigbee2mqtt/bridge/devices', raw)
          broker.publish('zigbee2mqtt/fuzz/availability', raw)
        }
        await harness.clock?.advance(100)
        assert.deepEqual(
          harness
            .logs()
            .filter((line) => line.level === 'error')
            .map((line) => line.event),
          [],
        )
        await harness.stop()
      },
    ),
    { numRuns: 60, seed },
  )
})
