// Catches a home that forgets what it is in, lets somebody set it who may not, or runs in circles because it is something else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasCode, mostOwnModes, newId } from '@eaves/model'
import { lit, seen, withHouse, written } from '../automations/testing.ts'
import { HomeSignals } from '../automations/automations.ts'
import { onBothDialects, quietLog } from '../store/testing.ts'
import { Modes } from './modes.ts'

onBothDialects(
  'what a home is in, its own names and who set it when come back after a start',
  async (_at, dialect) => {
    await withHouse(async ({ house, modes, advance }) => {
      const { home, subject } = house
      const again = async (): Promise<Modes> => {
        const { facts } = house.stores.stores
        const parts = { facts, homes: house.homes, now: house.clock.now, log: quietLog }
        const next = new Modes({ ...parts, signals: new HomeSignals() })
        await next.start()
        return next
      }
      assert.deepEqual([modes.of(home).mode, modes.of(home).at], ['home', undefined])
      const { id } = await modes.add(home, subject, 'Guests')
      await modes.set(home, 'away', { person: subject })
      advance(1_000)
      await modes.set(home, id, { person: subject })
      const at = house.clock.now()
      const now = (await again()).of(home)
      assert.deepEqual(now, {
        mode: id,
        at,
        person: subject,
        automation: undefined,
        own: [{ id, name: 'Guests' }],
      })
      const all = await modes.changes(home, subject, 10)
      assert.deepEqual(
        all.map((each) => [each.was, each.mode, each.person]),
        [
          ['away', id, subject],
          ['home', 'away', subject],
        ],
      )
      // The same again is no change.
      await modes.set(home, id, { person: subject })
      assert.equal((await modes.changes(home, subject, 10)).length, 2)
    }, dialect)
  },
)

test('names of modes are few, each once, and the one that is on stays', async () => {
  await withHouse(async ({ house, modes }) => {
    const { home, subject } = house
    const { id } = await modes.add(home, subject, 'Guests')
    await assert.rejects(modes.add(home, subject, 'Guests'), (error) => hasCode(error, 'input.invalid'))
    for (let i = 1; i < mostOwnModes; i++) await modes.add(home, subject, `Mode ${i}`)
    await assert.rejects(modes.add(home, subject, 'More'), (error) => hasCode(error, 'input.conflict'))
    await modes.set(home, id, { person: subject })
    await assert.rejects(modes.remove(home, subject, id), (error) => hasCode(error, 'input.conflict'))
    await modes.rename(home, subject, id, 'Visit')
    await modes.set(home, 'home', { person: subject })
    await modes.remove(home, subject, id)
    assert.equal(modes.of(home).own.length, mostOwnModes - 1)
    await assert.rejects(
      async () => modes.set(home, id, { person: subject }),
      (error) => hasCode(error, 'input.invalid'),
    )
    await assert.rejects(modes.rename(home, subject, newId(), 'Nobody'), (error) =>
      hasCode(error, 'auth.not-found'),
    )
  })
})

test('an automation hears the mode, asks for it, waits for it and sets it', async () => {
  await withHouse(async ({ house, modes, make, lamp, runs, advance, sent }) => {
    const { home, subject } = house
    const asks = await make({
      name: 'Leaving',
      triggers: [{ kind: 'mode', from: 'home', to: 'away' }],
      conditions: [{ kind: 'not', condition: { kind: 'mode', is: 'vacation' } }],
      actions: [
        lit(lamp, 'turnOff'),
        { kind: 'wait', until: { kind: 'mode', is: 'home' }, timeoutSeconds: 600 },
        { kind: 'mode', to: 'night' },
      ],
    })
    for (const mode of ['night', 'away', 'home'] as const) await modes.set(home, mode, { person: subject })
    advance(1)
    assert.deepEqual(sent(), [])
    await modes.set(home, 'away', { person: subject })
    advance(1)
    assert.deepEqual(sent(), ['turnOff'])
    const off = house.driver.of('command')[0]!.command
    house.driver.say({ t: 'sent', command: off }, { t: 'r', v: [20, false] })
    advance(60_000)
    await modes.set(home, 'home', { person: subject })
    advance(60_000)
    const now = modes.of(home)
    assert.deepEqual([now.mode, now.automation, now.person], ['night', asks, undefined])
    const [run] = await runs(asks)
    assert.equal(run!.steps[0]!.seen, 'away')
    assert.deepEqual(seen(run!).slice(1), [
      'triggers/0 yes',
      'conditions/0/condition no',
      'conditions/0 yes',
      'actions/0 done',
      'actions/1 waited',
      'actions/2 done',
    ])
  })
})

