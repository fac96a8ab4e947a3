import { AppError, newId, type HomeId, type Locale, type SubjectId } from '@eaves/model'
import type {
  Identifier,
  Invitation,
  InvitationCreate,
  InvitationLook,
  InvitationMade,
} from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import { grouped, hashOf, secretText, systemRandom, typedCode, type Random } from '../people/people.ts'
import { mayGrant } from '../privacy/privacy.ts'
import type { OpenHome } from './homes.ts'
import {
  deleteInvitation,
  homeOfCode,
  insertInvitation,
  listInvitations,
  useInvitation,
  type InvitationRecord,
} from './invitation-store.ts'
import type { FamilyDeps } from './members.ts'
import type { Membership } from './relations.ts'
import { checkPlace, memberOf, onlyKnown, placed } from './standing.ts'

const hourMs = 3_600_000
const usualHours = 72
/** How long whoever comes late still learns whom to ask. */
const rememberedMs = 7 * 24 * hourMs
const mostOpen = 50
/**
 * 80 bits, 16 letters in four groups: short enough to type, so link and typed code are one. A million guesses find one of
 * N live invitations with P ≤ 10^6 × N ÷ 2^80 = N × 8.3 × 10^-19, which is 10^-9 only at N = 1.2 × 10^9; a home has at
 * most 50, and the limits let everybody together guess 20,000 times a day. // T13
 */
const codeBytes = 10

export interface InvitationDeps extends FamilyDeps {
  /** The link that opens the app with the code behind the #. */
  readonly link: (code: string) => string
  readonly countTry: (address: string) => Promise<void>
  /** Sends the invitation to an address that is kept nowhere. */
  readonly send: (
    to: Identifier,
    from: { readonly home: HomeId; readonly by: SubjectId; readonly locale: Locale | undefined },
    letter: { readonly link: string; readonly code: string; readonly hours: number },
  ) => Promise<void>
  readonly keepers: (home: HomeId) => readonly SubjectId[]
  readonly random?: Random
}

/** Ways to become a member, each good once. // pp.4.1 */
export class Invitations {
  readonly #deps: InvitationDeps

  constructor(deps: InvitationDeps) {
    this.#deps = deps
  }

