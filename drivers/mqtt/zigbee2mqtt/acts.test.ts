// Catches an act that is sent wrongly, answered by another's answer, never ended, or that a person could not have done by its name.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { BridgeStatus, VendorValue } from '@eaves/driver-kit'
import type { Harness } from '@eaves/driver-kit/testing'
import { expose, openHome, zigbeeDevice, type MemoryBroker } from '../testing/memory-link.ts'
import { playZigbee2mqtt, type PlayedBridge } from '../testing/zigbee2mqtt.ts'
import { nameProblem } from './names.ts'

const ieee = '0x00158d0001020304'
const bridge = { bridge: 'zigbee2mqtt' } as const
const lamp = { nativeId: ieee } as const
const group = { nativeId: 'group:zigbee2mqtt:1' } as const

async function openPlayed(): Promise<{
  readonly broker: MemoryBroker
  readonly harness: Harness
  readonly z2m: PlayedBridge
}> {
  const { broker, harness } = await openHome({ 'zigbee2mqtt/bridge/state': 'online' })
  const z2m = playZigbee2mqtt(broker.publish, 'zigbee2mqtt', () => harness.clock!.now())
  broker.onSent(({ topic, payload }) => z2m.take(topic, payload))
  z2m.devices.push(zigbeeDevice(ieee, 'lamp', [expose.light]) as Record<string, unknown>)
  z2m.groups.push({ id: 1, friendly_name: 'evening', members: [{ ieee_address: ieee, endpoint: 1 }] })
  z2m.tellInfo()
  z2m.tellLists()
  await harness.clock!.advance(100)
  return { broker, harness, z2m }
}
const lastStatus = (harness: Harness): BridgeStatus | undefined =>
  harness.messages.filter((m) => m.t === 'bridge').at(-1)?.bridge
const lastDetail = (harness: Harness): string | undefined =>
  harness.messages.filter((m) => m.t === 'acted').at(-1)?.detail

test('the network is opened for a while and closed again, and its bridge says so', async () => {
  const { harness, z2m } = await openPlayed()
  assert.deepEqual(lastStatus(harness)?.acts, ['permitJoin', 'createGroup'])
  assert.equal(await harness.act(bridge, 'permitJoin', { seconds: 600 }), undefined)
  const { transaction, ...payload } = z2m.asked.at(-1)!.payload
  assert.deepEqual(payload, { value: true, time: 254 })
  assert.match(String(transaction), /^eaves-/)
  const until = lastStatus(harness)?.joinUntil ?? 0
  assert.ok(Math.abs(until - harness.clock!.now() - 254_000) < 1000, String(until))
  assert.equal(await harness.act(bridge, 'permitJoin', { seconds: 0 }), undefined)
  assert.deepEqual([z2m.asked.at(-1)!.payload.value, z2m.asked.at(-1)!.payload.time], [false, 0])
  assert.equal(lastStatus(harness)?.joinUntil, undefined)
  for (const seconds of [-1, Number.NaN, '60', undefined, null])
    assert.equal(
      await harness.act(bridge, 'permitJoin', { seconds: seconds as VendorValue }),
      'device.rejected',
      String(seconds),
    )
  assert.equal(z2m.asked.length, 2, 'a refused wish was sent')
  await harness.stop()
})

test('devices and groups are renamed, removed, filled and emptied, and what comes of it is announced', async () => {
  const { harness, z2m } = await openPlayed()
  const payloadOf = (): object => {
    const { transaction: _own, ...payload } = z2m.asked.at(-1)!.payload
    return { path: z2m.asked.at(-1)!.path, ...payload }
  }
  assert.deepEqual(harness.device(ieee)?.shape.acts, ['rename', 'remove', 'configure', 'interview'])
  assert.deepEqual(harness.device(group.nativeId)?.shape.acts, [
    'rename',
    'remove',
    'addMember',
    'removeMember',
  ])
  const steps: readonly (readonly [
    { readonly nativeId: string } | typeof bridge,
    string,
    Record<string, VendorValue>,
    object,
  ])[] = [
    [lamp, 'rename', { name: ' hall ' }, { path: 'device/rename', from: ieee, to: 'hall' }],
    [lamp, 'configure', {}, { path: 'device/configure', id: ieee }],
    [lamp, 'interview', {}, { path: 'device/interview', id: ieee }],
    [group, 'rename', { name: 'night' }, { path: 'group/rename', from: 'evening', to: 'night' }],
    [group, 'removeMember', { member: ieee }, { path: 'group/members/remove', group: 'night', device: ieee }],
    [group, 'addMember', { member: ieee }, { path: 'group/members/add', group: 'night', device: ieee }],
    [bridge, 'createGroup', { name: 'upstairs' }, { path: 'group/add', friendly_name: 'upstairs' }],
    [group, 'remove', {}, { path: 'group/remove', id: 'night', force: false }],
    [lamp, 'remove', { force: true }, { path: 'device/remove', id: ieee, force: true }],
  ]
  for (const [target, name, args, wanted] of steps) {
    assert.equal(await harness.act(target, name, args), undefined, `${name}: ${lastDetail(harness)}`)
    assert.deepEqual(payloadOf(), wanted)
    await harness.clock!.advance(60)
    if (name === 'rename' && target === lamp) assert.equal(harness.device(ieee)?.shape.name, 'hall')
    if (name === 'removeMember') assert.deepEqual(harness.device(group.nativeId)?.shape.members, [])
    if (name === 'addMember') assert.deepEqual(harness.device(group.nativeId)?.shape.members, [ieee])
  }
  assert.deepEqual(
    harness.devices().map((one) => one.shape.name),
    ['upstairs'],
  )
  await harness.stop()
})

