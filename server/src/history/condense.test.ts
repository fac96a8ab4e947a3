// Catches hours and days that come to something else than their values, a value that is held for ever, and a day that is not 23 or 25 hours long.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Condenser, meanOf, together } from './condense.ts'
import { daysOf, every, hourMs, hours } from './grids.ts'

type Point = readonly [ts: number, value: number]
const condensed = (points: readonly Point[], holdMs: number, until: number, grid = hours) => {
  const condenser = new Condenser([grid], holdMs, until)
  for (const [ts, value] of points) condenser.add(ts, value)
  return condenser.end().grids[0]!.buckets
}

/** The same, worked out bucket by bucket from nothing but the words of the rule. */
function naive(points: readonly Point[], holdMs: number, until: number) {
  const found = []
  const last = Math.max(until, points.at(-1)?.[0] ?? 0)
  for (let start = 0; start <= last; start += hourMs) {
    const own = points.filter(([ts]) => ts >= start && ts < start + hourMs)
    const held = points.flatMap(([ts, value], i) => {
      const to = Math.min(points[i + 1]?.[0] ?? until, ts + holdMs, until)
      const ms = Math.min(to, start + hourMs) - Math.max(ts, start)
      return ms > 0 ? [{ value, ms }] : []
    })
    const all = [...held.map(({ value }) => value), ...own.map(([, value]) => value)]
    if (all.length === 0) continue
    found.push({
      ts: start,
      n: own.length,
      min: Math.min(...all),
      max: Math.max(...all),
      seconds: held.reduce((sum, { ms }) => sum + ms, 0) / 1_000,
      total: held.reduce((sum, { value, ms }) => sum + value * ms, 0) / 1_000,
      last: own.at(-1)?.[1] ?? held.at(-1)!.value,
    })
  }
  return found
}

test('an hour comes to what its values come to, however they lie, and beyond its hold a value is not known', () => {
  const points = fc
    .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 30 * hourMs }), fc.integer({ min: -500, max: 500 })), {
      selector: ([ts]) => ts,
      maxLength: 60,
    })
    .map((all) => all.toSorted((a, b) => a[0] - b[0]))
  fc.assert(
    fc.property(
      points,
      fc.integer({ min: 1, max: 5 * hourMs }),
      fc.integer({ min: 0, max: 10 * hourMs }),
      (all, holdMs, more) => {
        const until = (all.at(-1)?.[0] ?? 0) + more
        const found = condensed(all, holdMs, until)
        const wanted = naive(all, holdMs, until)
        const rounded = (buckets: readonly { readonly total: number; readonly seconds: number }[]) =>
          buckets.map((each) => ({
            ...each,
            total: Number(each.total.toFixed(3)),
            seconds: Number(each.seconds.toFixed(3)),
          }))
        assert.deepEqual(
          rounded(found),
          rounded(wanted).map((each) => ({ ...each, total: each.total === 0 ? 0 : each.total })),
        )
      },
    ),
    { numRuns: 300 },
  )
})

test('what two hours come to together is what they come to as one', () => {
  const points: Point[] = [
    [0, 10],
    [30 * 60_000, 20],
    [90 * 60_000, 40],
  ]
  const both = together(condensed(points, 24 * hourMs, 2 * hourMs))!
  const [one] = condensed(points, 24 * hourMs, 2 * hourMs, every(2 * hourMs))
  assert.deepEqual(both, one)
  assert.equal(meanOf(both), 22.5)
})

test('between two values that lie too far apart is a gap, and no hour of it is there', () => {
  const condenser = new Condenser([hours], 2 * hourMs, 12 * hourMs)
  condenser.add(0, 1)
  condenser.add(10 * hourMs, 2)
  const { grids, gaps } = condenser.end()
  assert.deepEqual(gaps, [[2 * hourMs, 10 * hourMs]])
  assert.deepEqual(
    grids[0]!.buckets.map(({ ts }) => ts / hourMs),
    [0, 1, 10, 11],
  )
})

test('of choices each hour says how long it was which', () => {
  const condenser = new Condenser([hours], 26 * hourMs, 2 * hourMs)
  condenser.add(0, 'heat')
  condenser.add(45 * 60_000, 'off')
  const [{ buckets, states }] = condenser.end().grids as [{ buckets: unknown; states: unknown }]
  assert.deepEqual(buckets, [])
  assert.deepEqual(states, [
    { ts: 0, states: { heat: 2_700, off: 900 } },
    { ts: hourMs, states: { off: 3_600 } },
  ])
})

test('a day goes from midnight to midnight on the wall of the home, also where the clocks change', () => {
  const lengths = (zone: string, iso: string) => {
    const days = daysOf(zone)
    const start = days.startOf(Date.parse(iso))
    return [new Date(start).toISOString(), (days.endOf(start) - start) / hourMs]
  }
  for (const [zone, noon, begins, long] of [
    ['Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-28T23:00:00.000Z', 23],
    ['Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-24T22:00:00.000Z', 25],
    ['Europe/Berlin', '2026-10-26T12:00:00Z', '2026-10-25T23:00:00.000Z', 24],
    ['Australia/Lord_Howe', '2026-04-05T02:00:00Z', '2026-04-04T13:00:00.000Z', 24.5],
    ['Asia/Kolkata', '2026-01-05T12:00:00Z', '2026-01-04T18:30:00.000Z', 24],
    ['Africa/Cairo', '2026-04-24T12:00:00Z', '2026-04-23T22:00:00.000Z', 23],
    ['America/Havana', '2026-11-01T12:00:00Z', '2026-11-01T04:00:00.000Z', 25],
    ['Pacific/Apia', '2011-12-31T12:00:00Z', '2011-12-31T10:00:00.000Z', 24],
  ] as const)
    assert.deepEqual(lengths(zone, noon), [begins, long], `${zone} ${noon}`)
})

test('every minute of a year lies in exactly one day of a zone', () => {
  for (const zone of [
    'Europe/Berlin',
    'America/Sao_Paulo',
    'Asia/Kathmandu',
    'Pacific/Chatham',
    'Africa/Cairo',
  ]) {
    const days = daysOf(zone)
    let day = days.startOf(Date.UTC(2026, 0, 1))
    let n = 0
    for (; day < Date.UTC(2027, 0, 1); n++) {
      const end = days.endOf(day)
      assert.ok(end > day)
      assert.equal(days.startOf(end - 1), day)
      assert.equal(days.startOf(end), end)
      day = end
    }
    assert.ok(n === 365 || n === 366)
  }
})
