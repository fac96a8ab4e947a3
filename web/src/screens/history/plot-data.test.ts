// Catches a line that leads over a gap, and spans that are a day off where the clocks change.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressOf, askedBy } from './address.ts'
import { asShare, columnsOf } from './plot-data.ts'
import { dateIn, spanAt, spanBeside } from './span.ts'

const hourMs = 3_600_000

test('between two points that a gap parts the line is broken once', () => {
  const points: [number, number, number, number][] = [0, 1, 5, 6].map((h) => [h * hourMs, h, h + 1, h + 2])
  const [x, min, max, mean] = columnsOf({ points, gaps: [[2 * hourMs, 5 * hourMs]] })
  assert.deepEqual(
    x.map((s) => s / 3_600),
    [0, 1, 2, 5, 6],
  )
  assert.deepEqual(min, [0, 1, null, 5, 6])
  assert.deepEqual(max, [2, 3, null, 7, 8])
  assert.deepEqual(mean, [1, 2, null, 6, 7])
  assert.deepEqual(columnsOf({ points: points.slice(0, 1), gaps: [] }, hourMs)[0], [3_600])
  assert.deepEqual(asShare({ points: [[0, 0, 0.25, 1]], gaps: [] }).points, [[0, 25, 25, 25]])
})

test('days, weeks, months and years begin at midnight on the wall of the home and follow one another without a hole', () => {
  for (const zone of [
    'Europe/Berlin',
    'America/Los_Angeles',
    'Pacific/Auckland',
    'Pacific/Kiritimati',
    'Asia/Kolkata',
  ])
    for (const kind of ['day', 'week', 'month', 'year'] as const) {
      let span = spanAt(kind, zone, '2026-03-01', 0)
      for (let n = 0; n < { day: 130, week: 20, month: 14, year: 2 }[kind]; n++) {
        const next = spanBeside(span, zone, 1)
        assert.equal(next.fromMs, span.toMs, `${zone} ${kind}`)
        assert.deepEqual(spanBeside(next, zone, -1), span)
        span = next
      }
    }
  const march = spanAt('day', 'Europe/Berlin', '2026-03-29', 0)
  assert.equal((march.toMs - march.fromMs) / hourMs, 23)
  const week = spanAt('week', 'Europe/Berlin', '2026-11-29', 0)
  assert.equal(dateIn('Europe/Berlin', week.fromMs), '2026-11-23')
  assert.equal(
    spanAt('month', 'Europe/Berlin', '2026-02-30', Date.UTC(2026, 10, 30)).fromMs,
    Date.UTC(2026, 9, 31, 23),
  )
})

test('the address says what is shown, and one that was tampered with shows less and never fails', () => {
  const asked = {
    values: [{ device: 'a', part: 'l/1', capability: 'vendor', attribute: 'x,y' }],
    kind: 'month',
    date: '2026-11-01',
    compare: true,
  } as const
  assert.deepEqual(askedBy(addressOf(asked)), asked)
  assert.deepEqual(askedBy({ v: 'a/b,%/%/%/%,a/b/c/d/e', span: 'century', at: 20_261_101 }), {
    values: [],
    kind: 'day',
    date: '20261101',
    compare: false,
  })
  assert.deepEqual(askedBy({}).values, [])
})