test('two that set each other off by the mode are stopped', async () => {
  await withHouse(async ({ house, automations, modes, make, advance }) => {
    const { home, subject } = house
    const turn = (from: string, to: string) =>
      make({ name: from, triggers: [{ kind: 'mode', to: from }], actions: [{ kind: 'mode', to }] })
    const ids = [await turn('away', 'night'), await turn('night', 'away')]
    const checks = await automations.checks(home, subject, { id: ids[0]! })
    assert.deepEqual(
      checks.map(({ code, at, other }) => [code, at, other]),
      [['loop', 'actions/0', ids[1]]],
    )
    await modes.set(home, 'away', { person: subject })
    for (let i = 0; i < 200; i++) advance(1)
    const stopped = (await automations.list(home)).map((each) => each.stopped)
    assert.ok(stopped.includes('too-often'), String(stopped))
    assert.ok((await modes.changes(home, subject, 1_000)).length < 100)
  })
})

test('what contradicts itself over modes, or names one that is gone, is told', async () => {
  await withHouse(async ({ house, automations, modes, lamp }) => {
    const { home, subject } = house
    const { id } = await modes.add(home, subject, 'Guests')
    const codes = async (body: object) =>
      (await automations.checks(home, subject, { automation: written({ name: 'Tried', ...body }) })).map(
        ({ code, at, what }) => [code, at, what],
      )
    const both = {
      kind: 'and',
      conditions: [
        { kind: 'mode', is: 'away' },
        { kind: 'mode', is: 'home' },
      ],
    }
    const on = { actions: [lit(lamp)] }
    assert.deepEqual(await codes({ triggers: [{ kind: 'mode', to: 'away' }], conditions: [both], ...on }), [
      ['never-true', 'conditions/0', undefined],
    ])
    const passes = [{ kind: 'mode', is: 'home' }]
    assert.deepEqual(await codes({ triggers: [{ kind: 'mode', to: 'away' }], conditions: passes, ...on }), [
      ['never-passes', 'triggers/0', undefined],
    ])
    const named = { triggers: [{ kind: 'mode', to: id }], actions: [{ kind: 'mode', to: id }] }
    const kept = await automations.create(home, subject, written({ name: 'Kept', ...named }), true)
    await modes.remove(home, subject, id)
    const missing = (await automations.checks(home, subject, { id: kept })).map(({ at, what }) => [at, what])
    assert.deepEqual(missing, [
      ['triggers/0', 'mode'],
      ['actions/0', 'mode'],
    ])
    await assert.rejects(codes(named), (error) => {
      assert.ok(hasCode(error, 'automation.invalid'))
      assert.deepEqual(
        error.errors?.map(({ path, code }) => [path, code]),
        [
          ['triggers.0.to', 'not-found'],
          ['actions.0.to', 'not-found'],
        ],
      )
      return true
    })
  })
})

test('who may not set a mode does not have it set for them either, and a try says so', async () => {
  await withHouse(async ({ house, automations, modes, make, runs, advance, occupied, sensor }) => {
    const { home, subject } = house
    const body = {
      name: 'Coming home',
      triggers: [{ kind: 'state', device: sensor, capability: 'occupancy', attribute: 'occupied', to: true }],
      actions: [{ kind: 'mode', to: 'away' }],
    }
    const id = await make(body)
    const dry = automations.dryRun(home, subject, { id })
    assert.deepEqual(
      dry.would.map(({ kind, mode, code }) => [kind, mode, code]),
      [['mode', 'away', undefined]],
    )
    assert.equal(modes.of(home).mode, 'home')
    const before = house.homes.relations.get(home, subject)!
    house.homes.relations.set(home, subject, { ...before, role: 'child' })
    const refused = automations.dryRun(home, subject, { id })
    assert.deepEqual([refused.result, refused.would[0]!.code], ['failed', 'auth.forbidden'])
    house.homes.relations.set(home, subject, before)
    await automations.switch(home, subject, id, true)
    occupied(true)
    advance(1)
    assert.equal(modes.of(home).mode, 'away')
    assert.deepEqual(seen((await runs(id))[0]!), ['done', 'triggers/0 yes', 'actions/0 done'])
  })
})

test('a replay knows what mode the home was in', async () => {
  await withHouse(async ({ house, automations, modes, advance }) => {
    const { home, subject } = house
    const hourMs = 3_600_000
    for (const mode of ['away', 'home', 'away', 'night'] as const) {
      await modes.set(home, mode, { person: subject })
      advance(hourMs)
    }
    const tried = (body: object) =>
      automations.replay(home, subject, 1, { automation: written({ name: 'Tried', ...body }) })
    const left = await tried({ triggers: [{ kind: 'mode', to: 'away' }], actions: [{ kind: 'stop' }] })
    assert.deepEqual([left.times, left.skipped, left.unknown], [2, 0, []])
    const asked = await tried({
      triggers: [{ kind: 'mode' }],
      conditions: [{ kind: 'mode', is: 'night' }],
      actions: [{ kind: 'stop' }],
    })
    assert.deepEqual([asked.times, asked.skipped], [1, 3])
  })
})
