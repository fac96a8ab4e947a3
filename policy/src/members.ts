import type { FieldError, HomeRole, SubjectId } from '@eaves/model'
import { keeperRoles } from './roles.ts'

/** What the rules of a household need to know of one of its members. */
export interface Standing {
  readonly subject: SubjectId
  readonly role: HomeRole
  readonly guardian?: SubjectId | undefined
  /** Whether limits, hours, a beginning that is still to come or an end narrow them. */
  readonly isNarrowed: boolean
}
/** What somebody's place in a home would be. */
export interface Place {
  readonly role: HomeRole
  readonly hasLimits: boolean
  readonly startsAt?: number | undefined
  readonly endsAt?: number | undefined
  readonly guardian?: SubjectId | undefined
}

/** Who can answer for a child of the home. // pp.6 */
export const guardianRoles: ReadonlySet<HomeRole> = new Set<HomeRole>(['owner', 'admin', 'adult'])

/** The larger holds all that the smaller does. */
const rank: Readonly<Record<HomeRole, number>> = {
  owner: 5,
  admin: 4,
  adult: 3,
  child: 2,
  guest: 1,
  kiosk: 0,
}

/** Whether this role gives that one to others: nobody gives more than they hold, and a home is handed over, never given. // pp.4.1 */
export function mayGrant(actor: HomeRole, role: HomeRole): boolean {
  if (role === 'owner' || role === 'kiosk') return false
  return actor === 'owner' || (actor === 'admin' && role !== 'admin')
}

/** Owners answer to themselves alone, admins to owners. */
function isAbove(actor: Standing, target: Standing): boolean {
  if (target.role === 'owner' || actor.subject === target.subject) return false
  return actor.role === 'owner' || (actor.role === 'admin' && target.role !== 'admin')
}

/**
 * Whether the actor may change the target so. Of oneself only the name, and the role downwards; of a child also the adult
 * it hangs on, though neither its role, nor whom it hangs on, nor when it ends, which would be to remove it. A wall panel
 * is nobody and takes no other role, and nobody becomes one. // pp.4.1 pp.6
 */
export function mayChange(
  actor: Standing,
  target: Standing,
  wish: {
    readonly role?: HomeRole | undefined
    readonly guardian: boolean
    readonly limits: boolean
    /** Whether the end becomes another one. */
    readonly end?: boolean | undefined
  },
): boolean {
  const role = wish.role ?? target.role
  if (role !== target.role && (role === 'kiosk' || target.role === 'kiosk')) return false
  if (actor.subject === target.subject)
    return !actor.isNarrowed && !wish.limits && !wish.guardian && rank[role] <= rank[actor.role]
  if (isAbove(actor, target)) return role === target.role || mayGrant(actor.role, role)
  return (
    target.role === 'child' &&
    target.guardian === actor.subject &&
    guardianRoles.has(actor.role) &&
    !actor.isNarrowed &&
    role === 'child' &&
    !wish.guardian &&
    wish.end !== true
  )
}

/** Whether the actor may end the target's place; one's own is left, not removed. // pp.4.1 */
export function mayRemove(actor: Standing, target: Standing): boolean {
  return isAbove(actor, target)
}

/** What is wrong with a place by itself: keepers are not narrowed, and a child hangs on an adult of the home. // pp.6 */
export function placeFaults(
  place: Place,
  now: number,
  isGuardian: (subject: SubjectId) => boolean,
): FieldError[] {
  const { role, hasLimits, startsAt, endsAt, guardian } = place
  const faults: FieldError[] = []
  const say = (path: string, code: string) => void faults.push({ path, code })
  if (keeperRoles.has(role)) {
    if (hasLimits) say('limits', 'not-for-role')
    if (startsAt !== undefined) say('startsAt', 'not-for-role')
    if (endsAt !== undefined) say('endsAt', 'not-for-role')
  } else if (endsAt !== undefined) {
    if (endsAt <= now) say('endsAt', 'in-the-past')
    else if (startsAt !== undefined && endsAt <= startsAt) say('endsAt', 'before-start')
  }
  if (role === 'child') {
    if (guardian === undefined) say('guardian', 'required')
    else if (!isGuardian(guardian)) say('guardian', 'not-an-adult')
  } else if (guardian !== undefined) say('guardian', 'not-for-role')
  return faults
}
