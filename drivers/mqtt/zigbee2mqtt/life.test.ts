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
