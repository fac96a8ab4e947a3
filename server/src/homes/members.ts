import { AppError, type HomeId, type OperatingRole, type PersonalAct, type SubjectId } from '@eaves/model'
import type { Member, MemberEdit, ViewAs } from '@eaves/model/api'
import type { Log } from '../log.ts'
import { keeperRoles, may, mayChange, mayRemove, type Principal } from '../privacy/privacy.ts'
import type { FactsDb } from './access.ts'
import type { Homes } from './homes.ts'
import { endInvitations, endPlaces, saveMember } from './member-store.ts'
import { begun, checkPlace, memberOf, placed, standingOf, type MemberOfHome } from './standing.ts'
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
  /** The wall panels whose tablets this person let in. */
  readonly panelsOf: (home: HomeId, maker: SubjectId) => readonly SubjectId[]
  /** Tells a keeper that somebody no longer belongs to the home; nothing waits for it. */
  readonly memberGone: (home: HomeId, keeper: SubjectId) => void
}
/** What stays of all that somebody made as a keeper, when others say so; what is not named ends. */
export interface Keeping {
  readonly credentials?: 'end' | 'keep' | undefined
  readonly panels?: 'end' | 'keep' | undefined
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
    deps.homes.onMemberEnd({
      before: (home, subject) => this.#endMade(home, subject, {}),
      after: (home, subject) => {
        deps.accessEnded(home, subject)
        this.#tellOfGone(home, subject)
      },
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

  /** Changes somebody's place; counts from the next request, frame and message on. Who is no keeper any more loses what they made as one. // T15 */
  edit(
    home: HomeId,
    actor: SubjectId,
    target: SubjectId,
    wish: MemberEdit,
    keeping: Keeping = {},
  ): Promise<MemberOfHome> {
    const { homes, facts } = this.#deps
    return homes.turns.take(home, async () => {
      const held = memberOf(homes, home, target)
      const next = this.#wished(home, memberOf(homes, home, actor), held, wish)
      const isDemoted = keeperRoles.has(held.role) && !keeperRoles.has(next.role)
      // Nobody keeps for themselves what they give up.
      const made = actor === target ? {} : keeping
      // First, so that a fault in between leaves nothing that outlives its maker's right to it.
      if (isDemoted) await this.#endMade(home, target, made)
      if (next.role !== held.role) await endInvitations(facts, home, next)
      const { subject: _subject, ...membership } = next
      await saveMember(facts, home, target, membership)
      homes.relations.set(home, target, membership)
      if (isDemoted) await this.#endMade(home, target, made)
      this.#tellOfLonely(home, target)
      return next
    })
  }

  /** The place after the wish; throws what is wrong with it, and when it is not this actor's to wish. */
  #wished(home: HomeId, acting: MemberOfHome, held: MemberOfHome, wish: MemberEdit): MemberOfHome {
    const { homes } = this.#deps
    const { name: _name, role, guardian, ...narrowing } = wish
    if (role === 'owner' && held.role !== 'owner' && acting.role === 'owner')
      throw new AppError('input.invalid', { errors: [{ path: 'role', code: 'by-transfer' }] })
    const now = homes.now()
    const grown = role !== undefined && held.role === 'child' && role !== 'child'
    const before = keeperRoles.has(role ?? held.role) ? begun(held, now) : held
    const next = placed({ ...before, ...(role && { role }), ...(grown && { guardian: undefined }) }, wish)
    const asked = {
      role,
      limits: Object.values(narrowing).some((each) => each !== undefined),
      guardian: guardian !== undefined,
      end: next.endsAt !== held.endsAt,
    }
    if (!mayChange(standingOf(acting, now), standingOf(held, now), asked))
      throw new AppError('auth.forbidden')
    if (held.role === 'owner' && next.role !== 'owner') this.#keepOwner(home, held.subject)
    checkPlace(homes, homes.home(home), held.subject, next, {
      limits: wish.limits !== undefined && wish.limits !== null,
    })
    return next
  }

  /** Ends somebody's place, and with it everything they could come in by. // T15 */
  remove(home: HomeId, actor: SubjectId, target: SubjectId, keeping: Keeping): Promise<void> {
    const { homes, accessEnded } = this.#deps
    return homes.turns.take(home, async () => {
      const held = memberOf(homes, home, target)
      const now = homes.now()
      if (!mayRemove(standingOf(memberOf(homes, home, actor), now), standingOf(held, now)))
        throw new AppError('auth.forbidden')
      await this.#end(home, target, keeping)
      // A wall panel is nobody who could be told, or missed.
      if (held.role === 'kiosk') return
      accessEnded(home, target)
      this.#tellOfGone(home, target, actor)
    })
  }

  /** Leaves a home. A home is never left without an owner, and a child is let go by its adults. // pp.6 */
  leave(home: HomeId, subject: SubjectId): Promise<void> {
    const { homes } = this.#deps
    return homes.turns.take(home, async () => {
      const { role } = memberOf(homes, home, subject)
      if (role === 'child') throw new AppError('member.child')
      if (role === 'owner') this.#keepOwner(home, subject)
      await this.#end(home, subject, {})
      this.#tellOfGone(home, subject)
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
      await this.#end(home, subject, {})
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
  async #end(home: HomeId, subject: SubjectId, keeping: Keeping): Promise<void> {
    const { homes, facts } = this.#deps
    await this.#endMade(home, subject, keeping)
    await endPlaces(facts, home, [subject])
    homes.relations.remove(home, subject)
    await this.#endMade(home, subject, keeping)
  }

  /** Ends what somebody made: wall panels by which they could come in, and access data. Once before their right to it goes and once after, for what they were making meanwhile. */
  async #endMade(home: HomeId, subject: SubjectId, keeping: Keeping): Promise<void> {
    const { homes, facts, endCredentials, panelsOf } = this.#deps
    if (keeping.panels !== 'keep') {
      const panels = panelsOf(home, subject)
      await endPlaces(facts, home, panels)
      for (const each of panels) homes.relations.remove(home, each)
    }
    if (keeping.credentials !== 'keep') await endCredentials(home, new Set([subject]))
  }

  #tellOfGone(home: HomeId, subject: SubjectId, actor?: SubjectId): void {
    for (const keeper of this.keepers(home))
      if (keeper !== actor && keeper !== subject) this.#deps.memberGone(home, keeper)
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
