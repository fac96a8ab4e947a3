// Catches a number taken in the wrong unit: a difference read as a temperature, minutes as metres, milli as Mega.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { differenceOf, isCount, scaleOf, spellUnit } from './units.ts'

const ours = (value: number, spelled: string, wanted?: Parameters<typeof scaleOf>[1]): unknown => {
  const scale = scaleOf(spelled, wanted)
  return scale && [Math.round(scale.toOurs(value) * 1000) / 1000, scale.unit]
}

test('every spelling becomes one of our units', () => {
  for (const [value, spelled, wanted] of [
    [68, '°F', [20, 'celsius']],
    [21, '  C', [21, 'celsius']],
    [1, 'psi', [68.948, 'hectopascals']],
    [101.3, 'kPa', [1013, 'hectopascals']],
    [1.2, 'bar', [1200, 'hectopascals']],
    [1500, 'Wh', [1.5, 'kilowattHours']],
    [3.6, 'MJ', [1, 'kilowattHours']],
    [2, 'MWh', [2000, 'kilowattHours']],
    [2000, 'mWh', [0.002, 'kilowattHours']],
    [3, 'MW', [3_000_000, 'watts']],
    [3, 'mW', [0.003, 'watts']],
    [3000, 'mV', [3, 'volts']],
    [250, 'mA', [0.25, 'amperes']],
    [5, 'minutes', [300, 'seconds']],
    [2, 'Hr', [7200, 'seconds']],
    [1, 'day', [86_400, 'seconds']],
    [36, 'km/h', [10, 'metersPerSecond']],
    [0.25, 'mg/m³', [250, 'microgramsPerCubicMeter']],
    [150, 'cm', [1.5, 'meters']],
    [6, 'm³/h', [100, 'litersPerMinute']],
    [450, 'μS/cm', [450, 'microsiemensPerCentimeter']],
  ] as const)
    assert.deepEqual(ours(value, spelled), wanted, spelled)
})

test('what is measured decides between two readings of a spelling', () => {
  assert.deepEqual(ours(3, 'm', 'meters'), [3, 'meters'])
  assert.deepEqual(ours(3, 'm', 'seconds'), [180, 'seconds'])
  assert.deepEqual(ours(2500, 'L', 'cubicMeters'), [2.5, 'cubicMeters'])
  assert.deepEqual(ours(7, 'ppb', 'partsPerMillion'), [0.007, 'partsPerMillion'])
})

test('a difference has no zero of its own', () => {
  assert.equal(differenceOf('°F')?.toOurs(9), 5)
  assert.equal(differenceOf('°F')?.toTheirs(5), 9)
  assert.equal(differenceOf('K')?.unit, 'celsius')
  assert.equal(scaleOf('°F')?.toOurs(32), 0)
})

test('an unknown spelling is not guessed', () => {
  for (const spelled of ['furlong', '', 'raw unit', 'minutes or litres', '__proto__', 'constructor'])
    assert.equal(scaleOf(spelled), undefined, spelled)
  assert.equal(scaleOf(undefined), undefined)
  assert.equal(isCount('times'), true)
  assert.equal(spellUnit('furlong'), 'furlong')
  assert.equal(spellUnit('sec'), 's')
})

test('what becomes ours becomes theirs again', () => {
  const spellings = ['°F', 'psi', 'kPa', 'Wh', 'mV', 'min', 'h', 'km/h', 'cm', 'gal', 'mg/m³']
  fc.assert(
    fc.property(
      fc.constantFrom(...spellings),
      fc.double({ min: 0, max: 10_000, noNaN: true }),
      (spelled, value) => {
        const scale = scaleOf(spelled)!
        assert.ok(Math.abs(scale.toTheirs(scale.toOurs(value)) - value) < 0.02, `${value} ${spelled}`)
      },
    ),
  )
})
