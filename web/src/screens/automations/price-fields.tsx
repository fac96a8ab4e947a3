import { t } from '@lingui/core/macro'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { NumberField } from './fields.tsx'
import type { Known } from './known.ts'
import { meterCurrency, pricedMeters } from './names.ts'
import type { ConditionOf } from './shape.ts'

type Price = ConditionOf<'price'>

/** Which meter, and what its price is to be; of a trigger and of a condition alike. */
export function PriceFields({
  item,
  known,
  onChange,
}: {
  readonly item: Price
  readonly known: Known
  readonly onChange: (item: Price) => void
}) {
  const { kind, meter } = item
  const way = 'cheapest' in item ? 'cheapest' : 'below' in item ? 'below' : 'above'
  const limit = 'below' in item ? item.below : 'above' in item ? item.above : undefined
  const set = (next: typeof way, value = 0.2): void =>
    onChange(next === 'below' ? { kind, meter, below: value } : { kind, meter, above: value })
  const currency = meterCurrency(known, meter)
  return (
    <>
      <Select
        label={t`Meter`}
        value={meter}
        options={pricedMeters(known).map(({ id, name }) => ({ id, name }))}
        onChange={(next) => onChange({ ...item, meter: next })}
      />
      <Segmented
        label={t`Price`}
        value={way}
        options={[
          { id: 'below', name: t`Below` },
          { id: 'above', name: t`Above` },
          { id: 'cheapest', name: t`Cheapest` },
        ]}
        onChange={(next) => (next === 'cheapest' ? onChange({ kind, meter, cheapest: 3 }) : set(next, limit))}
      />
      {'cheapest' in item ? (
        <NumberField
          label={t`How many of the cheapest hours of a day`}
          value={item.cheapest}
          min={1}
          max={23}
          onChange={(cheapest) =>
            cheapest !== undefined && onChange({ kind, meter, cheapest: Math.round(cheapest) })
          }
        />
      ) : (
        <NumberField
          label={t`Price of one kWh`}
          {...(currency === undefined ? {} : { unit: currency })}
          value={limit}
          max={100_000}
          onChange={(value) => value !== undefined && set(way, value)}
        />
      )}
    </>
  )
}
