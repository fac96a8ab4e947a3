import { AppError, type DeviceId, type HomeId, type SubjectId } from '@eaves/model'
import type { NamedPlace } from '@eaves/model/api'
import type { HomeSignals } from '../automations/automations.ts'
import type { Homes, Timers } from '../homes/homes.ts'
import { stackOf, type Log } from '../log.ts'
import type { Stores } from '../store/stores.ts'
import { chosen, moved, shownTo, within, type Said } from './choices.ts'
import { PresenceDevices } from './devices.ts'
import type { Place } from './data.ts'
import { NamedPlaces } from './named-places.ts'
import { savePlacesWithout } from './place-store.ts'
import { tellSignals } from './signals.ts'
import { deletePresence, loadPresence, savePresence, type FactsDb, type Shared } from './store.ts'

export type { Shared } from './store.ts'
export interface PresenceDeps {
  readonly facts: FactsDb
  readonly homes: Homes
  readonly signals: HomeSignals
  /** Who has had all use of what is held of them stopped. */
  readonly stops: Pick<Stores['stops'], 'of'>
  readonly timers: Timers
  readonly now: () => number
  readonly log: Log
}
type People = ReadonlyMap<SubjectId, Shared>
/** How often it is looked whether the devices that tell it are the ones that are there, and whether anybody has stopped it. */
const reviewMs = 30_000

/** Whether people are at home, as far as each lets the home know: home or away, the names of places that they chose, and never where on earth. // pp.2.2.1 */
export class Presence {
  readonly places: NamedPlaces
  readonly #deps: PresenceDeps
  readonly #open = new Map<HomeId, Map<SubjectId, Shared>>()
  readonly #devices: PresenceDevices
  #timer: { readonly cancel: () => void } | undefined
  #unlisten: () => void = () => undefined

