import type { DeviceKind, DeviceView, PartView, Value } from '@eaves/model'
import { specOf } from '../data/specs.ts'

export const partWith = (device: DeviceView, capability: string): PartView | undefined =>
  device.parts.find((part) => capability in part.capabilities)
export const valueOf = (device: DeviceView, capability: string, attribute: string): Value | undefined =>
  partWith(device, capability)?.capabilities[capability]?.[attribute]
export const numberOf = (device: DeviceView, capability: string, attribute: string): number | undefined => {
  const value = valueOf(device, capability, attribute)
  return typeof value === 'number' ? value : undefined
}
const switchable: readonly DeviceKind[] = ['light', 'plug', 'switch', 'fan', 'group']
/** The parts that one would switch on and off. */
export const switchParts = (device: DeviceView): readonly PartView[] =>
  switchable.includes(device.kind) || device.kind === 'other'
    ? device.parts.filter((part) => 'onOff' in part.capabilities)
    : []

export const batteryLow = (device: DeviceView): boolean =>
  valueOf(device, 'battery', 'low') === true || (numberOf(device, 'battery', 'percent') ?? 100) <= 15

const alarms = ['smoke', 'carbonMonoxide', 'gasAlarm', 'waterLeak', 'tamper'] as const
export type Alarm = (typeof alarms)[number]
/** The dangers this device reports now. */
export const alarmsOf = (device: DeviceView): readonly Alarm[] =>
  alarms.filter((alarm) => device.parts.some((part) => part.capabilities[alarm]?.detected === true))

const sensorOrder: readonly string[] = [
  'temperature',
  'humidity',
  'occupancy',
  'contact',
  'waterLeak',
  'smoke',
  'carbonMonoxide',
  'gasAlarm',
  'vibration',
  'tamper',
  'rain',
  'airQuality',
  'carbonDioxide',
  'particlesPm25',
  'particlesPm10',
  'particlesPm1',
  'volatileOrganics',
  'formaldehyde',
  'illuminance',
  'pressure',
  'soilMoisture',
  'power',
  'energy',
]
export interface Reading {
  readonly part: PartView
  readonly capability: string
  readonly attribute: string
  readonly value: Value | undefined
}
const apart: readonly string[] = ['battery', 'tracker', 'alarmPanel', 'camera', 'siren']
/** Measured and nothing else: no command, and neither a setting nor the device's own health. */
function isMeasured(capability: string): boolean {
  const spec = specOf(capability)
  if (!spec || apart.includes(capability)) return false
  const { attributes: values, commands, sensing } = spec
  return (
    Object.keys(values).length > 0 &&
    Object.keys(commands).length === 0 &&
    sensing !== 'device.settings' &&
    sensing !== 'device.health'
  )
}
export const isReading = (capability: string): boolean =>
  sensorOrder.includes(capability) || isMeasured(capability)
/** As the capability lists its attributes, not as they happened to arrive: watts before amperes. */
function inOwnOrder(capability: string, values: Readonly<Record<string, Value>>): readonly [string, Value][] {
  const order = Object.keys(specOf(capability)?.attributes ?? {})
  return Object.entries(values).toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))
}
/** What a device measures, the most telling first; attributes it has never reported are left out. */
export function readingsOf(device: DeviceView): readonly Reading[] {
  const others = device.parts
    .flatMap((part) => Object.keys(part.capabilities))
    .filter((capability) => !sensorOrder.includes(capability) && isMeasured(capability))
  return [...sensorOrder, ...new Set(others)].flatMap((capability) =>
    device.parts.flatMap((part) =>
      inOwnOrder(capability, part.capabilities[capability] ?? {}).map(([attribute, value]) => ({
        part,
        capability,
        attribute,
        value,
      })),
    ),
  )
}
export const isBinary = (reading: Pick<Reading, 'capability' | 'attribute'>): boolean =>
  specOf(reading.capability)?.attributes[reading.attribute]?.type === 'boolean'

