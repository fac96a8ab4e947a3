import { t } from '@lingui/core/macro'
import type { NoticeKind } from '@eaves/model'

const names: Readonly<Record<NoticeKind, () => string>> = {
  'sign-in.new': () => t`A new sign-in to your account`,
  'address.changed': () => t`An address of your account was changed`,
  'invitation.accepted': () => t`An invitation was accepted`,
  'member.removed': () => t`A member is gone`,
  'access.ended': () => t`Your access to a home has ended`,
  'policy.changed': () => t`The texts of this server change`,
  'staff.looked': () => t`Your contact data was opened`,
  'correction.waits': () => t`Somebody says that something is wrong`,
  'automation.says': () => t`An automation of your home`,
  'danger.smoke': () => t`Smoke`,
  'danger.carbon-monoxide': () => t`Carbon monoxide`,
  'danger.gas': () => t`Gas`,
  'danger.leak': () => t`Water where there should be none`,
  'danger.alarm': () => t`The alarm was set off`,
  'danger.duress': () => t`A call for help: disarmed with the code for being made to`,
  'alarm.fault': () => t`The alarm does not hear everything`,
  'alarm.tries': () => t`Too many wrong codes for the alarm`,
  'device.silent': () => t`Silent for longer than usual`,
  'battery.low': () => t`The battery is nearly empty`,
  'left.open': () => t`Left open`,
  'disk.full': () => t`The server’s disk is full`,
  'drivers.down': () => t`Devices could not be reached for a minute`,
  'automation.failed': () => t`An automation failed`,
  'backup.failed': () => t`The backup failed`,
  'backup.overdue': () => t`No backup for two days`,
  'upkeep.failed': () => t`What is due cannot be deleted`,
  'alive.failed': () => t`The watch outside does not answer`,
  test: () => t`A notice to see whether it comes`,
}
export const noticeName = (kind: NoticeKind): string => names[kind]()
