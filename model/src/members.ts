import type { DeviceKind } from './devices.ts'
import type { DeviceId, RoomId } from './ids.ts'

/** What a limit can allow or deny about a device; without `see` there is none of the others. */
export const reachActs = ['see', 'control', 'history', 'pictures'] as const
export type ReachAct = (typeof reachActs)[number]

export type ReachTarget =
  | { readonly device: DeviceId }
  | { readonly room: RoomId }
  | { readonly kind: DeviceKind }
  | { readonly home: true }

/** One line of what a member may reach. A deny wins over every allow. */
export interface ReachRule {
  readonly effect: 'allow' | 'deny'
  readonly on: ReachTarget
  readonly acts: readonly ReachAct[]
}

/** Wall times in the zone of the home, HH:MM. `to` at or before `from` runs into the next day; the days name the start (1 Monday … 7 Sunday). */
export interface Hours {
  readonly days: readonly number[]
  readonly from: string
  readonly to: string
}

/** What narrows a member beyond the role. Absent parts narrow nothing. */
export interface MemberLimits {
  /** `listed`: only what an allow names. `all`: everything but what a deny names; an allow of a device then lifts the safety limit of a child or guest for it. */
  readonly reach: 'all' | 'listed'
  readonly rules: readonly ReachRule[]
  /** Empty = at any hour. */
  readonly hours: readonly Hours[]
}
export const noLimits: MemberLimits = Object.freeze({ reach: 'all', rules: [], hours: [] })

/** What one person of a home lets the others see of them; the role of the others plays no part. */
export const personalActs = ['contact'] as const
export type PersonalAct = (typeof personalActs)[number]
