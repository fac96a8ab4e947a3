// Catches what only a real broker shows: a first report that is missed, an act without its answer, a rename after which the device is deaf.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createHarness } from '@eaves/driver-kit/testing'
import driver from '../driver.ts'
import { credential, passwordOf, startEmbedded } from '../testing/embedded.ts'
import { expose, zigbeeDevice } from '../testing/memory-link.ts'
import { playZigbee2mqtt } from '../testing/zigbee2mqtt.ts'

const ieee = '0x00158d0001020304'
const joined = '0x00158d0001020305'

test('over a broker: the network is opened, a device joins, speaks at once, is renamed, updated in a group and removed', async () => {
  const broker = await startEmbedded([credential('house', 'home-a'), credential('bridge', 'home-a')])
  const client = await broker.dial('bridge')
  const z2m = playZigbee2mqtt(
    (topic, payload, retain = false) =>
      void client.publish(topic, typeof payload === 'string' ? payload : JSON.stringify(payload), {
        retain,
        qos: 1,
      }),
    'house/z2m',
  )
  client.on('message', (topic, payload) => {
    if (topic.startsWith('house/z2m/bridge/request/')) z2m.take(topic, payload.toString())
    // The lamps and groups do what they are told.
    else client.publish(topic.slice(0, -'/set'.length), payload)
  })
  await client.subscribeAsync(['house/z2m/bridge/request/#', 'house/z2m/+/set', 'house/z2m/+/+/set'])
  z2m.devices.push(zigbeeDevice(ieee, 'kitchen/lamp', [expose.switch]) as Record<string, unknown>)
  z2m.tellInfo()
  z2m.tellLists()
  const harness = createHarness(driver, { time: 'real' })
  try {
    harness.open({
      url: `mqtt://127.0.0.1:${broker.port}`,
      username: 'house',
      password: passwordOf('house'),
      base: 'house/z2m',
    })
    await harness.until('the lamp is there', () => harness.device(ieee) !== undefined)
    const bridge = { bridge: 'house/z2m' }
    assert.equal(await harness.act(bridge, 'permitJoin', { seconds: 60 }), undefined)
    await harness.until('the bridge is open', () =>
      harness.messages.some((m) => m.t === 'bridge' && (m.bridge.joinUntil ?? 0) > Date.now()),
    )
    z2m.join(joined, [expose.switch])
    await harness.until('the new device is there', () => harness.device(joined) !== undefined)
    client.publish(`house/z2m/${joined}`, '{"state":"ON"}')
    await harness.until('it was heard', () => harness.value(joined, 'main', 'onOff', 'on') === true)
    assert.equal(await harness.act({ nativeId: joined }, 'rename', { name: 'porch' }), undefined)
    await harness.until('it has its name', () => harness.device(joined)?.shape.name === 'porch')
    // A state that the broker is to keep is still a fresh word to who listens now.
    client.publish('house/z2m/porch', '{"state":"OFF"}', { retain: true })
    await harness.until('it is heard under it', () => harness.value(joined, 'main', 'onOff', 'on') === false)
    assert.ok(harness.messages.every((m) => m.t !== 'kept'))
    assert.equal(await harness.act(bridge, 'createGroup', { name: 'all' }), undefined)
    const group = { nativeId: 'group:house/z2m:1' }
    await harness.until('the group is there', () => harness.device(group.nativeId) !== undefined)
    for (const member of [ieee, joined])
      assert.equal(await harness.act(group, 'addMember', { member }), undefined)
    await harness.until('it can switch', () =>
      harness.device(group.nativeId)!.shape.parts.some((part) => part.capabilities.onOff !== undefined),
    )
    const turnOn = { part: 'main', capability: 'onOff', name: 'turnOn', args: {} }
    assert.deepEqual(await harness.command(group.nativeId, turnOn), { state: 'sent' })
    await harness.until(
      'the group is on',
      () => harness.value(group.nativeId, 'main', 'onOff', 'on') === true,
    )
    assert.deepEqual(await harness.command(ieee, turnOn), { state: 'sent' })
    await harness.until('the lamp is on', () => harness.value(ieee, 'main', 'onOff', 'on') === true)
    z2m.refusals.set('device/remove', 'It sleeps')
    assert.equal(await harness.act({ nativeId: joined }, 'remove'), 'device.rejected')
    z2m.refusals.clear()
    assert.equal(await harness.act({ nativeId: joined }, 'remove', { force: true }), undefined)
    await harness.until('it is gone', () => harness.device(joined) === undefined)
    await broker.stop()
    await harness.until(
      'the bridge is not reached',
      () => harness.messages.findLast((m) => m.t === 'bridge')?.bridge.online === false,
    )
    assert.equal(await harness.act(bridge, 'permitJoin', { seconds: 60 }), 'device.unreachable')
  } finally {
    await harness.stop()
    await broker.stop()
  }
})
