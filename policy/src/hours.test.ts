// Catches a guest let in a minute early or late, twice shut out when clocks change, or an hour that runs over midnight read wrongly.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isWithinHours, nextTurn } from './hours.ts'

const berlin = 'Europe/Berlin'
const at = (iso: string) => Date.parse(iso)
const tuesday = [{ days: [2], from: '09:00', to: '12:00' }]

test('hours begin and end on the millisecond, in the zone of the home', () => {
  // 2026-06-02 is a Tuesday; Berlin is two hours ahead of UTC then.
  assert.equal(isWithinHours(tuesday, berlin, at('2026-06-02T06:59:59.999Z')), false)
  assert.equal(isWithinHours(tuesday, berlin, at('2026-06-02T07:00:00.000Z')), true)
  assert.equal(isWithinHours(tuesday, berlin, at('2026-06-02T09:59:59.999Z')), true)
  assert.equal(isWithinHours(tuesday, berlin, at('2026-06-02T10:00:00.000Z')), false)
  assert.equal(isWithinHours(tuesday, berlin, at('2026-06-03T08:00:00.000Z')), false)
  assert.equal(isWithinHours(tuesday, 'Asia/Kolkata', at('2026-06-02T03:30:00.000Z')), true)
  assert.equal(isWithinHours(tuesday, 'Asia/Kolkata', at('2026-06-02T03:29:59.999Z')), false)
})

test('an hour that runs over midnight belongs to the day it began', () => {
  const night = [{ days: [7], from: '22:00', to: '02:00' }]
  assert.equal(isWithinHours(night, 'UTC', at('2026-06-07T22:00:00Z')), true)
  assert.equal(isWithinHours(night, 'UTC', at('2026-06-08T01:59:59.999Z')), true)
  assert.equal(isWithinHours(night, 'UTC', at('2026-06-08T02:00:00Z')), false)
  assert.equal(isWithinHours(night, 'UTC', at('2026-06-07T01:00:00Z')), false)
})

test('when clocks go back the repeated hour counts both times, and an hour that is skipped never comes', () => {
  const early = [{ days: [7], from: '02:15', to: '02:45' }]
  // 25 October 2026: 03:00 summer time becomes 02:00; 29 March 2026: 02:00 becomes 03:00.
  assert.equal(isWithinHours(early, berlin, at('2026-10-25T00:30:00Z')), true)
  assert.equal(isWithinHours(early, berlin, at('2026-10-25T00:50:00Z')), false)
  assert.equal(isWithinHours(early, berlin, at('2026-10-25T01:30:00Z')), true)
  for (let minute = 0; minute < 180; minute++)
    assert.equal(isWithinHours(early, berlin, at('2026-03-29T00:00:00Z') + minute * 60_000), false)
})

test('without hours every instant is within, and nothing turns', () => {
  assert.equal(isWithinHours([], berlin, 0), true)
  assert.equal(nextTurn([], berlin, 0), undefined)
})

test('within a minute of UTC the answer is one, in every zone, whatever the hours', () => {
  const zones = [
    'Europe/Berlin',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'America/St_Johns',
    'Pacific/Chatham',
  ]
  const clock = fc
    .tuple(fc.nat(23), fc.nat(59))
    .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)
  const hours = fc.array(
    fc.record({
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      from: clock,
      to: clock,
    }),
    { minLength: 1, maxLength: 3 },
  )
  fc.assert(
    fc.property(
      hours,
      fc.constantFrom(...zones),
      fc.integer({ min: 29_000_000, max: 30_500_000 }),
      fc.nat(59_999),
      (list, zone, minute, ms) => {
        const whole = isWithinHours(list, zone, minute * 60_000)
        assert.equal(isWithinHours(list, zone, minute * 60_000 + ms), whole)
        assert.equal(isWithinHours(list, zone, minute * 60_000 + 59_999), whole)
      },
    ),
    { numRuns: 2000 },
  )
})

test('the next turn is where the answer changes, and nothing changes before it', () => {
  const turn = nextTurn(tuesday, berlin, at('2026-06-01T00:00:00Z'))!
  assert.equal(turn, at('2026-06-02T07:00:00Z'))
  assert.equal(nextTurn(tuesday, berlin, turn), at('2026-06-02T10:00:00Z'))
  assert.equal(
    nextTurn([{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00' }], berlin, turn),
    undefined,
  )
})
