import { t } from '@lingui/core/macro'
import type { Value, VendorValue } from '@eaves/model'
import { formatAttribute, withUnit } from './numbers.ts'

const words: Readonly<Record<string, () => string>> = {
  off: () => t`Off`,
  on: () => t`On`,
  heat: () => t`Heat`,
  cool: () => t`Cool`,
  auto: () => t`Auto`,
  dry: () => t`Dry`,
  fanOnly: () => t`Fan only`,
  idle: () => t`Idle`,
  heating: () => t`Heating`,
  cooling: () => t`Cooling`,
  fan: () => t`Fan`,
  low: () => t`Low`,
  medium: () => t`Medium`,
  high: () => t`High`,
  locked: () => t`Locked`,
  unlocked: () => t`Unlocked`,
  locking: () => t`Locking…`,
  unlocking: () => t`Unlocking…`,
  jammed: () => t`Jammed`,
  notFullyLocked: () => t`Not fully locked`,
  stopped: () => t`Stopped`,
  opening: () => t`Opening…`,
  closing: () => t`Closing…`,
  unknown: () => t`Unknown`,
  good: () => t`Good`,
  fair: () => t`Fair`,
  moderate: () => t`Moderate`,
  poor: () => t`Poor`,
  veryPoor: () => t`Very poor`,
  extremelyPoor: () => t`Extremely poor`,
  forward: () => t`Forward`,
  reverse: () => t`Reverse`,
  previous: () => t`As before`,
  toggle: () => t`Toggle`,
  pressed: () => t`Pressed`,
  doublePressed: () => t`Pressed twice`,
  triplePressed: () => t`Pressed three times`,
  multiPressed: () => t`Pressed several times`,
  longPressed: () => t`Held`,
  released: () => t`Released`,
  rotatedLeft: () => t`Turned left`,
  rotatedRight: () => t`Turned right`,
  other: () => t`Other`,
  disarmed: () => t`Disarmed`,
  armedHome: () => t`Armed, at home`,
  armedAway: () => t`Armed, away`,
  armedNight: () => t`Armed for the night`,
  armedVacation: () => t`Armed, on holiday`,
  armedCustom: () => t`Armed`,
  arming: () => t`Arming…`,
  disarming: () => t`Disarming…`,
  pending: () => t`Waiting for the code`,
  triggered: () => t`Alarm`,
  docked: () => t`On its dock`,
  cleaning: () => t`Cleaning`,
  mowing: () => t`Mowing`,
  paused: () => t`Paused`,
  returning: () => t`Going back to its dock`,
  error: () => t`Needs help`,
}
/** The word for one of a capability's named values; the device's own word when we have none. */
export const word = (value: string): string =>
  words[value]?.() ?? vendorName(value.replaceAll(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase())

/** Yes and no as people say it of this sensor. */
function binary(capability: string, value: boolean): string {
  if (capability === 'contact') return value ? t`Open` : t`Closed`
  if (capability === 'lock') return value ? t`Locked` : t`Unlocked`
  if (capability === 'occupancy') return value ? t`Somebody here` : t`Nobody here`
  if (capability === 'waterLeak') return value ? t`Water detected` : t`Dry here`
  if (capability === 'rain') return value ? t`Raining` : t`No rain`
  if (capability === 'smoke') return value ? t`Smoke detected` : t`No smoke`
  if (capability === 'battery') return value ? t`Low` : t`Fine`
  if (capability === 'tracker') return value ? t`At home` : t`Away`
  return value ? t`Detected` : t`Clear`
}
/** A reported value in words: "21.4 °C", "Closed", "Heating". */
export function formatReading(capability: string, attribute: string, value: Value | undefined): string {
  if (value === undefined) return t`Unknown`
  if (typeof value === 'boolean')
    return capability === 'onOff' ? (value ? t`On` : t`Off`) : binary(capability, value)
  return typeof value === 'number' ? formatAttribute(capability, attribute, value) : word(value)
}
const vendorNames: Readonly<Record<string, () => string>> = {
  effect: () => t`Effect`,
  preset: () => t`Preset`,
  'preset mode': () => t`Preset`,
  'swing mode': () => t`Swing`,
  linkquality: () => t`Link quality`,
}
/** What a device calls one of its own functions, without the spelling of machines: "channel_change" is "Channel change". */
export function vendorName(name: string): string {
  const plain = name.replaceAll('_', ' ').trim() || name
  return vendorNames[plain.toLowerCase()]?.() ?? plain[0]!.toUpperCase() + plain.slice(1)
}
export function formatVendor(value: VendorValue | undefined, unit?: string): string {
  if (value === undefined || value === null) return t`Unknown`
  if (typeof value === 'boolean') return value ? t`On` : t`Off`
  if (typeof value === 'number') return withUnit(value, unit, 2)
  return typeof value === 'string' ? value : JSON.stringify(value)
}
