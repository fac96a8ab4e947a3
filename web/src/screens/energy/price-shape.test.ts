// Catches a lowest price of another day, and hours of one price that are told one by one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extremesOf, spansOf, type MeterPrices } from './price-shape.ts'

const at = (hour: number): string => new Date(Date.UTC(2026, 2, 2, hour)).toISOString()
const of = (prices: readonly (number | null)[]): MeterPrices => ({
  ...{ meter: 'm', now: null, byList: true, changes: true, stepMinutes: 60 },
  steps: prices.flatMap((price, i) => (price === null ? [] : [{ start: at(i), price, currency: 'EUR' }])),
})
const hours = ({ from, to }: { readonly from: number; readonly to: number }) =>
  [from, to].map((ms) => (ms - Date.parse(at(0))) / 3_600_000)

test('steps of one price are one span, unless something between them is not known', () => {
  assert.deepEqual(spansOf(of([1, 1, 2, null, 2])).map(hours), [
    [0, 2],
    [2, 3],
    [4, 5],
  ])
})

test('the lowest and the highest price are the first ones of today', () => {
  const found = extremesOf(of([3, 1, 1, 4, 1, 4, -5, 9]), Date.parse(at(6)))
  assert.deepEqual(
    [hours(found!.lowest), hours(found!.highest)],
    [
      [1, 3],
      [3, 4],
    ],
  )
  assert.equal(extremesOf(of([2, 2, 9]), Date.parse(at(2))), undefined)
  assert.equal(extremesOf(of([]), Date.parse(at(2))), undefined)
})
