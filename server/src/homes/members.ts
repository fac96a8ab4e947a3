import { AppError, type HomeId, type OperatingRole, type PersonalAct, type SubjectId } from '@eaves/model'
import type { Member, MemberEdit, ViewAs } from '@eaves/model/api'
import { stackOf, type Log } from '../log.ts'
import { keeperRoles, may, mayChange, mayRemove, type Principal } from '../privacy/privacy.ts'
import type { FactsDb } from './access.ts'
import type { Homes } from './homes.ts'
import { endInvitations, endPlaces, saveMember } from './member-store.ts'
import { checkPlace, memberOf, placed, standingOf, type MemberOfHome } from './standing.ts'
import { viewAs } from './view-as.ts'
import { memberView } from './views.ts'

/** What people of a home are told beside the app. */
export type FamilyNotice =
  | 'joined'
  | 'child-alone'
  | 'home-offered'
  | 'home-handed-over'
  | 'home-received'
  | 'locked-out'

export interface FamilyDeps {
  readonly homes: Homes
  readonly facts: FactsDb
  readonly role: OperatingRole
  readonly log: Log
  /** Sends somebody a notice; nothing waits for it. */
  readonly tell: (subject: SubjectId, notice: FamilyNotice) => void
  /** Tells somebody whose access others ended, or whose end has come; nothing waits for it. */
  readonly accessEnded: (home: HomeId, subject: SubjectId) => void
  /** Addresses of somebody, opened once `may` has said that they are this caller's to see. */
  readonly contactOf: (subject: SubjectId) => Promise<{ readonly email?: string; readonly phone?: string }>
  /** Ends the access data of the built-in broker that these people made; answers how many those were. */
  readonly endCredentials: (home: HomeId, makers: ReadonlySet<SubjectId> | 'all') => Promise<number>
}

const adults = ['owner', 'admin', 'adult'] as const
/** Of the other adults the first by role, and of those who has been there longest. */
function heirOf(members: readonly MemberOfHome[], subject: SubjectId): MemberOfHome | undefined {
  const rank = ({ role }: MemberOfHome) => adults.findIndex((each) => each === role)
  return members
    .filter((each) => each.subject !== subject && rank(each) >= 0)
    .toSorted((a, b) => rank(a) - rank(b) || a.since - b.since)[0]
}

/** Who is in a home and what narrows them: shown, changed, ended. // pp.4.1 pp.2.2.1 */
export class Members {
  readonly #deps: FamilyDeps

  constructor(deps: FamilyDeps) {
    this.#deps = deps
    // Whoever is just joining a home that goes is waited for; nobody joins it after.
    deps.homes.onClosing((home) => deps.homes.turns.take(home, async () => undefined))
    deps.homes.onMemberEnded((home, subject) => {
      deps.accessEnded(home, subject)
      void this.#afterEnd(home, subject)
    })
  }

  async list(home: HomeId, principal: Principal & { readonly subject: SubjectId }): Promise<Member[]> {
    const { homes } = this.#deps
    homes.home(home)
    return Promise.all(homes.relations.members(home).map((each) => this.view(home, each, principal)))
  }

