// Catches a wrong reading that cannot be put right, one that is put right by losing what was counted, and totals that do not follow.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasCode, newId, type CorrectionId, type MeterId } from '@eaves/model'
import { correctionCreate, energyQuery } from '@eaves/model/api'
import { onBothDialects } from '../store/testing.ts'
import { corrected } from './corrected.ts'
import { openEnergyHouse, type EnergyHouse } from './testing.ts'

const hourMs = 3_600_000
const at = (iso: string): number => Date.parse(iso)
const day = { from: '2026-03-16', to: '2026-03-17' } as const
const ask = async (house: EnergyHouse, more: Readonly<Record<string, string>> = {}) =>
  (await house.energy.report(house.home, house.subject, energyQuery.parse({ ...day, ...more }))).meters[0]!

/** One kWh an hour, but for a reading of 600 at ten o'clock UTC on 16 March. */
async function openSpiked(dialect: 'sqlite' | 'postgres' = 'sqlite') {
  const house = await openEnergyHouse(at('2026-03-20T10:00:00Z'), dialect)
  const begin = at('2026-03-14T00:00:00Z')
  await house.tell(
    house.counter,
    Array.from({ length: 120 }, (_, i) => {
      const ts = begin + i * hourMs
      return [ts, ts === at('2026-03-16T10:00:00Z') ? 600 : 100 + i] as const
    }),
  )
  const { id } = await house.energy.add(house.home, house.subject, {
    ...{ name: 'Mains', kind: 'grid-import', source: house.counter, swaps: [] },
    tariffs: [{ from: '2026-01-01', currency: 'EUR', price: 0.5, standingPerDay: 0, windows: [], tiers: [] }],
  })
  return { house, meter: id as MeterId }
}
const spike = { from: '2026-03-16T10:00:00Z', to: '2026-03-16T12:00:00Z', amount: 2, why: 'A wrong telegram' }

onBothDialects(
  'a wrong reading is put right in hours, days, sums and costs, stays to be seen, and comes back when it is taken back',
  async (_at, dialect) => {
    const { house, meter } = await openSpiked(dialect)
    const { energy, home, subject } = house
    const before = await ask(house)
    assert.ok(before.amount! > 400)
    const made = await energy.corrections.add(home, subject, meter, spike)
    assert.equal(made.by, subject)
    assert.equal(made.counted, before.amount! - 22)
    const after = await ask(house, { resolution: 'hour' })
    assert.equal(after.amount, 24)
    assert.equal(after.costs[0]?.used, 12)
    assert.deepEqual([after.corrections, after.resets.length, before.resets.length], [1, 0, 1])
    assert.deepEqual(
      after.buckets.slice(10, 14).map(({ amount, estimated }) => [amount, estimated]),
      [
        [1, undefined],
        [1, true],
        [1, true],
        [1, undefined],
      ],
    )
    assert.equal((await ask(house)).buckets[0]?.estimated, undefined)
    assert.equal((await ask(house, { readings: 'raw' })).amount, before.amount)

    const where = { meter, correction: made.id as CorrectionId }
    await energy.corrections.takeBack(home, subject, where, 'It was right after all')
    assert.equal((await ask(house)).amount, before.amount)
    const [shown] = await energy.corrections.list(home, meter)
    assert.equal(shown?.why, spike.why)
    assert.equal(shown?.takenBack?.why, 'It was right after all')
    await assert.rejects(energy.corrections.takeBack(home, subject, where, 'Again'), (error) =>
      hasCode(error, 'input.conflict'),
    )
    await energy.remove(home, subject, meter)
    await assert.rejects(energy.corrections.list(home, meter), (error) => hasCode(error, 'auth.not-found'))
    await house.end()
  },
)

test('of two that speak of one hour the later holds, and one of nothing known makes a gap', async () => {
  const { house, meter } = await openSpiked()
  const { energy, home, subject, clock } = house
  await energy.corrections.add(home, subject, meter, spike)
  clock.advance(1_000)
  await energy.corrections.add(home, subject, meter, { ...spike, amount: null, why: 'Nobody knows' })
  const { amount, buckets, completeness } = await ask(house, { resolution: 'hour' })
  assert.equal(amount, 22)
  assert.deepEqual(
    buckets.slice(10, 14).map((each) => each.amount),
    [1, null, null, 1],
  )
  assert.ok(completeness < 1)
  await house.end()
})

test('of a day whose hours are no longer kept, a few hours are put right by the difference', () => {
  const dayOf = { from: 0, to: 24 * hourMs, amount: 520, known: 1 }
  const said = { from: 10 * hourMs, to: 12 * hourMs, amount: 2, counted: 498 }
  const { slots } = corrected({ slots: [dayOf], unplaced: [], resets: [] }, [said])
  assert.equal(slots[0]?.amount, 24)
})

test('corrections of no hour, of the future, of nothing and of no number are refused by name', async () => {
  const { house, meter } = await openSpiked()
  const { energy, home, subject } = house
  for (const [over, code] of [
    [{ from: '2026-03-16T10:30:00Z' }, 'not-a-whole-hour'],
    [{ to: '2026-03-16T09:00:00Z' }, 'before-from'],
    [{ to: '2026-03-21T10:00:00Z' }, 'in-future'],
    [{ from: '2025-12-16T10:00:00Z' }, 'too-long'],
    [{ from: '1999-12-16T10:00:00Z', to: '1999-12-16T11:00:00Z' }, 'too-old'],
  ] as const)
    await assert.rejects(energy.corrections.add(home, subject, meter, { ...spike, ...over }), (error) => {
      assert.ok(hasCode(error, 'input.invalid'))
      assert.match(JSON.stringify(error.errors), new RegExp(code))
      return true
    })
  for (const over of [{ amount: Number.NaN }, { amount: -1 }, { amount: 1e9 }, { amount: '2' }, { why: ' ' }])
    assert.equal(correctionCreate.safeParse({ ...spike, ...over }).success, false, JSON.stringify(over))
  await assert.rejects(energy.corrections.add(home, subject, newId<MeterId>(), spike), (error) =>
    hasCode(error, 'auth.not-found'),
  )
  assert.deepEqual(await energy.corrections.list(home, meter), [])
  await house.end()
})
