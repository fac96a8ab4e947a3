// Catches a replaced device that loses its history, groups or name, hardware that two devices claim, and a replacement that a restart undoes.
import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import type { FromDriver } from '@eaves/driver-kit'
import type { DeviceId, PartShape } from '@eaves/model'
import { describeOnBothDialects, testClock, type Dialect } from '../store/testing.ts'
import { lampMessage, openHouse, type House } from './testing.ts'

const houses: House[] = []
afterEach(async () => {
  for (const house of houses.splice(0)) await house.end()
})

const socket: PartShape = {
  id: 'l1',
  capabilities: {
    onOff: { attributes: ['on'], commands: ['turnOn', 'turnOff'] },
    power: { attributes: ['watts'], commands: [] },
  },
  vendor: { mode: { type: 'enum', name: 'Mode', readable: true, writable: true, category: 'state' } },
}
const socketMessage = ({ connection }: House, handle: number, nativeId: string): FromDriver => ({
  t: 'device',
  connection,
  handle,
  shape: { nativeId, name: `Socket ${nativeId}`, kind: 'plug', confirmable: true, parts: [socket] },
  base: handle * 10,
  slots: [
    ['l1', 'onOff', 'on'],
    ['l1', 'power', 'watts'],
    ['l1', 'vendor', 'mode'],
  ],
  online: true,
})

describeOnBothDialects('replacement', suite)

async function open(dialect: Dialect): Promise<House> {
  const house = await openHouse(testClock(), dialect)
  houses.push(house)
  return house
}
const listed = (house: House, id: string) => house.list().find((each) => each.id === id)
const points = async (house: House, device: DeviceId, part: string, capability: string, attribute: string) =>
  (
    await house.reader.points(house.home, house.subject, {
      device,
      part,
      capability,
      attribute,
      from: '0',
    })
  ).points.map(([, value]) => value)

/** A dead lamp with a name, a room, a group and a history, and a new one of another make. */
async function deadLamp(
  house: House,
  successor: FromDriver,
): Promise<{ old: DeviceId; by: DeviceId; group: string }> {
  const { driver, home, connection } = house
  driver.say(lampMessage(connection, 1, 'old'))
  const old = house.deviceId()
  const { id: room } = await house.homes.home(home).places.addRoom(house.subject, { name: 'Hall' })
  await house.devices.edit(home, old, { name: 'Reading lamp', room: room as never })
  const group = await house.groups.add(home, { name: 'Evening', devices: [old] })
  for (const on of [true, false, true]) {
    driver.say({ t: 'r', v: [10, on, 11, on ? 60 : 10] })
    await house.history.flush()
    house.clock.advance(1_000)
  }
  driver.say({ t: 'reach', handle: 1, online: false }, successor)
  const by = house.list().find((each) => each.isNew)!.id
  return { old, by, group: group.id }
}

