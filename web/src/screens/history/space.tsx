import type { HistorySpace } from '@eaves/model/api'
import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Database } from 'lucide-react'
import { useDevices } from '../../data/devices.ts'
import { idOf, useHistorySpace, useUnkept } from '../../data/history.ts'
import { useCan } from '../../data/homes.ts'
import { paths } from '../../paths.ts'
import { Back } from '../../shell/back.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { StopKeeping, Unkept } from './keep.tsx'
import { nameOf } from './names.ts'
import { formatLocale } from '../../words/formats.ts'

/** What the histories of a home take, device by device, the largest first. */
export function Space({ home }: { readonly home: string }) {
  const space = useHistorySpace(home)
  const can = useCan(home)
  useTitle(t`What takes space`)
  return (
    <div className="grid max-w-[48rem] grid-cols-[minmax(0,1fr)] gap-6">
      <header className="grid gap-1">
        <Back to={paths.mine('home')}>
          <Trans>Home settings</Trans>
        </Back>
        <h1 className="text-display">
          <Trans>What takes space</Trans>
        </h1>
        <p className="text-body text-muted">
          <Trans>
            Values are kept as they came for 30 days, by the hour for 13 months, and measurements by the day
            for 10 years. Movement, doors and locks are not added up: they are gone after 30 days.
          </Trans>
        </p>
        {can('device.edit') && (
          <div>
            <LinkButton to={paths.bringValues(home)}>
              <Trans>Bring values in</Trans>
            </LinkButton>
          </div>
        )}
      </header>
      <Unkept home={home} />
      {space.error && !space.data ? (
        <QueryError error={space.error} retry={space.refetch} />
      ) : !space.data ? (
        <BlockSkeleton />
      ) : space.data.devices.length === 0 ? (
        <EmptyState icon={Database} title={t`Nothing has been recorded yet`} />
      ) : (
        <Found home={home} space={space.data} />
      )}
    </div>
  )
}

function Found({ home, space }: { readonly home: string; readonly space: HistorySpace }) {
  const devices = useDevices(home)
  const most = space.devices[0]?.bytes ?? 1
  const total = inBytes(space.bytes)
  const rows = new Intl.NumberFormat(formatLocale()).format(space.rows)
  const count = plural(space.devices.length, { one: '# device', other: '# devices' })
  return (
    <>
      <p className="text-body">{t`About ${total} in ${rows} rows, of ${count}.`}</p>
      <ul className="divide-y divide-line rounded-card border border-line bg-surface">
        {space.devices.map((each) => {
          const device = devices.data?.find(({ id }) => id === each.device)
          return (
            <li key={each.device} className="grid gap-2 p-4">
              <div className="flex items-baseline justify-between gap-4">
                <h2 className="text-card wrap-anywhere">
                  <bdi>{device?.name ?? t`A device that is gone`}</bdi>
                </h2>
                <span className="tabular text-state whitespace-nowrap">{inBytes(each.bytes)}</span>
              </div>
              <div aria-hidden className="h-1.5 overflow-hidden rounded-pill bg-surface-2">
                <div
                  className="h-full rounded-pill bg-accent"
                  style={{ inlineSize: `max(2px, ${(100 * each.bytes) / most}%)` }}
                />
              </div>
              <Values home={home} device={each} />
            </li>
          )
        })}
      </ul>
    </>
  )
}

function Values({
  home,
  device,
}: {
  readonly home: string
  readonly device: HistorySpace['devices'][number]
}) {
  const view = useDevices(home).data?.find(({ id }) => id === device.device)
  const unkept = new Set((useUnkept(home).data ?? []).map(idOf))
  return (
    <details>
      <summary className="inline-flex min-h-11 cursor-pointer items-center text-state text-accent">
        {plural(device.values.length, { one: '# value', other: '# values' })}
      </summary>
      <ul className="grid gap-3 pb-2">
        {device.values.map((value) => {
          const of = { device: device.device, ...value }
          const name = nameOf(of, view) ?? value.attribute
          const bytes = inBytes(value.bytes)
          const perDay = plural(value.perDay, { one: '# value a day', other: '# values a day' })
          return (
            <li key={idOf(of)} className="flex flex-wrap items-center justify-between gap-2">
              <div className="min-w-0 flex-[1_1_14rem] wrap-anywhere">
                <p className="text-body">
                  <bdi>{name}</bdi>
                </p>
                <p className="tabular text-state text-muted">
                  {bytes} · {perDay}
                </p>
              </div>
              {view && (
                <div className="flex flex-wrap">
                  <LinkButton to={paths.history(home)} search={{ v: idOf(of), span: 'week' }} variant="quiet">
                    <Trans>Look at it</Trans>
                  </LinkButton>
                  {!unkept.has(idOf(of)) && <StopKeeping home={home} of={of} name={name} />}
                </div>
              )}
            </li>
          )
        })}
      </ul>
    </details>
  )
}

const unitsOf = ['kilobyte', 'kilobyte', 'megabyte', 'gigabyte'] as const
function inBytes(bytes: number): string {
  const power = Math.min(3, Math.max(1, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  return new Intl.NumberFormat(formatLocale(), {
    style: 'unit',
    unit: unitsOf[power]!,
    maximumFractionDigits: 1,
  }).format(bytes / 1_000 ** power)
}
