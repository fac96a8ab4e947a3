// Catches a home's energy that is not what its meters counted, on its own days, at its own prices; or meters nobody could mean.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasCode, newId, type MeterId } from '@eaves/model'
import { energyQuery, meterCreate, tariff as tariffShape } from '@eaves/model/api'
import type { Tariff } from '@eaves/model/api'
import { onBothDialects } from '../store/testing.ts'
import { openEnergyHouse, type EnergyHouse } from './testing.ts'

const hourMs = 3_600_000
const at = (iso: string): number => Date.parse(iso)
/** One unit an hour, told on the hour. */
const steady = (from: string, to: string, begin = 100, each = 1) =>
  Array.from(
    { length: (at(to) - at(from)) / hourMs + 1 },
    (_, i) => [at(from) + i * hourMs, begin + i * each] as const,
  )
const mains = (house: EnergyHouse, tariffs: readonly Tariff[] = []) =>
  house.energy.add(house.home, house.subject, {
    name: 'Mains',
    kind: 'grid-import',
    source: house.counter,
    swaps: [],
    tariffs: [...tariffs],
  })
const ask = (house: EnergyHouse, query: Readonly<Record<string, string | undefined>>) =>
  house.energy.report(house.home, house.subject, energyQuery.parse(query))
const flat: Tariff = {
  from: '2026-01-01',
  currency: 'EUR',
  price: 0.3,
  standingPerDay: 0.5,
  windows: [],
  tiers: [],
}
const near = (a: number | null | undefined, b: number, what = '') =>
  assert.ok(typeof a === 'number' && Math.abs(a - b) < 1e-6, `${what} ${a} is not ${b}`)

onBothDialects(
  'days of 23 and 25 hours have as many, before they are condensed and after, and hours, days and the month are one sum',
  async (_at, dialect) => {
    for (const [now, first, last, day, hoursOfDay] of [
      ['2026-04-02T10:00:00Z', '2026-03-26T00:00:00Z', '2026-04-01T12:00:00Z', '2026-03-29', 23],
      ['2026-10-28T10:00:00Z', '2026-10-22T00:00:00Z', '2026-10-27T12:00:00Z', '2026-10-25', 25],
    ] as const) {
      const house = await openEnergyHouse(at(now), dialect)
      await house.tell(house.counter, steady(first, last))
      await mains(house, [flat])
      const from = `${day.slice(0, 8)}${Number(day.slice(8)) - 2}`
      const to = `${day.slice(0, 8)}${Number(day.slice(8)) + 2}`
      for (const round of ['from raw values', 'condensed']) {
        const byDay = (await ask(house, { from, to })).meters[0]!
        assert.deepEqual(
          byDay.buckets.map(({ amount }) => amount),
          [24, 24, hoursOfDay, 24],
          round,
        )
        const byHour = (await ask(house, { from, to, resolution: 'hour' })).meters[0]!
        assert.equal(byHour.buckets.length, 72 + hoursOfDay)
        assert.ok(byHour.buckets.every(({ amount, whole }) => amount === 1 && whole))
        const byMonth = (await ask(house, { from, to, resolution: 'month' })).meters[0]!
        assert.equal(byMonth.amount, 72 + hoursOfDay)
        assert.equal(byMonth.completeness, 1)
        for (const each of [byDay, byHour, byMonth]) {
          assert.equal(each.amount, 72 + hoursOfDay)
          near(each.costs[0]?.used, (72 + hoursOfDay) * 0.3, round)
          near(each.costs[0]?.standing, 2, round)
        }
        await house.rollups.run()
      }
      await house.end()
    }
  },
)

