import type {
  DeviceId,
  DeviceKind,
  HomeId,
  HomeRole,
  MemberLimits,
  ReachAct,
  ReachRule,
  RoomId,
  SafetyClass,
} from '@eaves/model'
import { roleSafety } from './safety.ts'
import type { HomeVerb } from './verbs.ts'

/** What a decision needs to know of a device. */
export interface DeviceFacts {
  readonly id: DeviceId
  readonly room: RoomId | null
  readonly kind: DeviceKind
}

/** The limits of one member at one instant: `isClosed` outside their hours. */
export interface Limits {
  readonly isClosed: boolean
  readonly reach: MemberLimits['reach']
  readonly rules: readonly ReachRule[]
}
export const closed: Limits = Object.freeze({ isClosed: true, reach: 'listed', rules: [] })

/** Nobody is narrowed anywhere. */
export const unnarrowed: ReadonlyMap<HomeId, Limits> = new Map()

/** Whether more than hours narrows the member. */
export function isReachNarrowed({ reach, rules }: Limits): boolean {
  return reach === 'listed' || rules.length > 0
}

/** Which act on a device each verb is; other verbs on a device need it to be seen. */
const actOfVerb: Readonly<Partial<Record<HomeVerb, ReachAct>>> = {
  'device.command': 'control',
  'history.read': 'history',
  'picture.read': 'pictures',
}

export function actOf(verb: HomeVerb): ReachAct {
  return actOfVerb[verb] ?? 'see'
}

/** Whether the limits let a member do this with the device; a deny wins, and who does not see it does nothing with it. // pp.5.1 */
export function reaches(limits: Limits | undefined, device: DeviceFacts, act: ReachAct): boolean {
  if (limits === undefined) return true
  if (limits.isClosed) return false
  if (act !== 'see' && !covers(limits, device, 'see')) return false
  return covers(limits, device, act)
}

function covers({ reach, rules }: Limits, device: DeviceFacts, act: ReachAct): boolean {
  let isAllowed = reach === 'all'
  for (const rule of rules) {
    if (!rule.acts.includes(act) || !isOn(rule, device)) continue
    if (rule.effect === 'deny') return false
    isAllowed = true
  }
  return isAllowed
}

function isOn({ on }: ReachRule, device: DeviceFacts): boolean {
  if ('device' in on) return on.device === device.id
  if ('room' in on) return on.room === device.room
  if ('kind' in on) return on.kind === device.kind
  return on.home
}

/** A child, guest or wall panel sends what is not mere comfort only to a device that was named for them. // pp.5.1 */
export function withinSafety(
  role: HomeRole,
  safety: SafetyClass,
  limits: Limits | undefined,
  device: DeviceFacts | undefined,
): boolean {
  const own = roleSafety.get(role)
  if (own === undefined) return false
  if (own.has(safety)) return true
  if (limits === undefined || device === undefined || !Object.hasOwn(nameable, safety)) return false
  return limits.rules.some(
    ({ effect, on, acts }) =>
      effect === 'allow' && 'device' in on && on.device === device.id && acts.includes('control'),
  )
}
const nameable: Readonly<Partial<Record<SafetyClass, true>>> = { privacy: true, safety: true, security: true }
