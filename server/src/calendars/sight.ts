import { offsetAt } from '../automations/automations.ts'
import { daysFrom, type Budget } from './days.ts'
import { instantAt, type Calendar, type CalendarEvent, type Moment } from './events.ts'

export interface Occurrence {
  readonly start: number
  readonly end: number
  readonly title: string
}
const dayMs = 86_400_000
/** So many spans are gone through for one question. */
const mostSteps = 100_000
const mostFound = 5_000
/** Further ahead nobody looks; what lies there is met when it has come nearer. */
const spansMs = [1, 8, 60, 400].map((days) => days * dayMs)
const mostKept = 20

/** What a calendar says of any moment: worked out when it is asked for, and kept for the day. */
export class CalendarSight {
  readonly calendar: Calendar
  readonly #zone: () => string
  readonly #kept = new Map<string, readonly Occurrence[]>()

  constructor(calendar: Calendar, zone: () => string) {
    this.calendar = calendar
    this.#zone = zone
  }

  /** Whether an event is going on whose title has these words. */
  isDuring(now: number, words?: string): boolean {
    const day = Math.floor(now / dayMs)
    const key = `${day} ${this.#zone()} ${words ?? ''}`
    let known = this.#kept.get(key)
    if (known === undefined) {
      known = this.between(day * dayMs, (day + 1) * dayMs, words)
      if (this.#kept.size >= mostKept) this.#kept.clear()
      this.#kept.set(key, known)
    }
    return known.some(({ start, end }) => start <= now && now < end)
  }

  /** What overlaps the span, the earliest first; the first of them where there are very many. */
  between(from: number, to: number, words?: string): Occurrence[] {
    const found: Occurrence[] = []
    const budget: Budget = { left: mostSteps }
    for (const event of this.#of(words))
      for (const each of occurrencesOf(event, this.#zone(), from, budget)) {
        if (each.start >= to) break
        if (each.end > from || each.start >= from) found.push(each)
        if (found.length >= mostFound) break
      }
    return found.toSorted((a, b) => a.start - b.start || (a.title < b.title ? -1 : 1))
  }

  /** The first beginning, or end, after this instant, and what it is of. */
  next(
    event: 'start' | 'end',
    after: number,
    words?: string,
  ): { readonly at: number; readonly title: string } | undefined {
    for (const span of spansMs) {
      const all = this.between(after, after + span, words)
        .map((each) => ({ at: each[event], title: each.title }))
        .filter(({ at }) => at > after && at <= after + span)
      const first = all.toSorted((a, b) => a.at - b.at)[0]
      if (first !== undefined) return first
    }
    return undefined
  }

  /** Whether all that comes in the days ahead can be found. */
  isWithinBounds(now: number): boolean {
    const budget: Budget = { left: mostSteps }
    for (const event of this.calendar.events)
      for (const { start } of occurrencesOf(event, this.#zone(), now, budget))
        if (start >= now + spansMs[1]! || budget.left <= 0) break
    return budget.left > 0
  }

  #of(words: string | undefined): readonly CalendarEvent[] {
    const { events } = this.calendar
    if (words === undefined) return events
    const wanted = words.toLocaleLowerCase()
    return events.filter(({ title }) => title.toLocaleLowerCase().includes(wanted))
  }
}

/** Each turn of an event that is not over before `from`, in order. */
function* occurrencesOf(
  event: CalendarEvent,
  home: string,
  from: number,
  budget: Budget,
): Generator<Occurrence> {
  const { start, rule } = event
  const { gone, extra } = datesOf(event, home)
  // A day on either side, for zones.
  const longest = event.days === undefined ? event.ms : (event.days + 1) * dayMs
  const first = Math.floor((from - longest) / dayMs) - 2
  const days = rule === undefined ? [start.day] : daysFrom(rule, start.day, first, budget)
  let at = 0
  for (const day of days) {
    const moment = { ...start, day }
    if (rule?.until !== undefined && isAfter(moment, rule.until, home)) break
    const next = made(event, moment, home)
    for (; extra[at] !== undefined && extra[at]!.start <= next.start; at++) yield extra[at]!
    const isGone = gone.size > 0 && gone.has(keyOf(moment, start, home))
    if (!isGone && next.end >= from) yield next
  }
  yield* extra.slice(at)
}

interface Dates {
  readonly home: string
  readonly gone: ReadonlySet<string>
  readonly extra: readonly Occurrence[]
}
const known = new WeakMap<CalendarEvent, Dates>()
/** Turns that do not come, and those that come besides: the same for every question. */
function datesOf(event: CalendarEvent, home: string): Dates {
  const before = known.get(event)
  if (before?.home === home) return before
  const { start, but, more } = event
  const dates: Dates = {
    home,
    gone: new Set(but.map((each) => keyOf(each, start, home))),
    extra: more.map((each) => made(event, each, home)).toSorted((a, b) => a.start - b.start),
  }
  known.set(event, dates)
  return dates
}

function made({ title, days, ms }: CalendarEvent, moment: Moment, home: string): Occurrence {
  const start = instantAt(moment, home)
  const end = days === undefined ? start + ms : instantAt({ ...moment, day: moment.day + days }, home)
  return { start, end, title }
}

/** An exception without a time is of the whole day. */
function keyOf(moment: Moment, like: Moment, home: string): string {
  if (moment.second === undefined || like.second === undefined) return `day ${moment.day}`
  return String(instantAt(moment, home))
}

function isAfter(moment: Moment, until: string, home: string): boolean {
  const [, year, month, date, clock, isUtc] = /^(\d{4})(\d{2})(\d{2})(?:T(\d{6})(Z)?)?$/.exec(until) ?? []
  if (year === undefined) return false
  const day = Date.UTC(Number(year), Number(month) - 1, Number(date)) / dayMs
  if (clock === undefined || moment.second === undefined) return moment.day > day
  const second = Number(clock.slice(0, 2)) * 3_600 + Number(clock.slice(2, 4)) * 60 + Number(clock.slice(4))
  const wall = day * dayMs + second * 1_000
  const at = isUtc === undefined ? wall - offsetAt(moment.zone ?? home, wall) : wall
  return instantAt(moment, home) > at
}
