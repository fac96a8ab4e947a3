// Catches a value that outlives its time, an attribute that is lost, endless or none of our business, and a timer that is left behind.
// The configs are of our own making after Home Assistant's documentation.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHome } from '../testing/memory-link.ts'
import { box } from './testing/play.ts'

const beacon = (more: object) => ({
  'homeassistant/sensor/beacon/config': {
    unique_id: 'u1',
    dev_cla: 'temperature',
    unit_of_meas: '°C',
    stat_t: 's',
    device: box,
    ...more,
  },
})

test('a value that expired is unknown and its device out of reach, until it is told again', async () => {
  const { broker, harness } = await openHome(beacon({ exp_aft: 60 }))
  const state = (): unknown[] => [
    harness.value('id:box-1', 'main', 'temperature', 'celsius') ?? null,
    harness.device('id:box-1')?.online,
  ]
  broker.publish('s', '20')
  await harness.clock?.advance(50_000)
  broker.publish('s', '20')
  await harness.clock?.advance(50_000)
  assert.deepEqual(state(), [20, true])
  await harness.clock?.advance(11_000)
  assert.deepEqual(state(), [null, false])
  broker.publish('s', '20')
  await harness.clock?.advance(5)
  assert.deepEqual(state(), [20, true])
  harness.close()
  await harness.clock?.advance(5)
  await harness.stop()
  assert.deepEqual(
    harness.logs().map((line) => line.event),
    [],
  )
})

test('what expires beside what does not leaves its device within reach', async () => {
  const { broker, harness } = await openHome({
    ...beacon({ exp_aft: 60 }),
    'homeassistant/binary_sensor/door/config': { unique_id: 'u2', dev_cla: 'door', stat_t: 'd', device: box },
  })
  broker.publish('s', '20')
  await harness.clock?.advance(70_000)
  assert.equal(harness.device('id:box-1')?.online, true)
  assert.equal(harness.value('id:box-1', 'main', 'temperature', 'celsius') ?? null, null)
  await harness.stop()
})

test('a sensor that says only "on" is off again after its delay, counted from the last time', async () => {
  const { broker, harness } = await openHome({
    'homeassistant/binary_sensor/pir/config': {
      unique_id: 'u1',
      dev_cla: 'motion',
      off_dly: 10,
      stat_t: 'm',
      device: box,
    },
  })
  const isOn = () => harness.value('id:box-1', 'main', 'occupancy', 'occupied')
  broker.publish('m', 'ON')
  await harness.clock?.advance(6000)
  broker.publish('m', 'ON')
  await harness.clock?.advance(6000)
  assert.equal(isOn(), true)
  await harness.clock?.advance(5000)
  assert.equal(isOn(), false)
  broker.publish('m', 'ON')
  await harness.clock?.advance(5)
  harness.close()
  await harness.clock?.advance(5)
  await harness.stop()
  assert.deepEqual(
    harness.logs().map((line) => line.event),
    [],
  )
})

test('a null or "None" makes a value unknown and is no text', async () => {
  const { broker, harness } = await openHome(beacon({ val_tpl: '{{ value_json.t }}' }))
  const value = () => harness.value('id:box-1', 'main', 'temperature', 'celsius') ?? null
  for (const [message, wanted] of [
    [{ t: 20 }, 20],
    [{ other: 1 }, 20],
    [{ t: null }, null],
    [{ t: 21 }, 21],
    [{ t: 'None' }, null],
  ] as const) {
    broker.publish('s', message)
    await harness.clock?.advance(5)
    assert.equal(value(), wanted)
  }
  await harness.stop()
})

test('attributes become facts about the device when they are seen, some of them, and never a place or a password', async () => {
  const { broker, harness } = await openHome(
    beacon({ val_tpl: '{{ value_json.t }}', json_attr_t: 's', unique_id: 'box-1_t' }),
  )
  const vendor = () => harness.device('id:box-1')?.shape.parts[0]?.vendor ?? {}
  const said = {
    t: 20,
    rssi: -60,
    model: 'X',
    ok: true,
    latitude: 1,
    wifi_password: 'secret',
    SSID: 'Home',
    IPAddress: '10.0.0.2',
    nested: { a: 1 },
  }
  broker.publish('s', said)
  await harness.clock?.advance(3000)
  assert.deepEqual(Object.keys(vendor()), ['attribute.rssi', 'attribute.model', 'attribute.ok'])
  assert.deepEqual(
    [
      vendor()['attribute.rssi']?.category,
      vendor()['attribute.rssi']?.type,
      vendor()['attribute.rssi']?.writable,
    ],
    ['diagnostic', 'number', false],
  )
  assert.equal(
    harness.value('id:box-1', 'main', 'vendor', 'attribute.rssi'),
    -60,
    'told before it had a place',
  )
  broker.publish('s', { ...said, rssi: -70, model: 5 })
  await harness.clock?.advance(5)
  assert.equal(harness.value('id:box-1', 'main', 'vendor', 'attribute.rssi'), -70)
  assert.equal(harness.value('id:box-1', 'main', 'vendor', 'attribute.model'), 'X')
  const announced = () => harness.messages.filter((message) => message.t === 'device').length
  const before = announced()
  for (let round = 0; round < 40; round++) {
    broker.publish('s', { [`key${round}`]: round })
    await harness.clock?.advance(2500)
  }
  assert.equal(Object.keys(vendor()).length, 16)
  assert.ok(announced() - before <= 16, `${announced() - before} announcements`)
  await harness.stop()
})

test('several entities with one message of attributes read it once, through its template', async () => {
  const attributes = { json_attr_t: 'a', json_attr_tpl: '{{ value_json.more | tojson }}' }
  const { broker, harness } = await openHome({
    ...beacon(attributes),
    'homeassistant/binary_sensor/door/config': {
      unique_id: 'u2',
      dev_cla: 'door',
      stat_t: 'd',
      device: box,
      ...attributes,
    },
  })
  broker.publish('a', { more: { since: 5 }, less: 1 })
  await harness.clock?.advance(3000)
  assert.deepEqual(Object.keys(harness.device('id:box-1')?.shape.parts[0]?.vendor ?? {}), ['attribute.since'])
  await harness.stop()
})