function suite(dialect: Dialect): void {
  test('name, room, groups, commands and history stay; the hardware, its values and its ways in are the new one’s', async () => {
    const house = await open(dialect)
    const { driver, home, connection } = house
    const { old, by, group } = await deadLamp(house, lampMessage(connection, 2, 'new'))
    driver.say({ t: 'r', v: [20, false, 21, 33] })
    await house.commands.submit(
      home,
      by,
      { capability: 'onOff', command: 'turnOn', idempotencyKey: 'k' },
      house.owner,
    )
    await house.history.flush()
    assert.ok((await house.history.loadLive(home)).has(by))
    const both = await house.groups.add(home, { name: 'Both', devices: [old, by] })
    const theirs = await house.groups.add(home, { name: 'Theirs', devices: [by] })
    const frames: { id?: string; device?: unknown }[] = []
    const { stop } = house.homes.watch(home, undefined, (_kind, rest) =>
      frames.push(JSON.parse(`{"v":1${rest}`) as object),
    )
    await house.replacements.replace(home, house.subject, old, by)
    stop()
    assert.ok(frames.some((each) => each.id === by && each.device === null))
    const view = listed(house, old)!
    assert.deepEqual(
      [view.name, view.roomName, view.isNew, view.online],
      ['Reading lamp', 'Hall', false, true],
    )
    assert.deepEqual(view.parts[0]!.capabilities, { onOff: { on: false }, level: { percent: 33 } })
    assert.equal(listed(house, by), undefined)
    assert.ok(!(await house.history.loadLive(home)).has(by))
    assert.deepEqual(house.groups.get(home, group as DeviceId).members, [old])
    assert.deepEqual(
      [both, theirs].map((each) => house.groups.get(home, each.id as DeviceId).members),
      [[old], [old]],
    )
    assert.equal(house.devices.detail(home, old).groups.length, 3)
    assert.deepEqual(await points(house, old, 'main', 'onOff', 'on'), [true, false, true, false])
    assert.deepEqual(await points(house, old, 'main', 'level', 'percent'), [60, 10, 60, 33])
    driver.say({ t: 'r', v: [10, true, 20, true] })
    assert.equal(listed(house, old)!.parts[0]!.capabilities.onOff?.on, true)
    const done = await house.commands.submit(
      home,
      old,
      { capability: 'onOff', command: 'turnOff' },
      house.owner,
    )
    assert.deepEqual([done.status, driver.of('command').at(-1)!.handle], ['accepted', 2])
  })

  test('what is on its way to either ends and says why', async () => {
    const house = await open(dialect)
    const { home, connection } = house
    const { old, by } = await deadLamp(house, lampMessage(connection, 2, 'new'))
    const wish = await house.commands.submit(
      home,
      by,
      { capability: 'onOff', command: 'turnOn' },
      house.owner,
    )
    await house.replacements.replace(home, house.subject, old, by)
    const ended = await house.commands.ended(home, wish.id, house.owner, 1_000)
    assert.deepEqual([ended.status, ended.reason?.code], ['failed', 'device.replaced'])
  })

  test('after a restart it stays replaced, and the dead hardware, come alive again, is a device of its own', async () => {
    const first = await open(dialect)
    const { old, by } = await deadLamp(first, socketMessage(first, 2, 'new'))
    await first.replacements.replace(first.home, first.subject, old, by)
    first.driver.say(lampMessage(first.connection, 3, 'old'))
    assert.equal(first.list().filter((each) => each.kind !== 'group').length, 2)
    assert.equal(listed(first, old)!.kind, 'plug')
    const house = await first.restart()
    houses[houses.indexOf(first)] = house
    house.driver.say({ t: 'connection', connection: house.connection, state: 'online' })
    house.driver.say(lampMessage(house.connection, 5, 'old'), socketMessage(house, 6, 'new'))
    const devices = house.list().filter((each) => each.kind !== 'group')
    assert.deepEqual(
      devices.map((each) => [each.name, each.kind]).toSorted(([a], [b]) => (a! < b! ? -1 : 1)),
      [
        ['Lamp old', 'light'],
        ['Reading lamp', 'plug'],
      ],
    )
    house.driver.say({ t: 'r', v: [60, true] })
    assert.equal(listed(house, old)!.parts[0]!.capabilities.onOff?.on, true)
    assert.deepEqual(await points(house, old, 'l1', 'onOff', 'on'), [true, false, true, true])
  })

  test('a kill right after it loses no part of it', async () => {
    const first = await open(dialect)
    const { old, by, group } = await deadLamp(first, lampMessage(first.connection, 2, 'new'))
    const theirs = await first.groups.add(first.home, { name: 'Theirs', devices: [by] })
    await first.replacements.replace(first.home, first.subject, old, by)
    const house = await first.kill()
    houses[houses.indexOf(first)] = house
    assert.deepEqual(
      [group, theirs.id].map((each) => house.groups.get(house.home, each as DeviceId).members),
      [[old], [old]],
    )
    house.driver.say(lampMessage(house.connection, 4, 'new'))
    assert.deepEqual(
      house
        .list()
        .filter((each) => each.kind !== 'group')
        .map((each) => each.id),
      [old],
    )
  })

  test('the preview says what goes on, what ends, what is missing and what is new, and changes nothing', async () => {
    const house = await open(dialect)
    const { home } = house
    const { old, by } = await deadLamp(house, socketMessage(house, 2, 'new'))
    house.driver.say({ t: 'r', v: [21, 7] })
    const before = JSON.stringify(house.list())
    const preview = await house.replacements.preview(home, old, by)
    assert.deepEqual(
      Object.fromEntries(preview.keeps.map((each) => [each.kind, [each.count, ...each.names]])),
      { name: [1, 'Reading lamp'], room: [1, 'Hall'], history: [2], groups: [1, 'Evening'], commands: [0] },
    )
    assert.deepEqual(
      preview.history.toSorted((a, b) => (a.capability < b.capability ? -1 : 1)),
      [
        { part: 'main', capability: 'level', attribute: 'percent' },
        {
          part: 'main',
          capability: 'onOff',
          attribute: 'on',
          to: { part: 'l1', capability: 'onOff', attribute: 'on' },
        },
      ],
    )
    assert.deepEqual(preview.lacks, [{ part: 'main', capability: 'level' }])
    assert.deepEqual(preview.gains, [{ part: 'l1', capability: 'power' }])
    assert.deepEqual([preview.merges, preview.warnings], [1, ['still-announced', 'kind-differs']])
    assert.equal(JSON.stringify(house.list()), before)
    house.driver.say({ t: 'reach', handle: 1, online: true }, { t: 'reach', handle: 2, online: false })
    assert.deepEqual((await house.replacements.preview(home, old, by)).warnings, [
      'still-online',
      'new-offline',
      'kind-differs',
    ])
  })

  test('itself, a group, and what is not there are refused', async () => {
    const house = await open(dialect)
    const { home } = house
    const { old, by, group } = await deadLamp(house, lampMessage(house.connection, 2, 'new'))
    const refused = (a: string, b: string, code: string) =>
      assert.rejects(
        house.replacements.replace(home, house.subject, a as DeviceId, b as DeviceId),
        (error: { code: string; errors?: { code: string }[] }) =>
          (error.errors?.[0]?.code ?? error.code) === code,
      )
    await refused(old, old, 'same-device')
    await refused(old, group, 'is-a-group')
    await refused(group, by, 'is-a-group')
    await refused(old, 'a'.repeat(26), 'auth.not-found')
    await Promise.all([
      house.replacements.replace(home, house.subject, old, by),
      refused(old, by, 'auth.not-found'),
    ])
  })
}
