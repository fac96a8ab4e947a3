import type { Hours } from '@eaves/model'

const minuteMs = 60_000
const minutesPerDay = 1440
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const formats = new Map<string, Intl.DateTimeFormat>()

/**
 * Whether the hours cover this instant in this zone; no hours cover every instant.
 * Zones shift by whole minutes, so the answer changes only where a minute of UTC begins. An hour that the clocks repeat
 * counts both times, one they skip never comes.
 */
export function isWithinHours(hours: readonly Hours[], zone: string, at: number): boolean {
  if (hours.length === 0) return true
  const { weekday, minute } = wallTime(zone, at)
  return isCovered(hours, weekday, minute)
}

function isCovered(hours: readonly Hours[], weekday: number, minute: number): boolean {
  const dayBefore = weekday === 1 ? 7 : weekday - 1
  return hours.some(({ days, from, to }) => {
    const start = minuteOf(from)
    const end = minuteOf(to)
    if (end > start) return days.includes(weekday) && minute >= start && minute < end
    return (days.includes(weekday) && minute >= start) || (days.includes(dayBefore) && minute < end)
  })
}

/**
 * The first instant after `at` within the next eight days at which the answer changes; undefined when it does not.
 * While the zone keeps its offset the answer changes only where hours begin or end, so only those minutes are looked at:
 * asking the zone is dear, and this is asked once a member by whoever opens a list of them.
 */
export function nextTurn(hours: readonly Hours[], zone: string, at: number): number | undefined {
  if (hours.length === 0) return undefined
  const now = isWithinHours(hours, zone, at)
  const edges = [...new Set(hours.flatMap(({ from, to }) => [minuteOf(from), minuteOf(to)]))]
  const last = Math.floor(at / minuteMs) + 1 + 8 * minutesPerDay
  for (let from = Math.floor(at / minuteMs) + 1; from < last;) {
    const shift = shiftAt(zone, from)
    const to = endOfShift(zone, shift, from, Math.min(from + longestStretch, last))
    const looks = edges.map((edge) => from + modulo(edge - from - shift, minutesPerDay))
    for (const minute of [from, ...looks.toSorted((a, b) => a - b)])
      if (minute < to && isCovered(hours, ...onWall(minute + shift)) !== now) return minute * minuteMs
    from = to
  }
  return undefined
}

/** A zone keeps an offset for weeks, so within this stretch of minutes it changes once at most; no hour begins twice in it. */
const longestStretch = minutesPerDay / 2

/** The first minute up to `last` at which the zone no longer has this offset. */
function endOfShift(zone: string, shift: number, from: number, last: number): number {
  if (shiftAt(zone, last) === shift) return last
  let [same, other] = [from, last]
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2)
    if (shiftAt(zone, middle) === shift) same = middle
    else other = middle
  }
  return other
}

/** By how many minutes the clocks of the zone are ahead of UTC at this minute of it; the weekday tells which day it is there. */
function shiftAt(zone: string, minute: number): number {
  const { weekday, minute: there } = wallTime(zone, minute * minuteMs)
  const [utcWeekday, utc] = onWall(minute)
  const ahead = (weekday - utcWeekday) * minutesPerDay + there - utc
  const week = 7 * minutesPerDay
  return modulo(ahead + week / 2, week) - week / 2
}

/** The weekday and the minute of it of a count of minutes since 1970, which began on a Thursday. */
function onWall(minute: number): [weekday: number, minute: number] {
  return [modulo(Math.floor(minute / minutesPerDay) + 3, 7) + 1, modulo(minute, minutesPerDay)]
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by
}

function minuteOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
}

function wallTime(zone: string, at: number): { readonly weekday: number; readonly minute: number } {
  let format = formats.get(zone)
  if (format === undefined)
    formats.set(
      zone,
      (format = new Intl.DateTimeFormat('en-GB', {
        timeZone: zone,
        weekday: 'short',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      })),
    )
  let weekday = 0
  let minute = 0
  for (const { type, value } of format.formatToParts(at)) {
    if (type === 'weekday') weekday = weekdays.indexOf(value) + 1
    else if (type === 'hour') minute += Number(value) * 60
    else if (type === 'minute') minute += Number(value)
  }
  return { weekday, minute }
}
