import type { CapabilityId } from './capabilities/index.ts'

/** In which ways a home is armed: nobody is there, or everybody is asleep. */
export const alarmModes = ['away', 'night'] as const
export type AlarmMode = (typeof alarmModes)[number]
/** `arming` while people leave, `pending` while whoever came in may still say the code. */
export const alarmStates = [
  'disarmed',
  'arming',
  'armed-away',
  'armed-night',
  'pending',
  'triggered',
] as const
export type AlarmState = (typeof alarmStates)[number]

/** What an alarm can hear, and by which value. Fire, smoke and water have alerts of their own, armed or not. */
export const alarmSenses = {
  contact: 'open',
  occupancy: 'occupied',
  vibration: 'detected',
} as const satisfies Partial<Record<CapabilityId, string>>
export type AlarmSense = keyof typeof alarmSenses
export const alarmSenseNames = Object.keys(alarmSenses) as readonly AlarmSense[]

export const mostAlarmSensors = 200
export const mostSirens = 20
export const mostAlarmCodes = 24
/** A siren that never ends is a fault of its own. */
export const longestSirenSeconds = 900
export const longestAlarmDelaySeconds = 300

export const alarmEventKinds = [
  'armed',
  'disarmed',
  'entered',
  'triggered',
  'left-out',
  'fault',
  'locked',
  'set-up',
] as const
export type AlarmEventKind = (typeof alarmEventKinds)[number]
