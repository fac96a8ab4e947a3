/** So many answers can be chosen from. */
export const mostAnswers = 3
/** A notice that nobody sees comes again so often at most. */
export const mostRepeats = 5

/** What somebody can be told of. */
export const noticeKinds = [
  'sign-in.new',
  'address.changed',
  'invitation.accepted',
  'member.removed',
  'access.ended',
  'policy.changed',
  'staff.looked',
  'correction.waits',
  'automation.says',
  'danger.smoke',
  'danger.carbon-monoxide',
  'danger.gas',
  'danger.leak',
  'danger.alarm',
  'danger.duress',
  'alarm.fault',
  'alarm.tries',
  'device.silent',
  'battery.low',
  'left.open',
  'disk.full',
  'drivers.down',
  'automation.failed',
  'backup.failed',
  'backup.overdue',
  'upkeep.failed',
  'alive.failed',
  'calendar.failing',
  'prices.failing',
  'test',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** Those that a home raises by itself: each has a beginning and an end. */
export const alertKinds = [
  'danger.smoke',
  'danger.carbon-monoxide',
  'danger.gas',
  'danger.leak',
  'device.silent',
  'battery.low',
  'left.open',
  'disk.full',
  'drivers.down',
  'automation.failed',
  'backup.failed',
  'backup.overdue',
  'upkeep.failed',
  'alive.failed',
] as const satisfies readonly NoticeKind[]
export type AlertKind = (typeof alertKinds)[number]

/** Those that a person may keep to the inbox. What concerns their account, and a danger, always reaches them. */
export const mutableKinds = [
  'invitation.accepted',
  'member.removed',
  'correction.waits',
  'automation.says',
  'device.silent',
  'battery.low',
  'left.open',
  'disk.full',
  'drivers.down',
  'automation.failed',
  'backup.failed',
  'backup.overdue',
  'upkeep.failed',
  'alive.failed',
  'calendar.failing',
  'prices.failing',
] as const satisfies readonly NoticeKind[]
export type MutableKind = (typeof mutableKinds)[number]
