import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { CalendarSource } from '@eaves/model/api'
import { useState } from 'react'
import { isProblem } from '../../data/api.ts'
import { useChangeCalendars } from '../../data/calendars.ts'
import { useConnection } from '../../data/connection.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { ago, dateAndTime } from '../../words/time.ts'
import { failureWord } from './calendar-failures.ts'

/** Where a calendar is read from, when that last worked, and why it does not. */
export function SourceState({
  source: { host, fetchedAt, failingSince, failure },
}: {
  readonly source: CalendarSource
}) {
  const when = ago(fetchedAt)
  return (
    <>
      <p className="text-state wrap-anywhere text-muted">
        <Trans>
          From {host} · read {when}
        </Trans>
      </p>
      {failure !== undefined && failingSince !== undefined && (
        <p className="text-state text-alert">
          {t`Not read since ${dateAndTime(failingSince)}: ${failureWord(failure)} What was read last still counts.`}
        </p>
      )}
    </>
  )
}

/** Reads it now, or from another address. */
export function ChangeAddress({
  home,
  calendar,
  source,
}: {
  readonly home: string
  readonly calendar: string
  readonly source: CalendarSource | undefined
}) {
  const [address, setAddress] = useState('')
  const { readFrom, fetchNow } = useChangeCalendars(home)
  const { live } = useConnection()
  return (
    <>
      {source !== undefined && (
        <div>
          <Button isDisabled={!live || fetchNow.isPending} onPress={() => fetchNow.mutate(calendar)}>
            <Trans>Read it now</Trans>
          </Button>
        </div>
      )}
      <Failure error={fetchNow.error} />
      <AddressField
        label={source === undefined ? t`An address to read it from` : t`Another address`}
        value={address}
        onChange={setAddress}
        error={readFrom.error}
      />
      <div>
        <Button
          isDisabled={!live || address.trim() === '' || readFrom.isPending}
          onPress={() =>
            readFrom.mutate({ calendar, address: address.trim() }, { onSuccess: () => setAddress('') })
          }
        >
          <Trans>Read it from there</Trans>
        </Button>
      </div>
    </>
  )
}

export function AddressField({
  label,
  value,
  onChange,
  error,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error: Error | null
}) {
  const fault = isProblem(error, 'input.invalid')
    ? error.errors.find(({ path }) => path === 'address')
    : undefined
  return (
    <>
      <TextField
        label={label}
        value={value}
        inputMode="url"
        autoComplete="off"
        maxLength={2_000}
        hint={t`It begins with https:// or webcal://. Your server asks there every hour. Who has the address can often read the calendar, so it is not shown again.`}
        error={fault && failureWord(fault.code)}
        onChange={onChange}
      />
      {fault === undefined && <Failure error={error} />}
    </>
  )
}
