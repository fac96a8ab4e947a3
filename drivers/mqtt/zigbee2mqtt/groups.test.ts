// Catches a group that offers what a member cannot do, drives the wrong topic, forgets a member or is announced twice.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Harness } from '@eaves/driver-kit/testing'
import { expose, openHome, zigbeeDevice } from '../testing/memory-link.ts'
import { readExposes } from './exposes.ts'
import { commonExposes } from './groups.ts'

const ids = ['0x0000000000000001', '0x0000000000000002', '0x0000000000000003'] as const
const groupId = 'group:zigbee2mqtt:5'
const warmLight = {
  type: 'light',
  features: expose.light.features
    .filter((feature) => feature.name !== 'color_xy')
    .map((feature) =>
      feature.name === 'color_temp' ? { ...feature, value_min: 200, value_max: 454 } : feature,
    ),
}
const group = (members: readonly string[], name = 'evening'): object => ({
  id: 5,
  friendly_name: name,
  members: members.map((ieee_address) => ({ ieee_address, endpoint: 1 })),
})
const home = (devices: readonly object[], groups: readonly unknown[]) =>
  openHome({
    'zigbee2mqtt/bridge/state': 'online',
    'zigbee2mqtt/bridge/devices': devices,
    'zigbee2mqtt/bridge/groups': groups,
  })
const capabilitiesOf = (harness: Harness, id = groupId): readonly string[] =>
  harness.device(id)?.shape.parts.flatMap((part) => Object.keys(part.capabilities)) ?? []

test('a group does what all of its members can, within the narrowest of their limits, and is driven as one', async () => {
  const { broker, harness } = await home(
    [zigbeeDevice(ids[0], 'left', [expose.light]), zigbeeDevice(ids[1], 'right', [warmLight])],
    [group([ids[0], ids[1].toUpperCase().replace('0X', '0x'), ids[1], '0x00000000000000ff'])],
  )
  const { shape } = harness.device(groupId)!
  assert.deepEqual(
    [shape.kind, shape.name, shape.members, shape.problems],
    ['group', 'evening', [ids[0], ids[1]], undefined],
  )
  assert.deepEqual(capabilitiesOf(harness), ['onOff', 'level', 'color'])
  const { color } = shape.parts[0]!.capabilities
  assert.deepEqual(color?.limits?.kelvin, { min: 2203, max: 5000 })
  assert.ok(!color?.commands.includes('setColor'), 'one of them has no colour')
  const turnOn = { part: 'main', capability: 'onOff', name: 'turnOn', args: {} }
  assert.deepEqual(await harness.command(groupId, turnOn), { state: 'sent' })
  assert.deepEqual(
    [broker.sent.at(-1)?.topic, broker.sent.at(-1)?.payload],
    ['zigbee2mqtt/evening/set', '{"state":"ON"}'],
  )
  broker.publish('zigbee2mqtt/evening', { state: 'ON', brightness: 127 })
  await harness.clock!.advance(1)
  assert.equal(harness.value(groupId, 'main', 'onOff', 'on'), true)
  assert.equal(harness.value(groupId, 'main', 'level', 'percent'), 50)
  await harness.stop()
})

test('lamps and sockets are switched together; gangs of one device fall together; nothing in common is said', async () => {
  const gang = (endpoint: string): object => ({
    ...expose.switch,
    endpoint,
    features: [{ ...expose.switch.features[0], property: `state_${endpoint}`, endpoint }],
  })
  const cover = {
    type: 'cover',
    features: [
      { type: 'enum', name: 'state', property: 'state', access: 3, values: ['OPEN', 'CLOSE', 'STOP'] },
    ],
  }
  const { broker, harness } = await home(
    [
      zigbeeDevice(ids[0], 'lamp', [expose.light]),
      zigbeeDevice(ids[1], 'gangs', [gang('left'), gang('right')]),
      zigbeeDevice(ids[2], 'blind', [cover]),
    ],
    [group([ids[0], ids[1]])],
  )
  assert.deepEqual(capabilitiesOf(harness), ['onOff'])
  await harness.command(groupId, { part: 'main', capability: 'onOff', name: 'turnOff', args: {} })
  assert.equal(broker.sent.at(-1)?.payload, '{"state":"OFF"}')
  broker.publish('zigbee2mqtt/bridge/groups', [group([ids[0], ids[2]])], true)
  await harness.clock!.advance(60)
  assert.deepEqual(capabilitiesOf(harness), [])
  assert.match(harness.device(groupId)?.shape.problems?.[0] ?? '', /in common/)
  broker.publish('zigbee2mqtt/bridge/groups', [group([])], true)
  await harness.clock!.advance(60)
  assert.match(harness.device(groupId)?.shape.problems?.[0] ?? '', /no members/)
  assert.equal(harness.device(groupId)?.online, true)
  broker.publish('zigbee2mqtt/bridge/groups', [group([ids[2]], 'blinds/all')], true)
  await harness.clock!.advance(60)
  assert.deepEqual([harness.device(groupId)?.shape.name, ...capabilitiesOf(harness)], ['blinds/all', 'cover'])
  broker.publish('zigbee2mqtt/bridge/groups', [], true)
  await harness.clock!.advance(60)
  assert.equal(harness.device(groupId), undefined)
  assert.equal(harness.devices().length, 3)
  await harness.stop()
})

