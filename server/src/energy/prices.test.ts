// Catches a price of the wrong hour, day or side of a change of clocks.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Tariff } from '@eaves/model/api'
import { daysIn } from './calendar.ts'
import { pricesOf } from './prices.ts'

const hourMs = 3_600_000
const zone = 'Europe/Berlin'
const night: Tariff = {
  from: '2026-01-01',
  currency: 'EUR',
  price: 0.4,
  standingPerDay: 0.5,
  windows: [{ days: [1, 2, 3, 4, 5], from: '22:00', to: '06:00', price: 0.2 }],
  tiers: [],
}
const at = (iso: string): number => Date.parse(iso)
const hourFrom = (iso: string) => pricesOf([night], zone).mean(at(iso), at(iso) + hourMs)

test('a window past midnight belongs to the day on which it begins', () => {
  // Friday 2 January, Saturday 3, Sunday 4, Monday 5 January 2026; Berlin is an hour ahead.
  assert.equal(hourFrom('2026-01-02T21:00:00Z'), 0.2)
  assert.equal(hourFrom('2026-01-03T04:00:00Z'), 0.2)
  assert.equal(hourFrom('2026-01-03T05:00:00Z'), 0.4)
  assert.equal(hourFrom('2026-01-03T22:00:00Z'), 0.4)
  assert.equal(hourFrom('2026-01-05T02:00:00Z'), 0.4)
})

test('the clock on the wall counts on both sides of a change', () => {
  // 29 March 2026: 01:00Z is 03:00 in Berlin; 04:00Z is 06:00, a Sunday. The windows begin again on Monday at 22:00, 20:00Z.
  assert.equal(hourFrom('2026-03-27T21:00:00Z'), 0.2)
  assert.equal(hourFrom('2026-03-30T20:00:00Z'), 0.2)
  assert.equal(hourFrom('2026-03-30T19:00:00Z'), 0.4)
  assert.equal(hourFrom('2026-10-26T20:00:00Z'), 0.4)
  assert.equal(hourFrom('2026-10-26T21:00:00Z'), 0.2)
})

test('a tariff holds from midnight of its day until the next one, and nothing has a price before the first', () => {
  const next: Tariff = { ...night, from: '2026-02-01', price: 1, windows: [] }
  const prices = pricesOf([next, night], zone)
  assert.equal(prices.mean(at('2025-12-31T22:00:00Z'), at('2025-12-31T23:00:00Z')), undefined)
  // A Thursday's first hour: still Wednesday's night.
  assert.equal(prices.mean(at('2025-12-31T23:00:00Z'), at('2026-01-01T00:00:00Z')), 0.2)
  assert.equal(prices.mean(at('2026-01-31T22:00:00Z'), at('2026-01-31T23:00:00Z')), 0.4)
  assert.equal(prices.mean(at('2026-01-31T23:00:00Z'), at('2026-02-01T00:00:00Z')), 1)
  assert.equal(prices.uniform(at('2026-02-01T00:00:00Z'), at('2026-02-03T00:00:00Z')), 1)
  assert.equal(prices.uniform(at('2026-01-05T12:00:00Z'), at('2026-01-06T12:00:00Z')), undefined)
})

test('every hour of two years, in zones of every kind, costs what a wall clock says', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Asia/Shanghai']
  const clock = fc
    .integer({ min: 0, max: 95 })
    .map((q) => `${String(Math.floor(q / 4)).padStart(2, '0')}:${String((q % 4) * 15).padStart(2, '0')}`)
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      clock,
      clock,
      fc.integer({ min: 0, max: 365 * 48 }),
      (where, days, from, to, hour) => {
        const start = at('2025-06-01T00:00:00Z') + hour * hourMs
        const tariff: Tariff = { ...night, from: '2020-01-01', windows: [{ days, from, to, price: 0.1 }] }
        const got = pricesOf([tariff], where).mean(start, start + hourMs)
        const wanted =
          [0, 15, 30, 45].reduce(
            (sum, minute) => sum + naive(where, start + minute * 60_000, { days, from, to }),
            0,
          ) / 4
        assert.ok(Math.abs(got! - wanted) < 1e-9, `${got} and ${wanted}`)
      },
    ),
    { numRuns: 400 },
  )
})
/** As a person would read it off the wall. */
function naive(
  where: string,
  ms: number,
  { days, from, to }: { days: readonly number[]; from: string; to: string },
): number {
  const read = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: where, hourCycle: 'h23', ...options }).format(ms)
  const time = read({ hour: '2-digit', minute: '2-digit' })
  const today = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(read({ weekday: 'short' })) + 1
  const yesterday = today === 1 ? 7 : today - 1
  const inside =
    from < to
      ? days.includes(today) && time >= from && time < to
      : (days.includes(today) && time >= from) || (days.includes(yesterday) && time < to)
  return inside ? 0.1 : 0.4
}

test('ten years of days are worked out once, however many meters and devices ask for them', (t) => {
  const began = process.cpuUsage()
  const all = Array.from({ length: 20 }, () => daysIn(zone, '2016-03-01', '2026-03-01'))
  const spent = process.cpuUsage(began).user / 1_000
  t.diagnostic(`${spent.toFixed(0)} ms`)
  assert.equal(all[0]!.length, 3_652)
  assert.deepEqual(all[0], all.at(-1))
  assert.ok(spent < 800, `${spent} ms`)
})
