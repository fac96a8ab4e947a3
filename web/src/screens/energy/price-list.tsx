import type { MeterView, PriceListView } from '@eaves/model/api'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { isProblem } from '../../data/api.ts'
import { useConnection } from '../../data/connection.ts'
import { useChangePriceList, usePriceLists } from '../../data/energy.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { ago, dateAndTime } from '../../words/time.ts'
import { listFailure } from './list-failures.ts'

interface PriceListProps {
  readonly home: string
  readonly meter: MeterView
}
/** Where the list of prices is read from; it can be named once a price that goes by one is saved. */
export function PriceList({ home, meter }: PriceListProps) {
  const lists = usePriceLists(home)
  if (meter.tariffs.every(({ list }) => list === undefined))
    return (
      <p className="text-state text-muted">
        <Trans>Once this price is saved, you can say here from where the list is read.</Trans>
      </p>
    )
  if (lists.error) return <QueryError error={lists.error} retry={lists.refetch} />
  if (!lists.data) return <BlockSkeleton />
  return <Named home={home} meter={meter} list={lists.data.find((each) => each.meter === meter.id)} />
}

function Named({ home, meter, list }: PriceListProps & { readonly list: PriceListView | undefined }) {
  const [address, setAddress] = useState('')
  const { readFrom, readNow, drop } = useChangePriceList(home, meter.id)
  const { live } = useConnection()
  const fault = isProblem(readFrom.error, 'input.invalid')
    ? readFrom.error.errors.find(({ path }) => path === 'address')
    : undefined
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-3 border-t border-line pt-4">
      {list !== undefined && (
        <>
          <State list={list} />
          <div className="flex flex-wrap gap-3">
            <Button isDisabled={!live || readNow.isPending} onPress={() => readNow.mutate()}>
              <Trans>Read it now</Trans>
            </Button>
            <Button variant="quiet" isDisabled={!live || drop.isPending} onPress={() => drop.mutate()}>
              <Trans>Read it no more</Trans>
            </Button>
          </div>
          <Failure error={readNow.error ?? drop.error} />
        </>
      )}
      <TextField
        label={list === undefined ? t`Address of the list` : t`Another address`}
        value={address}
        inputMode="url"
        autoComplete="off"
        maxLength={2_000}
        hint={t`It begins with https://. Your server asks there every hour; the address is not shown again.`}
        error={fault && listFailure(fault.code)}
        onChange={setAddress}
      />
      {fault === undefined && <Failure error={readFrom.error} />}
      <div>
        <Button
          isDisabled={!live || address.trim() === '' || readFrom.isPending}
          onPress={() => readFrom.mutate(address.trim(), { onSuccess: () => setAddress('') })}
        >
          <Trans>Read it from there</Trans>
        </Button>
      </div>
    </section>
  )
}

/** When it was last read, how far it reaches, and why it does not. */
function State({
  list: { host, fetchedAt, until, failure, failingSince },
}: {
  readonly list: PriceListView
}) {
  const when = ago(fetchedAt)
  return (
    <>
      <p className="text-state wrap-anywhere text-muted">
        <Trans>
          From {host} · read {when}
        </Trans>
      </p>
      {until !== undefined && (
        <p className="text-state text-muted">{t`Prices are known until ${dateAndTime(until)}.`}</p>
      )}
      {failure !== undefined && failingSince !== undefined && (
        <p className="text-state text-alert">
          {t`Not read since ${dateAndTime(failingSince)}: ${listFailure(failure)} What was read last still counts.`}
        </p>
      )}
    </>
  )
}
