// Catches a next time that is another than the one at which it runs, or one that is told of what does not run.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AutomationId } from '@eaves/model'
import { testClock } from '../store/testing.ts'
import { inHall, lit, withHouse } from './testing.ts'

const hourMs = 3_600_000

test('the next time is the first of those that a clock meets, with its trigger, and it is when it runs', async () => {
  // The night in which Berlin skips 2:30: it is met at three.
  const clock = testClock(Date.UTC(2026, 2, 28, 21, 50))
  await withHouse(
    async ({ house, automations, advance, make, sensor, lamp, runs, calendars }) => {
      const { home, subject } = house
      await house.homes.edit(home, subject, { zone: 'Europe/Berlin' })
      const party = Date.UTC(2026, 2, 28, 22, 0)
      calendars.set('c'.repeat(26), {
        isDuring: () => false,
        next: (_event, after) => (after < party ? { at: party, title: 'Party' } : undefined),
      })
      const id = await make({
        name: 'Early',
        triggers: [
          { kind: 'state', device: sensor, ...inHall, to: true },
          { kind: 'sun', event: 'sunrise' },
          { kind: 'time', at: '02:30' },
          { kind: 'calendar', calendar: 'c'.repeat(26), event: 'start' },
        ],
        actions: [lit(lamp)],
      })
      const next = async () => (await automations.get(home, id)).next
      const told = []
      for (let i = 0; i < 3; i++) {
        const due = (await next())!
        told.push([due.trigger, due.at.slice(0, 16)])
        advance(Date.parse(due.at) - house.clock.now() + 1_000)
        const [run] = await runs(id)
        assert.deepEqual([run!.at, run!.steps[0]!.at], [due.at, `triggers/${due.trigger}`])
      }
      assert.deepEqual(told.slice(0, 2), [
        [3, '2026-03-28T22:00'],
        [2, '2026-03-29T01:00'],
      ])
      assert.equal(told[2]![0], 1)
      // The whole home has moved: what was reckoned before says nothing any more.
      await house.homes.edit(home, subject, { zone: 'Asia/Tokyo' })
      assert.equal((await next())!.at, '2026-03-29T17:30:00.000Z')
    },
    undefined,
    clock,
  )
})

test('what is off, has stopped, is over or hangs on no clock has no next time, and in the list it is the same', async () => {
  await withHouse(async ({ house, automations, make, sensor, lamp }) => {
    const { home, subject } = house
    const actions = [lit(lamp)]
    const moved = await make({
      name: 'A',
      triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
      actions,
    })
    const over = await make({
      name: 'B',
      triggers: [{ kind: 'time', at: '07:00', date: '2020-01-01' }],
      actions,
    })
    const often = await make({ name: 'C', triggers: [{ kind: 'every', minutes: 30 }], actions })
    const nexts = async () =>
      new Map((await automations.list(home)).map(({ id, next }) => [id as AutomationId, next]))
    const before = await nexts()
    assert.deepEqual([before.get(moved), before.get(over)], [undefined, undefined])
    const due = Date.parse(before.get(often)!.at)
    assert.ok(due > house.clock.now() && due - house.clock.now() <= hourMs / 2, String(due))
    assert.deepEqual(before.get(often), (await automations.get(home, often)).next)
    await automations.switch(home, subject, often, false)
    assert.equal((await nexts()).get(often), undefined)
    await automations.switch(home, subject, often, true)
    assert.deepEqual((await nexts()).get(often), before.get(often))
    house.homes.relations.remove(home, subject)
    const gone = await automations.get(home, often)
    assert.deepEqual([gone.stopped, gone.next], ['author-gone', undefined])
  })
})
