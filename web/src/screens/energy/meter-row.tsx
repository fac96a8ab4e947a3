import type { MeterView, Tariff } from '@eaves/model/api'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useConnection } from '../../data/connection.ts'
import { useChangeMeters } from '../../data/energy.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { TextField } from '../../ui/field.tsx'
import { list } from '../../words/time.ts'
import { Corrections } from './corrections.tsx'
import { Swaps } from './swaps.tsx'
import { numberOf } from './tariff.ts'
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
          <TariffForm home={home} meter={meter} />
        </Disclosure>
      )}
      {mayEdit && (
        <Disclosure title={t`Swaps`} open={swapping} onChange={setSwapping}>
          {swapping && <Swaps home={home} zone={zone} meter={meter} />}
        </Disclosure>
      )}
      <Disclosure title={t`Corrections`} open={correcting} onChange={setCorrecting}>
        {correcting && <Corrections home={home} zone={zone} meter={meter} mayEdit={mayEdit} />}
      </Disclosure>
    </li>
  )
}
function priceWords({ price, currency, windows, standingPerDay }: Tariff, unit: string): string {
  const each = money(price, currency)
  const daily = money(standingPerDay, currency)
  const said = [
    t`${each} for one ${unit}`,
    windows.length > 0 ? t`another price at times` : undefined,
    standingPerDay > 0 ? t`${daily} a day` : undefined,
  ]
  return list(said.filter((word) => word !== undefined))
}

/** The price from a day on: a new one, or another one from the same day. */
function TariffForm({ home, meter }: Omit<RowProps, 'mayEdit' | 'zone'>) {
  const { name } = meter
  const last = meter.tariffs.at(-1)
  const window = last?.windows[0]
  const { live } = useConnection()
  const { edit, remove } = useChangeMeters(home)
  const [asking, setAsking] = useState(false)
  const [from, setFrom] = useState(last?.from ?? '')
  const [currency, setCurrency] = useState(last?.currency ?? 'EUR')
  const [price, setPrice] = useState(last ? String(last.price) : '')
  const [standing, setStanding] = useState(last ? String(last.standingPerDay) : '0')
  const [night, setNight] = useState(window ? String(window.price) : '')
  const [begin, setBegin] = useState(window?.from ?? '22:00')
  const [end, setEnd] = useState(window?.to ?? '06:00')
  const [each, daily, cheap] = [numberOf(price), numberOf(standing), numberOf(night)]
  const isReady =
    from !== '' &&
    /^[A-Z]{3}$/.test(currency) &&
    each !== undefined &&
    daily !== undefined &&
    (night.trim() === '' || cheap !== undefined)
  const save = (): void => {
    if (!isReady) return
    // What has more windows than this form shows keeps the others.
    const others = last?.from === from ? last.windows.slice(1) : []
    const first = window && last?.from === from ? window.days : [1, 2, 3, 4, 5, 6, 7]
    const windows =
      cheap === undefined ? others : [{ days: first, from: begin, to: end, price: cheap }, ...others]
    const tariff: Tariff = { from, currency, price: each, standingPerDay: daily, windows }
    edit.mutate({
      meter: meter.id,
      version: meter.version,
      tariffs: [...meter.tariffs.filter((one) => one.from !== from), tariff],
    })
  }
  const unit = unitWord[meter.unit]
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 py-2">
      <Failure error={edit.error ?? remove.error} />
      <div className="grid gap-4 md:grid-cols-2">
        <TextField label={t`Valid from`} type="date" value={from} onChange={setFrom} />
        <TextField
          label={t`Currency`}
          value={currency}
          onChange={(text) => setCurrency(text.toUpperCase())}
          maxLength={3}
        />
        <TextField label={t`Price of one ${unit}`} inputMode="decimal" value={price} onChange={setPrice} />
        <TextField label={t`Each day besides`} inputMode="decimal" value={standing} onChange={setStanding} />
        <TextField
          label={t`Price at certain times`}
          inputMode="decimal"
          value={night}
          onChange={setNight}
          hint={t`Left empty, it is the same all day.`}
        />
        <div className="grid grid-cols-2 gap-4">
          <TextField label={t`From what time`} type="time" value={begin} onChange={setBegin} />
          <TextField label={t`Until what time`} type="time" value={end} onChange={setEnd} />
        </div>
      </div>
      <div className="flex flex-wrap gap-3">
        <Button variant="primary" isDisabled={!isReady || !live || edit.isPending} onPress={save}>
          <Trans>Save the price</Trans>
        </Button>
        <Button variant="quiet" isDisabled={!live} onPress={() => setAsking(true)}>
          <Trans>Take the meter away</Trans>
        </Button>
      </div>
      <Confirm
        open={asking}
        title={t`Take ${name} away?`}
        verb={t`Take the meter away`}
        busy={remove.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => remove.mutate(meter.id, { onSettled: () => setAsking(false) })}
      >
        <p>
          <Trans>Its prices go. What its device has reported stays.</Trans>
        </p>
      </Confirm>
    </div>
  )
}