  own(home: HomeId, principal: Principal & { readonly subject: SubjectId }): Promise<Member> {
    return this.view(home, memberOf(this.#deps.homes, home, principal.subject), principal)
  }

  /** A member as this caller gets them: of addresses only what they share, or what a guardian sees of a child. // pp.4.1 */
  async view(
    home: HomeId,
    member: MemberOfHome,
    principal: Principal & { readonly subject: SubjectId },
  ): Promise<Member> {
    const { homes, role: operatingRole, contactOf } = this.#deps
    const { subject, guardian, shares = [] } = member
    const isKeeper = may(principal, 'member.manage', { kind: 'home', home }, { operatingRole }).allow
    const shown = memberView(homes, homes.home(home), member, { subject: principal.subject, isKeeper })
    const person = { kind: 'person', home, subject, guardian, shares: new Set(shares) } as const
    if (shown.you || !may(principal, 'person.contact', person, { operatingRole }).allow) return shown
    return { ...shown, contact: await contactOf(subject) }
  }

  /** Changes somebody's place; counts from the next request, frame and message on. */
  async edit(home: HomeId, actor: SubjectId, target: SubjectId, wish: MemberEdit): Promise<MemberOfHome> {
    const { homes, facts } = this.#deps
    return homes.turns.take(home, async () => {
      const held = memberOf(homes, home, target)
      const acting = memberOf(homes, home, actor)
      const { name: _name, role, guardian, ...narrowing } = wish
      const limits = Object.values(narrowing).some((each) => each !== undefined)
      const asked = { role, limits, guardian: guardian !== undefined }
      if (role === 'owner' && held.role !== 'owner' && acting.role === 'owner')
        throw new AppError('input.invalid', { errors: [{ path: 'role', code: 'by-transfer' }] })
      if (!mayChange(standingOf(acting), standingOf(held), asked)) throw new AppError('auth.forbidden')
      if (held.role === 'owner' && role !== undefined && role !== 'owner') this.#keepOwner(home, target)
      const grown = role !== undefined && held.role === 'child' && role !== 'child'
      const next = placed({ ...held, ...(role && { role }), ...(grown && { guardian: undefined }) }, wish)
      checkPlace(homes, homes.home(home), target, next, {
        limits: wish.limits !== undefined && wish.limits !== null,
      })
      const { subject: _subject, ...membership } = next
      await saveMember(facts, home, target, membership)
      homes.relations.set(home, target, membership)
      // What a keeper gave out does not come alive again when they become one once more.
      if (keeperRoles.has(held.role) && !keeperRoles.has(next.role)) await endInvitations(facts, home, target)
      this.#tellOfLonely(home, target)
      return next
    })
  }

  /** Ends somebody's place, and with it everything they could come in by. // T15 */
  remove(home: HomeId, actor: SubjectId, target: SubjectId, keepsCredentials: boolean): Promise<void> {
    const { homes } = this.#deps
    return homes.turns.take(home, async () => {
      const held = memberOf(homes, home, target)
      if (!mayRemove(standingOf(memberOf(homes, home, actor)), standingOf(held)))
        throw new AppError('auth.forbidden')
      await this.#end(home, target, keepsCredentials)
      this.#deps.accessEnded(home, target)
    })
  }

  /** Leaves a home. A home is never left without an owner, and a child is let go by its adults. // pp.6 */
  leave(home: HomeId, subject: SubjectId): Promise<void> {
    const { homes } = this.#deps
    return homes.turns.take(home, async () => {
      const { role } = memberOf(homes, home, subject)
      if (role === 'child') throw new AppError('member.child')
      if (role === 'owner') this.#keepOwner(home, subject)
      await this.#end(home, subject, false)
    })
  }

  /** Whether nobody else answers for the home: it ends with this person. */
  isLastAdult(home: HomeId, subject: SubjectId): boolean {
    return heirOf(this.#deps.homes.relations.members(home), subject) === undefined
  }

  /** Takes somebody out of a home that stays with the others; where they owned it alone, the longest-standing of those who keep it owns it. // pp.4.4.a */
  depart(home: HomeId, subject: SubjectId): Promise<void> {
    const { homes, facts, tell } = this.#deps
    return homes.turns.take(home, async () => {
      const members = homes.find(home) === undefined ? [] : homes.relations.members(home)
      const held = members.find((each) => each.subject === subject)
      if (held === undefined) return
      const heir = heirOf(members, subject)
      const isOwned = members.some((each) => each.role === 'owner' && each.subject !== subject)
      if (held.role === 'owner' && !isOwned && heir !== undefined) {
        const { name, since } = heir
        const membership = { role: 'owner', since, ...(name === undefined ? {} : { name }) } as const
        await saveMember(facts, home, heir.subject, membership)
        homes.relations.set(home, heir.subject, membership)
        tell(heir.subject, 'home-received')
      }
      for (const { subject: child, ...membership } of members)
        if (membership.guardian === subject) {
          const { guardian: _guardian, ...rest } = membership
          await saveMember(facts, home, child, rest)
          homes.relations.set(home, child, rest)
        }
      await this.#end(home, subject, false)
    })
  }

  /** What somebody lets the others of the home see of them: theirs alone to say. */
  share(home: HomeId, subject: SubjectId, shares: readonly PersonalAct[]): Promise<MemberOfHome> {
    const { homes, facts } = this.#deps
    return homes.turns.take(home, async () => {
      const { subject: _subject, ...held } = memberOf(homes, home, subject)
      const membership = { ...held, shares: [...new Set(shares)] }
      await saveMember(facts, home, subject, membership)
      homes.relations.set(home, subject, membership)
      return { subject, ...membership }
    })
  }

  viewAs(home: HomeId, target: SubjectId): ViewAs {
    const { homes, role } = this.#deps
    return viewAs(homes, memberOf(homes, home, target), homes.home(home), role)
  }

  /** Everybody who answers for the home, to be told something. */
  keepers(home: HomeId): SubjectId[] {
    return this.#deps.homes.relations
      .members(home)
      .filter(({ role }) => keeperRoles.has(role))
      .map(({ subject }) => subject)
  }

  #keepOwner(home: HomeId, subject: SubjectId): void {
    const others = this.#deps.homes.relations
      .members(home)
      .filter((each) => each.role === 'owner' && each.subject !== subject)
    if (others.length === 0) throw new AppError('member.last-owner')
  }

  /** Rows first, so that nobody comes back with a restart; then every channel hears at once. */
  async #end(home: HomeId, subject: SubjectId, keepsCredentials: boolean): Promise<void> {
    const { homes, facts, endCredentials } = this.#deps
    await endPlaces(facts, home, [subject])
    homes.relations.remove(home, subject)
    if (!keepsCredentials) await endCredentials(home, new Set([subject]))
    this.#tellOfLonely(home, subject)
  }

  /** Somebody's end date has come: what they made or offered ends with it. */
  async #afterEnd(home: HomeId, subject: SubjectId): Promise<void> {
    const { homes, facts, endCredentials, log } = this.#deps
    try {
      await homes.turns.take(home, () => endPlaces(facts, home, [subject]))
      await endCredentials(home, new Set([subject]))
    } catch (error) {
      log.error('home.end-not-stored', { home, stack: stackOf(error) })
    }
    this.#tellOfLonely(home, subject)
  }

  /** A child whose adult is gone reaches nothing; whoever answers for the home is told. // pp.6 */
  #tellOfLonely(home: HomeId, guardian: SubjectId): void {
    const { homes, tell } = this.#deps
    const isLonely = homes.relations
      .members(home)
      .some(
        (each) =>
          each.role === 'child' && each.guardian === guardian && !homes.relations.hasGuardian(home, each),
      )
    if (isLonely) for (const keeper of this.keepers(home)) tell(keeper, 'child-alone')
  }
}
