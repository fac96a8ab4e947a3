import { AppError, newId, type CalendarId, type HomeId, type SubjectId } from '@eaves/model'
import type { CalendarEvents, CalendarView } from '@eaves/model/api'
import type { HomeSignals } from '../automations/automations.ts'
import { isoInstant } from '../deps.ts'
import type { Homes, Timers } from '../homes/homes.ts'
import { stackOf, type Log } from '../log.ts'
import { NoCalendar, readCalendar, TooManyEvents, type Calendar } from './events.ts'
import { CalendarSight } from './sight.ts'
import { deleteCalendar, loadCalendars, saveCalendar, type CalendarRow, type FactsDb } from './store.ts'

export interface CalendarsDeps {
  readonly facts: FactsDb
  readonly homes: Homes
  readonly signals: HomeSignals
  readonly now: () => number
  readonly timers: Timers
  readonly log: Log
}
interface Held extends Omit<CalendarRow, 'content'> {
  readonly sight: CalendarSight
}

const mostInHome = 20
const dayMs = 86_400_000
const aheadMs = 60 * dayMs
const mostShown = 20

/** Calendars of homes, as people brought them in: read into memory, asked at any moment, and gone with their row. */
export class Calendars {
  readonly #deps: CalendarsDeps
  readonly #homes = new Map<HomeId, Map<CalendarId, Held>>()
  #timer: { readonly cancel: () => void } | undefined

  constructor(deps: CalendarsDeps) {
    this.#deps = deps
  }

  async start(): Promise<void> {
    const { homes } = this.#deps
    homes.onOpened((home) => this.#load(home))
    homes.onClosing((home) => {
      this.#homes.delete(home)
      return Promise.resolve()
    })
    for (const home of homes.ids()) await this.#load(home)
    this.#tick()
  }

  stop(): void {
    this.#timer?.cancel()
  }

  /** What was too far ahead to be waited for comes nearer. */
  #tick(): void {
    this.#timer = this.#deps.timers.after(dayMs, () => {
      this.#tick()
      for (const [home, all] of this.#homes) for (const id of all.keys()) this.#tell(home, id)
    })
  }

  #tell(home: HomeId, id: CalendarId): void {
    this.#deps.signals.of(home).tell(`calendar/${id}`)
  }

  async #load(home: HomeId): Promise<void> {
    const held = new Map<CalendarId, Held>()
    this.#homes.set(home, held)
    for (const row of await loadCalendars(this.#deps.facts, home))
      try {
        held.set(row.id, this.#held(home, row, readCalendar(row.content)))
      } catch (error) {
        this.#deps.log.error('a calendar that cannot be read', { home, stack: stackOf(error) })
      }
  }

  #held(home: HomeId, { id, name, broughtAt }: CalendarRow, calendar: Calendar): Held {
    const zone = (): string => this.#deps.homes.find(home)?.zone ?? 'UTC'
    return { id, name, broughtAt, sight: new CalendarSight(calendar, zone) }
  }

  #of(home: HomeId): Map<CalendarId, Held> {
    const found = this.#homes.get(home)
    if (found === undefined) throw new AppError('auth.not-found')
    return found
  }

  #one(home: HomeId, id: CalendarId): Held {
    const found = this.#of(home).get(id)
    if (found === undefined) throw new AppError('auth.not-found')
    return found
  }

  sight(home: HomeId, id: string): CalendarSight | undefined {
    return this.#homes.get(home)?.get(id as CalendarId)?.sight
  }

  list(home: HomeId): CalendarView[] {
    return [...this.#of(home).values()].map(viewOf)
  }

  /** What comes in the next two months, the soonest first. */
  coming(home: HomeId, id: CalendarId): CalendarEvents {
    const now = this.#deps.now()
    return this.#one(home, id)
      .sight.between(now, now + aheadMs)
      .slice(0, mostShown)
      .map(({ title, start, end }) => ({ title, start: isoInstant(start), end: isoInstant(end) }))
  }

  async add(home: HomeId, subject: SubjectId, name: string, ics: string): Promise<CalendarView> {
    if (this.#of(home).size >= mostInHome)
      throw new AppError('input.conflict', { detail: `A home has at most ${mostInHome} calendars.` })
    return this.#put(home, subject, {
      id: newId<CalendarId>(),
      name,
      content: ics,
      broughtAt: this.#deps.now(),
    })
  }

  async replace(home: HomeId, subject: SubjectId, id: CalendarId, ics: string): Promise<CalendarView> {
    const { name } = this.#one(home, id)
    return this.#put(home, subject, { id, name, content: ics, broughtAt: this.#deps.now() })
  }

  async #put(home: HomeId, subject: SubjectId, row: CalendarRow): Promise<CalendarView> {
    const held = this.#held(home, row, checked(row.content))
    // What cannot be gone through within its bounds would be found in part only.
    if (!held.sight.isWithinBounds(this.#deps.now())) throw refused('too-much')
    await saveCalendar(this.#deps.facts, home, subject, row)
    this.#of(home).set(row.id, held)
    this.#tell(home, row.id)
    return viewOf(held)
  }

  async remove(home: HomeId, subject: SubjectId, id: CalendarId): Promise<void> {
    this.#one(home, id)
    await deleteCalendar(this.#deps.facts, home, subject, id)
    this.#of(home).delete(id)
    this.#tell(home, id)
  }
}

const refused = (code: string): AppError => new AppError('input.invalid', { errors: [{ path: 'ics', code }] })

function checked(ics: string): Calendar {
  try {
    return readCalendar(ics)
  } catch (error) {
    if (error instanceof TooManyEvents) throw refused('too-many-events')
    if (error instanceof NoCalendar) throw refused('no-calendar')
    throw error
  }
}

const viewOf = ({ id, name, broughtAt, sight: { calendar } }: Held): CalendarView => ({
  id,
  name,
  broughtAt: isoInstant(broughtAt),
  events: calendar.events.length,
  unread: calendar.unread,
})
