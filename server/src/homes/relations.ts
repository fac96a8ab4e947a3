import type { HomeId, HomeRole, MemberLimits, PersonalAct, SubjectId } from '@eaves/model'
import {
  closed,
  guardianRoles,
  isWithinHours,
  type Limits,
  type Relations as Held,
} from '../privacy/privacy.ts'

/** What somebody is in one home, as it is stored. */
export interface Membership {
  readonly role: HomeRole
  readonly since: number
  /** What the home calls them. */
  readonly name?: string | undefined
  readonly limits?: MemberLimits | undefined
  /** Before this instant they are in the home and reach nothing in it. */
  readonly startsAt?: number | undefined
  /** From this instant on they are no member. */
  readonly endsAt?: number | undefined
  /** The adult that a child hangs on: without one in the home the child reaches nothing. // pp.6 */
  readonly guardian?: SubjectId | undefined
  readonly shares?: readonly PersonalAct[] | undefined
}
type State = 'open' | 'closed' | 'ended'
interface Kept extends Membership {
  /** What those who listen were last told. */
  told: State
  /** Made once, so that who holds it can tell by identity that nothing changed. */
  readonly open: Limits | undefined
}
export interface RelationsDeps {
  readonly now: () => number
  readonly zoneOf: (home: HomeId) => string
}
const none: Held = Object.freeze({ roles: new Map(), limits: new Map() })
const minuteMs = 60_000

/** Who is what in which home, in memory: every request asks it, changes are rare. // pp.4.1 */
export class Relations {
  readonly #deps: RelationsDeps
  readonly #byHome = new Map<HomeId, Map<SubjectId, Kept>>()
  readonly #homesOf = new Map<SubjectId, Set<HomeId>>()
  /** Answers of this minute; `until` is when one of them must be worked out again. */
  readonly #answers = new Map<SubjectId, { readonly held: Held; readonly until: number }>()
  readonly #listeners = new Set<(subject: SubjectId) => void>()
  /** No clock that is set back brings an ended right to life again. */
  #latest = 0

  constructor(deps: RelationsDeps) {
    this.#deps = deps
  }

  /** What was seen before this process counts as seen. */
  since(latest: number): void {
    this.#latest = Math.max(this.#latest, latest)
  }

  /** The latest instant there was: nothing that ended by then is still to come. */
  latest(): number {
    return (this.#latest = Math.max(this.#latest, this.#deps.now()))
  }

  onChanged(listener: (subject: SubjectId) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Roles and limits of this instant; an answer once handed out never changes. */
  of(subject: SubjectId): Held {
    const now = this.#deps.now()
    const known = this.#answers.get(subject)
    // A clock set back makes it be worked out anew.
    if (known !== undefined && now < known.until && now >= known.until - minuteMs) return known.held
    const homes = this.#homesOf.get(subject)
    if (homes === undefined) return none
    const answer = this.#workOut(subject, homes, now)
    this.#answers.set(subject, answer)
    return answer.held
  }

  #workOut(subject: SubjectId, homes: ReadonlySet<HomeId>, now: number) {
    this.latest()
    const roles = new Map<HomeId, HomeRole>()
    const limits = new Map<HomeId, Limits>()
    let until = (Math.floor(now / minuteMs) + 1) * minuteMs
    for (const home of homes) {
      const kept = this.#byHome.get(home)?.get(subject)
      const state = kept === undefined ? 'ended' : this.#stateOf(home, kept, now)
      if (kept === undefined || state === 'ended') continue
      roles.set(home, kept.role)
      const narrowed = state === 'closed' ? closed : kept.open
      if (narrowed !== undefined) limits.set(home, narrowed)
      for (const edge of [kept.startsAt, kept.endsAt])
        if (edge !== undefined && edge > now) until = Math.min(until, edge)
    }
    return { held: { roles, limits }, until }
  }

  #stateOf(home: HomeId, kept: Kept, now: number): State {
    return this.#hasEnded(kept) ? 'ended' : this.#isClosed(home, kept, now) ? 'closed' : 'open'
  }

  /** When they ended, of somebody whose place is still kept. */
  ended(home: HomeId, subject: SubjectId): number | undefined {
    const held = this.get(home, subject)
    return held !== undefined && this.#hasEnded(held) ? held.endsAt : undefined
  }

