// Catches a price that is saved as another one than was written, or loses windows and tiers that the form was given.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formOf, numberOf, tariffOf } from './tariff.ts'

const tariff = {
  ...{ from: '2026-01-01', currency: 'EUR', price: 0.3, standingPerDay: 0.5 },
  windows: [
    { days: [1, 2, 3, 4, 5], from: '22:00', to: '06:00', price: 0.2 },
    { days: [3], from: '12:00', to: '14:00', price: 0.1 },
  ],
  tiers: [],
}
const tiered = {
  ...tariff,
  windows: [],
  tiers: [
    { above: 100, price: 0.5 },
    { above: 200, price: 0.1 },
  ],
}

test('a tariff comes out of the form as it went in, with all its windows and tiers', () => {
  assert.deepEqual(tariffOf(formOf(tariff)), tariff)
  assert.deepEqual(tariffOf(formOf(tiered)), tiered)
  const listed = { ...tariff, list: { factor: 1.19 } }
  assert.deepEqual(tariffOf(formOf(listed)), listed)
  assert.deepEqual(
    formOf(tariff).windows.map(({ word }) => word),
    ['work', 'other'],
  )
  assert.equal(tariffOf({ ...formOf(tariff), price: '0,31' })?.price, 0.31)
})

test('what is not whole, no number, no quarter or does not rise is not saved', () => {
  const form = formOf(tariff)
  const window = form.windows[0]!
  for (const over of [
    { from: '' },
    { currency: 'EU' },
    { price: 'NaN' },
    { standing: '-1' },
    { factor: '' },
    { factor: '11' },
    { windows: [{ ...window, from: '22:10' }] },
    { windows: [{ ...window, price: '' }] },
    { tiers: [{ above: '0', price: '1' }] },
    { tiers: formOf(tiered).tiers.toReversed() },
  ])
    assert.equal(tariffOf({ ...form, ...over }), undefined, JSON.stringify(over))
  assert.equal(numberOf('1e9'), undefined)
  assert.equal(numberOf('1,234'), undefined, 'a thousand or a little above one: not guessed')
  assert.equal(numberOf('０．３４'), 0.34)
  assert.equal(numberOf('0,125'), 0.125)
})