test('a group is reachable while one of its members is, and follows what its members become', async () => {
  const { broker, harness } = await home(
    [zigbeeDevice(ids[0], 'a', [expose.light]), zigbeeDevice(ids[1], 'b', [expose.light])],
    [group([ids[0], ids[1]])],
  )
  const online = async (): Promise<boolean | undefined> => {
    await harness.clock!.advance(60)
    return harness.device(groupId)?.online
  }
  assert.equal(await online(), true)
  broker.publish('zigbee2mqtt/a/availability', { state: 'offline' })
  assert.equal(await online(), true)
  broker.publish('zigbee2mqtt/b/availability', 'offline')
  assert.equal(await online(), false)
  broker.publish('zigbee2mqtt/a/availability', 'online')
  assert.equal(await online(), true)
  broker.publish('zigbee2mqtt/bridge/state', 'offline')
  assert.equal(await online(), false)
  broker.publish('zigbee2mqtt/bridge/state', 'online')
  broker.publish('zigbee2mqtt/bridge/devices', [
    zigbeeDevice(ids[0], 'a', [expose.light]),
    zigbeeDevice(ids[1], 'b', [expose.switch]),
  ])
  assert.equal(await online(), true)
  assert.deepEqual(capabilitiesOf(harness), ['onOff'])
  await harness.stop()
})

test('a group that discovery announces once more is one device, whichever comes first', async () => {
  const codes = Array.from('zigbee2mqtt', (letter) => letter.charCodeAt(0)).join('')
  const announced = {
    name: 'evening',
    unique_id: 'x',
    command_topic: 'zigbee2mqtt/evening/set',
    state_topic: 'zigbee2mqtt/evening',
    device: { identifiers: [`zigbee2mqtt_${codes}_5`], name: 'evening' },
  }
  const lamp = zigbeeDevice(ids[0], 'a', [expose.light])
  for (const isFirst of [true, false]) {
    const { broker, harness } = await openHome({
      'zigbee2mqtt/bridge/devices': [lamp],
      ...(isFirst
        ? { 'homeassistant/switch/g/config': announced }
        : { 'zigbee2mqtt/bridge/groups': [group([ids[0]])] }),
    })
    if (isFirst) broker.publish('zigbee2mqtt/bridge/groups', [group([ids[0]])], true)
    else broker.publish('homeassistant/switch/g/config', announced, true)
    await harness.clock!.advance(500)
    assert.deepEqual(
      harness
        .devices()
        .map((one) => one.shape.nativeId)
        .sort(),
      [ids[0], groupId],
    )
    await harness.stop()
  }
})

test('no list of groups, however wrong, breaks the connection, and what all can do no member lacks', async () => {
  const seed = Number(process.env.FC_SEED ?? Date.now() % 1_000_000)
  console.log(`seed ${seed}`)
  const entry = fc.record(
    {
      id: fc.oneof(fc.nat(70_000), fc.jsonValue()),
      friendly_name: fc.oneof(fc.constantFrom('a', 'b/c', '#', 'bridge/x'), fc.jsonValue()),
      members: fc.oneof(
        fc.array(fc.oneof(fc.record({ ieee_address: fc.constantFrom(...ids) }), fc.jsonValue()), {
          maxLength: 4,
        }),
        fc.jsonValue(),
      ),
    },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.array(entry, { maxLength: 6 }), fc.jsonValue()), async (list) => {
      const { broker, harness } = await home([zigbeeDevice(ids[0], 'a', [expose.light])], [])
      broker.publish('zigbee2mqtt/bridge/groups', JSON.stringify(list))
      await harness.clock!.advance(60)
      assert.deepEqual(
        harness.logs().filter((line) => line.level === 'error'),
        [],
      )
      assert.ok(harness.device(ids[0]) !== undefined)
      await harness.stop()
    }),
    { numRuns: 60, seed },
  )
  const feature = fc.constantFrom('state', 'brightness', 'color_temp', 'position')
  const member = fc.array(
    fc.record({ type: fc.constantFrom('light', 'switch', 'cover'), features: fc.uniqueArray(feature) }),
    { maxLength: 3 },
  )
  fc.assert(
    fc.property(fc.array(member, { minLength: 1, maxLength: 4 }), (members) => {
      const read = members.map((exposes) =>
        readExposes(
          exposes.map(({ type, features }) => ({
            type,
            features: features.map((name) => ({ type: 'numeric', name, property: name, access: 7 })),
          })),
        ),
      )
      for (const one of commonExposes(read))
        for (const { name } of one.features)
          for (const exposes of read)
            assert.ok(
              exposes.some((own) => own.features.some((has) => has.name === name)),
              name,
            )
    }),
    { seed },
  )
})

test('ten thousand groups of many members are bounded', async () => {
  const { harness } = await home(
    [zigbeeDevice(ids[0], 'a', [expose.light])],
    Array.from({ length: 10_000 }, (_, at) => ({
      ...group(Array(10).fill(ids[0])),
      id: at,
      friendly_name: `g${at}`,
    })),
  )
  assert.equal(harness.devices().length, 1001)
  await harness.stop()
})
