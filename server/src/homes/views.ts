import type { HomeId, OperatingRole, SubjectId } from '@eaves/model'
import type { Home, Member, ViewAs } from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import { isWithinHours, may, nextTurn, verbs, type Principal, type Verb } from '../privacy/privacy.ts'
import type { Homes, OpenHome } from './homes.ts'
import type { Membership } from './relations.ts'

const homeVerbs = (Object.keys(verbs) as Verb[]).filter((verb) => verbs[verb] === 'home')

/** The acts that this caller can use in the home at all, as `may` decides them now. */
export function verbsIn(principal: Principal, home: HomeId, operatingRole: OperatingRole): Verb[] {
  const resource = { kind: 'home', home, safety: 'comfort' } as const
  return homeVerbs.filter((verb) => may(principal, verb, resource, { operatingRole }).allow)
}

/** A home as the API shows it to this caller; undefined when they have no role in it. */
export function homeView(
  homes: Homes,
  home: OpenHome,
  principal: Principal,
  operatingRole: OperatingRole,
): Home | undefined {
  if (!('roles' in principal)) return undefined
  if (principal.kind === 'token' && principal.homes !== 'all' && !principal.homes.has(home.id))
    return undefined
  const role = principal.roles.get(home.id)
  if (role === undefined) return undefined
  const held = homes.relations.get(home.id, principal.subject)
  const access = held === undefined ? undefined : accessOf(homes, home, principal, held)
  return {
    id: home.id,
    name: home.name,
    zone: home.zone,
    role,
    ...(access === undefined ? {} : { access }),
    verbs: verbsIn(principal, home.id, operatingRole),
  }
}

function accessOf(
  homes: Homes,
  home: OpenHome,
  principal: Principal & { readonly subject: SubjectId },
  held: Membership,
): Home['access'] {
  const isTimed =
    held.startsAt !== undefined || held.endsAt !== undefined || (held.limits?.hours.length ?? 0) > 0
  const isOpen = homes.relationsOf(principal.subject).limits.get(home.id)?.isClosed !== true
  if (!isTimed && isOpen) return undefined
  return { isOpen, ...turnsOf(home, held, homes.now()) }
}

/** When a member's time in the home next begins or ends, and when all of it does. */
function turnsOf(home: OpenHome, held: Membership, now: number) {
  const turn = turnOf(home, held, now)
  return {
    ...(turn === undefined ? {} : { turnsAt: isoInstant(turn) }),
    ...(held.endsAt === undefined ? {} : { endsAt: isoInstant(held.endsAt) }),
  }
}

/** Before the beginning it is the beginning, or when the hours first open after it; from the end on nothing turns. */
function turnOf({ zone }: OpenHome, { startsAt = 0, endsAt, limits }: Membership, now: number) {
  const hours = limits?.hours ?? []
  const opensThen = startsAt > now && isWithinHours(hours, zone, startsAt)
  const turn = opensThen ? startsAt : nextTurn(hours, zone, Math.max(startsAt, now))
  return turn === undefined || (endsAt !== undefined && turn >= endsAt) ? undefined : turn
}

/** A member as others see them. Limits and when they come and go are shown to keepers, to oneself and to a child's adult, what one shares to oneself alone. // pp.4.1 */
export function memberView(
  homes: Homes,
  home: OpenHome,
  { subject, ...held }: Membership & { readonly subject: SubjectId },
  viewer: { readonly subject: SubjectId; readonly isKeeper: boolean },
): Member {
  const you = subject === viewer.subject
  const isShownLimits = you || viewer.isKeeper || held.guardian === viewer.subject
  const state = stateOf(homes, home, subject, held)
  const times = {
    ...turnsOf(home, held, homes.now()),
    ...(held.startsAt === undefined ? {} : { startsAt: isoInstant(held.startsAt) }),
  }
  return {
    accountId: subject,
    role: held.role,
    since: isoInstant(held.since),
    you,
    ...(held.name === undefined ? {} : { name: held.name }),
    ...(isShownLimits || state === 'no-guardian' ? { state } : {}),
    ...(isShownLimits ? times : {}),
    ...(held.guardian === undefined ? {} : { guardian: held.guardian }),
    ...(held.limits === undefined || !isShownLimits ? {} : { limits: copyOf(held.limits) }),
    ...(you ? { shares: [...(held.shares ?? [])] } : {}),
  }
}

export function stateOf(homes: Homes, home: OpenHome, subject: SubjectId, held: Membership): ViewAs['state'] {
  if (homes.relationsOf(subject).limits.get(home.id)?.isClosed !== true) return 'active'
  if (held.startsAt !== undefined && homes.now() < held.startsAt) return 'waiting'
  return held.role === 'child' && !homes.relations.hasGuardian(home.id, held)
    ? 'no-guardian'
    : 'outside-hours'
}

/** The API's own arrays of what is kept frozen. */
function copyOf(limits: NonNullable<Membership['limits']>): NonNullable<Member['limits']> {
  return structuredClone(limits) as NonNullable<Member['limits']>
}
