import type {
  CaseKind,
  HomeId,
  HomeRole,
  OperatingRole,
  PersonalAct,
  SafetyClass,
  StaffRole,
  SubjectId,
} from '@eaves/model'
import { actOf, isReachNarrowed, reaches, withinSafety, type DeviceFacts, type Limits } from './reach.ts'
import { caseRules, staffVerbs } from './staff.ts'
import { keeperRoles, personOnlyVerbs, roleVerbs, unlimitedVerbs } from './roles.ts'
import { verbs, type ConsoleVerb, type HomeVerb, type PersonVerb, type SelfVerb, type Verb } from './verbs.ts'

/** What somebody is in each of their homes, and what narrows them there: the facts of this moment. */
export interface Relations {
  readonly roles: ReadonlyMap<HomeId, HomeRole>
  /** Only homes in which something narrows them have an entry. */
  readonly limits: ReadonlyMap<HomeId, Limits>
}
export interface PersonPrincipal extends Relations {
  readonly kind: 'person'
  readonly subject: SubjectId
  /** Whether they claimed this server. */
  readonly isClaimant?: boolean
}
/** A wall panel: a member of one home, and nobody with an account. */
export interface PanelPrincipal extends Relations {
  readonly kind: 'panel'
  readonly subject: SubjectId
}
/** A subset of its maker: `roles` and `limits` are the maker's of this moment, so the token dies with them. */
export interface TokenPrincipal extends Relations {
  readonly kind: 'token'
  readonly subject: SubjectId
  readonly homes: ReadonlySet<HomeId> | 'all'
  readonly verbs: ReadonlySet<Verb> | 'all'
}
/** Somebody who works for a hosted service: no home, no account, and nothing of anybody without a case. */
export interface StaffPrincipal {
  readonly kind: 'staff'
  readonly subject: SubjectId
  readonly role: StaffRole
}
/** Devices, drivers and operators have ways in of their own; through this door they get no content of any home. */
export interface OtherPrincipal {
  readonly kind: 'stranger' | 'device' | 'driver' | 'operator'
}
export type Principal = PersonPrincipal | PanelPrincipal | TokenPrincipal | StaffPrincipal | OtherPrincipal
type Member = PersonPrincipal | PanelPrincipal | TokenPrincipal

/**
 * `safety` is the class of the command; a `device.command` without one is denied.
 * `device` is what the act is about; without it the question is whether the verb can be used in the home at all.
 */
export type Resource =
  | {
      readonly kind: 'home'
      readonly home: HomeId
      readonly safety?: SafetyClass
      readonly device?: DeviceFacts
    }
  /** Another member of a home, with what they themselves let this principal see: the role plays no part. */
  | {
      readonly kind: 'person'
      readonly home: HomeId
      readonly subject: SubjectId
      readonly shares: ReadonlySet<PersonalAct>
      /** The adult of the home that a child hangs on. */
      readonly guardian: SubjectId | undefined
    }
  | { readonly kind: 'self'; readonly subject: SubjectId }
  | { readonly kind: 'instance' }
  /** What staff work with; names nobody. */
  | { readonly kind: 'console' }
  /** Something of one person, for a case that stands. */
  | { readonly kind: 'case'; readonly subject: SubjectId; readonly case: CaseKind }
  | { readonly kind: 'public' }

/** Facts the server itself knows; nothing a client says is ever a condition. */
export interface Context {
  readonly operatingRole: OperatingRole
}

/** `within` says that the principal has some relation to the resource: denied within is 403, denied outside is 404. */
export interface Verdict {
  readonly allow: boolean
  readonly within: boolean
}

const yes: Verdict = Object.freeze({ allow: true, within: true })
const noWithin: Verdict = Object.freeze({ allow: false, within: true })
const noOutside: Verdict = Object.freeze({ allow: false, within: false })

/**
 * Decides from relations alone whether the principal may do this; anything unknown is a denial.
 * Reads no clock and no store, allocates nothing, takes well under a microsecond.
 */
export function may(principal: Principal, verb: Verb, resource: Resource, context: Context): Verdict {
  // pp.5.1
  if (!Object.hasOwn(verbs, verb) || verbs[verb] !== resource.kind)
    return resource.kind === 'home' ? denyHome(principal, resource.home) : noOutside
  if (resource.kind === 'public') return yes
  if (resource.kind === 'console' || resource.kind === 'case')
    return onStaffWork(principal, verb, resource, context)
  if (!isMember(principal)) return noOutside
  if (resource.kind === 'home') return onHome(principal, verb as HomeVerb, resource)
  if (resource.kind === 'person') return onPerson(principal, verb as PersonVerb, resource)
  if (resource.kind === 'self') return onSelf(principal, verb as SelfVerb, resource.subject, context)
  return onInstance(principal, verb, context)
}

function isMember(principal: Principal): principal is Member {
  return principal.kind === 'person' || principal.kind === 'token' || principal.kind === 'panel'
}

