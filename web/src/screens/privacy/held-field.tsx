import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { Held, HeldField as Field, HeldValue } from '@eaves/model/api'
import { Link } from '@tanstack/react-router'
import { useHomes } from '../../data/homes.ts'
import { dateAndTime, list } from '../../words/time.ts'
import { correctAt } from './correct-at.ts'
import { SayWrong } from './say-wrong.tsx'

/** One field: its values first where they are open, then what for, from where, how long, and who gets it. // pp.4.4.a */
export function HeldField({
  field,
  isOpen,
  mayCorrect,
  correction,
}: {
  readonly field: Field
  readonly correction: Held['correction']
  readonly isOpen: boolean
  readonly mayCorrect: boolean
}) {
  const { values, count, withheld, purposes, source, kept, recipients, required } = field
  const homes = useHomes().data ?? []
  const homeName = (id: string): string =>
    homes.find((each) => each.id === id)?.name ?? t`A home you have left`
  const placeOf = ({ home }: HeldValue) =>
    mayCorrect
      ? correctAt(
          field.place,
          field.field,
          homes.find(({ id }) => id === home),
        )
      : undefined
  const mayAsk = mayCorrect && values.some((value) => placeOf(value) === undefined)
  const rows = [
    [t`What for`, list(purposes.map(({ name }) => name))],
    [t`Legal basis`, list([...new Set(purposes.map(({ basis }) => basis.article))])],
    [t`Where it comes from`, source.words],
    [t`Kept`, kept],
    [t`Who gets it`, recipients.length === 0 ? t`Nobody else` : list(recipients.map(({ name }) => name))],
    [t`Needed`, required ? t`Yes, Eaves does not work without it` : t`No, it is up to you`],
  ] as const
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-3 py-4">
      <div className="grid grid-cols-[minmax(0,1fr)]">
        <h2 className="text-card">{field.name}</h2>
        <code className="text-caption break-all text-muted">
          {field.place}.{field.field}
        </code>
      </div>
      {withheld !== undefined ? (
        <p className="text-state font-normal text-muted">
          {withheld} <Plural value={count} one="There is # of it." other="There are # of it." />
        </p>
      ) : !isOpen ? (
        <p className="text-state font-normal text-muted">
          <Plural value={count} one="# value" other="# values" />
        </p>
      ) : (
        <ul className="grid grid-cols-[minmax(0,1fr)] gap-1">
          {values.map((value, i) => (
            <Value key={i} field={field.field} value={value} homeName={homeName} to={placeOf(value)} />
          ))}
          {count > values.length && (
            <li className="text-state font-normal text-muted">
              <Trans>
                The newest {values.length} of {count}; the copy has all.
              </Trans>
            </li>
          )}
        </ul>
      )}
      {isOpen ? (
        (mayAsk || field.statements.length > 0) && (
          <SayWrong field={field} correction={correction} mayAsk={mayAsk} />
        )
      ) : (
        <Said count={field.said} />
      )}
      <dl className="grid gap-1 text-state font-normal">
        {rows.map(([name, text]) => (
          <div key={name} className="grid gap-x-4 sm:grid-cols-[9rem_minmax(0,1fr)]">
            <dt className="text-muted">{name}</dt>
            <dd className="wrap-anywhere">{text}</dd>
          </div>
        ))}
      </dl>
    </li>
  )
}

/** That there are words beside it, for whoever has not proved yet who they are. // pp.4.3 */
function Said({ count }: { readonly count: number }) {
  return (
    count > 0 && (
      <p className="text-state font-normal text-muted">
        <Plural value={count} one="Said once to be wrong" other="Said # times to be wrong" />
      </p>
    )
  )
}

function Value({
  field,
  value: { value, home, at, until },
  homeName,
  to,
}: {
  readonly field: string
  readonly value: HeldValue
  readonly homeName: (id: string) => string
  /** Where it is corrected. */
  readonly to: string | undefined
}) {
  const beside = [
    home === undefined ? undefined : homeName(home),
    at === undefined ? undefined : dateAndTime(at),
    until === undefined ? undefined : t`goes by itself ${dateAndTime(until)}`,
  ].filter((each) => each !== undefined)
  return (
    <li className="grid rounded-control bg-surface-2 px-3 py-2">
      <bdi className="text-body whitespace-pre-wrap wrap-anywhere">{shown(field, value)}</bdi>
      {beside.length > 0 && <span className="text-state font-normal text-muted">{beside.join(' · ')}</span>}
      {to !== undefined && (
        <Link
          to={to}
          className="inline-flex min-h-11 items-center justify-self-start underline underline-offset-2"
        >
          <Trans>Correct it</Trans>
        </Link>
      )}
    </li>
  )
}

const earliest = Date.UTC(2000, 0)
/** As a person reads it: an instant by its date, whatever has parts as it stands. */
function shown(field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return t`empty`
  if (typeof value === 'number' && /(^|_)(at|from|until|ts)$/.test(field) && value > earliest)
    return dateAndTime(value)
  if (typeof value === 'boolean') return value ? t`Yes` : t`No`
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return String(value)
  return JSON.stringify(value, undefined, 2)
}