test('a refusal brings Zigbee2MQTT’s reason, a silence its deadline, and no answer is taken for another’s', async () => {
  const { broker, harness, z2m } = await openPlayed()
  z2m.refusals.set('device/remove', `Failed to remove 'lamp' ${'x'.repeat(5000)}`)
  assert.equal(await harness.act(lamp, 'remove'), 'device.rejected')
  assert.match(lastDetail(harness) ?? '', /^Failed to remove 'lamp'/)
  assert.ok((lastDetail(harness) ?? '').length <= 300)
  z2m.silent.add('device/rename')
  const before = harness.clock!.now()
  const waiting = harness.act(lamp, 'rename', { name: 'hall' })
  await harness.clock!.advance(20)
  const { transaction } = z2m.asked.at(-1)!.payload
  for (const payload of [
    { status: 'ok', data: {} },
    { status: 'ok', transaction: 'another' },
    { status: 'ok', transaction: [transaction] },
    'ok',
    '[]',
  ])
    broker.publish('zigbee2mqtt/bridge/response/device/rename', payload)
  broker.publish('zigbee2mqtt/bridge/response/device/remove', { status: 'ok', transaction })
  assert.equal(await waiting, 'device.unreachable')
  assert.ok(harness.clock!.now() - before >= 10_000, 'a foreign answer ended it')
  const odd = harness.act(lamp, 'rename', { name: 'hall' })
  await harness.clock!.advance(20)
  broker.publish('zigbee2mqtt/bridge/response/device/rename', {
    transaction: z2m.asked.at(-1)!.payload.transaction,
  })
  assert.equal(await odd, 'device.rejected')
  await harness.stop()
})

test('what waits for an answer ends with the link, and closing leaves nothing behind', async () => {
  const { broker, harness, z2m } = await openPlayed()
  z2m.silent.add('permit_join')
  const waiting = harness.act(bridge, 'permitJoin', { seconds: 60 })
  await harness.clock!.advance(20)
  broker.setOnline(false)
  assert.equal(await waiting, 'device.unreachable')
  assert.equal(await harness.act(bridge, 'permitJoin', { seconds: 60 }), 'device.unreachable')
  assert.equal(lastStatus(harness)?.online, false)
  broker.setOnline(true)
  await harness.clock!.advance(100)
  assert.equal(lastStatus(harness)?.online, true)
  broker.publish('zigbee2mqtt/bridge/state', 'offline')
  assert.equal(await harness.act(bridge, 'permitJoin', { seconds: 60 }), 'device.unreachable')
  broker.publish('zigbee2mqtt/bridge/state', 'online')
  void harness.act(bridge, 'permitJoin', { seconds: 60 }).catch(() => undefined)
  await harness.clock!.advance(20)
  assert.equal(z2m.asked.length, 2)
  harness.close()
  await harness.clock!.advance(10)
  assert.equal(harness.clock!.waiting(), 0)
  assert.deepEqual(
    harness.logs().filter((line) => line.event === 'driver left timers'),
    [],
  )
  await harness.stop()
})

test('a name that could stand on another topic is refused before it is sent', async () => {
  const { harness, z2m } = await openPlayed()
  const bad = [
    '',
    ' ',
    'a/b',
    'a+b',
    '#',
    '$SYS',
    'bridge',
    'Coordinator',
    'set',
    ieee,
    '17',
    'a\nb',
    'x'.repeat(200),
  ]
  for (const name of bad) {
    assert.equal(await harness.act(lamp, 'rename', { name }), 'device.rejected', JSON.stringify(name))
    assert.equal(await harness.act(bridge, 'createGroup', { name }), 'device.rejected', JSON.stringify(name))
    assert.ok((lastDetail(harness) ?? '').length > 0)
  }
  assert.equal(await harness.act(group, 'addMember', { member: '0x0000000000000009' }), 'device.rejected')
  assert.equal(await harness.act(group, 'addMember', { member: group.nativeId }), 'device.rejected')
  assert.equal(await harness.act(group, 'configure'), 'device.unsupported')
  assert.equal(await harness.act(lamp, 'addMember', { member: ieee }), 'device.unsupported')
  assert.equal(await harness.act({ bridge: 'elsewhere' }, 'permitJoin', { seconds: 1 }), 'device.unsupported')
  assert.equal(z2m.asked.length, 0)
  const seed = Number(process.env.FC_SEED ?? Date.now() % 1_000_000)
  console.log(`seed ${seed}`)
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      if (nameProblem(name) === undefined) assert.match(name, /^[^/+#\p{Cc}]{1,120}$/u)
    }),
    { seed },
  )
  for (const good of ['Hall', 'Küche 2', '客厅', 'set of lamps']) assert.equal(nameProblem(good), undefined)
  await harness.stop()
})
