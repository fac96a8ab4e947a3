import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { CalendarView } from '@eaves/model/api'
import { useState } from 'react'
import { isProblem } from '../../data/api.ts'
import { useCalendars, useChangeCalendars, useComing } from '../../data/calendars.ts'
import { useConnection } from '../../data/connection.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { TextField } from '../../ui/field.tsx'
import { PastedFile } from '../../ui/pasted-file.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { dateAndTime } from '../../words/time.ts'
import { AddressField, ChangeAddress, SourceState } from './calendar-address.tsx'
import { faultWord } from './faults.ts'

/** Calendars that automations go by, for whoever writes automations. */
export function Calendars({ home }: { readonly home: string }) {
  return (
    <Disclosure title={t`Calendars`}>
      <Opened home={home} />
    </Disclosure>
  )
}

function Opened({ home }: { readonly home: string }) {
  const calendars = useCalendars(home)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <p className="text-body text-muted">
        <Trans>
          An automation can go by what stands in a calendar. Whoever may read automations sees what comes
          next. It is read here alone.
        </Trans>
      </p>
      {calendars.data ? (
        <ul className="grid gap-2 empty:hidden">
          {calendars.data.map((each) => (
            <Row key={each.id} home={home} calendar={each} />
          ))}
        </ul>
      ) : calendars.error ? (
        <QueryError error={calendars.error} retry={calendars.refetch} />
      ) : (
        <BlockSkeleton />
      )}
      <Add home={home} />
    </div>
  )
}

function Row({
  home,
  calendar: { id, name, events, unread, source },
}: {
  readonly home: string
  readonly calendar: CalendarView
}) {
  const [asks, setAsks] = useState(false)
  const [ics, setIcs] = useState('')
  const { remove, replace } = useChangeCalendars(home)
  const { live } = useConnection()
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-2 rounded-card border border-line bg-surface p-3">
      <bdi className="text-card wrap-anywhere">{name}</bdi>
      <p className="text-state text-muted">
        {plural(events, { one: '# event', other: '# events' })}
        {unread > 0 &&
          ` · ${plural(unread, { one: '# is not understood and sets nothing off', other: '# are not understood and set nothing off' })}`}
      </p>
      {source !== undefined && <SourceState source={source} />}
      <Disclosure title={t`What comes next in “${name}”`}>
        <Coming home={home} calendar={id} />
      </Disclosure>
      <Disclosure title={t`Change “${name}”`}>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
          <ChangeAddress home={home} calendar={id} source={source} />
          <PastedFile
            label={source === undefined ? t`A newer file` : t`A file in place of the address`}
            value={ics}
            onChange={setIcs}
            accept={accept}
            mostBytes={mostBytes}
          />
          <Refused error={replace.error} />
          <div className="flex flex-wrap gap-3">
            <Button
              isDisabled={!live || ics.trim() === '' || replace.isPending}
              onPress={() => replace.mutate({ calendar: id, ics }, { onSuccess: () => setIcs('') })}
            >
              <Trans>Take it in</Trans>
            </Button>
            <Button variant="danger" isDisabled={!live} onPress={() => setAsks(true)}>
              {t`Remove “${name}”`}
            </Button>
          </div>
          <Failure error={remove.error} />
        </div>
      </Disclosure>
      <Confirm
        open={asks}
        title={t`Remove “${name}”?`}
        verb={t`Remove`}
        busy={remove.isPending}
        onClose={() => setAsks(false)}
        onConfirm={() => remove.mutate(id, { onSettled: () => setAsks(false) })}
      >
        <p>
          <Trans>Everything that stands in it goes, and automations that go by it do nothing any more.</Trans>
        </p>
      </Confirm>
    </li>
  )
}
const accept = ['.ics', 'text/calendar'] as const
const mostBytes = 1_000_000

function Coming({ home, calendar }: { readonly home: string; readonly calendar: string }) {
  const { data, error, refetch } = useComing(home, calendar)
  if (error) return <QueryError error={error} retry={refetch} />
  if (!data) return <BlockSkeleton />
  if (data.length === 0)
    return (
      <p className="text-muted">
        <Trans>Nothing in the next two months.</Trans>
      </p>
    )
  return (
    <ul className="grid gap-1">
      {data.map(({ title, start }) => (
        <li key={`${start}${title}`} className="wrap-anywhere">
          {dateAndTime(start)} · <bdi>{title}</bdi>
        </li>
      ))}
    </ul>
  )
}

function Add({ home }: { readonly home: string }) {
  const [name, setName] = useState('')
  const [by, setBy] = useState<'file' | 'address'>('file')
  const [ics, setIcs] = useState('')
  const [address, setAddress] = useState('')
  const { add, addByAddress } = useChangeCalendars(home)
  const { live } = useConnection()
  const typed = by === 'file' ? ics : address
  const onSuccess = (): void => {
    setName('')
    setIcs('')
    setAddress('')
  }
  const bring = (): void =>
    by === 'file'
      ? add.mutate({ name: name.trim(), ics }, { onSuccess })
      : addByAddress.mutate({ name: name.trim(), address: address.trim() }, { onSuccess })
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <TextField label={t`Name of a new calendar`} value={name} maxLength={80} onChange={setName} />
      <Segmented
        label={t`How it comes in`}
        options={[
          { id: 'file', name: t`As a file` },
          { id: 'address', name: t`By its address` },
        ]}
        value={by}
        onChange={setBy}
      />
      {by === 'file' ? (
        <>
          <PastedFile
            label={t`Its file`}
            value={ics}
            onChange={setIcs}
            accept={accept}
            mostBytes={mostBytes}
            hint={t`An iCalendar file (.ics), as calendars export it`}
          />
          <Refused error={add.error} />
        </>
      ) : (
        <AddressField
          label={t`Its address`}
          value={address}
          onChange={setAddress}
          error={addByAddress.error}
        />
      )}
      <div>
        <Button
          isDisabled={
            !live || name.trim() === '' || typed.trim() === '' || add.isPending || addByAddress.isPending
          }
          onPress={bring}
        >
          <Trans>Bring it in</Trans>
        </Button>
      </div>
    </div>
  )
}
/** What is wrong with the file, where that is what it is. */
function Refused({ error }: { readonly error: Error | null }) {
  const fault = isProblem(error, 'input.invalid')
    ? error.errors.find(({ path }) => path === 'ics')
    : undefined
  if (fault === undefined) return <Failure error={error} />
  return (
    <p role="alert" className="text-state text-alert">
      {faultWord(fault.code)}
    </p>
  )
}
