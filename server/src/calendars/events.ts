import { instantOf } from '../automations/automations.ts'
import { dayOf } from './days.ts'
import { linesOf, wordsOf, type Line } from './lines.ts'
import { ruleOf, type Rule } from './rule.ts'

/** A moment as a calendar says it: on the wall of a zone, or of the home where it names none; `second` is missing for a whole day. */
export interface Moment {
  readonly day: number
  readonly second: number | undefined
  readonly zone: string | undefined
}
export interface CalendarEvent {
  readonly title: string
  readonly start: Moment
  /** Whole days, or milliseconds. */
  readonly days: number | undefined
  readonly ms: number
  readonly rule: Rule | undefined
  readonly more: readonly Moment[]
  readonly but: readonly Moment[]
}
export interface Calendar {
  readonly events: readonly CalendarEvent[]
  /** Events that are there and could not be understood. */
  readonly unread: number
}
export const mostEvents = 5_000
export class TooManyEvents extends Error {}
/** It is no calendar at all. */
export class NoCalendar extends Error {}

const longestTitle = 120
const mostDates = 1_000
/** Of all events together: turns that come or go by themselves. */
const mostDatesInAll = 20_000
const longestMs = 366 * 86_400_000
type Raw = Map<string, Line[]>

/** The events of a calendar file (RFC 5545). */
export function readCalendar(text: string): Calendar {
  const found: Found[] = []
  let [unread, dates] = [0, 0]
  for (const raw of rawEvents(text)) {
    const event = eventOf(raw)
    if (event === undefined) unread++
    else {
      if ((dates += event.more.length + event.but.length) > mostDatesInAll) throw new TooManyEvents()
      const id = one(raw, 'RECURRENCE-ID')
      const isOff = one(raw, 'STATUS')?.value.trim().toUpperCase() === 'CANCELLED'
      const uid = one(raw, 'UID')?.value ?? ''
      found.push({ uid, instead: id && momentOf(id, id.value), isOff, event })
    }
  }
  return { events: withoutReplaced(found), unread }
}

interface Found {
  readonly uid: string
  /** The turn of an event that it stands for. */
  readonly instead: Moment | undefined
  readonly isOff: boolean
  readonly event: CalendarEvent
}

/** What stands for one turn of an event takes its place; what is called off is not there. */
function withoutReplaced(found: readonly Found[]): CalendarEvent[] {
  const replaced = new Map<string, Moment[]>()
  for (const { uid, instead } of found) {
    const all = replaced.get(uid)
    if (instead !== undefined && all === undefined) replaced.set(uid, [instead])
    else if (instead !== undefined) all?.push(instead)
  }
  let dates = 0
  return found.flatMap(({ uid, instead, isOff, event }) => {
    if (isOff) return []
    if (instead !== undefined) return [{ ...event, rule: undefined }]
    const but = replaced.get(uid)
    // Each event has an id of its own; where many share one, what was moved of one was moved of all.
    if ((dates += but?.length ?? 0) > mostDatesInAll) throw new TooManyEvents()
    return [but === undefined ? event : { ...event, but: [...event.but, ...but] }]
  })
}

function* rawEvents(text: string): Generator<Raw> {
  let raw: Raw | undefined
  let isCalendar = false
  let depth = 0
  let count = 0
  for (const line of linesOf(text)) {
    const what = line.value.trim().toUpperCase()
    if (line.name === 'BEGIN' && what === 'VCALENDAR') isCalendar = true
    else if (!isCalendar) throw new NoCalendar()
    if (line.name === 'BEGIN' && what === 'VEVENT') {
      if (++count > mostEvents) throw new TooManyEvents()
      raw = new Map()
    } else if (raw === undefined) continue
    else if (line.name === 'BEGIN') depth++
    else if (line.name === 'END' && depth > 0) depth--
    else if (line.name === 'END') {
      yield raw
      raw = undefined
    } else if (depth === 0) put(raw, line)
  }
  if (!isCalendar) throw new NoCalendar()
}
function put(raw: Raw, line: Line): void {
  const all = raw.get(line.name)
  if (all === undefined) raw.set(line.name, [line])
  else if (all.length < mostDates) all.push(line)
}
const one = (raw: Raw, name: string): Line | undefined => raw.get(name)?.[0]

