// Catches a call from outside that sets nothing off, whose values are lost or outlive the run, or that opens a door without a word of warning.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AppError } from '@eaves/model'
import { knownHook, lit, seen, withHouse, written } from './testing.ts'

const called = { kind: 'webhook', hook: knownHook }

test('a call from outside runs it, and its values are there for its expressions', async () => {
  await withHouse(async ({ make, lamp, signals, runs, sent, advance }) => {
    const id = await make({
      name: 'Ring',
      triggers: [called],
      conditions: [{ kind: 'expression', cel: 'trigger.body.who == "post"' }],
      actions: [{ kind: 'set', name: 'times', cel: 'trigger.body.times + 1' }, lit(lamp)],
    })
    const call = (values: readonly (readonly [string, string | number])[]): void => {
      signals.tell(`webhook/${knownHook}`, undefined, undefined, new Map(values))
      advance(0)
    }
    call([
      ['who', 'post'],
      ['times', 2],
    ])
    call([['who', 'else']])
    call([])
    assert.deepEqual(sent(), ['turnOn'])
    const all = await runs(id)
    assert.deepEqual(all.map(({ result }) => result).toSorted(), ['running', 'skipped', 'skipped'])
    const run = all.find(({ result }) => result === 'running')!
    assert.deepEqual(seen(run).slice(1, 3), ['triggers/0 yes', 'conditions/0 yes'])
    assert.equal(run.steps[2]!.seen, 3)
  })
})

test('an address that is not there is refused; of one that opens a door it is said that anyone can', async () => {
  await withHouse(async ({ house, automations, lock, lamp }) => {
    const { home, subject } = house
    const opens = (triggers: object[], ...before: object[]) =>
      written({
        name: 'Open',
        triggers,
        conditions: [{ kind: 'time', after: '08:00', before: '20:00' }],
        actions: [...before, { kind: 'command', device: lock, capability: 'lock', command: 'unlock' }],
      })
    assert.throws(
      () => automations.check(home, subject, opens([{ ...called, hook: 'a'.repeat(26) }])),
      (error: AppError) =>
        error.errors?.[0]?.path === 'triggers.0.hook' && error.errors[0].code === 'not-found',
    )
    const found = async (body: ReturnType<typeof opens>): Promise<string[]> =>
      (await automations.checks(home, subject, { automation: body }))
        .filter(({ code }) => code === 'anyone' || code === 'unguarded')
        .map(({ code, at }) => `${code} ${at}`)
    assert.deepEqual(await found(opens([called])), ['anyone actions/0'])
    const noon = [{ kind: 'time', at: '12:00' }]
    assert.deepEqual(await found(opens(noon)), [])
    const wait = { kind: 'waitFor', trigger: called, timeoutSeconds: 60 }
    assert.deepEqual(await found(opens(noon, wait)), ['anyone actions/1'])
    const automation = written({ name: 'Lamp', triggers: [called], actions: [lit(lamp)] })
    assert.deepEqual(await automations.checks(home, subject, { automation }), [])
    const { unknown } = await automations.replay(home, subject, 1, { automation })
    assert.deepEqual(unknown, ['triggers/0', 'holds'])
  })
})
