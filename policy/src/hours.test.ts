// Catches a guest let in a minute early or late, twice shut out when clocks change, an hour that runs over midnight read wrongly, or a next turn that is missed or costs the server its time.
import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import type { Hours } from '@eaves/model'
import fc from 'fast-check'
import { isWithinHours, nextTurn } from './hours.ts'

const berlin = 'Europe/Berlin'
const at = (iso: string) => Date.parse(iso)
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

/** What `nextTurn` is by its meaning: a look at every minute. */
function turnByMinutes(list: readonly Hours[], zone: string, from: number): number | undefined {
  const first = Math.floor(from / 60_000) + 1
  const now = isWithinHours(list, zone, from)
  for (let minute = first; minute < first + 8 * 1440; minute++)
    if (isWithinHours(list, zone, minute * 60_000) !== now) return minute * 60_000
  return undefined
}

test('the next turn is the one that a look at every minute finds, also around changes of the clocks', () => {
  const changes = [
    '2026-03-29T01:00:00Z',
    '2026-10-25T01:00:00Z',
    '2026-04-04T15:00:00Z',
    '2026-10-03T15:30:00Z',
    '2026-03-08T05:30:00Z',
  ].map(at)
  const aroundOne = fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -3 * 86_400_000, max: 86_400_000 }))
    .map(([change, ms]) => change + ms)
  const always = fc.constant([{ days: [1, 2, 3, 4, 5, 6, 7], from: '06:00', to: '06:00' }])
  fc.assert(
    fc.property(
      fc.oneof({ weight: 30, arbitrary: hours }, { weight: 1, arbitrary: always }),
      fc.constantFrom(...zones, 'Pacific/Apia', 'America/Los_Angeles'),
      fc.oneof(aroundOne, fc.integer({ min: 1_740_000_000_000, max: 1_830_000_000_000 })),
      (list, zone, from) => assert.equal(nextTurn(list, zone, from), turnByMinutes(list, zone, from)),
    ),
    { numRuns: 300 },
  )
})

test('eight days ahead cost a few dozen looks at the zone, however many hours there are', () => {
  const asked = mock.method(Intl.DateTimeFormat.prototype, 'formatToParts')
  const looks = (list: readonly Hours[]) => {
    const before = asked.mock.callCount()
    nextTurn(list, berlin, at('2026-10-22T00:00:00Z'))
    return asked.mock.callCount() - before
  }
  try {
    const all = [1, 2, 3, 4, 5, 6, 7]
    const never = Array.from({ length: 50 }, (_, n) => ({
      days: all,
      from: `0${n % 10}:07`,
      to: `0${n % 10}:07`,
    }))
    for (const list of [never, [never[0]!]]) assert.ok(looks(list) <= 60, `${looks(list)} looks`)
    assert.ok(looks(tuesday) > 0, 'looks are counted')
  } finally {
    asked.mock.restore()
  }
})
