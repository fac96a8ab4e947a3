import type { HistoryRolled } from '@eaves/model/api'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useRolled, type HistoryOf } from '../../data/history.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { LineSkeleton } from '../../ui/skeleton.tsx'
import { duration } from '../../words/later/duration.ts'
import { list } from '../../words/time.ts'
import { stateWord } from './sentence.ts'
import { finenessOf, type Span } from './span.ts'
import { formatLocale } from '../../words/formats.ts'

interface TableProps {
  readonly home: string
  readonly of: HistoryOf
  readonly span: Span
  readonly zone: string
  readonly title: string
  readonly format: (value: number) => string
}
/** The same as numbers, fetched once somebody wants them. */
export function Table(props: TableProps) {
  const { home, of, span } = props
  const [isOpen, setOpen] = useState(false)
  const { data, error, refetch } = useRolled(home, of, span, finenessOf[span.kind].table, isOpen)
  return (
    <details
      className="min-w-0 flex-1 open:basis-full"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="inline-flex min-h-11 cursor-pointer items-center text-state text-accent">
        <Trans>As a table</Trans>
      </summary>
      {data ? (
        <Rows {...props} rolled={data} />
      ) : error ? (
        <QueryError error={error} retry={refetch} />
      ) : (
        <LineSkeleton />
      )}
    </details>
  )
}

function Rows({ of, span, zone, title, format, rolled }: TableProps & { readonly rolled: HistoryRolled }) {
  const when = new Intl.DateTimeFormat(formatLocale(), {
    timeZone: zone,
    ...(finenessOf[span.kind].table === 'hour'
      ? { hour: 'numeric', minute: '2-digit' }
      : { dateStyle: 'medium' }),
  })
  const isNumber = rolled.states === undefined
  const heads = isNumber ? [t`Lowest`, t`Mean`, t`Highest`] : [t`How long`]
  const rows = rolled.states
    ? rolled.states.map(([at, states]) => [at, [timesOf(of, states)]] as const)
    : rolled.points.map(([at, min, mean, max]) => [at, [min, mean, max].map(format)] as const)
  return (
    <table className="tabular w-full text-state">
      <caption className="sr-only">{title}</caption>
      <thead>
        <tr className="border-b border-line text-muted">
          <th scope="col" className="py-2 pe-2 text-start">
            <Trans>Time</Trans>
          </th>
          {heads.map((head) => (
            <th key={head} scope="col" className="py-2 ps-2 text-end">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([at, cells]) => (
          <tr key={at} className="border-b border-line last:border-0">
            <th scope="row" className="py-2 pe-2 text-start font-normal whitespace-nowrap">
              {when.format(at)}
            </th>
            {cells.map((cell, i) => (
              <td key={heads[i]} className="py-2 ps-2 text-end">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
const timesOf = (of: HistoryOf, states: Readonly<Record<string, number>>): string =>
  list(
    Object.entries(states)
      .filter(([, seconds]) => seconds >= 1)
      .toSorted((a, b) => b[1] - a[1])
      .map(([state, seconds]) => `${stateWord(of, state)} ${duration(seconds * 1_000)}`),
  )
