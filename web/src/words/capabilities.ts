import { t } from '@lingui/core/macro'
import type { Alarm } from '../devices/facts.ts'

/** Called on each use, so that the words follow the language. */
const alarms: Readonly<Record<Alarm, () => string>> = {
  smoke: () => t`Smoke`,
  carbonMonoxide: () => t`Carbon monoxide`,
  gasAlarm: () => t`Gas`,
  waterLeak: () => t`Water leak`,
  tamper: () => t`Tampering`,
}
export const alarmName = (alarm: Alarm): string => alarms[alarm]()
