import type { MeterKind, MeterUnit } from '@eaves/model'
import type { EnergyCost, EnergyMeterReport } from '@eaves/model/api'
import { t } from '@lingui/core/macro'
import { withUnit } from '../../words/numbers.ts'
import { list, sentences } from '../../words/time.ts'
import { numberOf } from './tariff.ts'
import { formatLocale } from '../../words/formats.ts'

const kinds: Readonly<Record<MeterKind, () => string>> = {
  'grid-import': () => t`Drawn from the grid`,
  'grid-export': () => t`Fed into the grid`,
  solar: () => t`Made by the sun`,
  'battery-in': () => t`Into the battery`,
  'battery-out': () => t`Out of the battery`,
  gas: () => t`Gas`,
  water: () => t`Water`,
  heat: () => t`Heat used`,
}
export const kindName = (kind: MeterKind): string => kinds[kind]()

export const unitWord: Readonly<Record<MeterUnit, string>> = { kilowattHours: 'kWh', cubicMeters: 'm³' }
export const amountWords = (amount: number, unit: MeterUnit): string =>
  withUnit(amount, unitWord[unit], Math.abs(amount) < 10 ? 2 : 1)

/** A currency that the browser does not know stands beside its number. */
export function money(value: number, currency: string): string {
  try {
    return new Intl.NumberFormat(formatLocale(), { style: 'currency', currency }).format(value)
  } catch {
    return withUnit(value, currency, 2)
  }
}
/** What one unit costs, which is told more exactly than what a bill comes to. */
export function priceWords(value: number, currency: string): string {
  try {
    const exact = { minimumFractionDigits: 2, maximumFractionDigits: 4 }
    return new Intl.NumberFormat(formatLocale(), { style: 'currency', currency, ...exact }).format(value)
  } catch {
    return withUnit(value, currency, 4)
  }
}
export const costWords = (costs: readonly EnergyCost[]): string =>
  list(costs.map(({ currency, used, standing }) => money(used + standing, currency)))

/** What the bars show, in a sentence, with what is not known of it. */
export function sentenceOf(
  { amount, unit, kind, costs, completeness, unplaced, co2Kilograms }: EnergyMeterReport,
  before: { readonly amount: number | null | undefined; readonly by: 'before' | 'year' },
): string {
  if (amount === null) return t`Nothing is known of this span.`
  const [used, cost] = [amountWords(amount, unit), costWords(costs)]
  const one =
    costs.length === 0
      ? t`${used} in all.`
      : kind === 'grid-export'
        ? t`${used} in all, ${cost} earned.`
        : t`${used} in all, ${cost}.`
  const hidden = unplaced.reduce((sum, each) => sum + each.amount, 0)
  const silent = hidden > 0 ? amountWords(hidden, unit) : undefined
  const earlier = typeof before.amount === 'number' ? amountWords(before.amount, unit) : undefined
  const beside =
    earlier === undefined
      ? undefined
      : before.by === 'year'
        ? t`A year earlier: ${earlier}.`
        : t`The span before: ${earlier}.`
  const known = new Intl.NumberFormat(formatLocale(), { style: 'percent', maximumFractionDigits: 0 }).format(
    Math.floor(completeness * 100) / 100,
  )
  const carbon = co2Kilograms === undefined ? undefined : withUnit(co2Kilograms, 'kg', 1)
  const said = [
    one,
    carbon === undefined ? undefined : t`That is ${carbon} of CO₂.`,
    beside,
    silent === undefined ? undefined : t`Of that ${silent} at an unknown time, while nothing was heard.`,
    completeness < 0.99 ? t`${known} of the time is known.` : undefined,
  ]
  return sentences(said.filter((each) => each !== undefined))
}

/** What is wrong with a number that was typed; nothing while none stands there. */
export function numberFault(
  text: string,
  isMeant: (value: number) => boolean = () => true,
): string | undefined {
  if (text.trim() === '') return undefined
  const value = numberOf(text)
  if (value === undefined) return t`Write it as a plain number, such as 1234.5.`
  return isMeant(value) ? undefined : t`This number does not fit.`
}
export const isNotBelowZero = (value: number): boolean => value >= 0