test('a price by the time of day is paid hour by hour, and the span before and the year before stand beside', async () => {
  const house = await openEnergyHouse(at('2026-04-02T10:00:00Z'))
  await house.tell(house.counter, steady('2026-03-10T00:00:00Z', '2026-03-31T23:00:00Z'))
  const windows = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '06:00', price: 0.1 }]
  await mains(house, [{ ...flat, standingPerDay: 0, windows }])
  const report = await ask(house, { from: '2026-03-16', to: '2026-03-18', compare: 'before' })
  // Two days of eight hours by night and sixteen by day.
  near(report.meters[0]?.costs[0]?.used, 2 * (8 * 0.1 + 16 * 0.3))
  near(report.meters[0]?.buckets[0]?.cost, 8 * 0.1 + 16 * 0.3)
  assert.equal(report.compared?.from, '2026-03-13T23:00:00.000Z')
  near(report.compared?.meters[0]?.amount, 48)
  // 29 March has seven hours of night.
  const short = await ask(house, { from: '2026-03-29', to: '2026-03-30' })
  near(short.meters[0]?.costs[0]?.used, 7 * 0.1 + 16 * 0.3)
  const year = await ask(house, { from: '2026-03-16', to: '2026-03-18', compare: 'year' })
  assert.equal(year.compared?.from, '2025-03-15T23:00:00.000Z')
  assert.equal(year.compared?.meters[0]?.amount, null)
  await house.end()
})

test('a price that rises with the month begins anew with each, counts what was used before the span, and CO₂ goes by what was used', async () => {
  const house = await openEnergyHouse(at('2026-04-02T10:00:00Z'))
  await house.tell(house.counter, steady('2026-02-27T00:00:00Z', '2026-04-01T00:00:00Z'))
  const tiers = [
    { above: 100, price: 0.5 },
    { above: 110, price: 0.1 },
  ]
  const { id } = await mains(house, [{ ...flat, standingPerDay: 0, tiers }])
  await house.energy.edit(house.home, house.subject, id as MeterId, { co2GramsPerUnit: 400 })
  const [day] = (await ask(house, { from: '2026-03-05', to: '2026-03-06' })).meters
  // Of March 96 kWh are used before the 5th: 4 at 0.3, 10 at 0.5, 10 at 0.1.
  near(day?.costs[0]?.used, 4 * 0.3 + 10 * 0.5 + 10 * 0.1)
  near(day?.co2Kilograms, 9.6)
  const [span] = (await ask(house, { from: '2026-02-28', to: '2026-03-03' })).meters
  near(span?.costs[0]?.used, 72 * 0.3)
  // The month in one has 743 hours: 100, 10, and the rest.
  const [month] = (await ask(house, { from: '2026-03-01', to: '2026-04-01', resolution: 'month' })).meters
  near(month?.costs[0]?.used, 100 * 0.3 + 10 * 0.5 + 633 * 0.1)
  await house.energy.edit(house.home, house.subject, id as MeterId, { co2GramsPerUnit: null })
  assert.equal(
    (await ask(house, { from: '2026-03-05', to: '2026-03-06' })).meters[0]?.co2Kilograms,
    undefined,
  )
  await house.end()
})

test('a price that is set right later is the price of the past as well', async () => {
  const house = await openEnergyHouse(at('2026-04-02T10:00:00Z'))
  await house.tell(house.counter, steady('2026-03-14T00:00:00Z', '2026-03-20T00:00:00Z'))
  const { id } = await mains(house, [{ ...flat, from: '2026-03-17' }])
  const query = { from: '2026-03-16', to: '2026-03-18' }
  const before = (await ask(house, query)).meters[0]!
  near(before.unpriced, 24)
  near(before.costs[0]?.used, 24 * 0.3)
  await house.energy.edit(house.home, house.subject, id as MeterId, {
    tariffs: [{ ...flat, from: '2026-03-17', price: 0.5 }, flat],
  })
  const after = (await ask(house, query)).meters[0]!
  assert.equal(after.unpriced, 0)
  near(after.costs[0]?.used, 24 * 0.3 + 24 * 0.5)
  await house.end()
})

