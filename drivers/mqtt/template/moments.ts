import { Moment, numberOf, type Worth } from './values.ts'

/** The fields of an instant, where the box stands or in UTC. */
interface Fields {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly weekday: number
  readonly offsetMinutes: number
}
function fieldsOf({ epochMs, isUtc }: Moment): Fields {
  const date = new Date(epochMs)
  return isUtc
    ? {
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        day: date.getUTCDate(),
        hour: date.getUTCHours(),
        minute: date.getUTCMinutes(),
        second: date.getUTCSeconds(),
        weekday: date.getUTCDay(),
        offsetMinutes: 0,
      }
    : {
        year: date.getFullYear(),
        month: date.getMonth() + 1,
        day: date.getDate(),
        hour: date.getHours(),
        minute: date.getMinutes(),
        second: date.getSeconds(),
        weekday: date.getDay(),
        offsetMinutes: -date.getTimezoneOffset(),
      }
}
const two = (value: number): string => String(value).padStart(2, '0')
function offsetText(minutes: number, colon: string): string {
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${colon}${two(size % 60)}`
}

/** `2026-03-01T12:00:00+01:00`. */
export function isoText(moment: Moment, between = 'T'): string {
  const f = fieldsOf(moment)
  const date = `${String(f.year).padStart(4, '0')}-${two(f.month)}-${two(f.day)}`
  return `${date}${between}${two(f.hour)}:${two(f.minute)}:${two(f.second)}${offsetText(f.offsetMinutes, ':')}`
}

/** Python's `strftime`, as far as numbers go: names of days and months would be in a language we do not know. */
export function formatted(moment: Moment, pattern: string): string | undefined {
  const f = fieldsOf(moment)
  const known: Readonly<Record<string, string>> = {
    Y: String(f.year).padStart(4, '0'),
    y: two(f.year % 100),
    m: two(f.month),
    d: two(f.day),
    H: two(f.hour),
    I: two(f.hour % 12 === 0 ? 12 : f.hour % 12),
    M: two(f.minute),
    S: two(f.second),
    p: f.hour < 12 ? 'AM' : 'PM',
    w: String(f.weekday),
    z: offsetText(f.offsetMinutes, ''),
    s: String(Math.floor(moment.epochMs / 1000)),
    '%': '%',
  }
  let isKnown = pattern.length <= 200
  const text = pattern.slice(0, 200).replace(/%(.?)/g, (_whole, letter: string) => {
    const part = Object.hasOwn(known, letter) ? known[letter] : undefined
    if (part === undefined) isKnown = false
    return part ?? ''
  })
  return isKnown ? text : undefined
}

const furthestMs = 8.64e15
/** An instant out of seconds since 1970 or an ISO 8601 text. */
export function momentOf(value: Worth, isUtc = false): Moment | undefined {
  if (value instanceof Moment) return value
  const seconds = numberOf(value)
  const ms =
    seconds !== undefined
      ? seconds * 1000
      : typeof value === 'string' && /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d.{0,30})?$/.test(value)
        ? Date.parse(value.replace(' ', 'T'))
        : Number.NaN
  return Math.abs(ms) <= furthestMs ? new Moment(ms, isUtc) : undefined
}
