import type { Unit } from '@eaves/driver-kit'
import { round } from './payload.ts'

/** A unit met in the wild: which of ours it is, and how its numbers become ours. */
interface Known {
  readonly unit: Unit
  readonly factor: number
  readonly offset: number
}

/** Spellings in lower case, separated by bars; then ours, the factor, and what is added before it. */
const table: readonly (readonly [spellings: string, unit: Unit, factor?: number, offset?: number])[] = [
  ['%|% rh|%rh|percent', 'percent'],
  ['‰', 'percent', 0.1],
  ['°c|c|℃|ºc|degc|celsius', 'celsius'],
  ['°f|f|℉|fahrenheit', 'celsius', 5 / 9, -32],
  ['k|kelvin', 'kelvin'],
  ['lx|lux', 'lux'],
  ['hpa|mbar', 'hectopascals'],
  ['kpa', 'hectopascals', 10],
  ['pa', 'hectopascals', 0.01],
  ['bar', 'hectopascals', 1000],
  ['psi', 'hectopascals', 68.947_572_931_683],
  ['inhg', 'hectopascals', 33.863_886_666_667],
  ['mmhg', 'hectopascals', 1.333_223_684_211],
  ['w|watt|watts', 'watts'],
  ['kw', 'watts', 1000],
  ['mw|mwt', 'watts', 0.001],
  ['va', 'voltAmperes'],
  ['kva', 'voltAmperes', 1000],
  ['var', 'voltAmperesReactive'],
  ['kvar', 'voltAmperesReactive', 1000],
  ['v|volt|volts', 'volts'],
  ['mv', 'volts', 0.001],
  ['kv', 'volts', 1000],
  ['a|ampere|amperes', 'amperes'],
  ['ma', 'amperes', 0.001],
  ['hz', 'hertz'],
  ['khz', 'hertz', 1000],
  ['kwh', 'kilowattHours'],
  ['wh', 'kilowattHours', 0.001],
  ['mwh', 'kilowattHours', 1000],
  ['mj', 'kilowattHours', 1 / 3.6],
  ['gj', 'kilowattHours', 1000 / 3.6],
  ['kj', 'kilowattHours', 1 / 3600],
  ['°|deg|degrees|degree', 'degrees'],
  ['ms', 'seconds', 0.001],
  ['10 ms', 'seconds', 0.01],
  ['s|sec|sec.|second|seconds', 'seconds'],
  ['10s', 'seconds', 10],
  ['min|min.|minute|minutes', 'seconds', 60],
  ['h|hr|hour|hours', 'seconds', 3600],
  ['d|day|days', 'seconds', 86_400],
  ['ppm', 'partsPerMillion'],
  ['ppb', 'partsPerBillion'],
  ['µg/m³|μg/m³|ug/m3|µg/m3|μg/m3|ug/m³', 'microgramsPerCubicMeter'],
  ['mg/m³|mg/m3', 'microgramsPerCubicMeter', 1000],
  ['bq/m³|bq/m3', 'becquerelsPerCubicMeter'],
  ['pci/l', 'becquerelsPerCubicMeter', 37],
  ['db|dba', 'decibels'],
  ['m/s', 'metersPerSecond'],
  ['km/h|kmh', 'metersPerSecond', 1 / 3.6],
  ['mph', 'metersPerSecond', 0.447_04],
  ['kn|kt', 'metersPerSecond', 0.514_444_444_444],
  ['ft/s', 'metersPerSecond', 0.3048],
  ['m|meter|meters|metre|metres', 'meters'],
  ['cm', 'meters', 0.01],
  ['km', 'meters', 1000],
  ['ft', 'meters', 0.3048],
  ['mm', 'millimeters'],
  ['in', 'millimeters', 25.4],
  ['mm/h', 'millimetersPerHour'],
  ['in/h', 'millimetersPerHour', 25.4],
  ['m³|m3', 'cubicMeters'],
  ['ft³|ft3|ccf', 'cubicMeters', 0.028_316_846_592],
  ['l|liter|liters|litre|litres', 'liters'],
  ['ml', 'liters', 0.001],
  ['gal', 'liters', 3.785_411_784],
  ['l/min', 'litersPerMinute'],
  ['l/h', 'litersPerMinute', 1 / 60],
  ['m³/h|m3/h', 'litersPerMinute', 1000 / 60],
  ['gal/min', 'litersPerMinute', 3.785_411_784],
  ['µs/cm|μs/cm|us/cm', 'microsiemensPerCentimeter'],
  ['ms/cm', 'microsiemensPerCentimeter', 1000],
  ['mg/l', 'milligramsPerLiter'],
  ['kg', 'kilograms'],
  ['g', 'kilograms', 0.001],
  ['lb', 'kilograms', 0.453_592_37],
]
const spellings = new Map<string, Known>(
  table.flatMap(([names, unit, factor = 1, offset = 0]) =>
    names.split('|').map((name) => [name, { unit, factor, offset }] as const),
  ),
)
/** Mega and milli differ by case alone and are told apart before anything is lower-cased. */
const exact = new Map<string, Known>([
  ['MW', { unit: 'watts', factor: 1_000_000, offset: 0 }],
  ['mWh', { unit: 'kilowattHours', factor: 0.000_001, offset: 0 }],
  ['MWh', { unit: 'kilowattHours', factor: 1000, offset: 0 }],
])
/** What a spelling means where another quantity is measured than its first reading tells. */
const readings: readonly (readonly [spelling: string, wanted: Unit, factor: number])[] = [
  ['m', 'seconds', 60],
  ['l', 'cubicMeters', 0.001],
  ['liter', 'cubicMeters', 0.001],
  ['gal', 'cubicMeters', 0.003_785_411_784],
  ['m³', 'liters', 1000],
  ['m3', 'liters', 1000],
  ['cm', 'millimeters', 10],
  ['ppb', 'partsPerMillion', 0.001],
]

