// Catches an act that never ends or reaches another home, a search for devices that stays open, and care that nobody is told of.
import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import {
  errorTable,
  newId,
  type AppError,
  type BridgeStatus,
  type ConnectionId,
  type DeviceId,
  type PartShape,
} from '@eaves/model'
import { clause, unnarrowed } from '@eaves/policy'
import { testClock } from '../store/testing.ts'
import { maintenanceOf } from './maintenance.ts'
import { lampMessage, openHouse, type House } from './testing.ts'

const houses: House[] = []
afterEach(async () => {
  for (const house of houses.splice(0)) await house.end()
})
async function open(): Promise<House> {
  const house = await openHouse(testClock())
  houses.push(house)
  return house
}
const coordinator: BridgeStatus = {
  id: '0x00124b0018e2abcd',
  name: 'Attic',
  online: true,
  version: '2.1.0',
  acts: ['permitJoin', 'createGroup'],
}
const tellBridge = ({ driver, connection }: House, over: Partial<BridgeStatus> = {}) =>
  driver.say({ t: 'bridge', connection, bridge: { ...coordinator, ...over } })
const bridgeOf = (house: House) => house.bridges.list(house.home, (each) => house.joins.openAt(each))[0]!
const answer = ({ driver }: House, over: { code?: string; detail?: string } = {}) =>
  driver.say({ t: 'acted', act: driver.of('act').at(-1)!.act, ...over })
const code = (wanted: string, detail?: string) => (error: { code: string; detail?: string }) =>
  error.code === wanted && (detail === undefined || error.detail === detail)

/** Refused now, not when the time for an answer is over. */
const refused = (asking: Promise<unknown>, check: (error: { code: string }) => boolean) =>
  assert.rejects(Promise.race([asking, new Promise((resolve) => setTimeout(resolve, 200))]), check)

async function caredFor(house: House): Promise<DeviceId> {
  house.driver.say(
    lampMessage(house.connection, 1, '0x00158d0001a2b3c4', {
      acts: ['rename', 'remove', 'interview', 'addMember'],
    }),
    lampMessage(house.connection, 2, 'b'),
  )
  return house.list()[0]!.id
}

test('an act goes to the device’s bridge, ends with its answer, and fails in the bridge’s words', async () => {
  const house = await open()
  const device = house.homes.device(house.home, await caredFor(house))
  const { principal } = house.owner
  const renamed = house.acts.onDevice(
    house.home,
    device,
    { act: 'rename', args: { name: 'Hall' } },
    principal,
  )
  const { act: _act, ...sent } = house.driver.of('act')[0]!
  assert.deepEqual(sent, {
    t: 'act',
    connection: house.connection,
    handle: 1,
    name: 'rename',
    args: { name: 'Hall' },
  })
  answer(house)
  await renamed
  assert.equal(house.list()[0]!.name, 'Lamp 0x00158d0001a2b3c4')
  const removed = house.acts.onDevice(house.home, device, { act: 'remove', args: { force: true } }, principal)
  answer(house, { code: 'device.rejected', detail: 'not reachable' })
  await refused(removed, code('device.rejected', 'not reachable'))
  const odd = house.acts.onDevice(house.home, device, { act: 'remove' }, principal)
  answer(house, { code: 'nobody.knows' })
  await refused(odd, code('device.rejected'))
})

test('without an answer it ends after fifteen seconds, an interview after two minutes, all with the driver', async () => {
  const house = await open()
  const device = house.homes.device(house.home, await caredFor(house))
  const ask = (act: 'rename' | 'interview') =>
    house.acts.onDevice(
      house.home,
      device,
      act === 'rename' ? { act, args: { name: 'x' } } : { act },
      house.owner.principal,
    )
  let ended = ''
  const note = (act: string) => (error: unknown) => void (ended += `${act} ${(error as AppError).code} `)
  const rename = ask('rename').catch(note('rename'))
  const interview = ask('interview').catch(note('interview'))
  house.advance(15_001)
  await rename
  assert.equal(ended, 'rename device.no-answer ')
  house.advance(105_001)
  await interview
  assert.equal(ended, 'rename device.no-answer interview device.no-answer ')
  const cut = refused(ask('rename'), code('server.driver-down'))
  house.driver.goDown()
  await cut
  assert.throws(
    () => house.acts.ask({ connection: house.connection }, 'rename', {}),
    code('server.driver-down'),
  )
})

test('what the device does not offer, what it does not take, and members from elsewhere are refused unsent', async () => {
  const house = await open()
  const id = await caredFor(house)
  const device = house.homes.device(house.home, id)
  const { principal } = house.owner
  const ask = (wish: Parameters<typeof house.acts.onDevice>[2], by = principal) =>
    house.acts.onDevice(house.home, device, wish, by)
  await refused(ask({ act: 'configure' }), code('device.unsupported'))
  await refused(ask({ act: 'rename' }), code('input.invalid'))
  await refused(ask({ act: 'interview', args: { force: true } }), code('input.unknown-field'))
  await refused(ask({ act: 'addMember', args: { member: 'a'.repeat(26) } }), code('input.invalid'))
  const group = await house.groups.add(house.home, { name: 'Ours', devices: [id] })
  await refused(ask({ act: 'addMember', args: { member: group.id } }), code('input.invalid'))
  const adult = {
    kind: 'person',
    subject: house.subject,
    roles: new Map([[house.home, 'adult' as const]]),
    limits: unnarrowed,
  } as const
  await refused(ask({ act: 'remove' }, adult), code('auth.forbidden'))
  assert.equal(house.driver.of('act').length, 0)
  house.driver.say({ t: 'gone', connection: house.connection, handle: 1 })
  await refused(ask({ act: 'interview' }), code('device.unreachable'))
  const added = ask({
    act: 'addMember',
    args: { member: house.list().find((each) => each.name === 'Lamp b')!.id },
  })
  await refused(added, code('device.unreachable'))
})

test('a home whose bridge leaves questions open keeps no other home waiting', async () => {
  const house = await open()
  house.driver.say(lampMessage(house.connection, 1, 'a', { acts: ['interview'] }))
  const device = house.homes.device(house.home, house.deviceId())
  const ask = () =>
    house.acts
      .onDevice(house.home, device, { act: 'interview' }, house.owner.principal)
      .catch((error: unknown) => (error as AppError).code)
  const open50 = Array.from({ length: 50 }, ask)
  assert.equal(await ask(), 'server.busy')
  const other = await house.homes.create(house.subject, { name: 'Next door', zone: 'UTC' })
  const connection = newId<ConnectionId>()
  house.homes.intake.attach(connection, house.homes.runtime(other), 'mqtt')
  const theirs = house.acts.ask({ connection, bridge: 'x' }, 'createGroup', { name: 'y' })
  answer(house)
  await theirs
  house.driver.goDown()
  assert.deepEqual(new Set(await Promise.all(open50)), new Set(['server.driver-down']))
})

test('a bridge that does not answer is told as the bridge, not as a device', async () => {
  const house = await open()
  const asked = house.acts.ask({ connection: house.connection, bridge: 'x' }, 'createGroup', { name: 'y' })
  house.driver.say({ t: 'acted', act: house.driver.of('act').at(-1)!.act, code: 'device.unreachable' })
  await refused(asked, code('bridge.unreachable'))
  const silent = house.acts.ask({ connection: house.connection, bridge: 'x' }, 'createGroup', { name: 'y' })
  house.advance(15_001)
  await refused(silent, code('bridge.unreachable'))
})

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
