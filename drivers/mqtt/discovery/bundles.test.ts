// Catches a device bundle read wrongly, an entity that loses its identity or its value between the two formats, and a removal that is missed.
// The configs are of our own making after Home Assistant's documentation.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createHarness } from '@eaves/driver-kit/testing'
import { createMemoryBroker, openHome } from '../testing/memory-link.ts'
import { keyOf } from './identity.ts'
import { box } from './testing/play.ts'

const temperature = {
  unique_id: 'box-1_t',
  dev_cla: 'temperature',
  unit_of_meas: '°C',
  val_tpl: '{{ value_json.t }}',
}
const level = { unique_id: 'box-1_level', name: 'Level', stat_t: 'box/level', unit_of_meas: 'cm' }
const bundle = (cmps: Readonly<Record<string, object>>) => ({
  dev: box,
  o: { name: 'maker' },
  cmps,
  stat_t: 'box/state',
  qos: 1,
})
const whole = bundle({ a: { p: 'sensor', ...temperature }, b: { platform: 'sensor', ...level } })
const topic = 'homeassistant/device/box/config'

test('a bundle announces a whole device, and what its entities share', async () => {
  const { broker, harness } = await openHome({
    [topic]: {
      ...whole,
      '~': 'box',
      avty_t: '~/online',
      cmps: {
        ...whole.cmps,
        c: { p: 'switch', name: null, unique_id: 'box-1_sw', stat_t: '~/sw', cmd_t: '~/sw/set' },
      },
    },
  })
  broker.publish('box/state', { t: 21 })
  broker.publish('box/level', '12')
  broker.publish('box/online', 'offline')
  await harness.clock?.advance(5)
  assert.deepEqual(
    [
      harness.value('id:box-1', 'main', 'temperature', 'celsius'),
      harness.value('id:box-1', 'main', 'vendor', 'level'),
      harness.device('id:box-1')?.online,
      harness.devices().length,
    ],
    [21, 12, false, 1],
  )
  await harness.command('id:box-1', { part: 'main', capability: 'onOff', name: 'turnOn', args: {} })
  assert.deepEqual(
    broker.sent.map((message) => [message.topic, message.payload, message.qos]),
    [['box/sw/set', 'ON', 1]],
  )
  await harness.stop()
})

test('an entity goes by a body with its platform alone, and a device by an empty payload', async () => {
  const { broker, harness } = await openHome({ [topic]: whole })
  broker.publish(topic, bundle({ a: { p: 'sensor' }, b: { platform: 'sensor', ...level } }))
  await harness.clock?.advance(200)
  assert.deepEqual(Object.keys(harness.device('id:box-1')?.shape.parts[0]?.capabilities ?? {}), [])
  assert.deepEqual(Object.keys(harness.device('id:box-1')?.shape.parts[0]?.vendor ?? {}), ['level'])
  broker.publish(topic, '')
  await harness.clock?.advance(200)
  assert.equal(harness.devices().length, 0)
  await harness.stop()
})

const single = {
  'homeassistant/sensor/box/t/config': { ...temperature, stat_t: 'box/state', device: box },
  'homeassistant/sensor/box/level/config': { ...level, device: box },
}
const shapeOf = (harness: Awaited<ReturnType<typeof openHome>>['harness']) =>
  harness.device('id:box-1')?.shape
const gone = (harness: Awaited<ReturnType<typeof openHome>>['harness']) =>
  harness.messages.filter((message) => message.t === 'gone').length

test('a device moves from single configs to a bundle and back without ever being gone or named anew', async () => {
  const { broker, harness } = await openHome(single)
  const before = shapeOf(harness)
  const migrate = { migrate_discovery: true }
  for (const one of Object.keys(single)) broker.publish(one, migrate)
  await harness.clock?.advance(200)
  assert.deepEqual(shapeOf(harness), before, 'until the other format has come, all stands')
  broker.publish(topic, { ...whole, stat_t: 'new' })
  await harness.clock?.advance(200)
  broker.publish('box/state', { t: 1 })
  broker.publish('new', { t: 2 })
  await harness.clock?.advance(5)
  assert.equal(harness.value('id:box-1', 'main', 'temperature', 'celsius'), 2, 'the new one counts at once')
  for (const one of Object.keys(single)) broker.publish(one, '')
  await harness.clock?.advance(200)
  assert.deepEqual(shapeOf(harness), before)
  broker.publish(topic, migrate)
  for (const [one, config] of Object.entries(single)) broker.publish(one, config)
  await harness.clock?.advance(200)
  broker.publish(topic, '')
  await harness.clock?.advance(200)
  assert.deepEqual(shapeOf(harness), before)
  assert.equal(gone(harness), 0)
  broker.publish('box/state', { t: 5 })
  await harness.clock?.advance(5)
  assert.equal(harness.value('id:box-1', 'main', 'temperature', 'celsius'), 5)
  await harness.stop()
})

