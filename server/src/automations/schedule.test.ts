// Catches a moment of the day that comes twice or never: in an hour that is repeated or skipped, when the clock is set, where the sun does not set.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { automationTrigger } from '@eaves/model/api'
import { Schedule, nextAfter as nextOf, type TimeTrigger } from './schedule.ts'
import { isLight, sunEvent } from './sun.ts'
import { VirtualClock } from './virtual-clock.ts'
import { dayOf, instantOf, minuteOf, offsetAt } from './wall.ts'

const zones = [
  ...[
    'Africa/Cairo',
    'Africa/Casablanca',
    'Africa/El_Aaiun',
    'America/Asuncion',
    'America/Bogota',
    'America/Chicago',
  ],
  ...[
    'America/Denver',
    'America/Godthab',
    'America/Halifax',
    'America/Havana',
    'America/Los_Angeles',
    'America/Miquelon',
  ],
  ...[
    'America/New_York',
    'America/Phoenix',
    'America/Santiago',
    'America/Sao_Paulo',
    'America/St_Johns',
    'Antarctica/Troll',
  ],
  ...[
    'Asia/Beirut',
    'Asia/Gaza',
    'Asia/Jerusalem',
    'Asia/Kathmandu',
    'Asia/Kolkata',
    'Asia/Shanghai',
    'Asia/Tehran',
  ],
  ...[
    'Asia/Tokyo',
    'Atlantic/Azores',
    'Atlantic/Reykjavik',
    'Australia/Adelaide',
    'Australia/Lord_Howe',
    'Australia/Sydney',
  ],
  ...[
    'Europe/Berlin',
    'Europe/Chisinau',
    'Europe/Dublin',
    'Europe/Istanbul',
    'Europe/London',
    'Pacific/Apia',
  ],
  ...['Pacific/Auckland', 'Pacific/Chatham', 'Pacific/Easter'],
]
const minuteMs = 60_000
const nextAfter = (trigger: TimeTrigger, zone: string, after: number): number | undefined =>
  trigger.kind === 'calendar' || trigger.kind === 'price' ? undefined : nextOf(trigger, zone, after)
const dayMs = 86_400_000

/** The first minute of that day on which the wall shows it or is already past it, found by looking at every one. */
function byLooking(zone: string, day: number, minute: number): number {
  const wall = day * dayMs + minute * minuteMs
  for (let at = wall - dayMs; ; at += minuteMs)
    if (at + offsetAt(zone, at) >= wall && dayOf(zone, at) >= day) return at
}

test('in 40 zones over the changes of their clocks each minute of each day comes exactly once', () => {
  assert.equal(new Set(zones).size, 40)
  let changes = 0
  for (const zone of zones) {
    const from = Date.UTC(2026, 0, 1)
    for (let at = from; at < from + 366 * dayMs; at += dayMs) {
      if (offsetAt(zone, at) === offsetAt(zone, at + dayMs)) continue
      changes++
      for (const day of [dayOf(zone, at), dayOf(zone, at + dayMs)])
        for (let minute = 0; minute < 1440; minute += 15) {
          const found = instantOf(zone, day, minute)
          assert.equal(found, byLooking(zone, day, minute), `${zone} ${day} ${minute}`)
        }
      const trigger: TimeTrigger = { kind: 'time', at: '02:30' }
      const met: number[] = []
      for (
        let next = nextAfter(trigger, zone, at - dayMs);
        next !== undefined && next < at + 3 * dayMs;
        next = nextAfter(trigger, zone, next)
      )
        met.push(next)
      assert.equal(met.length, new Set(met.map((each) => dayOf(zone, each))).size, zone)
      assert.ok(met.length >= 3, zone)
    }
  }
  assert.ok(changes > 40, String(changes))
})

test('half past two on the night when it is skipped is three o’clock, and where it is repeated the first', () => {
  const on = (year: number, month: number, day: number) => Math.floor(Date.UTC(year, month - 1, day) / dayMs)
  assert.equal(instantOf('Europe/Berlin', on(2026, 3, 29), 150), Date.UTC(2026, 2, 29, 1))
  assert.equal(instantOf('Europe/Berlin', on(2026, 10, 25), 150), Date.UTC(2026, 9, 25, 0, 30))
  assert.equal(instantOf('Australia/Lord_Howe', on(2026, 10, 4), 135), Date.UTC(2026, 9, 3, 15, 30))
  // Samoa had no 30 December 2011.
  assert.equal(instantOf('Pacific/Apia', on(2011, 12, 30), 420), Date.UTC(2011, 11, 30, 10))
})

interface SetClock {
  readonly met: string[]
  readonly set: (byMs: number) => void
  readonly pass: (ms: number) => void
}
/** A clock that can be set while the timers go on as they are. */
function clocked(trigger: TimeTrigger, from: number, zone = 'Europe/Berlin'): SetClock {
  const steady = new VirtualClock(from)
  let shift = 0
  const now = () => steady.now() + shift
  const met: string[] = []
  const schedule = new Schedule({ now, after: steady.after }, () => zone)
  schedule.at(trigger, (at) => met.push(new Date(at).toISOString()))
  return { met, set: (by) => (shift += by), pass: (ms) => void steady.moveTo(steady.now() + ms) }
}

