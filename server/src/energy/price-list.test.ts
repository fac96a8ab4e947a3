// Catches a list of prices that is read for other hours, another amount or another currency than it says, and one that is none.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Unusable } from '../reading/reading.ts'
import { readPriceList } from './price-list.ts'

const hourMs = 3_600_000
const begin = Date.parse('2026-03-28T23:00:00Z')
const read = (answer: unknown, currency = 'EUR') =>
  readPriceList(typeof answer === 'string' ? answer : JSON.stringify(answer), currency)
const refused = (answer: unknown, code: string): void =>
  assert.throws(
    () => read(answer),
    (error) => error instanceof Unusable && error.code === code,
    code,
  )

test('the shapes that are known say the same, for one kWh', () => {
  const wanted = [
    { from: begin, to: begin + hourMs, price: 0.1 },
    { from: begin + hourMs, to: begin + 2 * hourMs, price: -0.05 },
  ]
  const prices = [
    { from: '2026-03-29T00:00:00+01:00', price: 0.1 },
    { from: '2026-03-29T00:00:00Z', to: '2026-03-29T01:00:00Z', price: -0.05 },
  ]
  const inMega = prices.map((each) => ({ ...each, price: each.price * 1_000 }))
  const data = [100, -50].map((marketprice, i) => ({
    ...{ start_timestamp: begin + i * hourMs, end_timestamp: begin + (i + 1) * hourMs },
    ...{ marketprice, unit: 'Eur/MWh' },
  }))
  const all = [
    prices,
    prices.toReversed(),
    { prices },
    { prices, currency: 'eur' },
    { prices, unit: 'EUR/kWh' },
    { prices: inMega, unit: 'EUR/MWh', currency: 'EUR' },
    { object: 'list', data, url: '/' },
    {
      license_info: 'free',
      unix_seconds: [begin, begin + hourMs].map((ms) => ms / 1_000),
      price: [100, -50],
      unit: 'EUR / MWh',
      deprecated: false,
    },
  ]
  for (const answer of all) assert.deepEqual(read(answer), wanted)
})

test('a price that does not say how long holds for the shortest step of its list', () => {
  const seconds = [0, 900, 1_800, 5_400].map((each) => begin / 1_000 + each)
  const listed = read({ unix_seconds: seconds, price: [1, 2, null, 4], unit: 'EUR/kWh' })
  assert.deepEqual(
    listed.map(({ from, to, price }) => [(from - begin) / 900_000, (to - from) / 900_000, price]),
    [
      [0, 1, 1],
      [1, 1, 2],
      [6, 1, 4],
    ],
  )
})

test('what is no list of prices, or of something else, is refused with the reason', () => {
  const one = { from: '2026-03-29T00:00:00Z', price: 1 }
  const many = Array.from({ length: 401 }, (_, i) => ({
    ...{ from: new Date(begin + i * hourMs).toISOString(), price: 1 },
  }))
  for (const none of [
    '<html>',
    [],
    {},
    null,
    7,
    { prices: [] },
    { prices: 'x' },
    [{ from: 'soon', price: 1 }],
  ])
    refused(none, 'no-prices')
  refused([{ from: '2026-03-29T00:00:00', price: 1 }], 'no-prices')
  refused({ unix_seconds: [0, 900], price: [1], unit: 'EUR/kWh' }, 'no-prices')
  refused({ unix_seconds: [0], price: [null], unit: 'EUR/kWh' }, 'no-prices')
  assert.equal(read(many.slice(1)).length, 400)
  refused(many, 'too-many-prices')
  refused({ prices: [one], currency: 'SEK' }, 'other-currency')
  refused({ prices: [one], unit: 'NOK/kWh' }, 'other-currency')
  refused({ prices: [one], unit: 'ct/kWh' }, 'unknown-unit')
  refused({ prices: [one], unit: 'EUR/kWh', currency: 'SEK' }, 'unknown-unit')
  const odd: object[][] = [
    [{ ...one, price: 1_001 }],
    [{ from: '2026-03-29T00:05:00Z', price: 1 }],
    [{ ...one, to: one.from }],
    [{ ...one, to: '2026-03-31T00:00:00Z' }],
    [one, { ...one, price: 2 }],
    [
      { ...one, to: '2026-03-29T02:00:00Z' },
      { from: '2026-03-29T01:00:00Z', price: 2 },
    ],
  ]
  for (const each of odd) refused(each, 'odd-prices')
})
