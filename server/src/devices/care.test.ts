// Catches a search for devices that stays open, a hardware number in what a bridge or device is called, and care that nobody is told of.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errorTable, type DeviceId, type PartShape } from '@eaves/model'
import { clause } from '@eaves/policy'
import { maintenanceOf } from './maintenance.ts'
import { answer, bridgeOf, caredFor, code, coordinator, open, refused, tellBridge } from './testing/bridge.ts'
import { lampMessage, type House } from './testing.ts'

test('what a bridge answers and warns of in its own words has no hardware number in it', async () => {
  clause('pp.2.2.2')
  const house = await open()
  const device = house.homes.device(house.home, await caredFor(house))
  const asked = house.acts.onDevice(
    house.home,
    device,
    { act: 'rename', args: { name: 'x' } },
    house.owner.principal,
  )
  const detail = "Device '0x00158d0001a2b3c4' of 00:12:4b:00:18:e2 does not exist at 12:30:15"
  answer(house, { code: 'device.rejected', detail })
  await refused(asked, code('device.rejected', "Device '…' of … does not exist at 12:30:15"))
  tellBridge(house, { warning: 'Failed to ping 0x00124B0018E2ABCD' })
  assert.equal(bridgeOf(house).warning, 'Failed to ping …')
  assert.doesNotMatch(JSON.stringify(maintenanceOf(house, house.home)), /00124b/i)
})

test('a device that is called by its address is shown as what it is', async () => {
  clause('pp.2.2.2')
  const house = await open()
  const address = '0x00158d0001a2b3c4'
  const about = { name: address, manufacturer: 'Acme', model: 'B1' }
  house.driver.say(
    lampMessage(house.connection, 1, address, about),
    lampMessage(house.connection, 2, 'mac:00124b0018e2', { name: '' }),
  )
  assert.deepEqual(
    house.list().map((each) => each.name),
    ['Acme B1', 'Device'],
  )
  house.driver.say(lampMessage(house.connection, 1, address, { ...about, name: 'Hall' }))
  assert.equal(house.list()[0]!.name, 'Hall')
})

test('a bridge is told of by a name and an id that hold nothing of its hardware', async () => {
  clause('pp.2.2.2')
  const house = await open()
  tellBridge(house, {
    name: '0x00124b0018e2abcd',
    joinUntil: house.clock.now() + 60_000,
    warning: 'low power',
  })
  const bridge = bridgeOf(house)
  assert.doesNotMatch(JSON.stringify(bridge), /00124b/)
  assert.match(bridge.id, /^[a-z2-7]{26}$/)
  assert.deepEqual(
    [bridge.name, bridge.online, bridge.version, bridge.warning],
    ['Bridge', true, '2.1.0', 'low power'],
  )
  house.driver.say({ t: 'connection', connection: house.connection, state: 'offline' })
  assert.equal(bridgeOf(house).online, false)
  house.driver.say({ t: 'bridge-gone', connection: house.connection, bridge: coordinator.id })
  assert.equal(bridgeOf(house), undefined)
  house.driver.say({ t: 'bridge', connection: 'another', bridge: coordinator })
  assert.equal(bridgeOf(house), undefined)
})

async function joining(house: House): Promise<string> {
  tellBridge(house)
  const opening = house.joins.open(house.home, house.subject, bridgeOf(house).id, 120)
  answer(house)
  return (await opening).id
}

test('a join tells what comes in, ends with the bridge’s time, and there is one at a time', async () => {
  clause('pp.2.2.2')
  const house = await open()
  const { driver, connection, home } = house
  const id = await joining(house)
  assert.deepEqual(driver.of('act')[0]!.args, { seconds: 120 })
  await refused(house.joins.open(home, house.subject, bridgeOf(house).id, 60), code('bridge.joining'))
  assert.equal(bridgeOf(house).join, id)
  const nativeId = '0x00158d0001a2b3c4'
  const tell = (stage: 'joined' | 'ready', over: object = {}) =>
    driver.say({
      t: 'joining',
      connection,
      joining: { bridge: coordinator.id, nativeId, name: nativeId, stage, ...over },
    })
  tell('joined')
  assert.deepEqual(
    house.joins.get(home, id).found.map(({ stage, name, device }) => [stage, name, device]),
    [['joined', undefined, undefined]],
  )
  assert.doesNotMatch(JSON.stringify(house.joins.get(home, id)), /00158d|00124b/)
  driver.say(lampMessage(connection, 9, nativeId, { name: 'Bulb' }))
  tell('ready', { manufacturer: 'Ace', model: 'B1' })
  const [found] = house.joins.get(home, id).found
  assert.deepEqual(
    [found!.stage, found!.manufacturer, found!.model, found!.device],
    ['ready', 'Ace', 'B1', house.deviceId('Bulb')],
  )
  const until = house.clock.now() + 30_000
  tellBridge(house, { joinUntil: until })
  assert.equal(house.joins.get(home, id).until, new Date(until).toISOString())
  house.advance(29_000)
  assert.equal(house.joins.get(home, id).state, 'open')
  house.advance(4_000)
  assert.equal(house.joins.get(home, id).state, 'ended')
  await joining(house)
})

