// Catches a home told of a place where nobody is, of every step at its edge, or of what a phone with no network went through.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dueInMs, heard, judged, metersBetween, type Circle, type Fix, type Track } from './rule.ts'

const minuteMs = 60_000
const start = Date.parse('2027-03-01T08:00:00Z')
/** An invented place in the ocean. */
const circle: Circle = { latitude: -48.8767, longitude: -123.3933, radiusMeters: 200 }
const metersPerDegree = 111_195
const fixAt = (metersNorth: number, accuracyMeters = 30, at = start): Fix => ({
  latitude: circle.latitude + metersNorth / metersPerDegree,
  longitude: circle.longitude,
  accuracyMeters,
  at,
})

test('distances are those of the globe, across its seam as well', () => {
  const near = (a: number, b: number) => assert.ok(Math.abs(a - b) / b < 0.001, `${a} ${b}`)
  near(metersBetween(circle, fixAt(5_000)), 5_000)
  near(metersBetween({ latitude: 60, longitude: 10 }, { latitude: 60, longitude: 11 }), 55_597)
  near(metersBetween({ latitude: 0, longitude: 179.9 }, { latitude: 0, longitude: -179.9 }), 22_239)
  near(metersBetween({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 }), 20_015_087)
})

test('inside the circle is home, well outside is away, and what is between or not known closely says nothing', () => {
  const is = (fix: Fix) => judged(circle, fix, start)
  assert.deepEqual(
    [0, 199, 201, 299, 301, 5_000].map((each) => is(fixAt(each))),
    ['home', 'home', undefined, undefined, 'away', 'away'],
  )
  assert.equal(is(fixAt(5_000, 200)), 'away')
  for (const accuracy of [201, 2_000, NaN, -1, Infinity]) {
    assert.equal(is(fixAt(5_000, accuracy)), undefined, `away ${accuracy}`)
    assert.equal(is(fixAt(0, accuracy)), undefined, `home ${accuracy}`)
  }
  // Where the phone was, not where it is.
  assert.equal(judged(circle, fixAt(5_000), start + 3 * minuteMs), undefined)
  assert.equal(is({ ...fixAt(0), latitude: NaN }), undefined)
  const wide = { ...circle, radiusMeters: 1_000 }
  assert.deepEqual(
    [1_400, 1_600].map((each) => judged(wide, fixAt(each), start)),
    [undefined, 'away'],
  )
})

test('whoever walks along the edge changes nothing, and what was worked out stays until a sure position says otherwise', () => {
  const walk = [0, 190, 210, 250, 199, 290, 310, 250, 210, 199]
  let track: Track = {}
  const seen = walk.map((each) => (track = heard(track, circle, fixAt(each), start)).is)
  assert.deepEqual(seen, [...Array(6).fill('home'), 'away', 'away', 'away', 'home'])
  assert.equal(heard(track, circle, fixAt(9_000, 3_000), start), track)
})

test('only a change is told, once a minute at most, and nothing without a network', () => {
  const told = { is: 'home', at: start } as const
  assert.equal(dueInMs({}, start, true), undefined)
  assert.equal(dueInMs({ is: 'home' }, start, true), 0)
  assert.equal(dueInMs({ is: 'home', told }, start + 5 * minuteMs, true), undefined)
  assert.equal(dueInMs({ is: 'away', told }, start + 20_000, true), 40_000)
  assert.equal(dueInMs({ is: 'away', told }, start + minuteMs, true), 0)
  assert.equal(dueInMs({ is: 'away', told }, start + minuteMs, false), undefined)
  assert.equal(dueInMs({ is: 'away', told, failedAt: start + minuteMs }, start + minuteMs, true), minuteMs)
})
