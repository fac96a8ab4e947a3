import type { DeviceView } from '@eaves/model'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useVacationPlan } from '../../data/vacation.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { formatLocale } from '../../words/formats.ts'

/** This evening, turn by turn. */
export function Preview({
  home,
  version,
  zone,
  devices,
}: {
  readonly home: string
  readonly version: number
  readonly zone: string
  readonly devices: readonly DeviceView[]
}) {
  const { data, error, refetch } = useVacationPlan(home, version)
  if (!data) return error ? <QueryError error={error} retry={refetch} /> : <BlockSkeleton />
  const clock = new Intl.DateTimeFormat(formatLocale(), {
    timeZone: zone,
    hour: 'numeric',
    minute: '2-digit',
  })
  const like =
    data.like === undefined
      ? ''
      : new Intl.DateTimeFormat(formatLocale(), { timeZone: 'UTC', dateStyle: 'full' }).format(
          Date.parse(`${data.like}T12:00:00Z`),
        )
  return (
    <section aria-labelledby="tonight" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h2 id="tonight" className="text-group">
        <Trans>This evening</Trans>
      </h2>
      {data.switches.length === 0 ? (
        <p className="text-body text-muted">
          <Trans>
            Nothing: of the same weekday in the last four weeks no evening is known on which these lamps were
            on.
          </Trans>
        </p>
      ) : (
        <>
          <p className="text-body text-muted">
            <Trans>As on {like}, each moved by up to a quarter of an hour.</Trans>
          </p>
          <ol className="divide-y divide-line rounded-card border border-line bg-surface px-4">
            {data.switches.map(({ at, device, on }) => {
              const name = devices.find(({ id }) => id === device)?.name ?? t`A lamp`
              return (
                <li key={`${at} ${device} ${String(on)}`} className="flex gap-4 py-2.5">
                  <time dateTime={at} className="tabular w-20 shrink-0 text-muted">
                    {clock.format(Date.parse(at))}
                  </time>
                  <span className="min-w-0 wrap-anywhere">
                    {on ? <Trans>{name} goes on</Trans> : <Trans>{name} goes off</Trans>}
                  </span>
                </li>
              )
            })}
          </ol>
        </>
      )}
    </section>
  )
}
