import type { AlertKind, VendorValue } from '@eaves/model'
import type { Cell, LiveDevice } from '../homes/homes.ts'

export type DeviceAlert = Extract<
  AlertKind,
  `danger.${string}` | 'device.silent' | 'battery.low' | 'left.open'
>
/** `stays`: neither that it is so nor that it is over. */
export type Verdict = 'on' | 'off' | 'stays'
export interface Moment {
  readonly now: number
  /** Of what goes on: since when. */
  readonly since: number | undefined
  /** What was open before is counted from here. */
  readonly startedAt: number
}
type Judge = (device: LiveDevice, moment: Moment) => Verdict

export const lowPercent = 15
/** Cold makes a battery seem empty for a night: it is well again only well above. */
export const wellPercent = 25
export const openForMs = 10 * 60_000

function cells(device: LiveDevice, capability: string, attribute: string): Cell[] {
  const found: Cell[] = []
  for (const { groups } of device.parts.values())
    for (const cell of groups.get(capability)?.cells ?? []) if (cell.attribute === attribute) found.push(cell)
  return found
}
const values = (device: LiveDevice, capability: string, attribute: string): (VendorValue | undefined)[] =>
  cells(device, capability, attribute).map(({ value }) => value)

const detects =
  (capability: string): Judge =>
  (device) => {
    const found = values(device, capability, 'detected')
    if (found.includes(true)) return 'on'
    return found.includes(false) ? 'off' : 'stays'
  }

const battery: Judge = (device) => {
  const percents = values(device, 'battery', 'percent').filter((value) => typeof value === 'number')
  const flags = values(device, 'battery', 'low')
  if (flags.includes(true) || percents.some((value) => value <= lowPercent)) return 'on'
  const isWell = percents.length > 0 ? percents.every((value) => value >= wellPercent) : flags.includes(false)
  return isWell ? 'off' : 'stays'
}

/** Only a word of the device ends its silence: after a start of ours it is not known to be silent, and not heard either. */
const silent: Judge = ({ silentSince, lastSeen }, { since }) => {
  if (silentSince !== undefined) return 'on'
  return since !== undefined && lastSeen !== undefined && lastSeen > since ? 'off' : 'stays'
}

const open: Judge = (device, { now, startedAt }) => {
  const found = cells(device, 'contact', 'open')
  const stands = found.filter(({ value }) => value === true)
  const mostMs = device.openMinutes === undefined ? openForMs : device.openMinutes * 60_000
  if (stands.some(({ changedAt }) => now - Math.max(changedAt, startedAt) >= mostMs)) return 'on'
  return stands.length === 0 && found.some(({ value }) => value === false) ? 'off' : 'stays'
}

export const judges: Readonly<Record<DeviceAlert, Judge>> = {
  'danger.smoke': detects('smoke'),
  'danger.carbon-monoxide': detects('carbonMonoxide'),
  'danger.gas': detects('gasAlarm'),
  'danger.leak': detects('waterLeak'),
  'device.silent': silent,
  'battery.low': battery,
  'left.open': open,
}
