import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { units, type DeviceDetail } from '@eaves/model'
import type { RawValue } from '@eaves/model/api'
import { useState } from 'react'
import { useRawValues } from '../../data/care.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { ago, dateAndTime } from '../../words/time.ts'

/** For the curious: each value exactly as it is held, asked for only while somebody looks. */
export function RawValues({ home, detail }: { readonly home: string; readonly detail: DeviceDetail }) {
  const [open, setOpen] = useState(false)
  return (
    <div className="rounded-card bg-surface-2 px-4">
      <Disclosure title={t`Raw values`} open={open} onChange={setOpen}>
        {open && <Values home={home} detail={detail} />}
      </Disclosure>
    </div>
  )
}

function Values({ home, detail }: { readonly home: string; readonly detail: DeviceDetail }) {
  const values = useRawValues(home, detail.id)
  if (values.error && !values.data) return <QueryError error={values.error} retry={values.refetch} />
  if (!values.data) return <BlockSkeleton />
  if (values.data.length === 0)
    return (
      <p className="pb-4 text-muted">
        <Trans>It has told nothing yet.</Trans>
      </p>
    )
  return (
    <div className="pb-4">
      <table className="w-full border-collapse text-start text-state font-normal">
        <caption className="sr-only">
          <Trans>Values of {detail.name} as they are held</Trans>
        </caption>
        <thead>
          <tr className="text-caption text-muted">
            <th scope="col" className="py-2 pe-3 text-start">
              <Trans>Name</Trans>
            </th>
            <th scope="col" className="py-2 pe-3 text-end">
              <Trans>Value</Trans>
            </th>
            <th scope="col" className="py-2 text-end">
              <Trans>Changed</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {values.data.map((entry) => (
            <Value key={`${entry.part}/${entry.capability}/${entry.attribute}`} entry={entry} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const unitSign = (unit: string): string => (units as Readonly<Record<string, string>>)[unit] ?? unit

function Value({ entry }: { readonly entry: RawValue }) {
  const { part, capability, attribute, value, unit, changedAt } = entry
  return (
    <tr className="border-t border-line align-top">
      <th scope="row" className="py-2 pe-3 text-start font-normal break-all">
        {attribute}
        <span className="block text-caption text-muted">
          {part === 'main' ? capability : `${part} · ${capability}`}
        </span>
      </th>
      <td className="tabular py-2 pe-3 text-end font-mono break-all">
        {value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value)}
        {unit !== undefined && value !== undefined && <span className="text-muted"> {unitSign(unit)}</span>}
      </td>
      <td className="py-2 text-end whitespace-nowrap text-muted">
        {changedAt === undefined ? (
          '–'
        ) : (
          <time dateTime={changedAt} title={dateAndTime(changedAt)}>
            {ago(changedAt)}
          </time>
        )}
      </td>
    </tr>
  )
}
