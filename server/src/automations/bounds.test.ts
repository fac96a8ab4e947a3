// Catches an automation that acts with rights that nobody has any more, that has no end, or that a restart loses.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type AutomationId, type HomeRole, type SubjectId } from '@eaves/model'
import type { RunView } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import { handTimers } from '../devices/testing.ts'
import { ask, onBothDialects, testClock } from '../store/testing.ts'
import { chainOf, takeOf } from './chain.ts'
import { automated, inHall, lit, withHouse, written } from './testing.ts'

test('a lock is asked for by the way of every command, with a row, and a proof that nobody can give is missed', async () => {
  clause('pp.5.1')
  await withHouse(async ({ house, automations, make, sensor, lock, occupied, runs }) => {
    const { home, subject } = house
    const id = await make({
      name: 'Door',
      triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
      actions: [{ kind: 'command', device: lock, capability: 'lock', command: 'unlock' }],
    })
    occupied(true)
    await new Promise((resolve) => setTimeout(resolve, 50))
    const [sent] = house.driver.of('command')
    assert.equal(sent?.name, 'unlock')
    assert.equal((await house.commands.get(home, sent.command as never, subject)).status, 'accepted')
    await house.homes.edit(home, subject, { confirm: 'everybody' })
    house.advance(1_000)
    occupied(false)
    occupied(true)
    await new Promise((resolve) => setTimeout(resolve, 50))
    assert.equal(house.driver.of('command').length, 1)
    assert.equal((await runs(id))[0]!.steps[1]!.code, 'home.confirm-required')
    const tried = automations.dryRun(home, subject, { id })
    assert.deepEqual(
      tried.would.map(({ command, code }) => [command, code]),
      [['unlock', 'home.confirm-required']],
    )
  })
})

const places: readonly [HomeRole | undefined, string][] = [
  ['child', 'author-rights'],
  ['guest', 'author-rights'],
  [undefined, 'author-gone'],
]
for (const [role, why] of places)
  test(`when whoever wrote it ${role === undefined ? 'is gone' : `becomes a ${role}`} it stops, and acts again for whoever takes it over`, async () => {
    clause('pp.5.1')
    await withHouse(async ({ house, automations, sensor, lamp, occupied, sent }) => {
      const { home, subject: owner, homes } = house
      const author = newId<SubjectId>()
      await homes.keepMember(home, author, { role: 'adult', since: 1 })
      const body = written({
        name: 'Hall',
        triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
        actions: [{ kind: 'delay', seconds: 1 }, lit(lamp)],
      })
      const id = await automations.create(home, author, body, true)
      occupied(true)
      if (role === undefined) homes.relations.remove(home, author)
      else await homes.keepMember(home, author, { role, since: 1, guardian: owner })
      const [run] = await automations.runs(home, owner, id, 1)
      assert.equal(run!.result, 'stopped')
      occupied(false)
      occupied(true)
      assert.deepEqual(sent(), [])
      const view = await automations.get(home, id)
      assert.deepEqual(
        [view.stopped, view.enabled, view.author],
        [why, true, role === undefined ? undefined : author],
      )
      const after = await automations.switch(home, owner, id, true)
      assert.deepEqual([after.stopped, after.author], [undefined, owner])
    })
  })

test('what is not there any more fails at its step, and the rest is done', async () => {
  clause('pp.5.1')
  await withHouse(async ({ house, make, sensor, lamp, lock, occupied, sent, runs }) => {
    const id = await make({
      name: 'Both',
      triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
      actions: [
        { kind: 'command', device: lock, capability: 'lock', command: 'lock' },
        { kind: 'scene', scene: newId() },
        lit(lamp),
      ],
    })
    house.driver.say({ t: 'gone', connection: house.connection, handle: 3 })
    house.advance(120_000)
    occupied(true)
    await new Promise((resolve) => setTimeout(resolve, 30))
    assert.deepEqual(sent(), ['turnOn'])
    const [run] = await runs(id)
    assert.deepEqual(
      run!.steps.slice(1, 3).map(({ code }) => code),
      ['automation.device-gone', 'input.not-found'],
    )
  })
})

test('two that set each other off are stopped, and everything else in the home goes on', async () => {
  await withHouse(async ({ house, automations, advance, make, sensor, lamp, occupied, sent }) => {
    const { home, driver } = house
    const flip = await make({
      name: 'Flip',
      triggers: [{ kind: 'state', device: lamp, capability: 'onOff', attribute: 'on' }],
      actions: [lit(lamp, 'toggle')],
    })
    driver.say({ t: 'r', v: [20, false] }, { t: 'r', v: [20, true] })
    for (let i = 0; i < 60; i++) {
      const last = driver.of('command').at(-1)!
      driver.say({ t: 'sent', command: last.command }, { t: 'r', v: [20, last.name === 'turnOn'] })
      advance(20)
    }
    const count = sent().length
    assert.ok(count <= 24, String(count))
    assert.equal((await automations.get(home, flip)).stopped, 'too-often')
    await make({
      name: 'Hall',
      triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
      actions: [lit(lamp)],
    })
    occupied(true)
    assert.equal(sent().length, count + 1)
  })
})

