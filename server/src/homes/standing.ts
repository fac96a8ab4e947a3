import {
  AppError,
  noLimits,
  type HomeId,
  type MemberLimits,
  type SubjectId,
  type FieldError,
} from '@eaves/model'
import { guardianRoles, placeFaults, type Standing } from '../privacy/privacy.ts'
import type { Homes, OpenHome } from './homes.ts'
import type { Membership } from './relations.ts'

export type MemberOfHome = Membership & { readonly subject: SubjectId }

/** Somebody of the home who has not ended; whoever is not, never was. */
export function memberOf(homes: Homes, home: HomeId, subject: SubjectId): MemberOfHome {
  homes.home(home)
  const found = homes.relations.members(home).find((each) => each.subject === subject)
  if (found === undefined) throw new AppError('auth.not-found')
  return found
}

/** A beginning narrows somebody until it has come. */
export function standingOf(
  { subject, role, guardian, limits, startsAt, endsAt }: MemberOfHome,
  now: number,
): Standing {
  const isNarrowed =
    limits !== undefined || (startsAt !== undefined && now < startsAt) || endsAt !== undefined
  return { subject, role, guardian, isNarrowed }
}

/** A place as somebody wishes it, in the words of the API. */
export interface PlaceWish {
  readonly limits?: unknown
  readonly startsAt?: string | null | undefined
  readonly endsAt?: string | null | undefined
  readonly guardian?: string | null | undefined
  readonly name?: string | null | undefined
}

/** The place after the wish: what it does not name stays, null takes away. Limits that narrow nothing are none. */
export function placed<P extends Omit<Membership, 'since'>>(held: P, wish: PlaceWish): P {
  const pick = <T>(given: T | null | undefined, old: T | undefined) =>
    given === undefined ? old : (given ?? undefined)
  const instant = (given: string | null | undefined, old: number | undefined) =>
    pick(typeof given === 'string' ? Date.parse(given) : given, old)
  const limits = pick(wish.limits as MemberLimits | null | undefined, held.limits)
  return {
    ...held,
    name: pick(wish.name, held.name),
    limits: limits !== undefined && narrowsNothing(limits) ? undefined : limits,
    startsAt: instant(wish.startsAt, held.startsAt),
    endsAt: instant(wish.endsAt, held.endsAt),
    guardian: pick(wish.guardian as SubjectId | null | undefined, held.guardian),
  }
}

/** The place without a beginning that has come, which a keeper does not have and others need no more. */
export function begun<P extends Omit<Membership, 'since'>>(place: P, now: number): P {
  return place.startsAt !== undefined && place.startsAt <= now ? { ...place, startsAt: undefined } : place
}

function narrowsNothing({ reach, rules, hours }: MemberLimits): boolean {
  return reach === noLimits.reach && rules.length === 0 && hours.length === 0
}

/** Throws a 422 that names each field of the place that cannot be so in this home. */
export function checkPlace(
  homes: Homes,
  home: OpenHome,
  subject: SubjectId | undefined,
  place: Omit<Membership, 'since'>,
  isNew: { readonly limits: boolean },
): void {
  const isGuardian = (guardian: SubjectId) =>
    guardian !== subject &&
    homes.relations.members(home.id).some((each) => each.subject === guardian && guardianRoles.has(each.role))
  const { role, limits, startsAt, endsAt, guardian } = place
  const errors = placeFaults(
    { role, startsAt, endsAt, guardian, hasLimits: limits !== undefined },
    homes.relations.latest(),
    isGuardian,
  )
  if (isNew.limits && limits !== undefined) errors.push(...unknownTargets(home, limits))
  if (errors.length > 0) throw new AppError('input.invalid', { errors })
}

/** Rooms and devices of another home do not exist in this one. */
function unknownTargets({ places, runtime }: OpenHome, { rules }: MemberLimits): FieldError[] {
  return rules.flatMap(({ on }, i) => {
    if ('device' in on && runtime.shown(on.device) === undefined)
      return [{ path: `limits.rules.${i}.on.device`, code: 'not-found' }]
    if ('room' in on && places.roomName(on.room) === undefined)
      return [{ path: `limits.rules.${i}.on.room`, code: 'not-found' }]
    return []
  })
}

/** The limits without what is in the home no more; fewer allowed, and what was denied is not there. */
export function onlyKnown(home: OpenHome, limits: MemberLimits): MemberLimits {
  const unknown = new Set(unknownTargets(home, limits).map(({ path }) => Number(path.split('.')[2])))
  return unknown.size === 0 ? limits : { ...limits, rules: limits.rules.filter((_, i) => !unknown.has(i)) }
}
