// Catches a price that sets something off each quarter, twice or not at all, one that holds before it is known, and a replay by other prices than those that were.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { priceKey } from './prices.ts'
import { knownMeter, lit, withHouse, written } from './testing.ts'
import { writtenOf } from './written.ts'
import type { PriceSays } from './world.ts'

const quarterMs = 900_000
const hourMs = 4 * quarterMs
/** From an instant on a price by the quarter of an hour; cheap is what costs less than a tenth. */
const costing = (from: number, prices: readonly number[]): PriceSays => {
  const at = (now: number) => {
    const price = prices[Math.floor((now - from) / quarterMs)]
    return price === undefined || now < from ? undefined : { price, currency: 'EUR' }
  }
  return { at, isCheapest: (now, hours) => (at(now)?.price ?? 1) * 100 < hours, begins: [] }
}
const when = (more: object) => ({ kind: 'price', meter: knownMeter, ...more })

test('a price sets it off as it becomes so: at the border of two prices, and as a list comes that says so, once each', async () => {
  await withHouse(async ({ house, make, lamp, costs, signals, sent, runs, advance }) => {
    const now = house.clock.now()
    const border = Math.ceil((now + 1) / quarterMs) * quarterMs
    costs.set(knownMeter, costing(border, [0.3, 0.1, 0.1, 0.3, 0.1]))
    const of = (trigger: object) => ({
      name: 'P',
      triggers: [trigger],
      actions: [lit(lamp)],
      mode: 'parallel',
    })
    const id = await make(of(when({ below: 0.2 })))
    const high = await make(of(when({ above: 0.2 })))
    const until = (quarter: number): void => advance(border + quarter * quarterMs - house.clock.now())
    const ran = async () => [(await runs(id)).length, (await runs(high)).length]
    until(0)
    assert.deepEqual(await ran(), [0, 1], 'what is known for the first time has become so')
    until(0.9)
    assert.deepEqual(await ran(), [0, 1])
    until(1)
    assert.deepEqual(await ran(), [1, 1])
    assert.equal((await runs(id))[0]!.steps[0]!.seen, 0.1)
    until(2.5)
    assert.deepEqual(await ran(), [1, 1], 'the same price again is no news')
    until(4.5)
    assert.deepEqual(await ran(), [2, 2])
    // A list comes that says less of now, and of the next quarter.
    costs.set(knownMeter, costing(border, [0.3, 0.1, 0.1, 0.3, 0.4, 0.4]))
    signals.tell(priceKey(knownMeter))
    advance(0)
    assert.deepEqual(await ran(), [2, 3])
    costs.set(knownMeter, costing(border, [0.3, 0.1, 0.1, 0.3, 0.05, 0.4, 0.1]))
    signals.tell(priceKey(knownMeter))
    signals.tell(priceKey(knownMeter))
    advance(0)
    assert.deepEqual(await ran(), [3, 3])
    until(6)
    assert.deepEqual(await ran(), [4, 4])
    assert.equal(sent().length, 8)
  })
})

test('a price holds only where it is known, and it is told when it will be met next', async () => {
  await withHouse(async ({ house, automations, make, lamp, costs, signals, advance, runs }) => {
    const { home, subject, clock } = house
    const id = await make({
      ...{ name: 'C', triggers: [when({ cheapest: 10 })], actions: [lit(lamp)] },
      conditions: [when({ below: 0.09 })],
    })
    const again = async (): Promise<unknown[]> => {
      advance(1_000)
      automations.runNow(home, id)
      advance(0)
      const [last] = await runs(id)
      return [last!.result, last!.steps[1]?.outcome, last!.steps[1]?.seen, last!.steps[1]?.code]
    }
    assert.deepEqual(await again(), ['skipped', 'no', undefined, 'automation.unknown-value'])
    const border = Math.ceil((clock.now() + 1) / quarterMs) * quarterMs
    costs.set(knownMeter, costing(border - quarterMs, [0.2, 0.2, 0.08, 0.095]))
    signals.tell(priceKey(knownMeter))
    assert.deepEqual(await again(), ['skipped', 'no', 0.2, undefined])
    const fresh = await make({ name: 'D', triggers: [when({ cheapest: 10 })], actions: [lit(lamp)] })
    const { next } = await automations.get(home, fresh)
    assert.deepEqual(next, { at: new Date(border + quarterMs).toISOString(), trigger: 0 })
    advance(border + quarterMs - clock.now())
    const [first] = (await runs(id)).map(({ steps }) => steps.find(({ at }) => at === 'conditions/0'))
    assert.deepEqual([first?.outcome, first?.seen], ['yes', 0.08])
    assert.deepEqual((await runs(fresh)).length, 1)
    const dry = automations.dryRun(home, subject, { id })
    assert.equal(JSON.stringify(dry).includes('"seen":0.08'), true)
  })
})

test('a replay goes by the prices of the past, and a meter that is not there is told', async () => {
  await withHouse(async ({ house, automations, lamp, costs }) => {
    const { home, subject, clock } = house
    const body = (meter: string) =>
      written({ name: 'R', triggers: [{ ...when({ below: 0.2 }), meter }], actions: [lit(lamp)] })
    const from = Math.floor(clock.now() / hourMs) * hourMs - 20 * hourMs
    costs.set(
      knownMeter,
      costing(
        from,
        Array.from({ length: 80 }, (_, i) => (i % 8 < 4 ? 0.1 : 0.3)),
      ),
    )
    const told = await automations.replay(home, subject, 1, { automation: body(knownMeter) })
    assert.deepEqual([told.times, told.unknown], [10, ['holds']])
    assert.equal(Date.parse(told.runs.at(-1)!.at), from)
    assert.throws(() => automations.check(home, subject, body('a'.repeat(26))), {
      code: 'automation.invalid',
    })
  })
})

const blueprint = `
eaves: blueprint/1
name: Cheap hours
inputs:
  - { name: mains, kind: meter, label: Meter }
  - { name: hours, kind: number, label: How many hours, default: 4, min: 1, max: 23 }
  - { name: most, kind: number, label: At most, default: 0.2 }
automation:
  triggers: [{ kind: price, meter: { $input: mains }, cheapest: { $input: hours } }]
  conditions: [{ kind: price, meter: { $input: mains }, below: { $input: most } }]
  actions: [{ kind: notify, to: author, text: Now }]
`
test('a blueprint asks for the meter and the price, and what no tariff ever comes to is told', async () => {
  await withHouse(async ({ house, automations, lamp }) => {
    const { home, subject } = house
    const made = await writtenOf(automations).blueprints.preview(home, subject, {
      text: blueprint,
      values: { mains: knownMeter, hours: 2 },
    })
    assert.deepEqual(made.faults, [])
    assert.deepEqual(made.automation?.triggers, [when({ cheapest: 2 })])
    assert.deepEqual(made.automation?.conditions, [when({ below: 0.2 })])
    const never = when({ above: 1_000 })
    const body = written({
      ...{ name: 'N', triggers: [never, when({ cheapest: 1 })], conditions: [never] },
      actions: [{ kind: 'waitFor', trigger: never, timeoutSeconds: 60 }, lit(lamp)],
    })
    const found = await automations.checks(home, subject, { automation: body })
    assert.deepEqual(found.map(({ code, at }) => `${code} ${at}`).toSorted(), [
      'never-fires actions/0/trigger',
      'never-fires triggers/0',
      'never-true conditions/0',
    ])
  })
})