export interface Scale {
  readonly unit: Unit
  /** How much of ours one of theirs is. */
  readonly factor: number
  readonly toOurs: (value: number) => number
  readonly toTheirs: (value: number) => number
}

function known(spelled: string | undefined, wanted: Unit | undefined): Known | undefined {
  const text = spelled?.trim() ?? ''
  const lower = text.toLowerCase()
  const found = exact.get(text) ?? spellings.get(lower)
  if (wanted === undefined || found?.unit === wanted) return found
  const other = readings.find(([spelling, unit]) => spelling === lower && unit === wanted)
  return other === undefined ? found : { unit: wanted, factor: other[2], offset: 0 }
}
const scaled = ({ unit, factor, offset }: Known): Scale =>
  factor === 1 && offset === 0
    ? { unit, factor, toOurs: same, toTheirs: same }
    : {
        unit,
        factor,
        toOurs: (value) => round((value + offset) * factor, 6),
        toTheirs: (value) => round(value / factor - offset, 6),
      }
const same = (value: number): number => value

/** How numbers with this spelling of a unit become ours and back; undefined for a spelling that is not known. */
export function scaleOf(spelled: string | undefined, wanted?: Unit): Scale | undefined {
  const found = known(spelled, wanted)
  return found && scaled(found)
}
/** The same for a difference of two values: 9 °F more are 5 °C more, whatever the zero. */
export function differenceOf(spelled: string | undefined, wanted?: Unit): Scale | undefined {
  const found = known(spelled, wanted)
  if (found === undefined) return undefined
  return scaled({ ...found, offset: 0, unit: found.unit === 'kelvin' ? 'celsius' : found.unit })
}

const counts = new Set(['times', 'x', 'level', 'index', 'points', 'raw'])
/** Whether a spelling names what is counted: such a number has no unit. */
export const isCount = (spelled: string): boolean => counts.has(spelled.trim().toLowerCase())

/** How a unit is written beside a vendor attribute: one spelling for each, an unknown one as it is. Numbers keep their scale. */
export function spellUnit(spelled: string | undefined): string | undefined {
  const text = spelled?.trim()
  if (!text) return undefined
  return plainSpellings.get(text.toLowerCase()) ?? text
}
const plainSpellings = new Map(
  [
    ['°C', 'c|℃|ºc|degc'],
    ['°F', 'f|℉'],
    ['lx', 'lux|lx'],
    ['s', 'sec|sec.|second|seconds'],
    ['min', 'min.|minute|minutes'],
    ['h', 'hr|hour|hours'],
    ['d', 'day|days'],
    ['°', 'deg|degree|degrees'],
    ['µg/m³', 'ug/m3|µg/m3|μg/m3|μg/m³'],
    ['mg/m³', 'mg/m3'],
    ['m³', 'm3'],
    ['µS/cm', 'μs/cm|us/cm'],
  ].flatMap(([unit = '', names = '']) => names.split('|').map((name) => [name, unit] as const)),
)