function eventOf(raw: Raw): CalendarEvent | undefined {
  const from = one(raw, 'DTSTART')
  const start = from && momentOf(from, from.value)
  if (start === undefined) return undefined
  const text = one(raw, 'RRULE')?.value
  const rule = text === undefined ? undefined : ruleOf(text)
  if (text !== undefined && rule === undefined) return undefined
  const length = lengthOf(raw, start)
  if (length === undefined) return undefined
  return {
    title: wordsOf(one(raw, 'SUMMARY')?.value ?? '', longestTitle),
    start,
    ...length,
    rule,
    more: momentsOf(raw, 'RDATE'),
    but: momentsOf(raw, 'EXDATE'),
  }
}

function momentsOf(raw: Raw, name: string): Moment[] {
  return (raw.get(name) ?? [])
    .flatMap((line) => line.value.split(',').map((each) => momentOf(line, each)))
    .filter((each) => each !== undefined)
    .slice(0, mostDates)
}

function lengthOf(raw: Raw, start: Moment): Pick<CalendarEvent, 'days' | 'ms'> | undefined {
  const to = one(raw, 'DTEND')
  const end = to && momentOf(to, to.value)
  if (to !== undefined && end === undefined) return undefined
  if (start.second === undefined) {
    const span = end === undefined ? durationOf(one(raw, 'DURATION')?.value ?? 'P1D') : undefined
    const days = end === undefined ? (span ?? 0) / 86_400_000 : end.day - start.day
    return days >= 0 && days <= 366 ? { days: Math.max(1, Math.round(days)), ms: 0 } : undefined
  }
  const ms =
    end === undefined
      ? durationOf(one(raw, 'DURATION')?.value ?? 'PT0S')
      : instantAt(end, 'UTC') - instantAt(start, 'UTC')
  return ms !== undefined && ms >= 0 && ms <= longestMs ? { days: undefined, ms } : undefined
}

function durationOf(text: string): number | undefined {
  const found =
    /^\+?P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?$/.exec(
      text.trim().toUpperCase(),
    )
  if (found === null) return undefined
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found
    .slice(1)
    .map((each) => (each === undefined ? 0 : Number(each)))
  return ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000
}

/** A date that does not exist is none. */
function momentOf({ params }: Line, text: string): Moment | undefined {
  const found = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z)?)?$/.exec(text.trim().toUpperCase())
  if (found === null) return undefined
  const [year = 0, month = 0, date = 0] = found.slice(1, 4).map(Number)
  const at = new Date(Date.UTC(year, month - 1, date))
  if (year < 1900 || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== date) return undefined
  const day = dayOf(year, month, date)
  if (found[4] === undefined) return { day, second: undefined, zone: undefined }
  const [hour = 0, minute = 0, second = 0] = found.slice(4, 7).map(Number)
  if (hour > 23 || minute > 59 || second > 60) return undefined
  return {
    day,
    second: (hour * 60 + minute) * 60 + second,
    zone: found[7] === 'Z' ? 'UTC' : zoneOf(params.get('TZID')),
  }
}

const zones = new Map<string, string | undefined>()
/** The name of a zone that is known here; of any other the event is taken to be in the zone of the home. */
function zoneOf(name: string | undefined): string | undefined {
  if (name === undefined) return undefined
  if (zones.size > 1_000) zones.clear()
  if (!zones.has(name)) zones.set(name, properZone(name))
  return zones.get(name)
}
/** As it is written everywhere: each zone is opened once, however files spell it. */
function properZone(name: string): string | undefined {
  try {
    return name.length > 64
      ? undefined
      : new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}

/** When it is: in an hour that comes twice the first time, in one that is skipped right after the gap. */
export function instantAt({ day, second, zone }: Moment, home: string): number {
  const seconds = second ?? 0
  return instantOf(zone ?? home, day, Math.floor(seconds / 60)) + (seconds % 60) * 1_000
}