test('runs of runs, repetitions without end and a flicker are bounded, and their trace as well', async () => {
  await withHouse(async ({ automations, house, advance, make, sensor, lamp, occupied, runs }) => {
    const triggers = [{ kind: 'state', device: sensor, ...inHall, to: true }]
    const mode = 'parallel'
    const [a, b] = [
      await make({ name: 'A', mode, triggers, actions: [lit(lamp)] }),
      await make({ name: 'B', mode, triggers: [{ kind: 'time', at: '03:00' }], actions: [lit(lamp)] }),
    ]
    const again = (other: AutomationId) => ({
      kind: 'repeat',
      times: 50,
      actions: [{ kind: 'run', automation: other }],
    })
    const { home, subject } = house
    await automations.edit(home, subject, a, written({ name: 'A', mode, triggers, actions: [again(b)] }), 1)
    await automations.edit(
      home,
      subject,
      b,
      written({ name: 'B', mode, triggers: [{ kind: 'time', at: '03:00' }], actions: [again(a)] }),
      1,
    )
    const never = { kind: 'state', device: sensor, ...inHall, is: false }
    const step = { kind: 'choose', options: [{ when: [never], then: [{ kind: 'stop' }] }] }
    const endless = {
      kind: 'repeat',
      times: 1000,
      actions: [{ kind: 'repeat', times: 1000, actions: [step] }],
    }
    const deep = await make({ name: 'Deep', triggers, actions: [endless] })
    occupied(true)
    advance(1_000)
    const [mine, theirs] = [await runs(a), await runs(b)]
    const count = (all: RunView[]) => all.reduce((sum, { folded = 0 }) => sum + 1 + folded, 0)
    assert.ok(count(mine) + count(theirs) <= 1_001, `${count(mine)} and ${count(theirs)}`)
    assert.ok(theirs.some(({ steps }) => steps.some(({ code }) => code === 'automation.budget')))
    const [run] = await runs(deep)
    assert.deepEqual([run!.result, run!.steps.length], ['failed', 200])
    assert.ok(run!.more! > 1_000)
    for (const id of [a, b, deep]) await automations.switch(home, subject, id, false)
    const flicker = await make({ name: 'Flicker', triggers, actions: [{ kind: 'stop' }] })
    for (let i = 0; i < 500; i++) {
      occupied(false)
      occupied(true)
    }
    const lines = await runs(flicker)
    assert.ok(lines.length <= 11, String(lines.length))
    assert.equal(count(lines), 500)
  })
})

test('each notice goes to whom it is for, and twenty an hour are enough', async () => {
  await withHouse(async ({ house, make, sensor, occupied, told, runs }) => {
    await house.homes.keepMember(house.home, newId<SubjectId>(), { role: 'adult', since: 1 })
    await house.homes.keepMember(house.home, newId<SubjectId>(), { role: 'kiosk', since: 1 })
    const id = await make({
      name: 'Tell',
      triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
      actions: (['author', 'keepers', 'everybody'] as const).map((to) => ({
        kind: 'notify',
        to,
        text: `For ${to}`,
      })),
    })
    occupied(true)
    assert.deepEqual(
      told.map(({ text }) => text),
      ['For author', 'For keepers', 'For everybody', 'For everybody'],
    )
    for (let i = 0; i < 10; i++) {
      occupied(false)
      occupied(true)
    }
    assert.ok(told.length <= 28)
    assert.ok(
      (await runs(id)).some(({ steps }) => steps.some(({ code }) => code === 'automation.too-many-notices')),
    )
    const before = told.length
    house.clock.advance(-3 * 3_600_000)
    occupied(false)
    occupied(true)
    assert.ok(told.length > before, 'a clock that was set back silences nothing')
  })
})

onBothDialects(
  'what was saved is there after a restart, a run that waited ends as stopped, and how it read before can be had again',
  async (_at, dialect) => {
    await withHouse(async ({ house, automations, advance, make, sensor, lamp, occupied }) => {
      const { home, subject } = house
      const triggers = [{ kind: 'state', device: sensor, ...inHall, to: true }]
      const id = await make({
        name: 'First',
        triggers,
        actions: [{ kind: 'delay', seconds: 600 }, lit(lamp)],
      })
      occupied(true)
      advance(2_000)
      await new Promise((resolve) => setTimeout(resolve, 50))
      const second = await automations.edit(
        home,
        subject,
        id,
        written({ name: 'Second', triggers, actions: [lit(lamp)] }),
        1,
      )
      assert.deepEqual([second.version, second.name], [2, 'Second'])
      await assert.rejects(
        automations.edit(home, subject, id, written({ name: 'Late', triggers, actions: [lit(lamp)] }), 1),
        { code: 'input.conflict' },
      )
      const back = await automations.revert(home, subject, id, 1)
      assert.deepEqual([back.version, back.name], [3, 'First'])
      assert.deepEqual(
        (await automations.versions(home, subject, id)).map(({ version, name }) => [version, name]),
        [
          [3, 'First'],
          [2, 'Second'],
          [1, 'First'],
        ],
      )
      occupied(false)
      occupied(true)
      advance(2_000)
      await new Promise((resolve) => setTimeout(resolve, 50))
      // Killed while it waits: what was written of it is closed by the next start.
      const again = await house.kill()
      const clock = testClock(house.clock.now() + 1_000)
      const next = await automated(again, clock, handTimers(clock))
      const [run] = await next.automations.runs(home, subject, id, 10)
      assert.equal(run!.result, 'stopped')
      assert.equal((await next.automations.list(home))[0]!.name, 'First')
      await next.automations.remove(home, subject, id)
      assert.deepEqual(await next.automations.list(home), [])
      await next.automations.stop()
    }, dialect)
  },
)

