import { startOfDay } from '@eaves/model'
import type { SpanOf } from '../../data/history.ts'
import { formatLocale } from '../../words/formats.ts'

export const kinds = ['day', 'week', 'month', 'year'] as const
export type SpanKind = (typeof kinds)[number]
/** A day, week, month or year of the home's own calendar. */
export interface Span extends SpanOf {
  readonly kind: SpanKind
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** The date on a zone's wall: "2026-11-30". */
export function dateIn(zone: string, ms: number): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(ms)
}
/** Midnight of a date of the zone; undefined for what is no date. */
function midnight(zone: string, date: string): number | undefined {
  const noon = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T12:00:00Z`) : Number.NaN
  if (Number.isNaN(noon) || new Date(noon).toISOString().slice(0, 10) !== date) return undefined
  const there = [noon, noon - dayMs / 2, noon + dayMs / 2].find((ms) => dateIn(zone, ms) === date)
  return startOfDay(zone, there ?? noon)
}
/** Midnight so many days away; where the clocks change a day is an hour off, so it is aimed at the small hours. */
const daysFrom = (zone: string, start: number, days: number): number =>
  startOfDay(zone, start + days * dayMs + 3 * hourMs)

/** The span of the kind in which a date lies; today's, where none is given. */
export function spanAt(kind: SpanKind, zone: string, date: string | undefined, nowMs: number): Span {
  const day = (date === undefined ? undefined : midnight(zone, date)) ?? startOfDay(zone, nowMs)
  const [year, month, ofMonth] = dateIn(zone, day).split('-').map(Number) as [number, number, number]
  const utc = Date.UTC(year, month - 1, ofMonth)
  const weekday = (new Date(utc).getUTCDay() + 6) % 7
  const ofYear = (utc - Date.UTC(year, 0, 1)) / dayMs
  const back = { day: 0, week: weekday, month: ofMonth - 1, year: ofYear }[kind]
  const long = {
    day: 1,
    week: 7,
    month: new Date(Date.UTC(year, month, 0)).getUTCDate(),
    year: (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / dayMs,
  }[kind]
  const fromMs = back === 0 ? day : daysFrom(zone, day, -back)
  return { kind, fromMs, toMs: daysFrom(zone, fromMs, long) }
}
/** The span before or after. */
export function spanBeside({ kind, fromMs, toMs }: Span, zone: string, way: -1 | 1): Span {
  const inside = way < 0 ? fromMs - hourMs : toMs + hourMs
  return spanAt(kind, zone, dateIn(zone, inside), inside)
}

/** "30 Nov – 6 Dec 2026". */
export function spanName({ kind, fromMs, toMs }: Span, zone: string): string {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(formatLocale(), { timeZone: zone, ...options })
  if (kind === 'year') return format({ year: 'numeric' }).format(fromMs)
  if (kind === 'month') return format({ year: 'numeric', month: 'long' }).format(fromMs)
  if (kind === 'day') return format({ dateStyle: 'full' }).format(fromMs)
  return format({ year: 'numeric', month: 'short', day: 'numeric' }).formatRange(fromMs, toMs - hourMs)
}

/** How finely a span is drawn, and how finely it stands in the table. */
export const finenessOf = {
  day: { chart: '5m', table: 'hour' },
  week: { chart: 'hour', table: 'day' },
  month: { chart: 'hour', table: 'day' },
  year: { chart: 'day', table: 'day' },
} as const
