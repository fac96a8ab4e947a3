import type { Unit } from '@eaves/driver-kit'
import { round } from './payload.ts'

/** A spelling of a unit met in the wild: which unit it is, and how its numbers become ours. */
interface Spelling {
  readonly unit: Unit
  readonly factor?: number
  readonly offset?: number
}

const is = (unit: Unit, factor?: number, offset?: number): Spelling => ({
  unit,
  ...(factor === undefined ? {} : { factor }),
  ...(offset === undefined ? {} : { offset }),
})

const spellings: ReadonlyMap<string, Spelling> = new Map([
  ['%', is('percent')],
  ['% rh', is('percent')],
  ['%rh', is('percent')],
  ['percent', is('percent')],
  ['°c', is('celsius')],
  ['c', is('celsius')],
  ['℃', is('celsius')],
  ['degc', is('celsius')],
  ['celsius', is('celsius')],
  ['°f', is('celsius', 5 / 9, -32)],
  ['f', is('celsius', 5 / 9, -32)],
  ['℉', is('celsius', 5 / 9, -32)],
  ['fahrenheit', is('celsius', 5 / 9, -32)],
  ['k', is('kelvin')],
  ['kelvin', is('kelvin')],
  ['lx', is('lux')],
  ['lux', is('lux')],
  ['hpa', is('hectopascals')],
  ['mbar', is('hectopascals')],
  ['kpa', is('hectopascals', 10)],
  ['pa', is('hectopascals', 0.01)],
  ['bar', is('hectopascals', 1000)],
  ['psi', is('hectopascals', 68.947_572_931_683)],
  ['inhg', is('hectopascals', 33.863_886_666_667)],
  ['mmhg', is('hectopascals', 1.333_223_684_211)],
  ['w', is('watts')],
  ['kw', is('watts', 1000)],
  ['mw', is('watts', 0.001)],
  ['v', is('volts')],
  ['mv', is('volts', 0.001)],
  ['kv', is('volts', 1000)],
  ['a', is('amperes')],
  ['ma', is('amperes', 0.001)],
  ['hz', is('hertz')],
  ['khz', is('hertz', 1000)],
  ['kwh', is('kilowattHours')],
  ['wh', is('kilowattHours', 0.001)],
  ['mwh', is('kilowattHours', 1000)],
  ['°', is('degrees')],
  ['deg', is('degrees')],
  ['degrees', is('degrees')],
  ['degree', is('degrees')],
  ['s', is('seconds')],
  ['sec', is('seconds')],
  ['second', is('seconds')],
  ['seconds', is('seconds')],
  ['ppm', is('partsPerMillion')],
  ['ppb', is('partsPerBillion')],
  ['µg/m³', is('microgramsPerCubicMeter')],
  ['μg/m³', is('microgramsPerCubicMeter')],
  ['ug/m3', is('microgramsPerCubicMeter')],
  ['µg/m3', is('microgramsPerCubicMeter')],
  ['μg/m3', is('microgramsPerCubicMeter')],
  ['mg/m³', is('microgramsPerCubicMeter', 1000)],
  ['mg/m3', is('microgramsPerCubicMeter', 1000)],
  ['db', is('decibels')],
  ['m/s', is('metersPerSecond')],
  ['m³', is('cubicMeters')],
  ['m3', is('cubicMeters')],
  ['l', is('liters')],
  ['l/min', is('litersPerMinute')],
])

/** MW and mW, MWh and mWh differ by case alone; Mega and milli are told apart before anything is lower-cased. */
const exact: ReadonlyMap<string, Spelling> = new Map([
  ['MW', is('watts', 1_000_000)],
  ['mWh', is('kilowattHours', 0.000_001)],
  ['MWh', is('kilowattHours', 1000)],
])

export interface Scale {
  readonly unit: Unit
  readonly toOurs: (value: number) => number
  readonly toTheirs: (value: number) => number
}

/** How numbers with this spelling of a unit become ours and back; undefined for a spelling that is not known. */
export function scaleOf(spelled: string | undefined): Scale | undefined {
  const text = spelled?.trim() ?? ''
  const found = exact.get(text) ?? spellings.get(text.toLowerCase())
  if (found === undefined) return undefined
  const { unit, factor = 1, offset = 0 } = found
  if (factor === 1 && offset === 0) return { unit, toOurs: same, toTheirs: same }
  return {
    unit,
    toOurs: (value) => round((value + offset) * factor, 6),
    toTheirs: (value) => round(value / factor - offset, 6),
  }
}
const same = (value: number): number => value

/** How a unit is written beside a vendor attribute: one spelling for each, an unknown one as it is. Numbers keep their scale. */
export function spellUnit(spelled: string | undefined): string | undefined {
  const text = spelled?.trim()
  if (!text) return undefined
  return plainSpellings.get(text.toLowerCase()) ?? text
}
const plainSpellings: ReadonlyMap<string, string> = new Map([
  ['c', '°C'],
  ['℃', '°C'],
  ['degc', '°C'],
  ['f', '°F'],
  ['℉', '°F'],
  ['lux', 'lx'],
  ['sec', 's'],
  ['second', 's'],
  ['seconds', 's'],
  ['min', 'min'],
  ['minute', 'min'],
  ['minutes', 'min'],
  ['h', 'h'],
  ['hr', 'h'],
  ['hour', 'h'],
  ['hours', 'h'],
  ['deg', '°'],
  ['degree', '°'],
  ['degrees', '°'],
  ['ug/m3', 'µg/m³'],
  ['µg/m3', 'µg/m³'],
  ['μg/m3', 'µg/m³'],
  ['μg/m³', 'µg/m³'],
  ['mg/m3', 'mg/m³'],
  ['m3', 'm³'],
])
