// Catches a week, month or year that begins or ends on another day than on the calendar.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dateBeside, instantIn, isDate, spanAt } from './span.ts'

test('each span of a date is the one of the calendar, and the one beside it joins it', () => {
  const span = (kind: 'day' | 'week' | 'month' | 'year', date: string) => {
    const { from, to } = spanAt(kind, date)
    return [from, to]
  }
  assert.deepEqual(span('day', '2026-12-31'), ['2026-12-31', '2027-01-01'])
  assert.deepEqual(span('week', '2026-03-29'), ['2026-03-23', '2026-03-30'])
  assert.deepEqual(span('week', '2026-03-30'), ['2026-03-30', '2026-04-06'])
  assert.deepEqual(span('month', '2028-02-29'), ['2028-02-01', '2028-03-01'])
  assert.deepEqual(span('year', '2026-07-01'), ['2026-01-01', '2027-01-01'])
  for (const kind of ['day', 'week', 'month', 'year'] as const) {
    const here = spanAt(kind, '2026-03-15')
    assert.equal(spanAt(kind, dateBeside(here, -1)).to, here.from)
    assert.equal(spanAt(kind, dateBeside(here, 1)).from, here.to)
  }
})

test('what is no day of the calendar is none', () => {
  for (const text of ['2026-02-30', '', 'today', undefined, '2026-2-1']) assert.equal(isDate(text), false)
  assert.equal(isDate('2028-02-29'), true)
})

test('a time on the wall is its instant, also on the days on which clocks change', () => {
  const at = (date: string, time: string) => new Date(instantIn('Europe/Berlin', date, time)).toISOString()
  assert.equal(at('2026-01-15', '12:00'), '2026-01-15T11:00:00.000Z')
  assert.equal(at('2026-03-29', '01:59'), '2026-03-29T00:59:00.000Z')
  assert.equal(at('2026-03-29', '03:00'), '2026-03-29T01:00:00.000Z')
  assert.equal(at('2026-03-29', '02:30'), '2026-03-29T01:30:00.000Z')
  assert.equal(at('2026-10-25', '02:30'), '2026-10-25T00:30:00.000Z')
  assert.equal(at('2026-10-25', '12:00'), '2026-10-25T11:00:00.000Z')
})
