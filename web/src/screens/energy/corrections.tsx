import type { CorrectionView, MeterView } from '@eaves/model/api'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useConnection } from '../../data/connection.ts'
import { useCorrect, useCorrections, useEnergy } from '../../data/energy.ts'
import { useMembers } from '../../data/members.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { memberName } from '../../words/later/members.ts'
import { isDate, spanAt } from './span.ts'
import { numberOf } from './tariff.ts'
import { amountWords, isNotBelowZero, numberFault, unitWord } from './words.ts'
import { formatLocale } from '../../words/formats.ts'

interface MeterProps {
  readonly home: string
  readonly zone: string
  readonly meter: MeterView
}
/** What was said that a meter really counted, and a way to say so. */
export function Corrections({ mayEdit, ...props }: MeterProps & { readonly mayEdit: boolean }) {
  const { data, error, refetch } = useCorrections(props.home, props.meter.id)
  if (!data) return error ? <QueryError error={error} retry={refetch} /> : <BlockSkeleton />
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 py-2">
      <p className="text-state text-muted">
        <Trans>
          What the meter told stays as it is. A correction lies over it, and sums and costs follow.
        </Trans>
      </p>
      {data.length > 0 && (
        <ul className="divide-y divide-line">
          {data.map((each) => (
            <Correction key={each.id} {...props} correction={each} mayEdit={mayEdit} />
          ))}
        </ul>
      )}
      {mayEdit ? (
        <CorrectionForm {...props} />
      ) : (
        data.length === 0 && (
          <p className="text-state">
            <Trans>Nothing was corrected.</Trans>
          </p>
        )
      )}
    </div>
  )
}

function Correction({
  home,
  zone,
  meter,
  correction,
  mayEdit,
}: MeterProps & { readonly correction: CorrectionView; readonly mayEdit: boolean }) {
  const { takeBack } = useCorrect(home, meter.id)
  const { live } = useConnection()
  const [why, setWhy] = useState('')
  const [asking, setAsking] = useState(false)
  const nameOf = useNames(home)
  const when = new Intl.DateTimeFormat(formatLocale(), {
    ...{ timeZone: zone, dateStyle: 'medium', timeStyle: 'short' },
  })
  const span = when.formatRange(Date.parse(correction.from), Date.parse(correction.to))
  const worth = (amount: number | null) => (amount === null ? t`not known` : amountWords(amount, meter.unit))
  const [counted, really] = [worth(correction.counted), worth(correction.amount)]
  const [by, at, reason] = [nameOf(correction.by), when.format(Date.parse(correction.at)), correction.why]
  const taken = correction.takenBack
  const [takenBy, takenAt] = [nameOf(taken?.by ?? null), taken && when.format(Date.parse(taken.at))]
  return (
    <li className="grid gap-1 py-3 text-state">
      <p className={taken ? 'text-muted line-through' : 'text-card'}>
        <Trans>
          {span}: {counted} → {really}
        </Trans>
      </p>
      <p className="text-muted wrap-anywhere">
        <Trans>
          {by}, {at}: {reason}
        </Trans>
      </p>
      {taken && (
        <p className="wrap-anywhere">
          <Trans>
            Taken back by {takenBy}, {takenAt}: {taken.why}
          </Trans>
        </p>
      )}
      {mayEdit && !taken && (
        <div className="grid gap-3">
          <Failure error={takeBack.error} />
          {asking && (
            <TextField label={t`Why it is taken back`} value={why} onChange={setWhy} maxLength={280} />
          )}
          <div>
            <Button
              variant="quiet"
              isDisabled={!live || takeBack.isPending || (asking && why.trim() === '')}
              onPress={() => {
                if (!asking) return setAsking(true)
                takeBack.mutate({ correction: correction.id, why: why.trim() })
              }}
            >
              <Trans>Take back</Trans>
            </Button>
          </div>
        </div>
      )}
    </li>
  )
}