test('an automation that cannot be read keeps no house from starting, and none beside it from acting', async () => {
  await withHouse(async ({ house, make, sensor, lamp }) => {
    const triggers = [{ kind: 'state', device: sensor, ...inHall, to: true }]
    const id = await make({ name: 'Broken', triggers, actions: [lit(lamp)] })
    await make({ name: 'Whole', triggers, actions: [lit(lamp)] })
    await ask(house.stores.stores, { store: 'facts' }, 'UPDATE automation SET body = ? WHERE id = ?', [
      'torn',
      id,
    ])
    const again = await house.kill()
    const clock = testClock(house.clock.now() + 1_000)
    const next = await automated(again, clock, handTimers(clock))
    assert.deepEqual(
      (await next.automations.list(house.home)).map(({ name }) => name),
      ['Whole'],
    )
    await next.automations.stop()
  })
})

test('a moment that was missed by less than a minute is made up for, an older one is not, and none is met twice', async () => {
  await withHouse(async ({ house, make, advance, lamp }) => {
    const { home, subject } = house
    const body = { name: 'Early', triggers: [{ kind: 'time', at: '13:05' }], actions: [lit(lamp)] }
    const id = await make(body)
    const startAt = async (minutes: number) => {
      const clock = testClock(Date.UTC(2026, 0, 5, 12) + minutes * 60_000)
      const timers = handTimers(clock)
      const before = house.driver.of('command').length
      const { automations } = await automated(house, clock, timers)
      timers.advance(10)
      const count = house.driver.of('command').length - before
      const runs = await automations.runs(home, subject, id, 10)
      await automations.stop()
      return [count, runs.length]
    }
    assert.deepEqual(await startAt(6.5), [0, 0])
    assert.deepEqual(await startAt(5.5), [1, 1])
    assert.deepEqual(await startAt(5.9), [0, 1])
    advance(1)
  })
})

test('what a run may do comes back when the clock is set back', () => {
  const [id, at] = [newId<AutomationId>(), 5 * 3_600_000]
  const chain = chainOf(id, undefined, at)
  for (let i = 0; i < 1_000; i++) assert.equal(takeOf(chain, 'runs', at), true)
  assert.deepEqual([takeOf(chain, 'runs', at), takeOf(chain, 'runs', at - 3 * 3_600_000)], [false, true])
})

test('a hundred automations that flicker together write as one home; one that had rested is still kept by itself', async () => {
  await withHouse(async ({ house, make, sensor, occupied, runs }) => {
    const body = (name: string, to: boolean) => ({
      name,
      triggers: [{ kind: 'state', device: sensor, ...inHall, to }],
      actions: [{ kind: 'stop' }],
    })
    const many: AutomationId[] = []
    for (let i = 0; i < 100; i++) many.push(await make(body(`On ${i}`, true)))
    for (let i = 0; i < 20; i++) {
      occupied(true)
      occupied(false)
    }
    const lines = (await Promise.all(many.map(runs))).flat()
    // The first of each, and a hundred of all.
    assert.equal(lines.length, 200)
    assert.equal(
      lines.reduce((sum, { folded = 0 }) => sum + 1 + folded, 0),
      2_000,
    )
    house.advance(5_000)
    occupied(true)
    for (const id of many.slice(0, 3)) assert.equal((await runs(id))[0]!.folded, undefined)
  })
})

test('a run that goes on is on disk after a second, though nobody has asked for it, so that no end of the server hides it', async () => {
  await withHouse(async ({ house, make, sensor, lamp, occupied, advance }) => {
    await make({
      name: 'Hall',
      triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
      actions: [{ kind: 'delay', seconds: 600 }, lit(lamp)],
    })
    const onDisk = () =>
      ask(house.stores.stores, { store: 'facts' }, 'SELECT result FROM automation_run') as Promise<
        { result: string }[]
      >
    occupied(true)
    assert.deepEqual(await onDisk(), [])
    for (let n = 0; n < 3; n++) advance(1_001)
    for (let tries = 0; tries < 100 && (await onDisk()).length === 0; tries++)
      await new Promise((resolve) => setTimeout(resolve, 5))
    assert.deepEqual(
      (await onDisk()).map(({ result }) => result),
      ['running'],
    )
  })
})
