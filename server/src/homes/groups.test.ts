// Catches a group that shows what its members are not, misses a change of theirs, or takes what one of them cannot.
import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import type { DeviceId, DeviceShape, PartShape } from '@eaves/model'
import { lampMessage, lockMessage, openHouse, type House } from '../devices/testing.ts'
import { testClock } from '../store/testing.ts'

const houses: House[] = []
afterEach(async () => {
  for (const house of houses.splice(0)) await house.end()
})
async function open(): Promise<House> {
  const house = await openHouse(testClock())
  houses.push(house)
  return house
}
const swap = (old: House, next: House): House => {
  houses[houses.indexOf(old)] = next
  return next
}

const plug: PartShape = {
  id: 'l1',
  capabilities: { onOff: { attributes: ['on'], commands: ['turnOn', 'turnOff'] } },
  vendor: {},
}
const plugMessage = ({ connection }: House, handle: number, over: Partial<DeviceShape> = {}) =>
  ({
    t: 'device',
    connection,
    handle,
    shape: {
      nativeId: `p${handle}`,
      name: `Plug ${handle}`,
      kind: 'plug',
      confirmable: true,
      parts: [plug],
      ...over,
    },
    base: handle * 10,
    slots: [['l1', 'onOff', 'on']],
    online: true,
  }) as const

async function twoLamps(): Promise<{ house: House; group: DeviceId; ids: DeviceId[] }> {
  const house = await open()
  house.driver.say(lampMessage(house.connection, 1, 'a'), lampMessage(house.connection, 2, 'b'))
  const ids = house.list().map((each) => each.id)
  const made = await house.groups.add(house.home, { name: 'Ceiling', devices: ids })
  return { house, group: made.id as DeviceId, ids }
}
const listed = (house: House, id: string) => house.list().find((each) => each.id === id)!
const values = (house: House, id: string) => listed(house, id).parts[0]!.capabilities

test('a group is on when one of its lamps is, and as bright as those that are on', async () => {
  const { house, group } = await twoLamps()
  assert.deepEqual([listed(house, group).kind, listed(house, group).driver], ['group', 'group'])
  house.driver.say({ t: 'r', v: [10, true, 11, 80, 20, false, 21, 20] })
  assert.deepEqual(values(house, group), { onOff: { on: true }, level: { percent: 80 } })
  house.driver.say({ t: 'r', v: [20, true] })
  assert.deepEqual(values(house, group).level, { percent: 50 })
  house.driver.say({ t: 'r', v: [10, false, 20, false] })
  assert.deepEqual(values(house, group).onOff, { on: false })
})

test('watchers of the home hear of the group in the same run, with versions that follow each other', async () => {
  const { house, group } = await twoLamps()
  const frames: { kind: string; rest: { device?: string; id?: string; values?: unknown } }[] = []
  const { stop } = house.homes.watch(house.home, undefined, (kind, rest) =>
    frames.push({ kind, rest: JSON.parse(`{"v":1${rest}`) as { device?: string } }),
  )
  house.driver.say({ t: 'r', v: [10, true] })
  assert.deepEqual(
    frames.map(({ kind, rest }) => [kind, rest.device === group, rest.values]),
    [
      ['change', false, { on: true }],
      ['change', true, { on: true }],
    ],
  )
  frames.length = 0
  house.driver.say({ t: 'reach', handle: 1, online: false }, { t: 'reach', handle: 2, online: false })
  assert.equal(listed(house, group).online, false)
  assert.ok(frames.some(({ kind, rest }) => kind === 'device' && rest.id === group))
  stop()
})

test('a group of different devices takes what all of them take, in limits that all keep', async () => {
  const house = await open()
  const { connection } = house
  house.driver.say(lampMessage(connection, 1, 'a'), plugMessage(house, 2), lockMessage(connection, 3, 'd'))
  const [lamp, socket, lock] = house.list().map((each) => each.id)
  const both = await house.groups.add(house.home, { name: 'Both', devices: [lamp!, socket!] })
  const detail = house.devices.detail(house.home, both.id as DeviceId)
  assert.deepEqual(detail.shapes, [
    {
      id: 'main',
      capabilities: { onOff: { attributes: ['on'], commands: ['turnOn', 'turnOff'] } },
      vendor: {},
    },
  ])
  assert.deepEqual(
    [detail.members, house.devices.detail(house.home, lamp!).groups],
    [[lamp, socket], [both.id]],
  )
  const lamps = await house.groups.add(house.home, { name: 'Lamps', devices: [lamp!] })
  assert.deepEqual(
    house.devices.detail(house.home, lamps.id as DeviceId).shapes[0]!.capabilities.level?.limits,
    { percent: { min: 1, max: 90 } },
  )
  const locks = await house.groups.add(house.home, { name: 'Doors', devices: [lock!] })
  house.driver.say({ t: 'r', v: [30, true] })
  assert.deepEqual(values(house, locks.id).lock, { locked: true })
  await house.groups.edit(house.home, locks.id as DeviceId, { devices: [lock!, lamp!] })
  assert.deepEqual(values(house, locks.id), {})
})

test('a group outlives a restart with its members and name; a member that is removed leaves it', async () => {
  const first = await twoLamps()
  const { group, ids } = first
  await first.house.groups.edit(first.house.home, group, { name: 'Hall' })
  const house = swap(first.house, await first.house.restart())
  assert.deepEqual(
    [house.groups.get(house.home, group).name, house.groups.get(house.home, group).members],
    ['Hall', ids],
  )
  house.driver.say({ t: 'connection', connection: house.connection, state: 'online' })
  house.driver.say(lampMessage(house.connection, 5, 'a'), lampMessage(house.connection, 6, 'b'))
  house.driver.say({ t: 'r', v: [50, true, 60, false] })
  assert.deepEqual(values(house, group).onOff, { on: true })
  await house.devices.remove(house.home, ids[0]!)
  assert.deepEqual(house.groups.get(house.home, group).members, [ids[1]])
  assert.equal(values(house, group).onOff?.on, false)
  await house.devices.remove(house.home, group)
  assert.deepEqual(
    house.list().map((each) => each.id),
    [ids[1]],
  )
  assert.deepEqual(house.devices.detail(house.home, ids[1]!).groups, [])
})

test('no group holds a group, a stranger’s device, or more than it may', async () => {
  const { house, group, ids } = await twoLamps()
  const refused = (devices: DeviceId[], code: string) =>
    assert.rejects(
      house.groups.add(house.home, { name: 'x', devices }),
      (error: { errors?: { path: string; code: string }[] }) => error.errors?.[0]?.code === code,
    )
  await refused([group], 'is-a-group')
  await refused(['a'.repeat(26) as DeviceId], 'not-found')
  assert.deepEqual((await house.groups.add(house.home, { name: 'x', devices: [ids[0]!, ids[0]!] })).members, [
    ids[0],
  ])
  assert.throws(() => house.groups.get(house.home, ids[0]!))
})
