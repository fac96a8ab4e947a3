import { AppError, newId, type CalendarId, type HomeId, type SubjectId } from '@eaves/model'
import { mostCalendarCharacters, type CalendarEvents, type CalendarView } from '@eaves/model/api'
import type { HomeSignals } from '../automations/automations.ts'
import { isoInstant } from '../deps.ts'
import { Turns, type Homes, type Timers } from '../homes/homes.ts'
import { stackOf, type Log } from '../log.ts'
import type { Notifications } from '../notifications/notifications.ts'
import { withinLimits, type Counters } from '../people/people.ts'
import {
  addressOf,
  NotFetched,
  refusedAddress,
  Sources,
  type Fetched,
  type SourcesDeps,
} from '../reading/reading.ts'
import { readCalendar } from './events.ts'
import { fitSight, Unfit } from './fit.ts'
import { CalendarSight } from './sight.ts'
import {
  deleteCalendar,
  deleteSource,
  loadCalendars,
  loadSources,
  saveCalendar,
  saveSource,
  type CalendarRow,
  type FactsDb,
} from './store.ts'

export interface CalendarsDeps extends SourcesDeps {
  readonly facts: FactsDb
  readonly homes: Homes
  readonly signals: HomeSignals
  readonly counters: Counters
  readonly tell?: Notifications['tell']
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

/** Calendars of homes, as people brought them in or as their address answers: read into memory, asked at any moment, and gone with their row. */
export class Calendars {
  readonly #deps: CalendarsDeps
  readonly #homes = new Map<HomeId, Map<CalendarId, Held>>()
  /** One change of a home's calendars at a time, so that what is removed is not written once more. */
  readonly #turns = new Turns()
  readonly #sources: Sources<CalendarId, Unfit['code']>
  #timer: { readonly cancel: () => void } | undefined

