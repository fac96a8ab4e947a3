import { i18n } from '@lingui/core'
import { t } from '@lingui/core/macro'
import type { Hours } from '@eaves/model'
import type { Member } from '@eaves/model/api'
import { crossesMidnight, daysBetween, runsOf } from '../../screens/members/wall-time.ts'
import { list } from '../time.ts'
import { formatLocale } from '../formats.ts'

/** 1 Monday … 7 Sunday; the week of the first of January 2024 began on a Monday. */
const dayOf = (day: number): number => Date.UTC(2024, 0, day)
export const weekday = (day: number, style: 'long' | 'short' | 'narrow' = 'long'): string =>
  new Intl.DateTimeFormat(formatLocale(), { weekday: style, timeZone: 'UTC' }).format(dayOf(day))
const everyOne: readonly (() => string)[] = [
  () => t`Mondays`,
  () => t`Tuesdays`,
  () => t`Wednesdays`,
  () => t`Thursdays`,
  () => t`Fridays`,
  () => t`Saturdays`,
  () => t`Sundays`,
]

const wallClock = (time: string): string =>
  new Intl.DateTimeFormat(formatLocale(), { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(
    Date.parse(`2024-01-01T${time}Z`),
  )
export const timeRange = ({ from, to }: Pick<Hours, 'from' | 'to'>): string => {
  const [start, end] = [wallClock(from), wallClock(to)]
  return crossesMidnight({ from, to }) ? t`${start} – ${end} the next day` : t`${start} – ${end}`
}

/** "Tuesdays", "Mon – Fri", "Every day". */
export function daysInWords(days: readonly number[]): string {
  const runs = runsOf(days)
  const [only] = runs
  if (runs.length === 1 && only) {
    if (only[0] === 1 && only[1] === 7) return t`Every day`
    if (only[0] === only[1]) return everyOne[only[0] - 1]!()
  }
  return list(
    runs.flatMap(([from, to]) => {
      const [first, last] = [weekday(from, 'short'), weekday(to, 'short')]
      return to - from >= 2 ? [t`${first} – ${last}`] : from === to ? [first] : [first, last]
    }),
  )
}
/** "Tuesdays 9:00 AM – 12:00 PM, Fridays …". */
export const hoursInWords = (hours: readonly Hours[]): string =>
  list(
    hours.map((window) => {
      const [days, times] = [daysInWords(window.days), timeRange(window)]
      return t`${days} ${times}`
    }),
  )

/** "today 9:00", "tomorrow 9:00", "Friday 9:00", "3 June 2026, 9:00", as the clocks of the home have it. */
export function dayAndTime(instant: string, zone: string, nowMs: number = Date.now()): string {
  const at = Date.parse(instant)
  const days = daysBetween(nowMs, at, zone)
  const time = new Intl.DateTimeFormat(formatLocale(), {
    hour: 'numeric',
    minute: '2-digit',
    timeZone: zone,
  }).format(at)
  if (days >= 0 && days < 2) {
    const day = new Intl.RelativeTimeFormat(i18n.locale, { numeric: 'auto' }).format(days, 'day')
    return t`${day} ${time}`
  }
  if (days > 0 && days < 7) {
    const day = new Intl.DateTimeFormat(formatLocale(), { weekday: 'long', timeZone: zone }).format(at)
    return t`${day} ${time}`
  }
  return dateIn(instant, zone)
}
/** A date with its time only where that is not midnight. */
export function dateIn(instant: string, zone: string): string {
  const at = Date.parse(instant)
  const day = new Intl.DateTimeFormat(formatLocale(), { dateStyle: 'long', timeZone: zone }).format(at)
  const time = new Intl.DateTimeFormat('en', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  }).format(at)
  return time === '00:00'
    ? day
    : new Intl.DateTimeFormat(formatLocale(), {
        dateStyle: 'long',
        timeStyle: 'short',
        timeZone: zone,
      }).format(at)
}

/** How it stands with somebody now, in words; empty when nothing narrows them in time. */
export function stateInWords(
  member: Pick<Member, 'state' | 'turnsAt' | 'startsAt' | 'endsAt' | 'limits'>,
  zone: string,
  nowMs: number = Date.now(),
): string {
  const parts: string[] = []
  const turn = member.turnsAt === undefined ? undefined : dayAndTime(member.turnsAt, zone, nowMs)
  const hours = member.limits?.hours ?? []
  if (hours.length > 0) parts.push(hoursInWords(hours))
  if (member.state === 'no-guardian') parts.push(t`no adult here: cannot use the home`)
  else if (member.state === 'waiting') {
    const begin = member.startsAt === undefined ? turn : dayAndTime(member.startsAt, zone, nowMs)
    parts.push(begin === undefined ? t`has not begun yet` : t`begins ${begin}`)
  } else if (member.state === 'outside-hours')
    parts.push(turn === undefined ? t`closed now` : t`opens ${turn}`)
  else if (turn !== undefined) parts.push(t`open until ${turn}`)
  if (member.endsAt !== undefined) {
    const end = dayAndTime(member.endsAt, zone, nowMs)
    parts.push(t`ends ${end}`)
  }
  return parts.join(t({ context: 'between sentences', message: ', ' }))
}
