// Catches an end that is lost, that takes away what was just prolonged, or that a restart with a clock that is behind undoes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { openHouse, type House } from '../devices/testing.ts'
import { openTestStores, testClock } from '../store/testing.ts'
import { HighWater } from './high-water.ts'
import { loadMembers } from './member-store.ts'

const guest = newId<SubjectId>()
const hourMs = 3_600_000

async function withGuest(run: (house: House, endsAt: number) => Promise<House | void>): Promise<void> {
  let house = await openHouse(testClock())
  try {
    const endsAt = house.clock.now() + hourMs
    await house.homes.keepMember(house.home, guest, { role: 'guest', since: 0, endsAt })
    await house.pins.set(house.home, guest, '4711')
    house = (await run(house, endsAt)) ?? house
  } finally {
    await house.end()
  }
}
const roleOf = ({ homes, home }: House) => homes.rolesOf(guest).get(home)
const isStored = async ({ stores, home }: House) =>
  (await loadMembers(stores.stores.facts, home)).some(([subject]) => subject === guest)
/** All that waits for the home's turn has had it. */
const settled = ({ homes, home }: House) => homes.turns.take(home, async () => undefined)

test('an end that comes takes the place, its row and its PIN', () =>
  withGuest(async (house) => {
    house.advance(hourMs)
    assert.equal(roleOf(house), undefined)
    await settled(house)
    assert.equal(await isStored(house), false)
    assert.equal(await house.pins.has(house.home, guest), false)
  }))

test('an end that is put off while it comes ends nothing', () =>
  withGuest(async (house, endsAt) => {
    const { homes, home } = house
    let open = () => undefined as void
    const gate = new Promise<void>((resolve) => (open = resolve))
    const edit = homes.turns.take(home, async () => {
      await gate
      await homes.changeMember(home, guest, { role: 'guest', since: 0, endsAt: endsAt + hourMs })
    })
    house.advance(hourMs)
    assert.equal(roleOf(house), undefined, 'until it is put off it has come')
    open()
    await edit
    await settled(house)
    assert.deepEqual([roleOf(house), await isStored(house)], ['guest', true])
    assert.equal(await house.pins.has(home, guest), true)
    house.advance(hourMs)
    await settled(house)
    assert.deepEqual([roleOf(house), await isStored(house)], [undefined, false])
  }))

test('what the store refuses at an end is tried again, and opens nothing meanwhile', () =>
  withGuest(async (house) => {
    let faults = 1
    const calls: string[] = []
    house.homes.onMemberEnd({
      before: async () => {
        calls.push('before')
        if (faults-- > 0) throw new Error('the store is full')
      },
      after: () => void calls.push('after'),
    })
    house.advance(hourMs)
    await settled(house)
    assert.deepEqual([roleOf(house), await isStored(house)], [undefined, true])
    house.advance(60_000)
    await settled(house)
    assert.equal(await isStored(house), false)
    assert.deepEqual(calls, ['before', 'before', 'after'])
  }))

test('an end that came stays come after a restart with a clock that is behind', () =>
  withGuest(async (house) => {
    clause('pp.5.1')
    const { clock } = house
    clock.advance(2 * hourMs)
    const seen = await house.restart()
    assert.equal(roleOf(seen), undefined)
    // Killed before its first look at the hour, and the clock has lost its battery.
    clock.advance(-2 * hourMs)
    const behind = await seen.kill()
    assert.deepEqual([roleOf(behind), behind.homes.relations.members(behind.home).length], [undefined, 1])
    return behind
  }))

test('the clock is believed once it still says so ten minutes later, and a leap ahead is forgotten', async () => {
  const at = await openTestStores('sqlite')
  try {
    const kept = () => new HighWater(at.stores.facts).load()
    const water = new HighWater(at.stores.facts)
    const now = Date.UTC(2026, 0, 5)
    await water.look(now)
    await water.look(now + 599_999)
    assert.equal(await kept(), 0)
    await water.look(now + 600_000)
    assert.equal(await kept(), now)
    await water.look(Date.UTC(2099, 0, 1))
    assert.equal(await kept(), now + 600_000)
    await water.look(now + 1_300_000)
    assert.equal(await kept(), now + 1_300_000)
    await water.came(now + 1_400_000)
    await water.came(now)
    assert.equal(await kept(), now + 1_400_000)
  } finally {
    await at.end()
  }
})
