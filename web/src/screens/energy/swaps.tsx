import type { MeterView } from '@eaves/model/api'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useConnection } from '../../data/connection.ts'
import { useChangeMeters } from '../../data/energy.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { instantIn, isDate } from './span.ts'
import { numberOf } from './tariff.ts'
import { amountWords, isNotBelowZero, numberFault, unitWord } from './words.ts'
import { formatLocale } from '../../words/formats.ts'

/** When another counter took over that the old one does not show by itself. */
export function Swaps({
  home,
  zone,
  meter,
}: {
  readonly home: string
  readonly zone: string
  readonly meter: MeterView
}) {
  const { edit } = useChangeMeters(home)
  const { live } = useConnection()
  const [date, setDate] = useState('')
  const [time, setTime] = useState('12:00')
  const [ended, setEnded] = useState('')
  const [began, setBegan] = useState('0')
  const [last, first] = [numberOf(ended), numberOf(began)]
  const isReady =
    isDate(date) &&
    /^\d\d:\d\d$/.test(time) &&
    last !== undefined &&
    first !== undefined &&
    last >= 0 &&
    first >= 0
  const unit = unitWord[meter.unit]
  const when = new Intl.DateTimeFormat(formatLocale(), {
    ...{ timeZone: zone, dateStyle: 'medium', timeStyle: 'short' },
  })
  const words = (swap: MeterView['swaps'][number]): string => {
    const span = when.format(Date.parse(swap.at))
    const [counted, really] = [amountWords(swap.ended, meter.unit), amountWords(swap.began, meter.unit)]
    return t`${span}: ${counted} → ${really}`
  }
  const save = (swaps: MeterView['swaps']): void =>
    edit.mutate({ meter: meter.id, version: meter.version, swaps })
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 py-2">
      <Failure error={edit.error} />
      <p className="text-state text-muted">
        <Trans>
          A counter that goes back is noticed by itself. Note a swap where the new one shows more than the old
          one did.
        </Trans>
      </p>
      {meter.swaps.length > 0 && (
        <ul className="divide-y divide-line">
          {meter.swaps.map((swap) => (
            <li key={swap.at} className="flex flex-wrap items-center justify-between gap-3 py-2 text-state">
              <span>{words(swap)}</span>
              <Button
                variant="quiet"
                isDisabled={!live || edit.isPending}
                onPress={() => save(meter.swaps.filter(({ at }) => at !== swap.at))}
              >
                <Trans>Remove</Trans>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="grid gap-4 md:grid-cols-2">
        <TextField label={t`Day of the swap`} type="date" value={date} onChange={setDate} />
        <TextField label={t`Time of the swap`} type="time" value={time} onChange={setTime} />
        <TextField
          label={t`The old one showed last, in ${unit}`}
          inputMode="decimal"
          value={ended}
          onChange={setEnded}
          error={numberFault(ended, isNotBelowZero)}
        />
        <TextField
          label={t`The new one showed first, in ${unit}`}
          inputMode="decimal"
          value={began}
          onChange={setBegan}
          error={numberFault(began, isNotBelowZero)}
        />
      </div>
      <div>
        <Button
          variant="primary"
          isDisabled={!isReady || !live || edit.isPending}
          onPress={() => {
            if (last === undefined || first === undefined) return
            const at = new Date(instantIn(zone, date, time)).toISOString()
            save([...meter.swaps.filter((each) => each.at !== at), { at, ended: last, began: first }])
          }}
        >
          <Trans>Save the swap</Trans>
        </Button>
      </div>
    </div>
  )
}
