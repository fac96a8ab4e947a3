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
  return hours.some(({ days, from, to }) => {
    const start = minuteOf(from)
    const end = minuteOf(to)
    if (end > start) return days.includes(weekday) && minute >= start && minute < end
    const dayBefore = weekday === 1 ? 7 : weekday - 1
    return (days.includes(weekday) && minute >= start) || (days.includes(dayBefore) && minute < end)
  })
}

/** The first instant after `at` within the next eight days at which the answer changes; undefined when it does not. */
export function nextTurn(hours: readonly Hours[], zone: string, at: number): number | undefined {
  if (hours.length === 0) return undefined
  const now = isWithinHours(hours, zone, at)
  const first = Math.floor(at / minuteMs) + 1
  for (let minute = first; minute < first + 8 * minutesPerDay; minute++)
    if (isWithinHours(hours, zone, minute * minuteMs) !== now) return minute * minuteMs
  return undefined
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
