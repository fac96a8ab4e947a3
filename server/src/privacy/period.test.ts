// Catches a period that ends too early: over a short month, a leap day or a change of units.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { periodBefore } from './period.ts'

const before = (at: string, period: string) => new Date(periodBefore(Date.parse(at), period)).toISOString()

test('a period counts by the calendar and never ends early', () => {
  clause('pp.ret.1')
  assert.equal(before('2026-03-01T12:00:00.000Z', 'P30D'), '2026-01-30T12:00:00.000Z')
  assert.equal(before('2026-03-01T12:00:00.000Z', 'P0D'), '2026-03-01T12:00:00.000Z')
  assert.equal(before('2027-02-28T00:00:00.000Z', 'P3Y'), '2024-02-28T00:00:00.000Z')
  assert.equal(before('2027-03-01T00:00:00.000Z', 'P3Y'), '2024-03-01T00:00:00.000Z')
  assert.equal(before('2028-02-29T01:02:03.004Z', 'P1Y'), '2027-02-28T01:02:03.004Z')
  assert.equal(before('2026-03-31T00:00:00.000Z', 'P1M'), '2026-02-28T00:00:00.000Z')
  assert.equal(before('2026-01-15T00:00:00.000Z', 'P1Y2M1W1DT1H1M1S'), '2024-11-06T22:58:59.000Z')
})

test('what is no period of whole numbers is refused', () => {
  for (const wrong of ['P', '30D', 'P1.5D', 'PT', 'P-1D', ''])
    assert.throws(() => periodBefore(0, wrong), /ISO 8601/)
})