  #hasEnded({ endsAt }: Membership): boolean {
    return endsAt !== undefined && endsAt <= this.#latest
  }

  #isClosed(home: HomeId, kept: Membership, now: number): boolean {
    if (kept.startsAt !== undefined && now < kept.startsAt) return true
    if (kept.role === 'child' && !this.hasGuardian(home, kept)) return true
    return kept.limits !== undefined && !isWithinHours(kept.limits.hours, this.#deps.zoneOf(home), now)
  }

  /** Whether the adult that a child hangs on is one of the home. */
  hasGuardian(home: HomeId, { guardian }: Membership): boolean {
    const held = guardian === undefined ? undefined : this.get(home, guardian)
    return held !== undefined && guardianRoles.has(held.role) && !this.#hasEnded(held)
  }

  /** Homes in which somebody has a place, ended ones among them. */
  homesOf(subject: SubjectId): readonly HomeId[] {
    return [...(this.#homesOf.get(subject) ?? [])]
  }

  get(home: HomeId, subject: SubjectId): Membership | undefined {
    return this.#byHome.get(home)?.get(subject)
  }

  set(home: HomeId, subject: SubjectId, membership: Membership): void {
    const members = this.#byHome.get(home) ?? new Map<SubjectId, Kept>()
    const before = members.get(subject)
    // Limits that stay are the same object, so that no live watch begins anew for a name.
    const open =
      before !== undefined && before.limits === membership.limits
        ? before.open
        : openLimits(membership.limits)
    const kept: Kept = { ...membership, open, told: 'open' }
    members.set(subject, kept)
    this.#byHome.set(home, members)
    kept.told = this.#stateOf(home, kept, this.#deps.now())
    this.#homesOf.set(subject, (this.#homesOf.get(subject) ?? new Set<HomeId>()).add(home))
    this.#changed(home, subject)
  }

  remove(home: HomeId, subject: SubjectId): void {
    this.#byHome.get(home)?.delete(subject)
    const homes = this.#homesOf.get(subject)
    homes?.delete(home)
    if (homes?.size === 0) this.#homesOf.delete(subject)
    this.#changed(home, subject)
  }

  removeHome(home: HomeId): void {
    for (const subject of [...(this.#byHome.get(home)?.keys() ?? [])]) this.remove(home, subject)
    this.#byHome.delete(home)
  }

  /** Works out everybody of this home anew, as when its zone has changed. */
  review(home: HomeId): void {
    for (const subject of this.#byHome.get(home)?.keys() ?? []) this.#tell(subject)
  }

  /** Everybody of a home who has not ended, panels among them. */
  members(home: HomeId): (Membership & { readonly subject: SubjectId })[] {
    return [...(this.#byHome.get(home) ?? [])]
      .filter(([, kept]) => !this.#hasEnded(kept))
      .map(([subject, { open: _open, told: _told, ...kept }]) => ({ subject, ...kept }))
  }

  /** Tells whose rights the hour has changed since they were last told, and answers who has ended. */
  tick(): { readonly home: HomeId; readonly subject: SubjectId; readonly endsAt: number }[] {
    const now = this.#deps.now()
    this.latest()
    const over: { home: HomeId; subject: SubjectId; endsAt: number }[] = []
    for (const [home, members] of this.#byHome)
      for (const [subject, kept] of members) {
        const state = this.#stateOf(home, kept, now)
        if (state === 'ended') over.push({ home, subject, endsAt: kept.endsAt ?? now })
        if (state === kept.told) continue
        kept.told = state
        this.#changed(home, subject)
      }
    return over
  }

  /** When the next right begins or ends by an instant of its own rather than by the minute. */
  nextEdge(): number {
    const now = this.#deps.now()
    let next = (Math.floor(now / minuteMs) + 1) * minuteMs
    for (const members of this.#byHome.values())
      for (const { startsAt, endsAt } of members.values())
        for (const edge of [startsAt, endsAt])
          if (edge !== undefined && edge > now) next = Math.min(next, edge)
    return next
  }

  #changed(home: HomeId, subject: SubjectId): void {
    this.#tell(subject)
    // A child's right hangs on its guardian's.
    for (const [child, { guardian }] of this.#byHome.get(home) ?? [])
      if (guardian === subject) this.#tell(child)
  }

  #tell(subject: SubjectId): void {
    this.#answers.delete(subject)
    for (const listener of this.#listeners) listener(subject)
  }
}

function openLimits(limits: MemberLimits | undefined): Limits | undefined {
  if (limits === undefined || (limits.reach === 'all' && limits.rules.length === 0)) return undefined
  return Object.freeze({ isClosed: false, reach: limits.reach, rules: limits.rules })
}