function roleIn(principal: Member, home: HomeId): HomeRole | undefined {
  if (principal.kind === 'token' && principal.homes !== 'all' && !principal.homes.has(home)) return undefined
  return principal.roles.get(home)
}

function covers(principal: TokenPrincipal, verb: Verb): boolean {
  return principal.verbs === 'all' || principal.verbs.has(verb)
}

function denyHome(principal: Principal, home: HomeId): Verdict {
  if (!isMember(principal)) return noOutside
  const role = roleIn(principal, home)
  return role !== undefined && roleVerbs.has(role) ? noWithin : noOutside
}

function onHome(principal: Member, verb: HomeVerb, resource: Resource & { readonly kind: 'home' }): Verdict {
  const { home, safety, device } = resource
  const role = roleIn(principal, home)
  if (role === undefined) return noOutside
  const granted = roleVerbs.get(role)
  if (granted === undefined) return noOutside
  const limits = principal.limits.get(home)
  // What a member does not see is, for them, not there, whatever they may do with what they see.
  if (device !== undefined && limits?.isClosed !== true && !reaches(limits, device, 'see')) return noOutside
  if (!granted.has(verb)) return noWithin
  if (principal.kind === 'token' && !covers(principal, verb)) return noWithin
  if (limits !== undefined) {
    if (limits.isClosed) return verb === 'member.self' ? yes : noWithin
    if (isReachNarrowed(limits) && unlimitedVerbs.has(verb)) return noWithin
    if (device !== undefined && !reaches(limits, device, actOf(verb))) return noWithin
  }
  if (verb === 'device.command' && (safety === undefined || !withinSafety(role, safety, limits, device)))
    return noWithin
  return yes
}

/** Personal data of another member: theirs to show. A guardian sees the child's; a token sees nobody's. // pp.4.1 */
function onPerson(
  principal: Member,
  verb: PersonVerb,
  { home, subject, shares, guardian }: Resource & { readonly kind: 'person' },
): Verdict {
  const role = roleIn(principal, home)
  if (role === undefined || !roleVerbs.has(role)) return noOutside
  if (principal.limits.get(home)?.isClosed === true || principal.kind !== 'person') return noWithin
  if (principal.subject === subject || principal.subject === guardian) return yes
  if (roleVerbs.get(role)?.has('member.read') !== true) return noWithin
  return shares.has(personalActOf[verb]) ? yes : noWithin
}
const personalActOf: Readonly<Record<PersonVerb, PersonalAct>> = {
  'person.contact': 'contact',
}

function onSelf(principal: Member, verb: SelfVerb, subject: SubjectId, context: Context): Verdict {
  if (principal.subject !== subject) return noOutside
  // A panel is nobody: it finds its home and asks after itself, and has no account.
  if (principal.kind === 'panel') return verb === 'home.list' || verb === 'panel.self' ? yes : noWithin
  if (verb === 'panel.self') return noWithin
  if (verb === 'home.create' && !mayFound(principal, context)) return noWithin
  if (principal.kind === 'person') return yes
  if (personOnlyVerbs.has(verb)) return noWithin
  // Listing shows only homes that the token may read, so either word of it is enough.
  if (verb === 'home.list') return covers(principal, verb) || covers(principal, 'home.read') ? yes : noWithin
  // A token for some homes says nothing about the account, so the account takes naming it.
  return principal.verbs === 'all'
    ? principal.homes === 'all'
      ? yes
      : noWithin
    : principal.verbs.has(verb)
      ? yes
      : noWithin
}

function onInstance(principal: Member, verb: Verb, context: Context): Verdict {
  if (context.operatingRole !== 'household' || principal.kind === 'panel') return noOutside
  if (
    principal.kind === 'token' &&
    (principal.homes !== 'all' || !covers(principal, verb) || personOnlyVerbs.has(verb))
  )
    return noOutside
  return keepsHome(principal) ? yes : noOutside
}

/** Staff exist in a hosted service alone, and each opens only what their role has a case for. // pp.5.1 */
function onStaffWork(
  principal: Principal,
  verb: Verb,
  resource: Resource & { readonly kind: 'console' | 'case' },
  { operatingRole }: Context,
): Verdict {
  if (principal.kind !== 'staff' || operatingRole !== 'hosted') return noOutside
  const granted = staffVerbs.get(principal.role)
  if (granted === undefined) return noOutside
  if (resource.kind === 'console') return granted.has(verb as ConsoleVerb) ? yes : noWithin
  return Object.hasOwn(caseRules, resource.case) && caseRules[resource.case].roles.has(principal.role)
    ? yes
    : noOutside
}

function keepsHome({ roles }: Relations): boolean {
  for (const role of roles.values()) if (keeperRoles.has(role)) return true
  return false
}

/** On a household's server a home reaches the household's devices, so only who claimed it and who keeps a home there makes another. */
function mayFound(principal: Member, { operatingRole }: Context): boolean {
  return (
    operatingRole === 'hosted' ||
    keepsHome(principal) ||
    (principal.kind === 'person' && principal.isClaimant === true)
  )
}
