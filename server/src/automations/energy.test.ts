// Catches a limit of a meter that sets something off each time it is told, or never again.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { knownMeter, lit, withHouse, written } from './testing.ts'

test('a meter that goes over its limit sets it off once in each period', async () => {
  await withHouse(async ({ house, automations, make, lamp, signals, sent, runs, advance }) => {
    const over = { kind: 'energy', meter: knownMeter, over: 10, period: 'day' }
    const id = await make({ name: 'Much', triggers: [over], actions: [lit(lamp)], mode: 'parallel' })
    const key = `energy/${knownMeter}/day`
    assert.equal(signals.isHeard(key), true)
    const tell = (value: number, isKept = false): void => {
      signals.set(key, value, undefined, isKept)
      advance(0)
    }
    tell(9, true)
    tell(10)
    assert.equal(sent().length, 0, 'ten is not more than ten')
    tell(10.5)
    tell(12)
    assert.equal(sent().length, 1)
    assert.equal((await runs(id))[0]!.steps[0]!.seen, 10.5)
    tell(0, true)
    tell(11)
    assert.equal(sent().length, 2)
    const { home, subject } = house
    const body = (meter: string) =>
      written({ name: 'X', triggers: [{ ...over, meter }], actions: [lit(lamp)] })
    assert.throws(() => automations.check(home, subject, body('a'.repeat(26))), {
      code: 'automation.invalid',
    })
    const told = await automations.replay(home, subject, 1, { automation: body(knownMeter) })
    assert.deepEqual(told.unknown, ['triggers/0', 'holds'])
    await automations.remove(home, subject, id)
    assert.equal(signals.isHeard(key), false)
  })
})
