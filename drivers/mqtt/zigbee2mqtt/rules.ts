import type { CapabilityId, Unit, Value } from '@eaves/driver-kit'
import { toNumber } from '../payload.ts'

/** How a JSON value becomes ours: `flag` by value_on and value_off, `not` the same turned round, a table for words, or a number in a unit. */
export type Convert =
  | 'flag'
  | 'not'
  | { readonly unit: Unit }
  | { readonly number: true }
  | { readonly words: Readonly<Record<string, Value>>; readonly closed?: boolean }

/** One row of the map from a generic expose to a capability. */
export interface Rule {
  readonly match: {
    readonly type: 'numeric' | 'binary' | 'enum'
    readonly name: string | RegExp
    /** Only with this unit once normalised. */ readonly unit?: Unit
    readonly on?: 'batteryDevices' | 'onOffParts'
  }
  readonly to: readonly [CapabilityId, string]
  readonly convert: Convert
  /** Assumed when the definition names no unit. */
  readonly assume?: string
  /** Put on a part of its own, away from the room's values. */
  readonly part?: string
  /** The command that writes it, and the argument that carries the value. */
  readonly write?: { readonly command: string; readonly arg: string }
}

const numeric = (
  name: string | RegExp,
  capability: CapabilityId,
  attribute: string,
  unit: Unit,
  assume: string,
  more: Partial<Rule> = {},
): Rule => ({
  match: { type: 'numeric', name },
  to: [capability, attribute],
  convert: { unit },
  assume,
  ...more,
})
const binary = (
  name: string | RegExp,
  capability: CapabilityId,
  attribute: string,
  convert: Convert = 'flag',
  more: Partial<Rule> = {},
): Rule => ({ match: { type: 'binary', name }, to: [capability, attribute], convert, ...more })

const startUpWords = {
  off: 'off',
  on: 'on',
  toggle: 'toggle',
  previous: 'previous',
  restore: 'previous',
} as const
const airWords = {
  excellent: 'good',
  good: 'fair',
  moderate: 'moderate',
  poor: 'poor',
  unhealthy: 'veryPoor',
  hazardous: 'extremelyPoor',
  out_of_range: 'unknown',
  unknown: 'unknown',
} as const

/** Looked through in order; the first row that fits and whose place is still free takes the expose. */
export const rules: readonly Rule[] = [
  numeric('battery', 'battery', 'percent', 'percent', '%'),
  binary('battery_low', 'battery', 'low'),
  numeric('voltage', 'battery', 'volts', 'volts', 'mV', {
    match: { type: 'numeric', name: 'voltage', on: 'batteryDevices' },
  }),
  numeric(/^(battery_voltage)$/, 'battery', 'volts', 'volts', 'mV'),
  numeric(/^(voltage|rms_voltage)(_phase_[a-c])?$/, 'power', 'volts', 'volts', 'V'),
  numeric('temperature', 'temperature', 'celsius', 'celsius', '°C'),
  numeric('device_temperature', 'temperature', 'celsius', 'celsius', '°C', { part: 'internal' }),
  numeric('humidity', 'humidity', 'percent', 'percent', '%'),
  numeric('pressure', 'pressure', 'hectopascals', 'hectopascals', 'hPa'),
  numeric(/^illuminance(_lux)?$/, 'illuminance', 'lux', 'lux', 'lx'),
  numeric('soil_moisture', 'soilMoisture', 'percent', 'percent', '%'),
  numeric('power', 'power', 'watts', 'watts', 'W'),
  numeric('current', 'power', 'amperes', 'amperes', 'A'),
  numeric('ac_frequency', 'power', 'hertz', 'hertz', 'Hz'),
  {
    match: { type: 'numeric', name: 'power_factor' },
    to: ['power', 'powerFactor'],
    convert: { number: true },
  },
  numeric('energy', 'energy', 'kilowattHours', 'kilowattHours', 'kWh'),
  numeric('produced_energy', 'energy', 'producedKilowattHours', 'kilowattHours', 'kWh'),
  binary('occupancy', 'occupancy', 'occupied'),
  binary('presence', 'occupancy', 'occupied'),
  binary('contact', 'contact', 'open', 'not'),
  binary('water_leak', 'waterLeak', 'detected'),
  binary('rain', 'rain', 'detected'),
  binary('smoke', 'smoke', 'detected'),
  binary('carbon_monoxide', 'carbonMonoxide', 'detected'),
  numeric(/^(co|carbon_monoxide)$/, 'carbonMonoxide', 'partsPerMillion', 'partsPerMillion', 'ppm'),
  binary('gas', 'gasAlarm', 'detected'),
  binary('vibration', 'vibration', 'detected'),
  binary('tamper', 'tamper', 'detected'),
  numeric('co2', 'carbonDioxide', 'partsPerMillion', 'partsPerMillion', 'ppm'),
  numeric(
    /^(pm1|pm10_?0?_?1)$/,
    'particlesPm1',
    'microgramsPerCubicMeter',
    'microgramsPerCubicMeter',
    'µg/m³',
  ),
  numeric('pm25', 'particlesPm25', 'microgramsPerCubicMeter', 'microgramsPerCubicMeter', 'µg/m³'),
  numeric('pm10', 'particlesPm10', 'microgramsPerCubicMeter', 'microgramsPerCubicMeter', 'µg/m³'),
  numeric('voc', 'volatileOrganics', 'microgramsPerCubicMeter', 'microgramsPerCubicMeter', '', {
    match: { type: 'numeric', name: 'voc', unit: 'microgramsPerCubicMeter' },
  }),
  numeric(
    /^(formaldehyd|formaldehyde|hcho)$/,
    'formaldehyde',
    'microgramsPerCubicMeter',
    'microgramsPerCubicMeter',
    '',
    {
      match: { type: 'numeric', name: /^(formaldehyd|formaldehyde|hcho)$/, unit: 'microgramsPerCubicMeter' },
    },
  ),
  {
    match: { type: 'enum', name: 'air_quality' },
    to: ['airQuality', 'quality'],
    convert: { words: airWords, closed: true },
  },
  {
    match: { type: 'enum', name: /^(power_on_behavior|power_outage_memory)$/, on: 'onOffParts' },
    to: ['onOff', 'startUp'],
    convert: { words: startUpWords, closed: true },
    write: { command: 'setStartUp', arg: 'startUp' },
  },
  binary('child_lock', 'childLock', 'locked', 'flag', { write: { command: 'setLocked', arg: 'locked' } }),
]

/** A binary's JSON value as a flag; anything but its two values is no value. */
export function flagReader(on: unknown, off: unknown): (value: unknown) => boolean | undefined {
  const yes = on ?? true
  const no = off ?? false
  return (value) => (value === yes ? true : value === no ? false : undefined)
}

export function scaledReader(toOurs: (value: number) => number): (value: unknown) => number | undefined {
  return (value) => {
    const number = toNumber(value)
    return number === undefined ? undefined : toOurs(number)
  }
}
