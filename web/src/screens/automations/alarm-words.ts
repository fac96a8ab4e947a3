import { t } from '@lingui/core/macro'
import type { AlarmState } from '@eaves/model'

const becomes: Readonly<Record<AlarmState, () => string>> = {
  disarmed: () => t`the alarm is disarmed`,
  arming: () => t`the alarm begins to arm`,
  'armed-away': () => t`the alarm is armed as away`,
  'armed-night': () => t`the alarm is armed for the night`,
  pending: () => t`somebody comes in while the alarm is armed`,
  triggered: () => t`the alarm goes off`,
}
const is: Readonly<Record<AlarmState, () => string>> = {
  disarmed: () => t`the alarm is not armed`,
  arming: () => t`the alarm is arming`,
  'armed-away': () => t`the alarm stands armed as away`,
  'armed-night': () => t`the alarm stands armed for the night`,
  pending: () => t`somebody has just come in while the alarm is armed`,
  triggered: () => t`the alarm has gone off`,
}
/** Within "When …" and within "if …". */
export const alarmBecomes = (state: AlarmState): string => becomes[state]()
export const alarmIs = (state: AlarmState): string => is[state]()
