import { plural, t } from '@lingui/core/macro'
import { withUnit } from '../../words/numbers.ts'
import { meterCurrency, meterName, type Names } from './names.ts'
import type { ConditionOf } from './shape.ts'

type Price = ConditionOf<'price'>

const much = (value: number, meter: string, names: Names): string =>
  withUnit(value, meterCurrency(names, meter), 4)

/** What becomes so, within "when …". */
export function priceBecomes(ask: Price, names: Names): string {
  const name = meterName(names, ask.meter)
  if ('cheapest' in ask) {
    const count = ask.cheapest
    return plural(count, {
      one: `it becomes the cheapest hour of the day (${name})`,
      other: `it becomes one of the ${count} cheapest hours of the day (${name})`,
    })
  }
  const price = much('below' in ask ? ask.below : ask.above, ask.meter, names)
  return 'below' in ask
    ? t`a kWh comes to cost less than ${price} (${name})`
    : t`a kWh comes to cost more than ${price} (${name})`
}

/** What is so, within "if …". */
export function priceIs(ask: Price, names: Names): string {
  const name = meterName(names, ask.meter)
  if ('cheapest' in ask) {
    const count = ask.cheapest
    return plural(count, {
      one: `it is the cheapest hour of the day (${name})`,
      other: `it is one of the ${count} cheapest hours of the day (${name})`,
    })
  }
  const price = much('below' in ask ? ask.below : ask.above, ask.meter, names)
  return 'below' in ask
    ? t`a kWh costs less than ${price} (${name})`
    : t`a kWh costs more than ${price} (${name})`
}