/** Whoever corrected, as the home calls them. */
function useNames(home: string): (subject: string | null) => string {
  const members = useMembers(home).data
  return (subject) => {
    const member = members?.find((each) => each.accountId === subject)
    if (!member) return t`Somebody who is no longer here`
    return member.you === true ? t`You` : memberName(member)
  }
}

function CorrectionForm({ home, zone, meter }: MeterProps) {
  const { add } = useCorrect(home, meter.id)
  const { live } = useConnection()
  const [date, setDate] = useState('')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [amount, setAmount] = useState('')
  const [why, setWhy] = useState('')
  const hours = useHours(home, meter.id, isDate(date) ? date : undefined)
  const clock = new Intl.DateTimeFormat(formatLocale(), {
    ...{ timeZone: zone, hour: 'numeric', minute: '2-digit' },
    // An hour that comes twice is told apart by its zone.
    ...(hours && hours.length > 24 ? { timeZoneName: 'short' as const } : {}),
  })
  const unit = unitWord[meter.unit]
  const really = numberOf(amount)
  const chosen = (hours ?? []).filter(({ start, end }) => start >= from && end <= to)
  const counted = chosen.reduce((sum, each) => sum + (each.amount ?? 0), 0)
  const isReady =
    from !== '' && to > from && why.trim() !== '' && (amount.trim() === '' || (really ?? -1) >= 0)
  const named = (at: string) => ({ id: at, name: clock.format(Date.parse(at)) })
  const save = (): void =>
    add.mutate(
      { from, to, amount: really ?? null, why: why.trim() },
      {
        onSuccess: () => {
          setAmount('')
          setWhy('')
        },
      },
    )
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Failure error={add.error} />
      <TextField
        label={t`Day that is wrong`}
        type="date"
        value={date}
        onChange={(next) => {
          setDate(next)
          setFrom('')
          setTo('')
        }}
      />
      {hours && (
        <>
          <div className="grid grid-cols-2 gap-4">
            <Select
              label={t`From what time`}
              options={hours.map(({ start }) => named(start))}
              value={from}
              onChange={setFrom}
            />
            <Select
              label={t`Until what time`}
              options={hours.filter(({ end }) => end > from).map(({ end }) => named(end))}
              value={to}
              onChange={setTo}
            />
          </div>
          {chosen.length > 0 && (
            <p className="text-state">
              <CountedThen amount={amountWords(counted, meter.unit)} />
            </p>
          )}
          <TextField
            label={t`What it really was, in ${unit}`}
            inputMode="decimal"
            value={amount}
            onChange={setAmount}
            error={numberFault(amount, isNotBelowZero)}
            hint={t`Left empty, nobody knows.`}
          />
          <TextField label={t`Why`} value={why} onChange={setWhy} maxLength={280} />
          <div>
            <Button variant="primary" isDisabled={!isReady || !live || add.isPending} onPress={save}>
              <Trans>Save the correction</Trans>
            </Button>
          </div>
        </>
      )}
    </div>
  )
}
const CountedThen = ({ amount }: { readonly amount: string }) => (
  <Trans>It counted {amount} in that time.</Trans>
)

interface Hour {
  readonly start: string
  readonly end: string
  readonly amount: number | null
}
/** The hours of a day that are over, as the meter told them. */
function useHours(home: string, meter: string, date: string | undefined): readonly Hour[] | undefined {
  const [now] = useState(() => Date.now())
  const span = spanAt('day', date ?? '2000-01-01')
  const { data } = useEnergy(home, span, undefined, date !== undefined)
  const buckets = data?.meters.find(({ id }) => id === meter)?.buckets
  if (date === undefined || !buckets || !data) return undefined
  return buckets.flatMap(({ start, amount }, index) => {
    const end = buckets[index + 1]?.start ?? new Date(Date.parse(start) + 3_600_000).toISOString()
    return Date.parse(end) <= now || amount !== null ? [{ start, end, amount }] : []
  })
}