test('a clock that is set back meets no moment twice, one that is set forward by a little makes it up, by a lot does not', () => {
  const at = Date.UTC(2026, 5, 1, 4, 59)
  const seven: TimeTrigger = { kind: 'time', at: '07:00' }
  const back = clocked(seven, at)
  back.pass(90_000)
  back.set(-3_600_000)
  back.pass(2 * 3_600_000)
  assert.deepEqual(back.met, ['2026-06-01T05:00:00.000Z'])
  back.pass(dayMs)
  assert.equal(back.met.length, 2)
  const little = clocked(seven, at)
  little.set(80_000)
  little.pass(31_000)
  assert.equal(little.met.length, 1)
  const lot = clocked(seven, at)
  lot.set(3_600_000)
  lot.pass(60_000)
  assert.deepEqual(lot.met, [])
  // A clock that was a year ahead says nothing of what has been met.
  const wrong = clocked(seven, at + 365 * dayMs)
  wrong.pass(90_000)
  wrong.set(-365 * dayMs - 90_000)
  wrong.pass(120_000)
  assert.equal(wrong.met.length, 2)
})

test('the sun is that of the city; where it does not set there is no sunset, and it is day or night by its height', () => {
  const minutesOff = (zone: string, event: 'sunrise' | 'sunset', at: string) =>
    Math.abs(sunEvent(zone, dayOf(zone, Date.parse(at)), event)! - Date.parse(at)) / minuteMs
  // As almanacs have it for the cities.
  assert.ok(minutesOff('Europe/Berlin', 'sunset', '2026-06-21T19:33:00Z') < 3)
  assert.ok(minutesOff('America/New_York', 'sunrise', '2026-12-21T12:16:00Z') < 3)
  assert.ok(minutesOff('Australia/Sydney', 'sunrise', '2026-12-21T18:41:00Z') < 3)
  const [june, december] = [Date.UTC(2026, 5, 21, 0), Date.UTC(2026, 11, 21, 12)]
  const north = 'Arctic/Longyearbyen'
  assert.equal(sunEvent(north, dayOf(north, june), 'sunset'), undefined)
  assert.deepEqual([isLight(north, june, 'day'), isLight(north, june, 'night', 30)], [true, false])
  assert.deepEqual([isLight(north, december, 'day'), isLight(north, december, 'dark')], [false, true])
  const back = nextAfter({ kind: 'sun', event: 'sunset' }, north, june)!
  assert.equal(new Date(back).getUTCMonth(), 7)
  const evening = Date.parse('2026-06-21T19:45:00Z')
  assert.deepEqual(
    [
      isLight('Europe/Berlin', evening, 'night'),
      isLight('Europe/Berlin', evening, 'night', 30),
      isLight('Europe/Berlin', evening, 'dark'),
    ],
    [true, false, false],
  )
  assert.equal(minuteOf('Etc/GMT-3', 0), 180)
  assert.ok(isLight('Etc/GMT-3', Date.UTC(2026, 5, 1, 9), 'day'))
})

test('every so many minutes is by the wall, in the hour that is repeated again, and at midnight it begins anew', () => {
  const all = (minutes: number, zone: string, from: number, count: number): string[] => {
    const found: string[] = []
    let at = from
    for (let i = 0; i < count; i++) {
      at = nextAfter({ kind: 'every', minutes }, zone, at)!
      found.push(new Date(at).toISOString().slice(11, 16))
    }
    return found
  }
  assert.deepEqual(all(20, 'UTC', Date.UTC(2026, 0, 1, 23, 5), 4), ['23:20', '23:40', '00:00', '00:20'])
  assert.deepEqual(all(45, 'UTC', Date.UTC(2026, 0, 1, 22, 31), 3), ['23:15', '00:00', '00:45'])
  assert.deepEqual(all(20, 'Asia/Kathmandu', Date.UTC(2026, 0, 1, 0, 0), 2), ['00:15', '00:35'])
  // Two to three is twice: from 0:00 to 2:00 UTC.
  assert.equal(all(30, 'Europe/Berlin', Date.UTC(2026, 9, 25, 0, 0) - 1, 4).join(), '00:00,00:30,01:00,01:30')
  for (const zone of zones)
    for (const minutes of [1, 7, 60, 720])
      for (let at = Date.UTC(2026, 2, 1), i = 0; i < 60; i++) {
        const next = nextAfter({ kind: 'every', minutes }, zone, at)!
        assert.ok(
          next > at && next - at <= (2 * minutes + 120) * minuteMs && minuteOf(zone, next) % minutes === 0,
          zone,
        )
        at = next
      }
})

test('a date is met once, or each year; the 29th of February in leap years, and one that does not exist never gets in', () => {
  const next = (date: string, after: string, more: object = {}): string | undefined => {
    const found = nextAfter({ kind: 'time', at: '07:00', date, ...more }, 'Europe/Berlin', Date.parse(after))
    return found === undefined ? undefined : new Date(found).toISOString().slice(0, 16)
  }
  assert.equal(next('2026-12-24', '2026-03-01T00:00:00Z'), '2026-12-24T06:00')
  assert.equal(next('2026-12-24', '2026-12-24T06:00:00Z'), undefined)
  assert.equal(next('12-24', '2026-12-24T06:00:00Z'), '2027-12-24T06:00')
  assert.equal(next('02-29', '2026-03-01T00:00:00Z'), '2028-02-29T06:00')
  assert.equal(next('01-01', '2026-12-31T23:30:00Z', { at: '00:15' }), '2027-12-31T23:15')
  assert.equal(next('12-24', '2026-01-01T00:00:00Z', { weekdays: [1] }), '2029-12-24T06:00')
  const takes = (date: string): boolean =>
    automationTrigger.safeParse({ kind: 'time', at: '07:00', date }).success
  assert.deepEqual(['02-29', '2024-02-29', '12-31'].map(takes), [true, true, true])
  assert.deepEqual(['02-30', '2026-02-29', '13-01', '00-10', '2026-04-31'].map(takes), [
    false,
    false,
    false,
    false,
    false,
  ])
})