  constructor(deps: PresenceDeps) {
    this.#deps = deps
    this.places = new NamedPlaces(deps)
    this.#devices = new PresenceDevices({
      homes: deps.homes,
      told: (home, subject, is) =>
        void this.#put(home, subject, { is, by: 'device' }).catch((error: unknown) =>
          deps.log.error('presence.not-stored', { home, stack: stackOf(error) }),
        ),
    })
  }

  /** Before the automations start, which hang on it. */
  async start(): Promise<void> {
    const { homes } = this.#deps
    homes.onOpened((home) => this.#load(home))
    homes.onClosing(async (home) => {
      await homes.turns.take(home, async () => undefined)
      this.#open.delete(home)
      this.places.drop(home)
      this.#devices.drop(home)
    })
    this.#unlisten = homes.onRolesChanged((subject) => this.#rolesChanged(subject))
    for (const home of homes.ids()) await this.#load(home)
    this.#review()
  }

  stop(): void {
    this.#timer?.cancel()
    this.#unlisten()
  }

  #review(): void {
    for (const [home, people] of this.#open) {
      if (people.size === 0) continue
      this.#devices.review(home, people)
      this.#tell(home)
    }
    this.#timer = this.#deps.timers.after(reviewMs, () => this.#review())
  }

  async #load(home: HomeId): Promise<void> {
    await this.places.load(home)
    this.#open.set(home, new Map(await loadPresence(this.#deps.facts, home)))
    this.#tell(home, true)
  }

  /** Somebody's hours begin or end, their guardian changes, or they are gone. */
  #rolesChanged(subject: SubjectId): void {
    for (const [home, people] of this.#open) {
      if (people.size === 0) continue
      if (this.#deps.homes.relations.get(home, subject) === undefined) people.delete(subject)
      this.#tell(home)
    }
  }

  #people(home: HomeId): Map<SubjectId, Shared> {
    const found = this.#open.get(home)
    if (found === undefined) throw new AppError('auth.not-found')
    return found
  }

  /** What somebody lets the home know at this moment; a guest only while their window is open, a child only as long as it is allowed. // pp.6 */
  of(home: HomeId, subject: SubjectId): Shared | undefined {
    const { relations } = this.#deps.homes
    if (this.#deps.stops.of(subject).restricted) return undefined // pp.4.4.c
    const held = relations.get(home, subject)
    const shared = this.#people(home).get(subject)
    if (held === undefined || shared?.sharedAt === undefined) return undefined
    if (relations.of(subject).limits.get(home)?.isClosed === true) return undefined
    if (held.role === 'child' && !this.isAllowed(home, subject)) return undefined
    if (shared.place.places === undefined) return shared
    const known = new Set(this.placesFor(home, subject).map(({ id }) => id))
    return { ...shared, place: within(shared.place, known) }
  }

  /** Places of this home that somebody may choose; a guest is not told of them. */
  placesFor(home: HomeId, subject: SubjectId): readonly NamedPlace[] {
    const role = this.#deps.homes.relations.get(home, subject)?.role
    return role === undefined || role === 'guest' || role === 'kiosk' ? [] : this.places.list(home)
  }

  /** Whether the adult who answers for a child has allowed it. // pp.6 */
  isAllowed(home: HomeId, subject: SubjectId): boolean {
    const guardian = this.#deps.homes.relations.get(home, subject)?.guardian
    return guardian !== undefined && this.#people(home).get(subject)?.allowedBy === guardian
  }

  /** Begins or ends it; with the end everything that is known of it is gone at once. // pp.2.2.1 */
  async share(home: HomeId, subject: SubjectId, isSharing: boolean): Promise<void> {
    const { homes, now } = this.#deps
    const held = homes.relations.get(home, subject)
    if (isSharing && held?.role === 'child' && !this.isAllowed(home, subject))
      throw new AppError('policy.guardian-required')
    await this.#change(home, subject, (before) => {
      const allowedBy = before?.allowedBy
      if (isSharing)
        return before?.sharedAt === undefined ? { sharedAt: now(), allowedBy, place: {} } : before
      return allowedBy === undefined ? undefined : { sharedAt: undefined, allowedBy, place: {} }
    })
  }

  /** The word of the adult who answers for a child of this home. // pp.6 */
  async allow(home: HomeId, guardian: SubjectId, child: SubjectId, isAllowed: boolean): Promise<void> {
    const held = this.#deps.homes.relations.get(home, child)
    if (held === undefined) throw new AppError('auth.not-found')
    if (held.role !== 'child' || held.guardian !== guardian) throw new AppError('auth.forbidden')
    await this.#change(home, child, (before) =>
      isAllowed ? { sharedAt: before?.sharedAt, allowedBy: guardian, place: before?.place ?? {} } : undefined,
    )
  }

  /** What somebody shares; refused of whoever does not. */
  #sharing(home: HomeId, subject: SubjectId): Shared {
    const shared = this.of(home, subject)
    if (shared !== undefined) return shared
    throw new AppError('input.conflict', { detail: 'You do not share with this home whether you are there.' })
  }

  async set(home: HomeId, subject: SubjectId, said: Said): Promise<void> {
    const { places = [] } = this.#sharing(home, subject).place
    const { is, at } = said
    if (typeof at === 'string' && (is === 'home' || !places.includes(at)))
      throw new AppError('input.invalid', { errors: [{ path: 'place', code: 'not-found' }] })
    await this.#put(home, subject, said)
  }

  #put(home: HomeId, subject: SubjectId, said: Said): Promise<void> {
    return this.#place(home, subject, (place) => {
      // The choice may have ended in the turn before.
      const isChosen = typeof said.at !== 'string' || place.places?.includes(said.at) === true
      return moved(place, isChosen ? said : { ...said, at: null }, this.#deps.now())
    })
  }

  /** Lets the home know that they are at a place, or no more: then it is forgotten at once. // pp.2.2.1 */
  async choose(home: HomeId, subject: SubjectId, id: string, isChosen: boolean): Promise<void> {
    if (!this.placesFor(home, subject).some((each) => each.id === id)) throw new AppError('auth.not-found')
    this.#sharing(home, subject)
    await this.#place(home, subject, (place) =>
      isChosen && place.places?.includes(id) === true ? place : chosen(place, id, isChosen),
    )
  }

  /** Whether the others and automations may know at which place they are. */
  async show(home: HomeId, subject: SubjectId, isShown: boolean): Promise<void> {
    this.#sharing(home, subject)
    await this.#place(home, subject, (place) => shownTo(place, isShown))
  }

  /** With its name goes what was known of anybody there. */
  async removePlace(home: HomeId, id: string): Promise<void> {
    const { facts, homes } = this.#deps
    await homes.turns.take(home, async () => {
      if (!this.places.has(home, id)) throw new AppError('auth.not-found')
      const people = this.#people(home)
      const left = this.places.list(home).filter((each) => each.id !== id)
      const touched = [...people].flatMap(([subject, shared]) =>
        shared.place.places?.includes(id) === true
          ? [[subject, { ...shared, place: chosen(shared.place, id, false) }] as const]
          : [],
      )
      await savePlacesWithout(facts, home, left, touched)
      this.places.put(home, left)
      for (const [subject, shared] of touched) if (people.has(subject)) people.set(subject, shared)
      this.#tell(home)
    })
  }

  async #place(home: HomeId, subject: SubjectId, change: (place: Place) => Place): Promise<void> {
    await this.#change(home, subject, (before) =>
      before?.sharedAt === undefined ? before : { ...before, place: change(before.place) },
    )
  }

  /** The device that tells it for them; none, when it is null. */
  async tie(home: HomeId, subject: SubjectId, device: DeviceId | undefined): Promise<void> {
    this.#sharing(home, subject)
    if (device !== undefined && !this.devicesFor(home, subject).some(({ id }) => id === device))
      throw new AppError('input.invalid', { errors: [{ path: 'device', code: 'not-found' }] })
    await this.#place(home, subject, ({ device: _was, ...place }) =>
      device === undefined ? place : { ...place, device },
    )
    this.#devices.review(home, this.#people(home))
  }

  devicesFor(home: HomeId, subject: SubjectId): { readonly id: DeviceId; readonly name: string }[] {
    return this.#devices.among(home, this.#deps.homes.relationsOf(subject).limits.get(home))
  }

  /** In the home's turn; what is unchanged is not written. */
  async #change(
    home: HomeId,
    subject: SubjectId,
    change: (before: Shared | undefined) => Shared | undefined,
  ): Promise<void> {
    const { facts, homes } = this.#deps
    await homes.turns.take(home, async () => {
      const people = this.#people(home)
      const before = people.get(subject)
      const next = change(before)
      if (next === before || JSON.stringify(next) === JSON.stringify(before)) return
      if (next === undefined) {
        // Not known any more at once, whatever becomes of the row.
        people.delete(subject)
        this.#tell(home)
        await deletePresence(facts, home, subject)
      } else {
        await savePresence(facts, home, subject, next)
        people.set(subject, next)
        this.#tell(home)
      }
      this.#devices.review(home, people)
    })
  }

  #tell(home: HomeId, isKept = false): void {
    const people = this.#open.get(home)
    if (people === undefined) return
    const known = new Map<SubjectId, Shared>()
    for (const subject of people.keys()) {
      const shared = this.of(home, subject)
      if (shared !== undefined) known.set(subject, shared)
    }
    tellSignals(this.#deps.signals.of(home), known, this.#deps.now(), isKept)
  }

  /** Whether one of those who share is there, and whether all are; undefined while nothing is known. */
  together(home: HomeId): { readonly anyone: boolean | undefined; readonly everyone: boolean | undefined } {
    const known = [...this.#people(home).keys()].flatMap((each) => this.of(home, each)?.place.is ?? [])
    if (known.length === 0) return { anyone: undefined, everyone: undefined }
    return { anyone: known.includes('home'), everyone: !known.includes('away') }
  }
}
export type { People }