export interface HomeFacts {
  readonly lightsOn: number
  readonly unlocked: readonly DeviceView[]
  readonly locked: readonly DeviceView[]
  /** Locks whose state nobody knows now. */
  readonly unknownLocks: readonly DeviceView[]
  readonly open: readonly DeviceView[]
  readonly heating: number
  readonly watts: number | undefined
  readonly celsius: number | undefined
  readonly humidity: number | undefined
}
const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
/** A device that cannot be reached or is stale tells nothing about now. */
const present = (device: DeviceView): boolean => device.online && device.stale !== true

/** A group says nothing that its members do not say themselves. */
export const withoutGroups = (devices: readonly DeviceView[]): readonly DeviceView[] =>
  devices.filter((device) => device.kind !== 'group')

export function factsOf(all: readonly DeviceView[]): HomeFacts {
  const devices = withoutGroups(all)
  const now = devices.filter(present)
  const locks = devices.filter((device) => partWith(device, 'lock'))
  const lockState = (device: DeviceView): Value | undefined =>
    device.online ? valueOf(device, 'lock', 'locked') : undefined
  const numbers = (capability: string, attribute: string) =>
    now.map((device) => numberOf(device, capability, attribute)).filter((value) => value !== undefined)
  const watts = numbers('power', 'watts')
  const rooms = numbers('temperature', 'celsius')
  return {
    lightsOn: now.filter(
      (device) =>
        device.kind === 'light' && switchParts(device).some((part) => part.capabilities.onOff?.on === true),
    ).length,
    locked: locks.filter((device) => lockState(device) === true),
    unlocked: locks.filter((device) => lockState(device) === false),
    unknownLocks: locks.filter((device) => lockState(device) === undefined),
    open: now.filter(
      (device) =>
        valueOf(device, 'contact', 'open') === true ||
        (numberOf(device, 'garageDoor', 'openPercent') ?? 0) > 0,
    ),
    heating: now.filter((device) => valueOf(device, 'thermostat', 'running') === 'heating').length,
    watts: watts.length === 0 ? undefined : watts.reduce((sum, value) => sum + value, 0),
    celsius: mean(rooms.length > 0 ? rooms : numbers('thermostat', 'celsius')),
    humidity: mean(numbers('humidity', 'percent')),
  }
}

const kindOrder: readonly DeviceKind[] = [
  'group',
  'light',
  'climate',
  'cover',
  'lock',
  'plug',
  'switch',
  'fan',
  'valve',
  'vacuum',
  'mower',
  'camera',
  'siren',
  'sensor',
  'alarm',
  'tracker',
  'button',
  'other',
]
/** Devices in the order of a room: by kind, then by name. */
export function inOrder(devices: readonly DeviceView[]): readonly DeviceView[] {
  return devices.toSorted(
    (a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) || a.name.localeCompare(b.name),
  )
}
export const groups = ['lights', 'comfort', 'power', 'safety', 'sensing', 'helpers', 'other'] as const
/** What belongs together in a room; one heading for each. */
export type Group = (typeof groups)[number]
const groupOf: Readonly<Record<DeviceKind, Group>> = {
  light: 'lights',
  climate: 'comfort',
  cover: 'comfort',
  fan: 'comfort',
  plug: 'power',
  switch: 'power',
  lock: 'safety',
  alarm: 'safety',
  siren: 'safety',
  camera: 'safety',
  tracker: 'sensing',
  valve: 'other',
  vacuum: 'helpers',
  mower: 'helpers',
  group: 'lights',
  sensor: 'sensing',
  button: 'sensing',
  other: 'other',
}
export function byGroup(
  devices: readonly DeviceView[],
): readonly (readonly [Group, readonly DeviceView[]])[] {
  const grouped = Map.groupBy(inOrder(devices), (device) => groupOf[device.kind])
  return groups.flatMap((group) => (grouped.has(group) ? [[group, grouped.get(group)!] as const] : []))
}
/** What "All off" switches off: lights, plugs, switches and fans that are on; nothing else. */
export function whatIsOn(
  devices: readonly DeviceView[],
): readonly { readonly device: DeviceView; readonly part: PartView }[] {
  // Not the groups: undoing one of those would light what was dark before.
  return withoutGroups(devices)
    .filter((device) => device.online)
    .flatMap((device) =>
      switchParts(device)
        .filter((part) => part.capabilities.onOff?.on === true)
        .map((part) => ({ device, part })),
    )
}
