import { t } from '@lingui/core/macro'
import type { ActivityGroup, ActivityKind } from '@eaves/model'
import { formatLocale } from '../formats.ts'

const acts: Readonly<Record<ActivityKind, () => string>> = {
  'account-made': () => t`Your account was made`,
  'sign-in': () => t`Signed in`,
  'sign-in-failed': () => t`Somebody tried to sign in and failed`,
  'sign-out': () => t`Signed out`,
  'sign-out-everywhere': () => t`Signed out everywhere`,
  'sign-in-ended': () => t`Ended another sign-in`,
  'recovery-code-used': () => t`Used a recovery code`,
  'password-set': () => t`Set a new password`,
  'password-removed': () => t`Removed the password`,
  'recovery-codes-made': () => t`Made new recovery codes`,
  'address-changed': () => t`Changed your e-mail address or phone number`,
  'passkey-added': () => t`Added a passkey`,
  'passkey-removed': () => t`Removed a passkey`,
  'second-factor-added': () => t`Turned on codes from an app`,
  'second-factor-removed': () => t`Turned off codes from an app`,
  'token-made': () => t`Made an access token`,
  'token-ended': () => t`Ended an access token`,
  agreement: () => t`Agreed to the documents`,
  'agreement-refused': () => t`Refused the documents`,
  'choice-given': () => t`Said yes to an optional use`,
  'choice-withdrawn': () => t`Said no to an optional use`,
  'guardian-given': () => t`The adult who answers for you agreed`,
  'guardian-withdrawn': () => t`The adult who answers for you took their consent back`,
  'guardian-saw': () => t`The adult who answers for you looked at what is held about you`,
  'guardian-copy-asked': () => t`The adult who answers for you asked for a copy of what is held about you`,
  'guardian-copy-taken': () => t`The adult who answers for you took a copy of what is held about you`,
  'guardian-erasure-asked': () => t`The adult who answers for you asked for the erasure of your account`,
  'guardian-took-back': () => t`The adult who answers for you took their request back`,
  export: () => t`Took a copy of your data`,
  'home-made': () => t`Made a home`,
  'home-removed': () => t`Deleted a home`,
  'home-joined': () => t`Joined a home`,
  'home-left': () => t`Left a home`,
  'member-added': () => t`Took somebody into a home`,
  'member-changed': () => t`Changed what somebody may do in a home`,
  'member-removed': () => t`Removed somebody from a home`,
  'invitation-made': () => t`Invited somebody`,
  'invitation-ended': () => t`Took an invitation back`,
  'home-offered': () => t`Offered a home to somebody`,
  'home-taken-over': () => t`Took over a home`,
  'home-offer-ended': () => t`Ended the offer of a home`,
  'locked-out': () => t`Locked everyone else out of a home`,
  'about-changed': () => t`Changed what is noted about a home`,
  'confirm-changed': () => t`Changed what a home wants confirmed`,
  'history-changed': () => t`Changed of what a home keeps a history`,
  'mode-set': () => t`Set the mode of a home`,
  'presence-shared': () => t`Let a home know whether you are there`,
  'presence-ended': () => t`Let a home no more know whether you are there`,
  'place-shared': () => t`Let a home know when you are at a place`,
  'place-ended': () => t`Let a home no more know when you are at a place`,
  'places-shown': () => t`Let others of a home know at which place you are`,
  'places-hidden': () => t`Let others of a home no more know at which place you are`,
  'pin-set': () => t`Set a PIN for locks`,
  'pin-removed': () => t`Took away somebody’s PIN`,
  'panel-added': () => t`Added a wall panel`,
  'panel-changed': () => t`Changed a wall panel`,
  'panel-code-made': () => t`Made a new code for a wall panel`,
  'panel-removed': () => t`Removed a wall panel`,
  'alarm-armed': () => t`Armed the alarm`,
  'alarm-disarmed': () => t`Disarmed the alarm`,
  'alarm-changed': () => t`Set the alarm up`,
  'alarm-code-changed': () => t`Changed a code of the alarm`,
  'credential-made': () => t`Made access data for a device`,
  'credential-ended': () => t`Ended access data of a device`,
  'device-held': () => t`Had automations leave a device as it is`,
  'device-let-go': () => t`Let automations move a device again`,
  'command-sensitive': () => t`Switched a lock, an alarm or a safeguard`,
}
/** A sentence for each act. */
export const actName = (kind: ActivityKind): string => acts[kind]()

const groups: Readonly<Record<ActivityGroup, () => string>> = {
  'signing-in': () => t`Signing in`,
  account: () => t`Account`,
  privacy: () => t`Privacy`,
  homes: () => t`Homes`,
  commands: () => t`Locks and alarms`,
}
export const activityGroupName = (group: ActivityGroup): string => groups[group]()

/** A day given as yyyy-mm-dd: "today", "yesterday", else "Sunday, 29 November 2026". */
export function dayName(day: string, nowMs: number = Date.now()): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const now = new Date(nowMs)
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())
  const daysAgo = Math.round((today - Date.UTC(year, month - 1, date)) / 86_400_000)
  if (daysAgo === 0) return t`Today`
  if (daysAgo === 1) return t`Yesterday`
  return new Intl.DateTimeFormat(formatLocale(), { dateStyle: 'full' }).format(
    new Date(year, month - 1, date),
  )
}