test('a join is ended by hand, by the bridge’s own word, and lost with the bridge', async () => {
  const house = await open()
  const { home } = house
  const first = await joining(house)
  const closing = house.joins.close(home, first)
  assert.deepEqual(house.driver.of('act').at(-1)!.args, { seconds: 0 })
  answer(house)
  await closing
  assert.equal(house.joins.get(home, first).state, 'ended')
  await house.joins.close(home, first)
  assert.throws(() => house.joins.get(home, first), code('auth.not-found'))
  const second = await joining(house)
  tellBridge(house)
  assert.equal(house.joins.get(home, second).state, 'open', 'a bridge that has not begun has not ended')
  tellBridge(house, { joinUntil: house.clock.now() + 60_000 })
  tellBridge(house)
  assert.equal(house.joins.get(home, second).state, 'ended')
  const third = await joining(house)
  tellBridge(house, { online: false })
  assert.equal(house.joins.get(home, third).state, 'lost')
})

test('a bridge that refuses or is away opens nothing', async () => {
  const house = await open()
  tellBridge(house, { online: false })
  const open1 = () => house.joins.open(house.home, house.subject, bridgeOf(house).id, 60)
  await refused(open1(), code('bridge.unreachable'))
  tellBridge(house, { acts: [] })
  await refused(open1(), code('device.unsupported'))
  tellBridge(house)
  const asked = open1()
  await refused(open1(), code('bridge.joining'))
  answer(house, { code: 'device.rejected', detail: 'busy' })
  await refused(asked, code('device.rejected', 'busy'))
  assert.deepEqual(house.joins.list(house.home), [])
  await refused(house.joins.open(house.home, house.subject, 'a'.repeat(26), 60), code('auth.not-found'))
})

const sensorPart: PartShape = {
  id: 'main',
  capabilities: {
    battery: { attributes: ['percent', 'low'], commands: [] },
    firmware: { attributes: ['state', 'available'], commands: ['install'] },
    camera: { attributes: [], commands: [], events: ['snapshot'] },
  },
  vendor: {},
}

async function sensor(house: House): Promise<DeviceId> {
  house.driver.say({
    t: 'device',
    connection: house.connection,
    handle: 7,
    shape: {
      nativeId: 's',
      name: 'Door',
      kind: 'sensor',
      confirmable: true,
      problems: ['A template was not understood.'],
      interview: 'failed',
      parts: [sensorPart],
    },
    base: 70,
    slots: [
      ['main', 'battery', 'percent'],
      ['main', 'battery', 'low'],
      ['main', 'firmware', 'state'],
      ['main', 'firmware', 'available'],
    ],
    online: true,
  })
  return house.deviceId('Door')
}

test('maintenance names what asks for care, and nothing of what is well', async () => {
  const house = await open()
  const view = () => maintenanceOf(house, house.home)
  house.driver.say(lampMessage(house.connection, 1, 'a'))
  assert.equal(view().count, 0)
  const door = await sensor(house)
  house.driver.say({ t: 'r', v: [70, 12, 72, 'available', 73, '2.4'] })
  house.driver.say({ t: 'reach', handle: 1, online: false })
  tellBridge(house, { online: false, warning: 'adapter disconnected' })
  const now = view()
  assert.deepEqual(
    [now.batteryLow, now.updates, now.problems, now.interview].map((list) => list[0]?.device),
    [door, door, door, door],
  )
  assert.deepEqual(
    [
      now.batteryLow[0]!.percent,
      now.updates[0]!.available,
      now.offline[0]!.name,
      now.bridges[0]!.online,
      now.count,
    ],
    [12, '2.4', 'Lamp a', false, 6],
  )
  house.driver.say({ t: 'r', v: [70, 80, 72, 'current'] })
  assert.equal(view().count, 4)
  house.driver.say({ t: 'r', v: [71, true] })
  assert.deepEqual(view().batteryLow[0]!.percent, 80)
  house.driver.say({
    t: 'connection',
    connection: house.connection,
    state: 'failed',
    code: 'connection.unauthorized',
  })
  assert.equal(view().connections[0]!.error?.title, errorTable['connection.unauthorized'].title)
})

test('a picture is served from memory and gone with its device', async () => {
  clause('pp.2.3.1')
  const house = await open()
  const door = await sensor(house)
  const none = () => house.devices.picture(house.home, door, undefined)
  assert.throws(none, code('auth.not-found'))
  const data = Buffer.from([0xff, 0xd8, 0xff]).toString('base64')
  house.driver.say({ t: 'image', handle: 7, part: 'main', type: 'image/jpeg', data })
  const { type, data: bytes } = house.devices.picture(house.home, door, 'main')
  assert.deepEqual([type, [...bytes]], ['image/jpeg', [0xff, 0xd8, 0xff]])
  assert.throws(() => house.devices.picture(house.home, door, 'other'), code('auth.not-found'))
  const device = house.homes.device(house.home, door)
  await house.devices.remove(house.home, door)
  assert.equal(device.image, undefined)
  assert.throws(none, code('auth.not-found'))
})

test('raw values name unit, history and what is not known yet', async () => {
  const house = await open()
  house.driver.say(lampMessage(house.connection, 1, 'a'), { t: 'r', v: [11, 40] })
  const values = house.devices.values(house.home, house.deviceId())
  assert.deepEqual(
    values.map(({ capability, attribute, value, unit, history, changedAt }) => [
      `${capability}.${attribute}`,
      value,
      unit,
      history,
      changedAt !== undefined,
    ]),
    [
      ['onOff.on', undefined, undefined, true, false],
      ['level.percent', 40, 'percent', true, true],
      ['vendor.effect', undefined, undefined, false, false],
      ['vendor.linkquality', undefined, undefined, false, false],
    ],
  )
})
