// Catches a deadline that comes a day late: short months, leap days, changed clocks, holidays, pauses and extensions.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from './clauses.ts'
import {
  deadlineOf,
  deadlineRules,
  extensionOf,
  markPassed,
  resumedAt,
  ruleFor,
  type DeadlineRule,
} from './deadlines.ts'

const at = (text: string) => Date.parse(text)
const due = (...asked: Parameters<typeof deadlineOf>) => new Date(deadlineOf(...asked).dueMs).toISOString()

test('a month ends on its own last day, and rolls over a rest day', () => {
  clause('pp.8')
  // Received on 31 January 2027: the 28th of February is a Sunday, so the 1st of March is the last day.
  assert.equal(due('EU', at('2027-01-31T12:00:00Z')), '2027-03-01T23:00:00.000Z')
  // 2028 is a leap year: 29 February, a Tuesday.
  assert.equal(due('EU', at('2028-01-31T12:00:00Z')), '2028-02-29T23:00:00.000Z')
  assert.equal(due('EU', at('2028-02-29T12:00:00Z')), '2028-03-29T22:00:00.000Z')
  // 25 December is a Friday in 2026, the 26th a Saturday: the Monday counts.
  assert.equal(due('EU', at('2026-11-25T12:00:00Z')), '2026-12-28T23:00:00.000Z')
  // Easter Monday of 2027 is the 29th of March.
  assert.equal(due('EU', at('2027-02-27T12:00:00Z')), '2027-03-30T22:00:00.000Z')
})

test('the day is that of the place, also where the clocks change in between', () => {
  clause('pp.8')
  // Half past eleven at night in UTC is the next day in Brussels.
  assert.equal(due('EU', at('2026-06-09T23:30:00Z')), '2026-07-10T22:00:00.000Z')
  assert.equal(due('EU', at('2026-06-09T21:30:00Z')), '2026-07-09T22:00:00.000Z')
  // The summer time begins on 28 March 2027 and ends on 31 October 2027.
  assert.equal(due('EU', at('2027-03-15T12:00:00Z')), '2027-04-15T22:00:00.000Z')
  assert.equal(due('EU', at('2027-10-12T12:00:00Z')), '2027-11-12T23:00:00.000Z')
})

test('fifteen working days, forty-five days, and elsewhere the earliest of all', () => {
  clause('pp.1.3')
  clause('pp.8')
  // Monday 1 June 2026; fifteen working days after it is Monday 22 June.
  assert.equal(due('CN', at('2026-06-01T04:00:00Z')), '2026-06-22T16:00:00.000Z')
  // From 28 September the national days are no working days.
  assert.equal(due('CN', at('2026-09-28T04:00:00Z')), '2026-10-21T16:00:00.000Z')
  assert.equal(due('US', at('2026-06-01T20:00:00Z')), '2026-07-17T07:00:00.000Z')
  assert.equal(due('US', at('2026-06-01T20:00:00Z'), 'acknowledge'), '2026-06-16T07:00:00.000Z')
  const received = at('2026-06-01T04:00:00Z')
  for (const region of ['EU', 'CN', 'US'] as const)
    assert.ok(deadlineOf('other', received).dueMs <= deadlineOf(region, received).dueMs)
  assert.equal(deadlineOf('other', received).regime, 'prc')
})

test('a pause for identity moves the end where the law allows it and nowhere else', () => {
  clause('pp.4.3')
  const received = at('2026-06-01T12:00:00Z')
  const stood = 7 * 86_400_000
  for (const [region, moves] of [
    ['EU', true],
    ['CN', false],
    ['US', false],
  ] as const) {
    const { regime, dueMs } = deadlineOf(region, received)
    assert.equal(resumedAt(regime, received, dueMs, stood) - dueMs, moves ? stood : 0, region)
  }
})

test('an extension is one, counted from the receipt, and told before the first end', () => {
  clause('pp.8')
  const received = at('2027-01-31T12:00:00Z')
  const { dueMs } = deadlineOf('EU', received)
  assert.equal(
    new Date(extensionOf('gdpr', received, { dueMs, nowMs: dueMs - 1 })!).toISOString(),
    '2027-04-30T22:00:00.000Z',
  )
  assert.equal(extensionOf('gdpr', received, { dueMs, nowMs: dueMs }), undefined)
  assert.equal(extensionOf('prc', received, { dueMs, nowMs: received }), undefined)
  const inUs = deadlineOf('US', received).dueMs
  assert.equal(
    (extensionOf('ccpa', received, { dueMs: inUs, nowMs: received })! - received) / 86_400_000 > 89,
    true,
  )
})

test('the marks of a half, three quarters and nine tenths are passed at their instant', () => {
  clause('pp.8')
  const [from, to] = [1_000, 2_000]
  assert.deepEqual(
    [1_000, 1_499, 1_500, 1_749, 1_750, 1_899, 1_900, 2_500].map((now) => markPassed(from, to, now)),
    [0, 0, 50, 50, 75, 75, 90, 90],
  )
})

test('a rule counts from its day on, and a later one takes its place', () => {
  clause('pp.8')
  const rule = ruleFor('gdpr', 'answer', at('2026-06-01T00:00:00Z'))
  const shorter: DeadlineRule = { ...rule, n: 14, unit: 'days', extension: null, effectiveFrom: '2030-01-01' }
  const rules = [shorter, ...deadlineRules]
  assert.equal(ruleFor('gdpr', 'answer', at('2029-12-31T00:00:00Z'), rules), rule)
  assert.equal(ruleFor('gdpr', 'answer', at('2030-01-01T00:00:00Z'), rules), shorter)
  assert.throws(() => ruleFor('gdpr', 'answer', at('2017-01-01T00:00:00Z')), /No deadline/)
})
