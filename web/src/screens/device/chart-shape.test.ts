// Catches a chart that draws over a gap, counts a time twice, or stretches noise into drama.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hoursOf, lineOf, spansOf, totalMs } from './chart-shape.ts'

const hour = 3_600_000
const frame = { fromMs: 0, toMs: 24 * hour }

test('a gap in the data is a gap in the line', () => {
  const line = lineOf(
    [
      [0, 1],
      [hour, 2],
      [2 * hour, 1],
      [12 * hour, 2],
      [13 * hour, 1],
    ],
    frame,
  )
  assert.equal(line?.path.match(/M/g)?.length, 2)
})

test('nothing to draw is nothing, not a line at zero', () => {
  assert.equal(lineOf([], frame), undefined)
  assert.equal(lineOf([[hour, 'x']], frame), undefined)
})

test('a record that has only begun fills its own window, an old one the day', () => {
  const now = 100 * hour
  assert.equal(hoursOf([], now), 1)
  assert.equal(hoursOf([[now - hour / 3, 1]], now), 1)
  assert.equal(hoursOf([[now - 2 * hour, 1]], now), 3)
  assert.equal(hoursOf([[now - 13 * hour, 1]], now), 24)
  assert.equal(hoursOf([[now - 24 * hour - 1, 1]], now), 24)
})

test('two reports a moment apart are no course', () => {
  assert.equal(
    lineOf(
      [
        [0, 20],
        [60_000, 21],
        [120_000, 22],
      ],
      frame,
    ),
    undefined,
  )
})

test('a steady value stays in the middle', () => {
  assert.match(
    lineOf(
      [
        [0, 20],
        [hour, 20.1],
        [2 * hour, 20],
      ],
      frame,
    )!.path,
    /^M0 5\d(\.\d)?L/,
  )
})

test('times of yes end at the next no or now, repeats join', () => {
  const spans = spansOf(
    [
      [hour, true],
      [2 * hour, true],
      [3 * hour, false],
      [23 * hour, true],
    ],
    frame,
  )
  assert.equal(spans.length, 2)
  assert.equal(totalMs(spans), 3 * hour)
})
