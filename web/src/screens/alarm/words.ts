import type { AlarmMode, AlarmSense, AlarmState } from '@eaves/model'
import type { AlarmEvent, AlarmProblem } from '@eaves/model/api'
import { t } from '@lingui/core/macro'

const states: Readonly<Record<AlarmState, () => string>> = {
  disarmed: () => t`Disarmed`,
  arming: () => t`Arming`,
  'armed-away': () => t`Armed, nobody at home`,
  'armed-night': () => t`Armed for the night`,
  pending: () => t`Somebody has come in`,
  triggered: () => t`Alarm`,
}
export const stateName = (state: AlarmState): string => states[state]()

const modes: Readonly<Record<AlarmMode, () => string>> = {
  away: () => t`Away`,
  night: () => t`Night`,
}
export const modeName = (mode: AlarmMode): string => modes[mode]()
const arms: Readonly<Record<AlarmMode, () => string>> = {
  away: () => t`Arm: away`,
  night: () => t`Arm: night`,
}
export const armWord = (mode: AlarmMode): string => arms[mode]()

const senses: Readonly<Record<AlarmSense, () => string>> = {
  contact: () => t`Door or window opens`,
  occupancy: () => t`Movement`,
  vibration: () => t`Vibration or glass`,
}
export const senseName = (sense: AlarmSense): string => senses[sense]()

/** What speaks against it, with the device where one sees it. */
export function problemWords({ name = t`A device`, why }: AlarmProblem): string {
  if (why === 'open') return t`${name} stands open`
  return why === 'silent' ? t`${name} cannot be heard` : t`${name} is gone`
}

/** One line of the log; `who` is the person, where one is known. */
export function eventWords({ kind, mode, device }: AlarmEvent, who: string | undefined): string {
  const name = device?.name ?? t`A device`
  switch (kind) {
    case 'armed': {
      const way = mode === undefined ? '' : modeName(mode)
      return who === undefined ? t`Armed (${way})` : t`${who} armed it (${way})`
    }
    case 'disarmed':
      return who === undefined ? t`Disarmed` : t`${who} disarmed it`
    case 'entered':
      return t`${name}: somebody came in`
    case 'triggered':
      return device === undefined
        ? t`The alarm went off: no code was given in time`
        : t`${name} set off the alarm`
    case 'left-out':
      return t`${name} was left out`
    case 'fault':
      return t`${name} was out of reach, or was opened`
    case 'locked':
      return t`Too many wrong codes`
    case 'set-up':
      return who === undefined ? t`The set-up was changed` : t`${who} changed the set-up`
  }
}
