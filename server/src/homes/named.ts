import type { DeviceId, MemberLimits, ReachRule, RoomId } from '@eaves/model'

/** What is no longer in the home; of a room, the devices that stood in it to the last. */
export type Gone =
  | { readonly device: DeviceId }
  | { readonly room: RoomId; readonly devices: readonly DeviceId[] }

/**
 * The limits without what is gone, the very same when they do not name it. Never wider than before: `listed` stays
 * `listed`, and what was denied in a room stays denied of the devices that stood in it. // pp.5.1
 */
export function withoutGone(limits: MemberLimits, gone: Gone): MemberLimits {
  if (!limits.rules.some((rule) => names(rule, gone))) return limits
  const rules = limits.rules.flatMap((rule): readonly ReachRule[] => {
    if (!names(rule, gone)) return [rule]
    return rule.effect === 'deny' && 'room' in gone
      ? gone.devices.map((device) => ({ ...rule, on: { device } }))
      : []
  })
  return { ...limits, rules }
}

/** Whether a rule speaks of this very device. */
export function namesDevice({ rules }: MemberLimits, device: DeviceId): boolean {
  return rules.some((rule) => names(rule, { device }))
}

function names({ on }: ReachRule, gone: Gone): boolean {
  return 'device' in gone
    ? 'device' in on && on.device === gone.device
    : 'room' in on && on.room === gone.room
}