  async create(home: HomeId, actor: SubjectId, wish: InvitationCreate): Promise<InvitationMade> {
    const { homes, facts, random = systemRandom, link, send } = this.#deps
    const code = grouped(secretText(random, codeBytes))
    const hours = wish.hours ?? usualHours
    const record = await homes.turns.take(home, async () => {
      if (!mayGrant(memberOf(homes, home, actor).role, wish.role)) throw new AppError('auth.forbidden')
      const now = homes.now()
      const place = placed<Omit<Membership, 'since'>>({ role: wish.role }, wish)
      checkPlace(homes, homes.home(home), undefined, place, { limits: true })
      if ((await this.list(home)).filter((each) => !each.isExpired).length >= mostOpen)
        throw new AppError('input.conflict', { detail: `A home has at most ${mostOpen} open invitations.` })
      const made: InvitationRecord = {
        ...place,
        home,
        id: newId(random),
        hash: hashOf(typedCode(code)),
        invitedBy: actor,
        createdAt: now,
        expiresAt: now + hours * hourMs,
      }
      // First kept, then sent: a code that lies in a mailbox opens something.
      await insertInvitation(facts, made)
      if (wish.sendTo !== undefined)
        await send(
          wish.sendTo,
          { home, by: actor, locale: wish.locale },
          { link: link(code), code, hours },
        ).catch(async (error: unknown) => {
          await deleteInvitation(facts, home, made.id)
          throw error
        })
      return made
    })
    return { ...this.#view(record), code, link: link(code) }
  }

  async list(home: HomeId): Promise<Invitation[]> {
    const { homes, facts } = this.#deps
    homes.home(home)
    return (await listInvitations(facts, home)).map((each) => this.#view(each))
  }

  async revoke(home: HomeId, id: string): Promise<void> {
    const { homes, facts } = this.#deps
    homes.home(home)
    if (!(await deleteInvitation(facts, home, id))) throw new AppError('auth.not-found')
  }

  /** What whoever holds the code learns before deciding. */
  async look(code: string, address: string): Promise<InvitationLook> {
    await this.#deps.countTry(address)
    const { record, home, inviterName } = await this.#live(code)
    const { role, expiresAt, startsAt, endsAt, limits } = record
    return {
      homeName: home.name,
      ...(inviterName === undefined ? {} : { inviterName }),
      role,
      expiresAt: isoInstant(expiresAt),
      ...(startsAt === undefined ? {} : { startsAt: isoInstant(startsAt) }),
      ...(endsAt === undefined ? {} : { endsAt: isoInstant(endsAt) }),
      hours: structuredClone(limits?.hours ?? []) as InvitationLook['hours'],
      zone: home.zone,
    }
  }

  /** Makes the person a member; whoever is one already stays what they are. */
  async accept(code: string, subject: SubjectId, address: string): Promise<OpenHome> {
    const { homes, countTry } = this.#deps
    await countTry(address)
    const { home } = await this.#live(code)
    return homes.seats.take(subject, () => homes.turns.take(home.id, () => this.#accept(code, subject)))
  }

  async #accept(code: string, subject: SubjectId): Promise<OpenHome> {
    const { homes, facts, tell, keepers } = this.#deps
    // Whatever was true before the turn came may not be true now.
    const { record, home } = await this.#live(code)
    if (homes.relations.members(home.id).some((each) => each.subject === subject))
      throw new AppError('input.conflict', { detail: 'You are a member of this home already.' })
    homes.demandRoom(subject)
    const { role, name, limits, startsAt, endsAt, guardian, invitedBy } = record
    const membership: Membership = {
      role,
      since: homes.now(),
      name,
      limits: limits && onlyKnown(home, limits),
      startsAt,
      endsAt,
      guardian,
    }
    if (!(await useInvitation(facts, record, subject, membership))) throw new AppError('auth.not-found')
    homes.relations.set(home.id, subject, membership)
    for (const each of new Set([invitedBy, ...keepers(home.id)])) if (each !== subject) tell(each, 'joined')
    return home
  }

  /** Whether the code lets somebody in: a household's server lets them sign up. */
  async isGood(code: string): Promise<boolean> {
    return this.#live(code).then(
      () => true,
      (error: unknown) => {
        if (error instanceof AppError) return false
        throw error
      },
    )
  }

  /** The invitation behind a code. Used, revoked, or of somebody who could no longer give it: it never was. // pp.5.1 T15 */
  async #live(code: string) {
    const { homes, facts } = this.#deps
    const hash = hashOf(typedCode(code))
    const id = await homeOfCode(facts, hash)
    const home = id && homes.find(id)
    const record = home && (await listInvitations(facts, home.id)).find((each) => each.hash === hash)
    if (home === undefined || record === undefined || !this.#holds(home, record))
      throw new AppError('auth.not-found')
    const inviter = memberOf(homes, home.id, record.invitedBy)
    if (this.#isExpired(record))
      throw new AppError('invitation.expired', inviter.name === undefined ? {} : { detail: inviter.name })
    return { record, home, inviterName: inviter.name }
  }

  #holds({ id }: OpenHome, { invitedBy, role, guardian, expiresAt }: InvitationRecord): boolean {
    const { homes } = this.#deps
    const inviter = homes.relations.members(id).find((each) => each.subject === invitedBy)
    if (inviter === undefined || !mayGrant(inviter.role, role)) return false
    if (role === 'child' && !homes.relations.hasGuardian(id, { role, since: 0, guardian })) return false
    return homes.now() < expiresAt + rememberedMs
  }

  /** Also when what it would give has ended before anybody took it. */
  #isExpired({ expiresAt, endsAt }: InvitationRecord): boolean {
    const now = this.#deps.homes.relations.latest()
    return now >= expiresAt || (endsAt !== undefined && now >= endsAt)
  }

  #view(record: InvitationRecord): Invitation {
    const { id, role, name, limits, startsAt, endsAt, guardian, invitedBy, createdAt, expiresAt } = record
    return {
      id,
      role,
      ...(name === undefined ? {} : { name }),
      ...(limits === undefined
        ? {}
        : { limits: structuredClone(limits) as NonNullable<Invitation['limits']> }),
      ...(startsAt === undefined ? {} : { startsAt: isoInstant(startsAt) }),
      ...(endsAt === undefined ? {} : { endsAt: isoInstant(endsAt) }),
      ...(guardian === undefined ? {} : { guardian }),
      invitedBy,
      createdAt: isoInstant(createdAt),
      expiresAt: isoInstant(expiresAt),
      isExpired: this.#isExpired(record),
    }
  }
}