test('what the home used is what came in less what went out, and its devices stand by how much', async () => {
  const house = await openEnergyHouse(at('2026-04-02T10:00:00Z'))
  const { tell, counter, power, energy, home, subject } = house
  await tell(counter, steady('2026-03-14T00:00:00Z', '2026-03-20T00:00:00Z'))
  await tell(power, steady('2026-03-14T00:00:00Z', '2026-03-20T00:00:00Z', 500, 0))
  const fridge = await house.plug('Fridge', { power: { attributes: ['watts'], commands: [] } })
  const washer = await house.plug('Washer', { energy: { attributes: ['kilowattHours'], commands: [] } })
  await tell(
    { device: fridge, part: 'main', capability: 'power', attribute: 'watts' },
    steady('2026-03-15T00:00:00Z', '2026-03-19T00:00:00Z', 50, 0),
  )
  await tell(
    { device: washer, part: 'main', capability: 'energy', attribute: 'kilowattHours' },
    steady('2026-03-15T00:00:00Z', '2026-03-19T00:00:00Z', 3, 0.2),
  )
  await mains(house)
  assert.equal((await ask(house, { from: '2026-03-16', to: '2026-03-18' })).usedKilowattHours, 48)
  const roof = { name: 'Roof', kind: 'solar', source: power, swaps: [], tariffs: [] } as const
  await energy.add(home, subject, { ...roof, swaps: [], tariffs: [] })
  const report = await ask(house, { from: '2026-03-16', to: '2026-03-18' })
  near(report.usedKilowattHours, 48 + 24)
  assert.deepEqual(
    report.devices.map(({ device, by }) => [device, by]),
    [
      [washer, 'counter'],
      [fridge, 'power'],
    ],
  )
  near(report.devices[0]?.kilowattHours, 9.6)
  near(report.devices[1]?.kilowattHours, 2.4)
  await house.end()
})

test('a silence over midnight is told beside the days, one within a day counts to it', async () => {
  const house = await openEnergyHouse(at('2026-04-02T10:00:00Z'))
  await house.tell(house.counter, [
    ...steady('2026-03-15T00:00:00Z', '2026-03-16T08:00:00Z', 0),
    ...steady('2026-03-16T14:00:00Z', '2026-03-16T18:00:00Z', 38),
    ...steady('2026-03-17T06:00:00Z', '2026-03-18T10:00:00Z', 54),
  ])
  await mains(house, [flat])
  const { meters } = await ask(house, { from: '2026-03-16', to: '2026-03-18' })
  const [{ buckets, unplaced, amount, completeness }] = meters as [(typeof meters)[0]]
  assert.deepEqual(
    buckets.map(({ amount: each, whole }) => [each, whole]),
    [
      [20, false],
      [16, false],
    ],
  )
  assert.deepEqual(
    unplaced.map((each) => [each.from, each.to, each.amount]),
    [['2026-03-16T19:00:00.000Z', '2026-03-17T07:00:00.000Z', 12]],
  )
  assert.equal(amount, 48)
  assert.ok(completeness < 1)
  near(meters[0]?.costs[0]?.used, 48 * 0.3)
  await house.end()
})

onBothDialects('meters are kept, changed one after the other, and taken away', async (_at, dialect) => {
  const house = await openEnergyHouse(at('2026-04-02T10:00:00Z'), dialect)
  const { energy, home, subject } = house
  const made = await mains(house, [flat])
  const id = made.id as MeterId
  const swap = { at: '2026-03-01T10:00:00Z', ended: 5, began: 0 }
  await energy.edit(home, subject, id, { name: 'Cellar', swaps: [swap], version: 1 })
  await assert.rejects(energy.edit(home, subject, id, { name: 'Late', version: 1 }), (error) =>
    hasCode(error, 'input.conflict'),
  )
  const [kept] = await energy.meters(home)
  assert.deepEqual(kept, { ...made, name: 'Cellar', swaps: [swap], version: 2 })
  await assert.rejects(energy.remove(home, subject, newId<MeterId>()), (error) =>
    hasCode(error, 'auth.not-found'),
  )
  await energy.remove(home, subject, id)
  assert.deepEqual(await energy.meters(home), [])
  await house.end()
})

