import type { Tariff } from '@eaves/model/api'
import { typed } from '../../words/numbers.ts'

/** A number as people of either language write it. */
export function numberOf(text: string): number | undefined {
  const written = typed(text)
  return /^-?\d{1,6}(\.\d{1,6})?$/.test(written) ? Number(written) : undefined
}

export type DaysWord = 'every' | 'work' | 'rest' | 'other'
export interface WindowForm {
  readonly word: DaysWord
  /** As they were, where no word says it. */
  readonly days: readonly number[]
  readonly from: string
  readonly to: string
  readonly price: string
}
export interface TierForm {
  readonly above: string
  readonly price: string
}
/** A tariff as it is written down, whole or not yet. */
export interface TariffForm {
  readonly from: string
  readonly currency: string
  readonly price: string
  readonly standing: string
  /** How often the price of a list counts; undefined where no list is gone by. */
  readonly factor: string | undefined
  readonly windows: readonly WindowForm[]
  readonly tiers: readonly TierForm[]
}
export const daysOf: Readonly<Partial<Record<DaysWord, readonly number[]>>> = {
  every: [1, 2, 3, 4, 5, 6, 7],
  work: [1, 2, 3, 4, 5],
  rest: [6, 7],
}
const wordOf = (days: readonly number[]): DaysWord => {
  const held = days.toSorted((a, b) => a - b).join()
  return (['every', 'work', 'rest'] as const).find((word) => daysOf[word]?.join() === held) ?? 'other'
}

export const formOf = (tariff: Tariff | undefined): TariffForm => ({
  from: tariff?.from ?? '',
  currency: tariff?.currency ?? 'EUR',
  price: tariff ? String(tariff.price) : '',
  standing: String(tariff?.standingPerDay ?? 0),
  factor: tariff?.list === undefined ? undefined : String(tariff.list.factor),
  windows: (tariff?.windows ?? []).map(({ days, from, to, price }) => ({
    ...{ word: wordOf(days), days, from, to, price: String(price) },
  })),
  tiers: (tariff?.tiers ?? []).map(({ above, price }) => ({ above: String(above), price: String(price) })),
})

export const isQuarter = (time: string): boolean => /^([01]\d|2[0-3]):(00|15|30|45)$/.test(time)
export const isCurrency = (text: string): boolean => /^[A-Z]{3}$/.test(text)
/** The tariff that was written down; undefined while something of it is missing or no number. */
export function tariffOf(form: TariffForm): Tariff | undefined {
  const [price, standingPerDay] = [numberOf(form.price), numberOf(form.standing)]
  const windows = form.windows.map(({ word, days, from, to, price: text }) => {
    const each = numberOf(text)
    const held = [...(daysOf[word] ?? days)]
    return each === undefined || !isQuarter(from) || !isQuarter(to)
      ? undefined
      : { days: held, from, to, price: each }
  })
  const tiers = form.tiers.map(({ above, price: text }, index) => {
    const [from, each] = [numberOf(above), numberOf(text)]
    const before = index === 0 ? 0 : (numberOf(form.tiers[index - 1]!.above) ?? 0)
    return from === undefined || each === undefined || from <= before
      ? undefined
      : { above: from, price: each }
  })
  if (form.from === '' || !isCurrency(form.currency) || price === undefined) return undefined
  if (standingPerDay === undefined || standingPerDay < 0) return undefined
  const [allWindows, allTiers] = [
    windows.filter((each) => each !== undefined),
    tiers.filter((each) => each !== undefined),
  ]
  if (allWindows.length < windows.length || allTiers.length < tiers.length) return undefined
  const { from, currency } = form
  const whole = { from, currency, price, standingPerDay, windows: allWindows, tiers: allTiers }
  if (form.factor === undefined) return whole
  const factor = numberOf(form.factor)
  return factor === undefined || factor < 0 || factor > 10
    ? undefined
    : { ...whole, tiers: [], list: { factor } }
}
