// Catches relations that are not seen at once, homes that can be told apart from none, and a removed home that leaves something readable.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { hasCode, newId, type FloorId, type HomeId, type RoomId, type SubjectId } from '@eaves/model'
import { lampMessage, openHouse, type House } from '../devices/testing.ts'
import { onBothDialects, testClock } from '../store/testing.ts'

async function withHouse(run: (house: House) => Promise<void>): Promise<void> {
  const house = await openHouse(testClock())
  try {
    await run(house)
  } finally {
    await house.end()
  }
}
const refusedWith = (code: Parameters<typeof hasCode>[1]) => (error: unknown) => hasCode(error, code)

test('who makes a home is its owner at once and after a restart; a map handed out never changes', async () => {
  clause('pp.4.1')
  let house = await openHouse(testClock())
  const before = house.homes.rolesOf(house.subject)
  const changed: SubjectId[] = []
  house.homes.onRolesChanged((subject) => changed.push(subject))
  const second = await house.homes.create(house.subject, { name: 'Cabin', zone: 'Europe/Oslo' })
  assert.deepEqual([...before.keys()], [house.home])
  assert.deepEqual(
    [...house.homes.rolesOf(house.subject)],
    [
      [house.home, 'owner'],
      [second, 'owner'],
    ],
  )
  assert.deepEqual(changed, [house.subject])
  house = await house.restart()
  assert.deepEqual(
    house.homes.all().map((each) => [each.name, each.zone, house.homes.rolesOf(house.subject).get(each.id)]),
    [
      ['Elm Street', 'Europe/Berlin', 'owner'],
      ['Cabin', 'Europe/Oslo', 'owner'],
    ],
  )
  assert.deepEqual(
    house.homes.relations.members(house.home).map(({ role, subject }) => [role, subject]),
    [['owner', house.subject]],
  )
  assert.equal(house.homes.first(), house.home)
  await house.end()
})

onBothDialects('rooms and floors keep the order that people give them', async (_at, dialect) => {
  let house = await openHouse(testClock(), dialect)
  let { places } = house.homes.home(house.home)
  const floor = await places.addFloor(house.subject, 'Ground')
  const made = await Promise.all(
    ['A', 'B', 'C'].map((name) => places.addRoom(house.subject, { name, floor: floor.id as FloorId })),
  )
  await places.editRoom(house.subject, made[2]!.id as RoomId, { position: 0, name: 'See' })
  await places.removeFloor(house.subject, floor.id as FloorId)
  house = await house.restart()
  ;({ places } = house.homes.home(house.home))
  assert.deepEqual(
    places.rooms().map(({ name, position, floor: on }) => [name, position, on]),
    [
      ['See', 0, null],
      ['A', 1, null],
      ['B', 2, null],
    ],
  )
  await assert.rejects(
    places.editRoom(house.subject, newId<RoomId>(), { name: 'x' }),
    refusedWith('auth.not-found'),
  )
  await assert.rejects(
    places.addRoom(house.subject, { name: 'x', floor: newId<FloorId>() }),
    refusedWith('input.invalid'),
  )
  await house.end()
})

test('a removed home is gone with its rows, its history, its key and its relations', () =>
  withHouse(async (house) => {
    clause('pp.ret.2')
    house.driver.say(lampMessage(house.connection, 1, 'a'), { t: 'r', v: [10, true] })
    await house.homes.home(house.home).places.addRoom(house.subject, { name: 'Hall' })
    await Promise.all([house.records.flush(), house.history.flush()])
    await house.commands.submit(
      house.home,
      house.deviceId(),
      { capability: 'onOff', command: 'turnOff' },
      house.owner,
    )
    await house.homes.remove(house.home, house.subject)
    const { facts, vault } = house.stores.stores
    const all = facts.as({
      scope: { instance: true },
      actor: { kind: 'system', part: 'jobs' },
      purpose: 'service.core',
    })
    for (const table of ['home', 'member', 'room', 'device', 'connection', 'command'] as const)
      assert.deepEqual(await all.selectFrom(table).select('home_id').execute(), [], table)
    assert.equal(await vault.hasKey({ home: house.home }), false)
    assert.equal(house.homes.rolesOf(house.subject).size, 0)
    assert.throws(() => house.homes.home(house.home), refusedWith('auth.not-found'))
    assert.equal(house.driver.of('close').length, 1)
    house.driver.say({ t: 'r', v: [10, false] }, lampMessage(house.connection, 2, 'b'))
    house.advance(120_000)
    await Promise.all([house.records.flush(), house.history.flush()])
    assert.deepEqual(await all.selectFrom('device').select('home_id').execute(), [])
  }))

test('wishes for homes at once are counted as many as they are', () =>
  withHouse(async (house) => {
    const wish = { name: 'Cabin', zone: 'Europe/Oslo' }
    const asked = Array.from({ length: 30 }, () => house.homes.create(house.subject, wish))
    const refused = (await Promise.allSettled(asked)).filter((each) => each.status === 'rejected')
    assert.deepEqual([house.homes.rolesOf(house.subject).size, refused.length], [20, 11])
    assert.ok(refused.every((each) => hasCode(each.reason, 'input.conflict')))
  }))

test('a home that is foreign and one that never was are refused alike', () =>
  withHouse(async (house) => {
    for (const id of [newId<HomeId>(), 'x' as HomeId, '__proto__' as HomeId])
      assert.throws(() => house.homes.home(id), refusedWith('auth.not-found'))
  }))
