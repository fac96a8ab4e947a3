// Catches a house that is told by more than the clock and the seed, or a family and a weather that nobody would believe.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { peopleAt, type Place } from './family.ts'
import { localTime } from './local-time.ts'
import { weatherAt } from './weather.ts'
import { wantsLight, worldAt } from './world.ts'

const zone = 'Europe/Berlin'
const seed = 'test'
const at = (iso: string): number => Date.parse(iso)
/** A Tuesday in winter, at this local time. */
const tuesday = (time: string): number => at(`2026-01-13T${time}:00+01:00`)
const world = (instant: number) => worldAt(instant, { zone, seed })

test('the local clock knows summer time and the day of the year', () => {
  assert.deepEqual(localTime(at('2026-07-01T22:30:00Z'), zone), {
    day: '2026-07-02',
    minute: 30,
    weekday: 4,
    dayOfYear: 183,
  })
  assert.equal(localTime(at('2026-03-29T00:59:59Z'), zone).minute < 120, true)
  assert.equal(localTime(at('2026-03-29T01:00:00Z'), zone).minute, 180)
})

test('the same instant and seed are the same world, another seed another one', () => {
  const instant = tuesday('19:10')
  assert.deepEqual(world(instant), world(instant))
  const temperatures = ['a', 'b', 'c', 'd'].map(
    (each) => worldAt(instant, { zone, seed: each }).weather.celsius,
  )
  assert.equal(new Set(temperatures).size, 4)
})

test('January is colder than July, noon brighter than midnight, and the weather never jumps', () => {
  const mean = (month: string): number => {
    const days = Array.from(
      { length: 28 },
      (_each, day) => at(`2026-${month}-01T12:00:00Z`) + day * 86_400_000,
    )
    return days.reduce((sum, day) => sum + world(day).weather.celsius, 0) / days.length
  }
  assert.ok(mean('01') < 7 && mean('07') > 14, `${mean('01')} ${mean('07')}`)
  assert.equal(world(tuesday('00:30')).weather.lux, 0)
  assert.ok(world(tuesday('12:30')).weather.lux > 1500)
  let before = weatherAt(tuesday('00:00'), localTime(tuesday('00:00'), zone), seed)
  for (let minute = 5; minute < 1440; minute += 5) {
    const instant = tuesday('00:00') + minute * 60_000
    const now = weatherAt(instant, localTime(instant, zone), seed)
    assert.ok(Math.abs(now.celsius - before.celsius) < 1.4, `${minute}: ${before.celsius} → ${now.celsius}`)
    before = now
  }
})

test('the family sleeps, leaves, comes back and eats together', () => {
  const places = (time: string): Place[] =>
    peopleAt(localTime(tuesday(time), zone), seed).map((each) => each.place)
  assert.equal(world(tuesday('03:00')).isNight, true)
  assert.deepEqual(places('13:30').slice(0, 1), ['out'])
  assert.deepEqual(places('10:00')[2], 'out')
  assert.deepEqual(new Set(places('19:12')), new Set(['Kitchen']))
  assert.equal(world(tuesday('23:59')).isNight, true)
})

test('everybody is always somewhere, on every day of two years and with every seed tried', () => {
  for (let day = 0; day < 730; day++) {
    const midnight = at('2026-01-01T00:00:00+01:00') + day * 86_400_000
    for (const minute of [0, 365, 480, 640, 935, 1075, 1140, 1300, 1439]) {
      const people = peopleAt(localTime(midnight + minute * 60_000, zone), `seed ${day % 7}`)
      assert.equal(people.length, 3)
      for (const person of people) assert.ok(person.sinceMinutes >= 0 && person.place.length > 0)
    }
  }
})

test('the door opens as often as somebody leaves or comes, and not while all sleep', () => {
  let openings = 0
  let wasOpen = false
  for (let second = 0; second < 86_400; second += 5) {
    const { isDoorOpen, isNight } = world(tuesday('00:00') + second * 1000)
    if (isDoorOpen && !wasOpen) openings += 1
    wasOpen = isDoorOpen
    assert.ok(!(isDoorOpen && isNight))
  }
  // Two leave and come apart, the child comes home with one of them; some go together.
  assert.ok(openings >= 4 && openings <= 6, String(openings))
})

test('lights are wanted where somebody is up in the dark', () => {
  const dinner = world(tuesday('19:12'))
  assert.equal(wantsLight(dinner, 'Kitchen'), true)
  assert.equal(wantsLight(dinner, 'Bedroom'), false)
  const night = world(tuesday('03:00'))
  assert.equal(wantsLight(night, 'Bedroom'), false)
})
