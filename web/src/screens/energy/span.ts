import type { EnergySpan } from '../../data/energy.ts'

export const kinds = ['day', 'week', 'month', 'year'] as const
export type SpanKind = (typeof kinds)[number]

const dayMs = 86_400_000
const textOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** The day, week, month or year of the calendar in which a date lies. */
export function spanAt(kind: SpanKind, date: string): EnergySpan {
  const ms = Date.parse(`${date}T00:00:00Z`)
  const day = new Date(ms)
  const [year, month] = [day.getUTCFullYear(), day.getUTCMonth()]
  if (kind === 'day') return { from: date, to: textOf(ms + dayMs), resolution: 'hour' }
  if (kind === 'week') {
    const monday = ms - ((day.getUTCDay() + 6) % 7) * dayMs
    return { from: textOf(monday), to: textOf(monday + 7 * dayMs), resolution: 'day' }
  }
  return kind === 'month'
    ? { from: textOf(Date.UTC(year, month, 1)), to: textOf(Date.UTC(year, month + 1, 1)), resolution: 'day' }
    : { from: textOf(Date.UTC(year, 0, 1)), to: textOf(Date.UTC(year + 1, 0, 1)), resolution: 'month' }
}
/** A date in the span before or after. */
export const dateBeside = ({ from, to }: EnergySpan, way: -1 | 1): string =>
  way < 0 ? textOf(Date.parse(`${from}T00:00:00Z`) - dayMs) : to

export const isDate = (text: unknown): text is string =>
  typeof text === 'string' &&
  /^[12]\d{3}-\d\d-\d\d$/.test(text) &&
  Number.isFinite(Date.parse(`${text}T00:00:00Z`)) &&
  textOf(Date.parse(`${text}T00:00:00Z`)) === text

/** The instant at which a clock on the wall of a zone shows a date and a time; of two the first, of none the one after. */
export function instantIn(zone: string, date: string, time: string): number {
  const wall = Date.parse(`${date}T${time}:00Z`)
  const format = new Intl.DateTimeFormat('sv-SE', {
    ...{ timeZone: zone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' },
  })
  const offsetAt = (ms: number): number => Date.parse(`${format.format(ms).replace(' ', 'T')}Z`) - ms
  const found = [wall - offsetAt(wall - dayMs), wall - offsetAt(wall + dayMs)]
  return found.find((ms) => ms + offsetAt(ms) === wall) ?? found[0]!
}
