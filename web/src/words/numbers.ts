import { i18n } from '@lingui/core'
import { units, type Unit } from '@eaves/model'
import { specOf } from '../data/specs.ts'
import { formatLocale } from './formats.ts'

const number = (value: number, digits: number): string =>
  new Intl.NumberFormat(formatLocale(), { maximumFractionDigits: digits }).format(value)
const tight: readonly string[] = ['%', '°']
/** A number beside its unit; the two never part at a line's end. */
export function withUnit(value: number, unit: string | undefined, digits = 1): string {
  if (unit === undefined || unit === '') return number(value, digits)
  return tight.includes(unit)
    ? `${number(value, digits)}${unit === '%' && i18n.locale === 'en' ? '%' : unit}`
    : `${number(value, digits)}\u00a0${unit}`
}
const digitsOf: Partial<Record<Unit, number>> = {
  percent: 0,
  lux: 0,
  kelvin: 0,
  partsPerMillion: 0,
  hectopascals: 0,
  degrees: 0,
  kilowattHours: 2,
  amperes: 2,
}

export function unitOf(capability: string, attribute: string): Unit | undefined {
  const spec = specOf(capability)?.attributes[attribute]
  return spec?.type === 'number' ? spec.unit : undefined
}
export function formatAttribute(capability: string, attribute: string, value: number): string {
  const unit = unitOf(capability, attribute)
  const digits =
    unit === 'watts' ? (Math.abs(value) < 10 ? 1 : 0) : unit === undefined ? 2 : (digitsOf[unit] ?? 1)
  return withUnit(value, unit === undefined ? undefined : units[unit], digits)
}
export const percent = (value: number): string => withUnit(value, '%', 0)
export const celsius = (value: number): string => withUnit(value, '°C', 1)
/** A temperature where the unit is plain from the place. */
export const degrees = (value: number): string => `${number(value, 1)}°`

/**
 * A number that somebody typed, ready to be read: with a point or a comma, in signs of any width. "1,234" is more than
 * a thousand to some and a little above one to others: neither is guessed.
 */
export function typed(text: string): string {
  const written = text.normalize('NFKC').trim()
  return /^-?[1-9]\d{0,2},\d{3}$/.test(written) ? '' : written.replace(',', '.')
}
