import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { ChartLine, ChevronLeft, ChevronRight } from 'lucide-react'
import { lazy, Suspense, useMemo } from 'react'
import { useDevices } from '../../data/devices.ts'
import { idOf, useHistoryValues } from '../../data/history.ts'
import { useCan, useHome } from '../../data/homes.ts'
import { paths } from '../../paths.ts'
import { Back } from '../../shell/back.tsx'
import { NotFound } from '../../shell/not-found.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { IconButton } from '../../ui/native-button.tsx'
import { SearchSelect } from '../../ui/search-select.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Switch } from '../../ui/switch.tsx'
import { addressOf, askedBy, mostValues, ofId, type Asked } from './address.ts'
import { nameOf } from './names.ts'
import { dateIn, spanAt, spanBeside, spanName, type Span, type SpanKind } from './span.ts'
import { ValueCard } from './value-card.tsx'

const Bring = lazy(async () => ({ default: (await import('./bring.tsx')).Bring }))
const Space = lazy(async () => ({ default: (await import('./space.tsx')).Space }))

export function Screen() {
  const { home, page } = useParams({ strict: false }) as { home: string; page?: string }
  if (page === undefined) return <History home={home} />
  const Page = page === 'space' ? Space : page === 'import' ? Bring : undefined
  if (!Page) return <NotFound />
  return (
    <Suspense fallback={<BlockSkeleton />}>
      <Page home={home} />
    </Suspense>
  )
}

/** What was: any values of the home over a day, week, month or year, beside the one before. */
function History({ home }: { readonly home: string }) {
  const place = useHome(home)
  useTitle(t`History`)
  return (
    <div className="grid max-w-[64rem] grid-cols-[minmax(0,1fr)] gap-6">
      <header className="grid gap-1">
        <Back to={paths.home(home)}>
          <Trans>Home</Trans>
        </Back>
        <h1 className="text-display">
          <Trans>History</Trans>
        </h1>
      </header>
      {place ? <Charts home={home} zone={place.zone} /> : <BlockSkeleton />}
    </div>
  )
}

function Charts({ home, zone }: { readonly home: string; readonly zone: string }) {
  const asked = askedBy(useSearch({ strict: false }))
  const navigate = useNavigate()
  const devices = useDevices(home)
  const values = useHistoryValues(home)
  const can = useCan(home)
  // The page is as old as what it knows; which day is today changes with it.
  const nowMs = values.dataUpdatedAt
  const span = spanAt(asked.kind, zone, asked.date, nowMs)
  const show = (over: Partial<Asked>): void =>
    void navigate({ to: paths.history(home), search: addressOf({ ...asked, ...over }), replace: true })
  const named = useMemo(
    () =>
      (values.data ?? [])
        .flatMap((of) => {
          const name = nameOf(
            of,
            devices.data?.find(({ id }) => id === of.device),
          )
          return name === undefined ? [] : [{ id: idOf(of), name }]
        })
        .toSorted((a, b) => a.name.localeCompare(b.name)),
    [values.data, devices.data],
  )
  const error = devices.error ?? values.error
  if (error && !(devices.data && values.data))
    return <QueryError error={error} retry={() => Promise.all([devices.refetch(), values.refetch()])} />
  if (!devices.data || !values.data) return <BlockSkeleton />
  if (named.length === 0)
    return (
      <EmptyState
        icon={ChartLine}
        title={t`Nothing has been recorded yet`}
        action={
          can('device.edit') && (
            <LinkButton to={paths.bringValues(home)}>
              <Trans>Bring values in</Trans>
            </LinkButton>
          )
        }
      >
        <Trans>As soon as a device reports something, its course is here.</Trans>
      </EmptyState>
    )
  const chosen = new Set(asked.values.map(idOf))
  return (
    <>
      <Controls asked={asked} span={span} isLast={span.toMs > nowMs} zone={zone} show={show} />
      {chosen.size < mostValues && (
        <SearchSelect
          key={chosen.size}
          label={t`Add a value`}
          options={named.filter(({ id }) => !chosen.has(id))}
          value=""
          onChange={(id) => {
            const of = ofId(id)
            if (of) show({ values: [...asked.values, of] })
          }}
        />
      )}
      {asked.values.length === 0 && (
        <EmptyState icon={ChartLine} title={t`Choose what to look at`}>
          <Trans>Up to six values of any devices, one below the other.</Trans>
        </EmptyState>
      )}
      {asked.values.map((of) => (
        <ValueCard
          key={idOf(of)}
          home={home}
          of={of}
          title={
            nameOf(
              of,
              devices.data.find(({ id }) => id === of.device),
            ) ?? t`A device that is gone`
          }
          span={span}
          zone={zone}
          compare={asked.compare}
          onRemove={() => show({ values: asked.values.filter((each) => idOf(each) !== idOf(of)) })}
        />
      ))}
    </>
  )
}

function Controls({
  asked,
  span,
  isLast,
  zone,
  show,
}: {
  readonly asked: Asked
  readonly span: Span
  readonly isLast: boolean
  readonly zone: string
  readonly show: (over: Partial<Asked>) => void
}) {
  const go = (way: -1 | 1): void => show({ date: dateIn(zone, spanBeside(span, zone, way).fromMs) })
  const kinds: { readonly id: SpanKind; readonly name: string }[] = [
    { id: 'day', name: t`Day` },
    { id: 'week', name: t`Week` },
    { id: 'month', name: t`Month` },
    { id: 'year', name: t`Year` },
  ]
  return (
    <div className="grid gap-3 xl:grid-cols-[minmax(0,20rem)_minmax(0,1fr)_auto] xl:items-center">
      <Segmented label={t`Span`} options={kinds} value={asked.kind} onChange={(kind) => show({ kind })} />
      <div className="flex items-center justify-between gap-2 xl:justify-center">
        <IconButton icon={ChevronLeft} label={t`Earlier`} onPress={() => go(-1)} />
        <p aria-live="polite" className="tabular text-center text-card">
          {spanName(span, zone)}
        </p>
        <IconButton icon={ChevronRight} label={t`Later`} isDisabled={isLast} onPress={() => go(1)} />
      </div>
      <Switch selected={asked.compare} onChange={(compare) => show({ compare })}>
        <Trans>Compare with the span before</Trans>
      </Switch>
    </div>
  )
}
