import type { AutomationTrigger } from '@eaves/model/api'
import { nextInPrices, type PriceTrigger } from './prices.ts'
import { sunEvent } from './sun.ts'
import { dayOf, instantOf, minuteOf, weekdayOf } from './wall.ts'
import type { EngineClock, World } from './world.ts'

export type TimeTrigger = Extract<
  AutomationTrigger,
  { kind: 'time' | 'every' | 'sun' | 'calendar' | 'price' }
>
export const isTimed = (trigger: AutomationTrigger): trigger is TimeTrigger => timed.has(trigger.kind)
const timed: ReadonlySet<string> = new Set(['time', 'every', 'sun', 'calendar', 'price'])
type CalendarTrigger = Extract<AutomationTrigger, { kind: 'calendar' }>
const minuteMs = 60_000
const dayMs = 86_400_000
/** A moment is met late by so much at most, and not at all once it is later. */
export const graceMs = 60_000
/** However far away the next moment is, the clock is looked at so often: it may have been set. */
const lookEveryMs = 30_000
/** A clock that goes back further was wrong before, and what it met then does not count. */
const wasWrongMs = 86_400_000
/** The longest time without a sunset is half a year. */
const farthestDays = 200

/** The first instant after this one at which it is due; undefined when there is none in sight. */
export function nextAfter(
  trigger: Exclude<TimeTrigger, CalendarTrigger | PriceTrigger>,
  zone: string,
  after: number,
): number | undefined {
  if (trigger.kind === 'every') return nextOf(trigger.minutes, zone, after)
  const today = dayOf(zone, after)
  if (trigger.kind === 'time' && trigger.date !== undefined)
    return nextOn({ ...trigger, date: trigger.date }, zone, after)
  if (trigger.kind === 'time') {
    const [hour, minute] = trigger.at.split(':').map(Number)
    for (let day = today - 1; day <= today + 9; day++) {
      if (trigger.weekdays !== undefined && !trigger.weekdays.includes(weekdayOf(day))) continue
      const at = instantOf(zone, day, hour! * 60 + minute!)
      if (at > after) return at
    }
    return undefined
  }
  const offsetMs = (trigger.offsetMinutes ?? 0) * minuteMs
  for (let day = today - 2; day <= today + farthestDays; day++) {
    const event = sunEvent(zone, day, trigger.event)
    if (event !== undefined && event + offsetMs > after) return event + offsetMs
  }
  return undefined
}

/** By the wall: in an hour that is repeated again, and after one that is skipped at the next multiple. */
function nextOf(minutes: number, zone: string, after: number): number {
  let at = (Math.floor(after / minuteMs) + 1) * minuteMs
  for (let i = 0; i < 2_000; i++) {
    const minute = minuteOf(zone, at)
    if (minute % minutes === 0) return at
    // In steps that neither midnight, where it begins anew, nor a change of the clocks is lost in.
    at += Math.min(minutes - (minute % minutes), 15 - (minute % 15)) * minuteMs
  }
  return at
}

/** On one day, or on the same day of each year; the 29th of February every four. */
function nextOn(
  {
    at: text,
    date,
    weekdays,
  }: { readonly at: string; readonly date: string; readonly weekdays?: readonly number[] | undefined },
  zone: string,
  after: number,
): number | undefined {
  const [hour, minute] = text.split(':').map(Number)
  const [year] = new Date(after - dayMs).toISOString().split('-').map(Number)
  const years =
    date.length === 5 ? Array.from({ length: 42 }, (_, i) => year! + i) : [Number(date.slice(0, 4))]
  for (const each of years) {
    const [month, day] = date.slice(-5).split('-').map(Number)
    const on = Date.UTC(each, month! - 1, day) / dayMs
    if (new Date(on * dayMs).getUTCDate() !== day) continue
    if (weekdays !== undefined && !weekdays.includes(weekdayOf(on))) continue
    const at = instantOf(zone, on, hour! * 60 + minute!)
    if (at > after) return at
  }
  return undefined
}

/** The next time an event begins or ends, and what it is called. */
export function nextInCalendar(
  { calendar, event, offsetMinutes = 0, matching }: CalendarTrigger,
  calendarOf: World['calendar'],
  after: number,
): { readonly at: number; readonly title: string } | undefined {
  const offsetMs = offsetMinutes * minuteMs
  const found = calendarOf?.(calendar)?.next(event, after - offsetMs, matching)
  return found && { at: found.at + offsetMs, title: found.title }
}