  constructor(deps: CalendarsDeps) {
    this.#deps = deps
    const { facts } = deps
    this.#sources = new Sources(deps, this.#turns, {
      accept: 'text/calendar, */*;q=0.5',
      mostCharacters: mostCalendarCharacters,
      load: (home) => loadSources(facts, home),
      save: (home, id, row) => saveSource(facts, home, id, row),
      drop: (home, id) => deleteSource(facts, home, id),
      take: (home, id, text) => this.#came(home, id, text),
      tell: (home, namedBy) => deps.tell?.(namedBy, 'calendar.failing', { home }),
    })
  }

  async start(): Promise<void> {
    const { homes } = this.#deps
    homes.onOpened((home) => this.#load(home))
    homes.onClosing((home) => {
      this.#homes.delete(home)
      this.#sources.close(home)
      return this.#turns.take(home, async () => undefined)
    })
    for (const home of homes.ids()) await this.#load(home)
    this.#sources.start()
    this.#tick()
  }

  async stop(): Promise<void> {
    this.#timer?.cancel()
    await this.#sources.stop()
  }

  /** Resolves once nothing is being fetched. */
  settled(): Promise<void> {
    return this.#sources.settled()
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
    for (const { content, ...row } of await loadCalendars(this.#deps.facts, home))
      try {
        held.set(row.id, { ...row, sight: new CalendarSight(readCalendar(content), this.#zone(home)) })
      } catch (error) {
        this.#deps.log.error('a calendar that cannot be read', { home, stack: stackOf(error) })
      }
    await this.#sources.load(home)
  }

  #zone(home: HomeId): () => string {
    return () => this.#deps.homes.find(home)?.zone ?? 'UTC'
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
    return [...this.#of(home).values()].map((held) => this.#view(home, held))
  }

  /** What comes in the next two months, the soonest first. */
  coming(home: HomeId, id: CalendarId): CalendarEvents {
    const now = this.#deps.now()
    return this.#one(home, id)
      .sight.between(now, now + aheadMs)
      .slice(0, mostShown)
      .map(({ title, start, end }) => ({ title, start: isoInstant(start), end: isoInstant(end) }))
  }

  add(home: HomeId, subject: SubjectId, name: string, ics: string): Promise<CalendarView> {
    return this.#turns.take(home, () => {
      this.#demandRoom(home)
      return this.#put(home, subject, newId<CalendarId>(), name, ics).catch(refusedAs('ics'))
    })
  }

  /** A file in place of what was there; if that came from an address, nothing is read from it any more. */
  replace(home: HomeId, subject: SubjectId, id: CalendarId, ics: string): Promise<CalendarView> {
    return this.#turns.take(home, async () => {
      const { name } = this.#one(home, id)
      await this.#put(home, subject, id, name, ics).catch(refusedAs('ics'))
      await this.#sources.drop(home, id)
      return this.#view(home, this.#one(home, id))
    })
  }

  /** A calendar that is read from an address; only one that answers with a calendar is taken. */
  async addByAddress(home: HomeId, subject: SubjectId, name: string, typed: string): Promise<CalendarView> {
    this.#demandRoom(home)
    const { address, fetched } = await this.#first(home, typed)
    return this.#turns.take(home, () => {
      this.#demandRoom(home)
      return this.#putFrom(home, subject, newId<CalendarId>(), name, address, fetched)
    })
  }

  /** Another address, or one in place of a file. */
  async readFrom(home: HomeId, subject: SubjectId, id: CalendarId, typed: string): Promise<CalendarView> {
    this.#one(home, id)
    const { address, fetched } = await this.#first(home, typed)
    return this.#turns.take(home, () =>
      this.#putFrom(home, subject, id, this.#one(home, id).name, address, fetched),
    )
  }

  /** Reads the address now; whether that worked stands in the answer. */
  async fetchNow(home: HomeId, subject: SubjectId, id: CalendarId): Promise<CalendarView> {
    this.#one(home, id)
    if (!this.#sources.has(home, id))
      throw new AppError('input.conflict', { detail: 'This calendar is not read from an address.' })
    await withinLimits(this.#deps.counters, 'calendar.fetch', { identifier: home })
    await this.#sources.read(home, id, subject)
    return this.#view(home, this.#one(home, id))
  }

  remove(home: HomeId, subject: SubjectId, id: CalendarId): Promise<void> {
    return this.#turns.take(home, async () => {
      this.#one(home, id)
      await this.#sources.drop(home, id)
      await deleteCalendar(this.#deps.facts, home, subject, id)
      this.#of(home).delete(id)
      this.#tell(home, id)
    })
  }

  #demandRoom(home: HomeId): void {
    if (this.#of(home).size >= mostInHome)
      throw new AppError('input.conflict', { detail: `A home has at most ${mostInHome} calendars.` })
  }

  async #first(
    home: HomeId,
    typed: string,
  ): Promise<{ readonly address: string; readonly fetched: Fetched }> {
    // webcal:// is https:// by another name.
    const address = addressOf(typed.replace(/^webcals?:\/\//i, 'https://'))
    await withinLimits(this.#deps.counters, 'calendar.fetch', { identifier: home })
    return { address, fetched: await this.#sources.first(home, address).catch(refusedAs('address')) }
  }

  async #putFrom(
    home: HomeId,
    subject: SubjectId,
    id: CalendarId,
    name: string,
    address: string,
    fetched: Fetched,
  ): Promise<CalendarView> {
    await this.#put(home, subject, id, name, fetched.text).catch(refusedAs('address'))
    await this.#sources.keep(home, subject, id, address, fetched)
    return this.#view(home, this.#one(home, id))
  }

  /** In the home's turn, what its address answered anew. */
  async #came(home: HomeId, id: CalendarId, text: string): Promise<void> {
    const { name } = this.#one(home, id)
    await this.#put(home, undefined, id, name, text)
  }

  async #put(
    home: HomeId,
    subject: SubjectId | undefined,
    id: CalendarId,
    name: string,
    content: string,
  ): Promise<CalendarView> {
    const broughtAt = this.#deps.now()
    const held = { id, name, broughtAt, sight: fitSight(content, this.#zone(home), broughtAt) }
    const all = this.#of(home)
    await saveCalendar(this.#deps.facts, home, subject, { id, name, content, broughtAt })
    all.set(id, held)
    this.#tell(home, id)
    return this.#view(home, held)
  }

  #view(home: HomeId, { id, name, broughtAt, sight: { calendar } }: Held): CalendarView {
    const source = this.#sources.view(home, id)
    return {
      id,
      name,
      broughtAt: isoInstant(broughtAt),
      events: calendar.events.length,
      unread: calendar.unread,
      ...(source === undefined ? {} : { source }),
    }
  }
}

/** Tells what is wrong with what was handed in, at its place. */
const refusedAs =
  (path: 'ics' | 'address') =>
  (error: unknown): never => {
    if (error instanceof Unfit) throw new AppError('input.invalid', { errors: [{ path, code: error.code }] })
    if (error instanceof NotFetched) throw refusedAddress(error.failure)
    throw error
  }