test('both formats at once are one device, and the first stands until it is removed', async () => {
  const { broker, harness } = await openHome(single)
  broker.publish(topic, { ...whole, stat_t: 'other' }, true)
  await harness.clock?.advance(200)
  const values = async (): Promise<unknown> => {
    broker.publish('box/state', { t: 1 })
    broker.publish('other', { t: 2 })
    await harness.clock?.advance(5)
    return harness.value('id:box-1', 'main', 'temperature', 'celsius')
  }
  assert.equal(await values(), 1)
  for (const one of Object.keys(single)) broker.publish(one, '')
  await harness.clock?.advance(200)
  assert.equal(await values(), 2)
  assert.deepEqual([harness.devices().length, gone(harness)], [1, 0])
  assert.deepEqual(
    harness.logs().map((line) => line.event),
    ['unique id announced twice'],
  )
  await harness.stop()
})

test('whichever config comes first, a device has the same parts, keys and name', async () => {
  const relay = (n: number, name: string | null) => ({
    unique_id: `box-1_r${n}`,
    name,
    stat_t: `r${n}`,
    cmd_t: `r${n}/set`,
    device: box,
  })
  const configs = Object.entries({
    'switch/one': relay(1, null),
    'switch/two': relay(2, 'Relay 2'),
    'switch/three': relay(3, 'Relay 3'),
    'light/a': { ...relay(4, 'Lamp A'), unique_id: 'box-1_la' },
    'light/b': { ...relay(5, 'Lamp B'), unique_id: 'box-1_lb' },
    'sensor/in': { ...temperature, stat_t: 's', device: box },
    'sensor/out': { ...temperature, unique_id: 'box-1_out', name: 'Outside', stat_t: 's', device: box },
  })
  const shapes = new Set<string>()
  for (let turn = 0; turn < configs.length; turn++) {
    const { harness } = await openHome(
      Object.fromEntries(
        [...configs.slice(turn), ...configs.slice(0, turn)].map(([place, config]) => [
          `homeassistant/${place}/config`,
          config,
        ]),
      ),
    )
    shapes.add(JSON.stringify(shapeOf(harness)))
    await harness.stop()
  }
  assert.equal(shapes.size, 1)
  assert.match([...shapes][0]!, /"id":"out","name":"Outside"/)
})

test('a config that names only an identifier belongs to the device whose address another one tells', async () => {
  const named = { ids: ['AABBCC'], name: 'Plug', cns: [['mac', 'aa:bb:cc:00:11:22']] }
  const short = { unique_id: 'AABBCC_b', stat_t: 'b', device: { ids: ['AABBCC'] } }
  const long = { unique_id: 'AABBCC_a', stat_t: 'a', device: named }
  for (const order of [
    ['homeassistant/sensor/a/config', 'homeassistant/sensor/b/config'],
    ['homeassistant/sensor/b/config', 'homeassistant/sensor/a/config'],
  ]) {
    const broker = createMemoryBroker()
    const harness = createHarness(broker.driver)
    harness.open()
    for (const one of order) {
      await harness.clock?.advance(500)
      broker.publish(one, one.includes('/a/') ? long : short)
    }
    await harness.clock?.advance(500)
    assert.deepEqual(
      harness
        .devices()
        .map((device) => [device.shape.nativeId, Object.keys(device.shape.parts[0]!.vendor).toSorted()]),
      [['mac:aabbcc001122', ['a', 'b']]],
    )
    await harness.stop()
  }
})

test('entities whose ids come to one key all keep a place', async () => {
  const sensor = (unique_id: string) => ({ unique_id, stat_t: unique_id, device: box })
  const { harness } = await openHome({
    'homeassistant/sensor/a/config': sensor('box-1_x'),
    'homeassistant/sensor/b/config': sensor('x_box-1'),
    'homeassistant/number/c/config': { ...sensor('x'), cmd_t: 'c' },
  })
  assert.deepEqual(Object.keys(shapeOf(harness)?.parts[0]?.vendor ?? {}).toSorted(), [
    'number_x',
    'sensor_box-1_x',
    'sensor_x_box-1',
  ])
  await harness.stop()
})

test('a key is what the entity is, without what tells the device', () => {
  assert.equal(keyOf('35EBF6_ENERGY_Power', 'x', ['35EBF6']), 'ENERGY_Power')
  assert.equal(
    keyOf('0x00158d0001020304_linkquality_z', 'x', ['z_0x00158d0001020304', '0x00158d0001020304']),
    'linkquality_z',
  )
  assert.equal(keyOf('ea33_temp_ea33', 'x', ['ea33']), 'temp')
  assert.equal(keyOf('aabbccddeeff', 'node.temperature', ['AABBCCDDEEFF']), 'temperature')
  assert.equal(keyOf(undefined, 'node.temperature', ['node']), 'node.temperature')
  assert.equal(keyOf('__proto__', 'x', []), 'proto')
  assert.equal(keyOf('a\u0000b', 'x', []), 'ab')
})
