// Catches entities of one device that come apart, one device announced both ways becoming two, and a config that breaks the connection.
// The configs are of our own making after Home Assistant's documentation.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMemoryBroker, expose, openHome, zigbeeDevice } from '../testing/memory-link.ts'
import { createHarness } from '@eaves/driver-kit/testing'
import { hardwareAddress } from './identity.ts'

const device = { ids: ['box-1'], name: 'Box', mf: 'Maker', mdl: 'B-1', sw: '1.2' }
type Values = Readonly<Record<string, unknown>>

test('availability has a topic or several, payloads, a template and a mode', async () => {
  const config = (availability: Values) => ({
    'homeassistant/switch/box/config': { unique_id: 'u', stat_t: 's', cmd_t: 'c', device, ...availability },
  })
  const steps = async (availability: Values, messages: readonly (readonly [string, string])[]) => {
    const { broker, harness } = await openHome(config(availability))
    const seen = [harness.device('id:box-1')?.online]
    for (const [topic, payload] of messages) {
      broker.publish(topic, payload)
      await harness.clock?.advance(2)
      seen.push(harness.device('id:box-1')?.online)
    }
    await harness.stop()
    return seen
  }
  assert.deepEqual(
    await steps({ avty_t: 'a', pl_avail: 'up', pl_not_avail: 'down' }, [
      ['a', 'down'],
      ['a', 'nonsense'],
      ['a', 'up'],
    ]),
    [true, false, false, true],
  )
  const list = [{ t: 'a' }, { t: 'b', val_tpl: '{{ value_json.state }}' }]
  assert.deepEqual(
    await steps({ avty: list, avty_mode: 'all' }, [
      ['a', 'online'],
      ['b', '{"state":"offline"}'],
      ['b', '{"state":"online"}'],
    ]),
    [true, true, false, true],
  )
  assert.deepEqual(
    await steps({ avty: list, avty_mode: 'any' }, [
      ['a', 'offline'],
      ['b', '{"state":"online"}'],
    ]),
    [true, false, true],
  )
})

test('entities of one device come together, an empty config takes one away, a second switch has its own part', async () => {
  const relay = (n: number) => ({
    unique_id: `r${n}`,
    name: `Relay ${n}`,
    stat_t: `r${n}`,
    cmd_t: `r${n}/set`,
    device,
  })
  const { broker, harness } = await openHome({
    'homeassistant/switch/one/config': relay(1),
    'homeassistant/switch/two/config': relay(2),
    'homeassistant/sensor/t/config': { unique_id: 't', dev_cla: 'temperature', stat_t: 't', device },
  })
  assert.equal(harness.devices().length, 1)
  assert.deepEqual(
    harness.device('id:box-1')?.shape.parts.map((part) => [part.id, part.name]),
    [
      ['r1', 'Relay 1'],
      ['r2', 'Relay 2'],
      ['main', undefined],
    ],
  )
  broker.publish('homeassistant/switch/one/config', '')
  await harness.clock?.advance(200)
  assert.deepEqual(
    harness
      .device('id:box-1')
      ?.shape.parts.map((part) => part.id)
      .toSorted(),
    ['main', 'r2'],
    'the second switch kept its part',
  )
  for (const topic of ['switch/two', 'sensor/t']) broker.publish(`homeassistant/${topic}/config`, '')
  await harness.clock?.advance(200)
  assert.equal(harness.devices().length, 0)
  await harness.stop()
})

test('one device announced both ways is one device, and Zigbee2MQTT wins in either order', async () => {
  const ieee = '0x00158d0001020304'
  const config = {
    unique_id: 'x',
    schema: 'json',
    name: 'from discovery',
    stat_t: 'zigbee2mqtt/lamp',
    cmd_t: 'zigbee2mqtt/lamp/set',
    brightness: true,
    device: { identifiers: [`zigbee2mqtt_${ieee}`], name: 'from discovery' },
  }
  for (const order of ['discovery first', 'zigbee2mqtt first'] as const) {
    const broker = createMemoryBroker()
    const harness = createHarness(broker.driver)
    harness.open()
    await harness.clock?.advance(50)
    const announce = [
      () => broker.publish('homeassistant/light/lamp/light/config', config, true),
      () => broker.publish('zigbee2mqtt/bridge/devices', [zigbeeDevice(ieee, 'lamp', [expose.light])], true),
    ]
    for (const say of order === 'discovery first' ? announce : announce.toReversed()) {
      say()
      await harness.clock?.advance(300)
    }
    broker.publish('zigbee2mqtt/lamp', { state: 'ON', brightness: 254 })
    await harness.clock?.advance(5)
    assert.deepEqual(
      harness.devices().map((one) => [one.shape.nativeId, one.shape.name]),
      [[ieee, 'lamp']],
      order,
    )
    assert.equal(harness.value(ieee, 'main', 'level', 'percent'), 100, order)
    // Without Zigbee2MQTT's own word the announcement by discovery stands again.
    broker.publish('zigbee2mqtt/bridge/devices', [])
    await harness.clock?.advance(300)
    assert.deepEqual(
      harness.devices().map((one) => one.shape.name),
      ['from discovery'],
      order,
    )
    await harness.stop()
  }
})

test('a hardware address is found and written in one way', () => {
  assert.equal(hardwareAddress(['zigbee2mqtt_0x00158D0001020304'], []), '0x00158d0001020304')
  assert.equal(hardwareAddress(['zigbee2mqtt_bridge_0x00158d0001020304'], []), undefined)
  assert.equal(hardwareAddress(['plug'], [['mac', 'AA:BB:CC:00:11:22']]), 'mac:aabbcc001122')
  assert.equal(hardwareAddress(['AA-BB-CC-00-11-22'], []), 'mac:aabbcc001122')
  assert.equal(hardwareAddress(['0x00158d00010203045'], []), undefined)
})
