import type { MeterView, Tariff } from '@eaves/model/api'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { Disclosure } from '../../ui/disclosure.tsx'
import { list } from '../../words/time.ts'
import { Corrections } from './corrections.tsx'
import { PowerChoice } from './power-choice.tsx'
import { Swaps } from './swaps.tsx'
import { TariffEditor } from './tariff-form.tsx'
import { kindName, money, unitWord } from './words.ts'

interface RowProps {
  readonly home: string
  readonly zone: string
  readonly meter: MeterView
  readonly mayEdit: boolean
}
/** A meter with what it costs now. */
export function MeterRow({ home, zone, meter, mayEdit }: RowProps) {
  const [correcting, setCorrecting] = useState(false)
  const [swapping, setSwapping] = useState(false)
  const { name, kind, gone, tariffs } = meter
  const last = tariffs.at(-1)
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-1 py-3">
      <p className="text-card wrap-anywhere">
        <bdi>{name}</bdi>
      </p>
      <p className="text-state text-muted">
        {kindName(kind) === name ? '' : `${kindName(kind)} · `}
        {last ? priceWords(last, unitWord[meter.unit]) : t`no price yet`}
      </p>
      {gone && (
        <p className="text-state text-warn">
          <Trans>Its device is no longer there.</Trans>
        </p>
      )}
      {mayEdit && (
        <Disclosure title={t`Change`}>
          <TariffEditor home={home} meter={meter} />
        </Disclosure>
      )}
      {mayEdit && (
        <Disclosure title={t`Counter and swaps`} open={swapping} onChange={setSwapping}>
          {swapping && (
            <>
              <PowerChoice home={home} meter={meter} />
              <Swaps home={home} zone={zone} meter={meter} />
            </>
          )}
        </Disclosure>
      )}
      <Disclosure title={t`Corrections`} open={correcting} onChange={setCorrecting}>
        {correcting && <Corrections home={home} zone={zone} meter={meter} mayEdit={mayEdit} />}
      </Disclosure>
    </li>
  )
}
function priceWords(
  { price, currency, windows, tiers, standingPerDay, list: byList }: Tariff,
  unit: string,
): string {
  const each = money(price, currency)
  const daily = money(standingPerDay, currency)
  const said = [
    byList === undefined ? t`${each} for one ${unit}` : t`by a list of hours, ${each} on top for one ${unit}`,
    windows.length > 0 ? t`another price at times` : undefined,
    tiers.length > 0 ? t`another price from an amount on` : undefined,
    standingPerDay > 0 ? t`${daily} a day` : undefined,
  ]
  return list(said.filter((word) => word !== undefined))
}
