// Catches a price of now or tomorrow that is another hour's, a day of 23 or 25 hours that shifts, and cheapest hours of a day nobody knows.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Tariff } from '@eaves/model/api'
import { PriceTimes } from './price-times.ts'
import { openEnergyHouse } from './testing.ts'

const hourMs = 3_600_000
const zone = 'Europe/Berlin'
const at = (iso: string): number => Date.parse(iso)
const flat: Tariff = {
  ...{ from: '2026-01-01', currency: 'EUR', price: 0.3, standingPerDay: 0, windows: [], tiers: [] },
}
const byList: Tariff = { ...flat, price: 0.1, list: { factor: 2 } }
/** A list that says a price by the hour from an instant on. */
const listed = (from: string, prices: readonly number[]) => (ms: number, currency: string) =>
  currency === 'EUR' ? prices[Math.floor((ms - at(from)) / hourMs)] : undefined

test('a meter of the grid tells what a kWh costs now and on both days, by the clock of the home', async () => {
  const house = await openEnergyHouse(at('2026-10-25T09:20:00Z'))
  const { home, subject, energy, counter, power } = house
  try {
    const night = { ...flat, windows: [{ days: [1, 7], from: '22:00', to: '06:00', price: 0.2 }] }
    const add = (kind: 'grid-import' | 'solar', source: typeof counter, tariff: Tariff) =>
      energy.add(home, subject, { name: 'Mains', kind, source, swaps: [], tariffs: [tariff] })
    const { id } = await add('grid-import', counter, night)
    await add('solar', power, flat)
    const { from, to, meters } = await energy.prices(home)
    // The 25th has 25 hours in Berlin.
    assert.deepEqual([from, to], ['2026-10-24T22:00:00.000Z', '2026-10-26T23:00:00.000Z'])
    assert.deepEqual(
      meters.map((each) => each.meter),
      [id],
    )
    const [{ now, steps, stepMinutes, changes, byList: isByList, until }] = meters as [(typeof meters)[0]]
    assert.deepEqual(now, { price: 0.3, currency: 'EUR' })
    assert.deepEqual([stepMinutes, steps.length, changes, isByList, until], [60, 49, true, false, to])
    const cheap = steps.filter(({ price }) => price === 0.2).map(({ start }) => start.slice(8, 13))
    assert.deepEqual(
      [cheap[0], cheap.at(-1), cheap.length],
      ['25T21', '26T22', 10],
      'Sunday from 22 to 6, and Monday from 22 on',
    )
    await energy.edit(home, subject, id as never, { tariffs: [flat] })
    assert.equal((await energy.prices(home)).meters[0]!.changes, false)
    await energy.edit(home, subject, id as never, { tariffs: [byList] })
    const unread = (await energy.prices(home)).meters[0]!
    assert.deepEqual([unread.now, unread.steps, unread.changes, unread.until], [null, [], true, undefined])
  } finally {
    await house.end()
  }
})

test('steps are quarters only where quarters differ, and what changes with the use of a month has none', () => {
  const [from, to] = [at('2026-03-02T23:00:00Z'), at('2026-03-04T23:00:00Z')]
  const quarter = { ...flat, windows: [{ days: [2], from: '10:15', to: '10:30', price: 0.2 }] }
  const times = new PriceTimes([quarter], zone)
  assert.equal(times.steps(from, to).steps.length, 48 * 4)
  assert.equal(times.at(at('2026-03-03T09:29:59Z'))?.price, 0.2)
  assert.equal(times.at(at('2026-03-03T09:30:00Z'))?.price, 0.3)
  const tiered = new PriceTimes([{ ...flat, tiers: [{ above: 100, price: 0.5 }] }], zone)
  assert.deepEqual(tiered.steps(from, to).steps, [])
  const partly = new PriceTimes([byList], zone, listed('2026-03-03T08:00:00Z', [0.05, 0.02]))
  const { stepMs, steps } = partly.steps(from, to)
  assert.equal(stepMs, hourMs)
  assert.deepEqual(
    steps.map((each) => [each.from - at('2026-03-03T08:00:00Z'), Math.round(each.price * 100)]),
    [
      [0, 20],
      [hourMs, 14],
    ],
  )
})

test('the cheapest hours are those of the day of the home, the earlier of equal ones, and none before all of it is known', () => {
  // 29 March 2026 has 23 hours in Berlin, from 23:00Z to 22:00Z.
  const prices = Array.from({ length: 23 }, (_, i) => [5, 3, 3, 3][i] ?? 9)
  const times = new PriceTimes([byList], zone, listed('2026-03-28T23:00:00Z', prices))
  const cheap = (hours: number, of = times) =>
    prices.flatMap((_, i) =>
      of.isCheapest(at('2026-03-28T23:00:00Z') + (i + 0.9) * hourMs, hours) ? [i] : [],
    )
  const rising = Array.from({ length: 48 }, (_, i) => (i < 24 ? i : 48 - i))
  const two = new PriceTimes([byList], zone, listed('2026-03-02T23:00:00Z', rising))
  const first = [
    '2026-03-02T23:30:00Z',
    '2026-03-04T22:30:00Z',
    '2026-03-02T23:30:00Z',
    '2026-03-03T23:30:00Z',
  ]
  assert.deepEqual(
    first.map((each) => two.isCheapest(at(each), 1)),
    [true, true, true, false],
  )
  assert.deepEqual(cheap(1), [1])
  assert.deepEqual(cheap(2), [1, 2])
  assert.deepEqual(cheap(5), [0, 1, 2, 3, 4])
  assert.equal(times.isCheapest(at('2026-03-29T22:00:00Z'), 23), false, 'of the next day nothing is known')
  assert.deepEqual(
    cheap(5, new PriceTimes([byList], zone, listed('2026-03-28T23:00:00Z', prices.slice(1)))),
    [],
  )
})