test('readings that come twice count once, and those that come late close the gap they left', async () => {
  const house = await openEnergyHouse(at('2026-04-02T10:00:00Z'))
  const all = steady('2026-03-15T00:00:00Z', '2026-03-18T10:00:00Z')
  const isLate = ([ts]: (typeof all)[number]) =>
    ts > at('2026-03-16T08:00:00Z') && ts < at('2026-03-17T06:00:00Z')
  const early = all.filter((each) => !isLate(each))
  await house.tell(house.counter, early)
  await house.tell(house.counter, early)
  await mains(house)
  await house.rollups.run()
  const query = { from: '2026-03-16', to: '2026-03-18' }
  const gap = (await ask(house, query)).meters[0]!
  assert.deepEqual([gap.amount, gap.unplaced.length], [48, 1])
  await house.tell(house.counter, all.filter(isLate).toReversed())
  await house.rollups.run()
  const { amount, unplaced, buckets, completeness } = (await ask(house, query)).meters[0]!
  assert.deepEqual([amount, unplaced.length, completeness], [48, 0, 1])
  assert.deepEqual(
    buckets.map((each) => [each.amount, each.whole]),
    [
      [24, true],
      [24, true],
    ],
  )
  await house.end()
})

test('what no meter could be is refused by name', async () => {
  const house = await openEnergyHouse(at('2026-04-02T10:00:00Z'))
  const { energy, home, subject, counter } = house
  const like = { name: 'M', kind: 'grid-import', source: counter, swaps: [], tariffs: [] } as const
  type Wish = Parameters<typeof energy.add>[2]
  const refused = (over: Partial<Wish>, code: string) =>
    assert.rejects(energy.add(home, subject, { ...like, swaps: [], tariffs: [], ...over }), (error) => {
      assert.ok(hasCode(error, 'input.invalid'))
      assert.match(JSON.stringify(error.errors), new RegExp(code))
      return true
    })
  await refused({ source: { ...counter, device: newId() } }, 'not-found')
  await refused({ source: { ...counter, attribute: '__proto__' } }, 'not-countable')
  await refused({ source: { ...counter, part: 'elsewhere' } }, 'not-countable')
  await refused({ kind: 'water' }, 'other-unit')
  await refused({ tariffs: [flat, { ...flat, price: 1 }] }, 'taken')
  const window = { days: [1], from: '22:00', to: '06:00', price: 0.1 }
  await refused(
    { tariffs: [{ ...flat, windows: [window, { ...window, days: [2], from: '05:45', to: '07:00' }] }] },
    'overlapping',
  )
  const tier = { above: 100, price: 0.5 }
  await refused({ tariffs: [{ ...flat, tiers: [tier, tier] }] }, 'not-rising')
  await refused({ tariffs: [{ ...flat, tiers: [tier], windows: [window] }] }, 'tiers-and-windows')
  await mains(house)
  await refused({}, 'taken')
  await house.end()
})

test('days that are none, prices that are no numbers and spans without end do not get in', async () => {
  for (const from of ['2026-02-30', '2026-2-3', 'NaN', '2026-13-01', '9999999-01-01'])
    assert.equal(energyQuery.safeParse({ from, to: '2026-03-01' }).success, false, from)
  for (const over of [
    { price: Number.NaN },
    { price: Number.POSITIVE_INFINITY },
    { from: '2026-02-29' },
    { currency: 'euro' },
    { standingPerDay: -1 },
    { tiers: [{ above: 0, price: 1 }] },
    { tiers: [{ above: Number.NaN, price: 1 }] },
    { windows: [{ days: [8], from: '00:00', to: '01:00', price: 1 }] },
    { windows: [{ days: [1], from: '24:00', to: '01:00', price: 1 }] },
    { windows: [{ days: [1], from: '00:10', to: '01:00', price: 1 }] },
  ])
    assert.equal(tariffShape.safeParse({ ...flat, ...over }).success, false, JSON.stringify(over))
  assert.equal(meterCreate.safeParse({ name: 'M', kind: 'coal', source: {} }).success, false)
  const house = await openEnergyHouse(at('2026-04-02T10:00:00Z'))
  for (const query of [
    { from: '2026-03-02', to: '2026-03-02' },
    { from: '2026-03-02', to: '2026-03-01' },
    { from: '1026-03-02', to: '2026-03-01' },
    { from: '2026-01-01', to: '2026-03-15', resolution: 'hour' },
  ])
    await assert.rejects(ask(house, query), (error) => hasCode(error, 'input.invalid'), JSON.stringify(query))
  await house.end()
})
