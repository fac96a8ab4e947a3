import type { HomeId, HomeRole, OperatingRole, SafetyClass, SubjectId } from '@eaves/model'
import { keeperRoles, personOnlyVerbs, roleSafety, roleVerbs } from './roles.ts'
import { verbs, type HomeVerb, type SelfVerb, type Verb } from './verbs.ts'

export interface PersonPrincipal {
  readonly kind: 'person'
  readonly subject: SubjectId
  readonly roles: ReadonlyMap<HomeId, HomeRole>
}
/** A subset of its maker: `roles` are the maker's roles of this moment, so the token dies with them. */
export interface TokenPrincipal {
  readonly kind: 'token'
  readonly subject: SubjectId
  readonly roles: ReadonlyMap<HomeId, HomeRole>
  readonly homes: ReadonlySet<HomeId> | 'all'
  readonly verbs: ReadonlySet<Verb> | 'all'
}
/** Devices, drivers and operators have ways in of their own; through this door they get no content of any home. */
export interface OtherPrincipal {
  readonly kind: 'stranger' | 'device' | 'driver' | 'operator'
}
export type Principal = PersonPrincipal | TokenPrincipal | OtherPrincipal

/** `safety` is the class of the command; a `device.command` without one is denied. */
export type Resource =
  | { readonly kind: 'home'; readonly home: HomeId; readonly safety?: SafetyClass }
  | { readonly kind: 'self'; readonly subject: SubjectId }
  | { readonly kind: 'instance' }
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
  if (principal.kind !== 'person' && principal.kind !== 'token') return noOutside
  if (resource.kind === 'home') return onHome(principal, verb as HomeVerb, resource.home, resource.safety)
  if (resource.kind === 'self') return onSelf(principal, verb as SelfVerb, resource.subject)
  return onInstance(principal, verb, context)
}

function roleIn(principal: PersonPrincipal | TokenPrincipal, home: HomeId): HomeRole | undefined {
  if (principal.kind === 'token' && principal.homes !== 'all' && !principal.homes.has(home)) return undefined
  return principal.roles.get(home)
}

function covers(principal: TokenPrincipal, verb: Verb): boolean {
  return principal.verbs === 'all' || principal.verbs.has(verb)
}

function denyHome(principal: Principal, home: HomeId): Verdict {
  if (principal.kind !== 'person' && principal.kind !== 'token') return noOutside
  const role = roleIn(principal, home)
  return role !== undefined && roleVerbs.has(role) ? noWithin : noOutside
}

function onHome(
  principal: PersonPrincipal | TokenPrincipal,
  verb: HomeVerb,
  home: HomeId,
  safety: SafetyClass | undefined,
): Verdict {
  const role = roleIn(principal, home)
  if (role === undefined) return noOutside
  const granted = roleVerbs.get(role)
  if (granted === undefined) return noOutside
  if (!granted.has(verb)) return noWithin
  if (principal.kind === 'token' && !covers(principal, verb)) return noWithin
  if (verb === 'device.command' && (safety === undefined || roleSafety.get(role)?.has(safety) !== true))
    return noWithin
  return yes
}

function onSelf(principal: PersonPrincipal | TokenPrincipal, verb: SelfVerb, subject: SubjectId): Verdict {
  if (principal.subject !== subject) return noOutside
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

function onInstance(principal: PersonPrincipal | TokenPrincipal, verb: Verb, context: Context): Verdict {
  if (context.operatingRole !== 'household') return noOutside
  if (principal.kind === 'token' && (principal.homes !== 'all' || !covers(principal, verb))) return noOutside
  for (const role of principal.roles.values()) if (keeperRoles.has(role)) return yes
  return noOutside
}
