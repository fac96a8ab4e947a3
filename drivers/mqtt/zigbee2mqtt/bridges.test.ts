// Catches two bridges of one connection that take each other's devices, acts or outages, and a device that moved between them and is there twice or flaps.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Harness } from '@eaves/driver-kit/testing'
import { readConfig } from '../config.ts'
import { expose, openHome, zigbeeDevice } from '../testing/memory-link.ts'
import { playZigbee2mqtt } from '../testing/zigbee2mqtt.ts'

const ieee = '0x00158d0001020304'
const house = '0x0000000000000001'
const attic = '0x0000000000000002'
const config = { base: 'zigbee2mqtt, house/attic ,zigbee2mqtt,' }
const lamp = (id: string, name: string): object => zigbeeDevice(id, name, [expose.switch])
const turnOn = { part: 'main', capability: 'onOff', name: 'turnOn', args: {} }
const announced = (harness: Harness): number =>
  harness.messages.filter((m) => m.t === 'device' && m.shape.nativeId === ieee).length

test('base topics are read as a list, and one that no topic could begin with is refused', () => {
  const basesOf = (base?: string) =>
    readConfig({ url: 'mqtt://127.0.0.1', ...(base === undefined ? {} : { base }) }).bases
  assert.deepEqual(basesOf(), ['zigbee2mqtt'])
  assert.deepEqual(basesOf(config.base), ['zigbee2mqtt', 'house/attic'])
  assert.deepEqual(basesOf(' , '), ['zigbee2mqtt'])
  for (const bad of [
    'a,+',
    '#',
    '$SYS',
    'a\u0007',
    'x'.repeat(129),
    Array.from({ length: 17 }, (_, i) => i).join(),
  ])
    assert.throws(() => basesOf(bad), { kind: 'rejected' }, bad)
})

test('each bridge has its own devices, acts and outages', async () => {
  const { broker, harness } = await openHome(
    {
      'zigbee2mqtt/bridge/state': 'online',
      'zigbee2mqtt/bridge/devices': [lamp(house, 'lamp')],
      'house/attic/bridge/state': 'online',
      'house/attic/bridge/devices': [lamp(attic, 'lamp')],
    },
    config,
  )
  assert.deepEqual(
    harness.messages.filter((m) => m.t === 'bridge').map((m) => [m.bridge.id, m.bridge.name]),
    [
      ['zigbee2mqtt', 'Zigbee2MQTT (zigbee2mqtt)'],
      ['house/attic', 'Zigbee2MQTT (house/attic)'],
    ],
  )
  broker.publish('house/attic/lamp', { state: 'ON' })
  await harness.clock!.advance(1)
  assert.equal(harness.value(house, 'main', 'onOff', 'on'), undefined)
  assert.equal(harness.value(attic, 'main', 'onOff', 'on'), true)
  await harness.command(attic, turnOn)
  assert.equal(broker.sent.at(-1)?.topic, 'house/attic/lamp/set')
  const z2m = playZigbee2mqtt(broker.publish, 'house/attic')
  z2m.devices.push(lamp(attic, 'lamp') as Record<string, unknown>)
  broker.onSent(({ topic, payload }) => z2m.take(topic, payload))
  assert.equal(await harness.act({ nativeId: attic }, 'configure'), undefined)
  assert.equal(await harness.act({ bridge: 'house/attic' }, 'permitJoin', { seconds: 10 }), undefined)
  assert.equal(z2m.asked.length, 2)
  broker.publish('house/attic/bridge/state', 'offline')
  await harness.clock!.advance(1)
  assert.deepEqual([harness.device(house)?.online, harness.device(attic)?.online], [true, false])
  await harness.stop()
})

test('a device that two bridges list from the start is one, and the order of the configuration decides', async () => {
  for (const isReversed of [false, true]) {
    const lists = [
      ['zigbee2mqtt/bridge/devices', [lamp(ieee, 'here')]],
      ['house/attic/bridge/devices', [lamp(ieee, 'there')]],
    ] as const
    const { broker, harness } = await openHome({}, config)
    for (const [topic, devices] of isReversed ? lists.toReversed() : lists) {
      broker.publish(topic, devices, true)
      await harness.clock!.advance(60)
    }
    assert.deepEqual(
      harness.devices().map((one) => one.shape.name),
      ['here'],
    )
    const before = announced(harness)
    for (let i = 0; i < 5; i++) {
      broker.publish('house/attic/bridge/devices', [
        zigbeeDevice(ieee, 'there', [expose.switch], { network_address: i }),
      ])
      await harness.clock!.advance(60)
    }
    assert.equal(announced(harness), before, 'the other’s list took it')
    broker.publish('zigbee2mqtt/bridge/devices', [])
    await harness.clock!.advance(60)
    assert.deepEqual(
      harness.devices().map((one) => one.shape.name),
      ['there'],
    )
    await harness.stop()
  }
})

test('a device that moved belongs to the bridge it joined, also while the other still lists it', async () => {
  const { broker, harness } = await openHome(
    {
      'zigbee2mqtt/bridge/devices': [lamp(ieee, 'here')],
      'house/attic/bridge/devices': [lamp(attic, 'other')],
    },
    config,
  )
  broker.publish('house/attic/bridge/devices', [lamp(attic, 'other'), lamp(ieee, 'there')])
  await harness.clock!.advance(60)
  assert.equal(harness.device(ieee)?.shape.name, 'there')
  await harness.command(ieee, turnOn)
  assert.equal(broker.sent.at(-1)?.topic, 'house/attic/there/set')
  const before = announced(harness)
  for (let i = 0; i < 5; i++) {
    broker.publish('zigbee2mqtt/bridge/devices', [
      zigbeeDevice(ieee, 'here', [expose.switch], { network_address: i }),
    ])
    broker.publish('zigbee2mqtt/here/availability', 'offline')
    await harness.clock!.advance(60)
  }
  assert.equal(announced(harness), before)
  assert.equal(harness.device(ieee)?.online, true, 'the former bridge’s word counted')
  broker.publish('zigbee2mqtt/bridge/event', { type: 'device_joined', data: { ieee_address: ieee } })
  await harness.clock!.advance(60)
  assert.equal(harness.device(ieee)?.shape.name, 'here')
  broker.publish('zigbee2mqtt/bridge/devices', [])
  broker.publish('house/attic/bridge/devices', [])
  await harness.clock!.advance(60)
  assert.equal(harness.devices().length, 0)
  await harness.stop()
})

test('a device that its bridge cannot reach goes to the one that reaches it, and no outage moves it', async () => {
  const { broker, harness } = await openHome(
    {
      'zigbee2mqtt/bridge/devices': [lamp(ieee, 'here')],
      'house/attic/bridge/devices': [lamp(ieee, 'there')],
    },
    config,
  )
  const name = async (): Promise<string | undefined> => {
    await harness.clock!.advance(60)
    return harness.device(ieee)?.shape.name
  }
  broker.publish('zigbee2mqtt/bridge/state', 'offline')
  assert.equal(await name(), 'here', 'a bridge that restarts lost its devices')
  broker.publish('zigbee2mqtt/bridge/state', 'online')
  broker.publish('zigbee2mqtt/here/availability', 'offline')
  assert.equal(await name(), 'here')
  broker.publish('house/attic/there/availability', 'online')
  assert.equal(await name(), 'there')
  assert.equal(harness.device(ieee)?.online, true)
  broker.publish('house/attic/bridge/state', 'offline')
  broker.publish('zigbee2mqtt/here/availability', 'online')
  assert.equal(await name(), 'there')
  await harness.stop()
})
