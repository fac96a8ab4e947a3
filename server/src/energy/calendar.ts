import { startOfDay } from '@eaves/model'
import type { Cut } from './consumption.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

const utcOf = (day: string): number => Date.parse(`${day}T00:00:00Z`)
/** A day of the calendar so many days on. */
export const daysOn = (day: string, count: number): string =>
  new Date(utcOf(day) + count * dayMs).toISOString().slice(0, 10)
export const daysBetween = (from: string, to: string): number => (utcOf(to) - utcOf(from)) / dayMs
const parts = (day: string) => day.split('-').map(Number) as [number, number, number]
/** The same day so many months on; the last of the month where there is none. */
export function monthsOn(day: string, count: number): string {
  const [year, month, date] = parts(day)
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + count, Math.min(date, last))).toISOString().slice(0, 10)
}

const begins = new Map<string, number>()
/** Ten years of days a few times over. */
const mostBegins = 20_000

/** When a day of the calendar begins on the wall of a zone; one that the zone has left out begins where the next one does. */
export function beginOf(zone: string, day: string): number {
  const key = `${zone} ${day}`
  const known = begins.get(key)
  if (known !== undefined) return known
  if (begins.size >= mostBegins) begins.clear()
  const begin = workOut(zone, day)
  begins.set(key, begin)
  return begin
}
function workOut(zone: string, day: string): number {
  const noon = utcOf(day) + dayMs / 2
  const found = [noon, noon - dayMs / 2, noon + dayMs / 2].find((ms) => dateOf(zone, ms) === day)
  return startOfDay(zone, found ?? noon + dayMs / 2)
}
const formats = new Map<string, Intl.DateTimeFormat>()
export function dateOf(zone: string, ms: number): string {
  let format = formats.get(zone)
  if (format === undefined)
    formats.set(
      zone,
      (format = new Intl.DateTimeFormat('en-CA', {
        timeZone: zone,
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
      })),
    )
  return format.format(ms)
}

/** The days of a span, each from one midnight to the next. */
export function daysIn(zone: string, from: string, to: string): Cut[] {
  const days: Cut[] = []
  let begin = beginOf(zone, from)
  for (let day = from; day < to;) {
    day = daysOn(day, 1)
    const end = beginOf(zone, day)
    if (end > begin) days.push({ from: begin, to: end })
    begin = end
  }
  return days
}
/** The hours that begin in a span; they are cut on the hour of UTC, as the history keeps them. */
export function hoursIn(from: number, to: number): Cut[] {
  const hours: Cut[] = []
  for (let hour = Math.ceil(from / hourMs) * hourMs; hour < to; hour += hourMs)
    hours.push({ from: hour, to: hour + hourMs })
  return hours
}
/** Months of the calendar within a span. */
export function monthsIn(zone: string, from: string, to: string): Cut[] {
  const months: Cut[] = []
  for (let month = from; month < to;) {
    const next = `${monthsOn(`${month.slice(0, 7)}-01`, 1)}`
    const end = next < to ? next : to
    months.push({ from: beginOf(zone, month), to: beginOf(zone, end) })
    month = end
  }
  return months
}
/** The span of equal length before; whole months go back by months. */
export function spanBefore(from: string, to: string): readonly [from: string, to: string] {
  if (from.endsWith('-01') && to.endsWith('-01')) {
    const [fromYear, fromMonth] = parts(from)
    const [toYear, toMonth] = parts(to)
    return [monthsOn(from, -((toYear - fromYear) * 12 + toMonth - fromMonth)), from]
  }
  return [daysOn(from, -daysBetween(from, to)), from]
}
export const yearBefore = (from: string, to: string): readonly [from: string, to: string] => [
  monthsOn(from, -12),
  monthsOn(to, -12),
]