interface Moment {
  readonly trigger: TimeTrigger
  readonly due: Set<(at: number) => void>
  next: number | undefined
  /** The last one that was met. */
  last: number
}

/** Calls at each moment of a home's clock that somebody waits for: the same moment once, however the clock is set. */
export class Schedule {
  readonly #clock: EngineClock
  readonly #zone: () => string
  readonly #says: Pick<World, 'calendar' | 'price'>
  readonly #moments = new Map<string, Moment>()
  #timer: { readonly cancel: () => void } | undefined
  #armedFor = Number.POSITIVE_INFINITY
  #knownZone: string
  #looked: number

  constructor(clock: EngineClock, zone: () => string, says: Pick<World, 'calendar' | 'price'> = {}) {
    this.#says = says
    this.#clock = clock
    this.#zone = zone
    this.#knownZone = zone()
    this.#looked = clock.now()
  }

  /** The answer ends it. */
  at(trigger: TimeTrigger, due: (at: number) => void): () => void {
    const key = JSON.stringify(trigger)
    let moment = this.#moments.get(key)
    if (moment === undefined) {
      const next = this.#next(trigger, this.#clock.now())
      this.#moments.set(key, (moment = { trigger, due: new Set(), next, last: Number.NEGATIVE_INFINITY }))
    }
    const own = moment
    own.due.add(due)
    this.#arm(own.next)
    return () => {
      own.due.delete(due)
      if (own.due.size === 0) this.#moments.delete(key)
    }
  }

  #next(trigger: TimeTrigger, after: number): number | undefined {
    if (trigger.kind === 'calendar') return nextInCalendar(trigger, this.#says.calendar, after)?.at
    if (trigger.kind === 'price') return nextInPrices(trigger, this.#says.price, after)
    return nextAfter(trigger, this.#zone(), after)
  }

  /** When it will be met; reckoned anew where the home has moved, or that moment is just being met. */
  nextOf(trigger: TimeTrigger): number | undefined {
    const now = this.#clock.now()
    const moment = this.#zone() === this.#knownZone ? this.#moments.get(JSON.stringify(trigger)) : undefined
    if (moment !== undefined && (moment.next === undefined || moment.next > now)) return moment.next
    return this.#next(trigger, now)
  }

  /** What it is due by has become another. */
  review(trigger: TimeTrigger): void {
    const moment = this.#moments.get(JSON.stringify(trigger))
    if (moment === undefined) return
    this.#reckon(moment, this.#clock.now())
    this.#arm(moment.next)
  }

  stop(): void {
    this.#timer?.cancel()
    this.#moments.clear()
  }

  #arm(next = Number.POSITIVE_INFINITY): void {
    if (this.#timer !== undefined && next >= this.#armedFor) return
    if (this.#moments.size === 0) return
    this.#timer?.cancel()
    this.#armedFor = Math.min(next, this.#armedFor)
    const ms = Math.max(0, this.#armedFor - this.#clock.now())
    const capped = this.#clock.isSteady === true ? ms : Math.min(ms, lookEveryMs)
    if (!Number.isFinite(capped)) return
    this.#timer = this.#clock.after(capped, () => this.#look())
  }

  #look(): void {
    this.#timer = undefined
    const now = this.#clock.now()
    const zone = this.#zone()
    const isElsewhere = zone !== this.#knownZone
    this.#knownZone = zone
    const wasSetBack = now < this.#looked
    this.#looked = now
    this.#armedFor = Number.POSITIVE_INFINITY
    for (const moment of [...this.#moments.values()]) {
      if (isElsewhere || wasSetBack) this.#reckon(moment, now)
      if (moment.next !== undefined && moment.next <= now) this.#meet(moment, now)
      if (moment.next !== undefined) this.#armedFor = Math.min(this.#armedFor, moment.next)
    }
    this.#arm()
  }

  /** Works out anew when it is due next: after now, and after the last one that was met, unless the clock was wrong then. */
  #reckon(moment: Moment, now: number): void {
    const met = moment.last > now + wasWrongMs ? Number.NEGATIVE_INFINITY : moment.last
    moment.next = this.#next(moment.trigger, Math.max(now - 1, met))
  }

  #meet(moment: Moment, now: number): void {
    let next = moment.next
    while (next !== undefined && next <= now) {
      if (now - next <= graceMs) {
        moment.last = next
        for (const due of [...moment.due]) due(next)
      }
      next = this.#next(moment.trigger, Math.max(next, now - graceMs))
    }
    moment.next = next
  }
}
