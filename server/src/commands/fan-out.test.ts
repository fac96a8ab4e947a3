// Catches a group that says done when one of its devices did not do it.
import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import type { AppError, CommandRecord, CommandRequest, DeviceId } from '@eaves/model'
import { lampMessage, openHouse, type House } from '../devices/testing.ts'
import { testClock } from '../store/testing.ts'

const houses: House[] = []
afterEach(async () => {
  for (const house of houses.splice(0)) await house.end()
})

const turnOn: CommandRequest = { capability: 'onOff', command: 'turnOn' }
async function threeLamps(over: { confirmable?: boolean } = {}): Promise<{ house: House; group: DeviceId }> {
  const house = await openHouse(testClock())
  houses.push(house)
  house.driver.say(...[1, 2, 3].map((n) => lampMessage(house.connection, n, `l${n}`, n === 3 ? over : {})))
  house.driver.say({ t: 'r', v: [10, false, 20, false, 30, false] })
  const made = await house.groups.add(house.home, {
    name: 'All',
    devices: house.list().map((each) => each.id),
  })
  return { house, group: made.id as DeviceId }
}
async function send(house: House, group: DeviceId, request = turnOn) {
  const seen: CommandRecord[] = []
  const record = await house.commands.submit(house.home, group, request, house.owner, (each) =>
    seen.push(each),
  )
  // Each member's own wish is stored before it is told further.
  await new Promise((resolve) => setTimeout(resolve, 20))
  return { record, seen, at: house.driver.of('command') }
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 20))

test('each member gets its own command; all confirmed is confirmed', async () => {
  const { house, group } = await threeLamps()
  const { record, seen, at } = await send(house, group)
  assert.deepEqual(
    at.map((each) => [each.handle, each.part, each.name]),
    [1, 2, 3].map((handle) => [handle, 'main', 'turnOn']),
  )
  house.driver.say(...at.map((each) => ({ t: 'sent', command: each.command }) as const))
  house.driver.say({ t: 'r', v: [10, true, 20, true] })
  await settle()
  assert.deepEqual(
    seen.map((each) => each.status),
    ['accepted', 'sent'],
  )
  house.driver.say({ t: 'r', v: [30, true] })
  const ended = await house.commands.ended(house.home, record.id, house.owner, 1_000)
  assert.deepEqual([ended.status, ended.device, ended.confirmable], ['confirmed', group, true])
  assert.ok(ended.at.confirmed! >= ended.at.sent!)
})

test('one refused fails the wish and names it; one that says nothing lets it time out, named too', async () => {
  const { house, group } = await threeLamps()
  const first = await send(house, group)
  house.driver.say(
    ...first.at.slice(0, 2).map((each) => ({ t: 'sent', command: each.command }) as const),
    { t: 'refused', command: first.at[2]!.command, code: 'device.rejected', detail: 'jammed' },
    { t: 'r', v: [10, true, 20, true] },
  )
  const failed = await house.commands.ended(house.home, first.record.id, house.owner, 1_000)
  assert.deepEqual([failed.status, failed.reason], ['failed', { code: 'device.rejected', detail: 'Lamp l3' }])
  const second = await send(house, group, { ...turnOn, command: 'turnOff' })
  const own = second.at.slice(3)
  house.driver.say(...own.map((each) => ({ t: 'sent', command: each.command }) as const))
  house.driver.say({ t: 'r', v: [20, false] })
  house.advance(20_000)
  await settle()
  const late = await house.commands.get(house.home, second.record.id, house.subject)
  assert.deepEqual(
    [late.status, late.reason],
    ['timed-out', { code: 'device.timed-out', detail: 'Lamp l1, Lamp l3' }],
  )
})

test('a toggle asks all for the same, and a member that never reports holds nothing up', async () => {
  const { house, group } = await threeLamps({ confirmable: false })
  house.driver.say({ t: 'r', v: [20, true] })
  const { record, at } = await send(house, group, { ...turnOn, command: 'toggle' })
  assert.deepEqual(
    at.map((each) => each.name),
    ['turnOff', 'turnOff', 'turnOff'],
  )
  house.driver.say(...at.map((each) => ({ t: 'sent', command: each.command }) as const))
  house.driver.say({ t: 'r', v: [10, false, 20, false] })
  const ended = await house.commands.ended(house.home, record.id, house.owner, 1_000)
  assert.equal(ended.status, 'confirmed')
})

test('an unreachable member fails the wish by name while the others do it; with none reachable nothing is sent', async () => {
  const { house, group } = await threeLamps()
  house.driver.say({ t: 'reach', handle: 2, online: false })
  const { record, at } = await send(house, group)
  assert.deepEqual(
    at.map((each) => each.handle),
    [1, 3],
  )
  house.driver.say(...at.map((each) => ({ t: 'sent', command: each.command }) as const))
  house.driver.say({ t: 'r', v: [10, true, 30, true] })
  const ended = await house.commands.ended(house.home, record.id, house.owner, 1_000)
  assert.deepEqual(
    [ended.status, ended.reason],
    ['failed', { code: 'device.unreachable', detail: 'Lamp l2' }],
  )
  house.driver.say({ t: 'reach', handle: 1, online: false }, { t: 'reach', handle: 3, online: false })
  const none = await send(house, group)
  assert.deepEqual([none.record.status, none.record.reason?.code], ['failed', 'device.unreachable'])
  assert.equal(none.at.length, 2)
})

test('the groups of a home share what may be asked of their members, so that many of them are no flood', async () => {
  const house = await openHouse(testClock())
  houses.push(house)
  const handles = Array.from({ length: 50 }, (_, n) => n + 1)
  house.driver.say(...handles.map((handle) => lampMessage(house.connection, handle, `lamp ${handle}`)))
  const devices = house.list().map((each) => each.id)
  const groups: DeviceId[] = []
  for (let n = 0; n < 4; n++)
    groups.push((await house.groups.add(house.home, { name: `All ${n}`, devices })).id as DeviceId)
  const ask = (group: DeviceId) =>
    house.commands.submit(house.home, group, { capability: 'onOff', command: 'turnOn' }, house.owner).then(
      () => 'taken',
      (error: unknown) => (error as AppError).code,
    )
  const answers = await Promise.all(groups.flatMap((group) => Array.from({ length: 10 }, () => ask(group))))
  assert.equal(answers.filter((each) => each === 'taken').length, 20)
  assert.equal(answers.filter((each) => each === 'server.busy').length, 20)
  house.advance(100)
  assert.equal(await ask(groups[3]!), 'taken')
})
