import type { EnergyMeterReport, EnergyReport, MeterView } from '@eaves/model/api'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight, Zap } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useDevices } from '../../data/devices.ts'
import { useEnergy, useMeters, type EnergySpan } from '../../data/energy.ts'
import { useCan, useHome } from '../../data/homes.ts'
import { paths } from '../../paths.ts'
import { Back } from '../../shell/back.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import { IconButton } from '../../ui/native-button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Bars, BarTable } from './bars.tsx'
import { FlowNow } from './flow.tsx'
import { Insights } from './insights.tsx'
import { MeterForm } from './meter-form.tsx'
import { MeterRow } from './meter-row.tsx'
import { dateBeside, isDate, kinds, spanAt, type SpanKind } from './span.ts'
import { amountWords, kindName, money, sentenceOf } from './words.ts'
import { formatLocale } from '../../words/formats.ts'

const Prices = lazy(async () => ({ default: (await import('./price-card.tsx')).Prices }))

/** What the home draws, makes and uses, and what it costs. */
export function Screen() {
  const { home } = useParams({ strict: false }) as { home: string }
  const place = useHome(home)
  const meters = useMeters(home)
  useTitle(t`Energy and cost`)
  return (
    <div className="grid max-w-[48rem] grid-cols-[minmax(0,1fr)] gap-6">
      <header className="grid gap-1">
        <Back to={paths.home(home)}>
          <Trans>Home</Trans>
        </Back>
        <h1 className="text-display">
          <Trans>Energy and cost</Trans>
        </h1>
      </header>
      {meters.error && !meters.data ? (
        <QueryError error={meters.error} retry={meters.refetch} />
      ) : place && meters.data ? (
        <>
          <FlowNow home={home} meters={meters.data} />
          <Suspense fallback={null}>
            <Prices home={home} zone={place.zone} meters={meters.data} />
          </Suspense>
          <Report home={home} zone={place.zone} hasMeters={meters.data.length > 0} />
          <Meters home={home} zone={place.zone} meters={meters.data} />
        </>
      ) : (
        <BlockSkeleton />
      )}
    </div>
  )
}

type Beside = 'before' | 'year'

const today = (zone: string): string =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(Date.now())

function Report({
  home,
  zone,
  hasMeters,
}: {
  readonly home: string
  readonly zone: string
  readonly hasMeters: boolean
}) {
  const asked = useSearch({ strict: false }) as { span?: string; at?: string }
  const kind = kinds.find((each) => each === asked.span) ?? 'week'
  const [now] = useState(() => today(zone))
  const span = spanAt(kind, isDate(asked.at) ? asked.at : now)
  const navigate = useNavigate()
  const show = (next: SpanKind, date: string): void =>
    void navigate({ to: paths.energy(home), search: { span: next, at: date }, replace: true })
  const [beside, setBeside] = useState<Beside>('before')
  const { data, error, refetch } = useEnergy(home, span, beside)
  const state = error ? <QueryError error={error} retry={refetch} /> : <BlockSkeleton />
  if (!hasMeters && !data) return state
  if (!hasMeters && data?.devices.length === 0)
    return (
      <EmptyState icon={Zap} title={t`Nothing is counted yet`}>
        <Trans>
          Name below which device counts what comes into your home. Plugs that measure stand here by
          themselves.
        </Trans>
      </EmptyState>
    )
  return (
    <>
      <SpanBar kind={kind} span={span} now={now} show={show} />
      <Select
        label={t`Beside it`}
        value={beside}
        options={[
          { id: 'before', name: t`The span before` },
          { id: 'year', name: t`The same a year earlier` },
        ]}
        onChange={setBeside}
      />
      {data ? <Counted home={home} zone={zone} report={data} span={span} beside={beside} /> : state}
      <Insights home={home} zone={zone} onDay={(date) => show('day', date)} />
    </>
  )
}

/** Which span is shown; it stays where it is while another one is on its way. */
function SpanBar({
  kind,
  span,
  now,
  show,
}: {
  readonly kind: SpanKind
  readonly span: EnergySpan
  readonly now: string
  readonly show: (next: SpanKind, date: string) => void
}) {
  const names: Readonly<Record<SpanKind, string>> = {
    day: t`Day`,
    week: t`Week`,
    month: t`Month`,
    year: t`Year`,
  }
  return (
    <>
      <Segmented
        label={t`Span`}
        options={kinds.map((id) => ({ id, name: names[id] }))}
        value={kind}
        onChange={(next) => show(next, span.from <= now && now < span.to ? now : span.from)}
      />
      <div className="flex items-center justify-between gap-2">
        <IconButton icon={ChevronLeft} label={t`Earlier`} onPress={() => show(kind, dateBeside(span, -1))} />
        <p aria-live="polite" className="tabular text-center text-card">
          {spanName(kind, span)}
        </p>
        <IconButton
          icon={ChevronRight}
          label={t`Later`}
          isDisabled={span.to > now}
          onPress={() => show(kind, dateBeside(span, 1))}
        />
      </div>
    </>
  )
}

function Counted({
  home,
  zone,
  report,
  span,
  beside,
}: {
  readonly home: string
  readonly zone: string
  readonly report: EnergyReport
  readonly span: EnergySpan
  readonly beside: Beside
}) {
  return (
    <>
      <Totals report={report} />
      {report.meters.map((meter) => (
        <MeterChart
          key={meter.id}
          meter={meter}
          before={{ amount: report.compared?.meters.find(({ id }) => id === meter.id)?.amount, by: beside }}
          resolution={span.resolution}
          zone={zone}
        />
      ))}
      <Ranking home={home} report={report} />
    </>
  )
}

function spanName(kind: SpanKind, { from, to }: EnergySpan): string {
  const ms = (date: string): number => Date.parse(`${date}T12:00:00Z`)
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(formatLocale(), { timeZone: 'UTC', ...options })
  if (kind === 'year') return format({ year: 'numeric' }).format(ms(from))
  if (kind === 'month') return format({ year: 'numeric', month: 'long' }).format(ms(from))
  if (kind === 'day') return format({ dateStyle: 'full' }).format(ms(from))
  return format({ year: 'numeric', month: 'short', day: 'numeric' }).formatRange(
    ms(from),
    ms(to) - 86_400_000,
  )
}

function Totals({ report }: { readonly report: EnergyReport }) {
  if (report.usedKilowattHours === null) return null
  const used = amountWords(report.usedKilowattHours, 'kilowattHours')
  const { solarKept, withoutGrid } = report.own
  const part = new Intl.NumberFormat(formatLocale(), { style: 'percent', maximumFractionDigits: 0 })
  const [kept, own] = [part.format(solarKept ?? 0), part.format(withoutGrid ?? 0)]
  return (
    <div className="grid gap-1">
      <p className="text-section">
        <Trans>The home used {used}.</Trans>
      </p>
      {solarKept !== null && withoutGrid !== null && (
        <p className="text-state text-muted">
          <Trans>
            {kept} of what the sun made stayed here; {own} of what was used did not come from the grid.
          </Trans>
        </p>
      )}
    </div>
  )
}

function MeterChart({
  meter,
  before,
  resolution,
  zone,
}: {
  readonly meter: EnergyMeterReport
  readonly before: Parameters<typeof sentenceOf>[1]
  readonly resolution: EnergySpan['resolution']
  readonly zone: string
}) {
  const sentence = sentenceOf(meter, before)
  const [currency, ...others] = meter.costs.map((each) => each.currency)
  const inMoney =
    currency === undefined || others.length > 0 ? undefined : (value: number) => money(value, currency)
  const when = new Intl.DateTimeFormat(formatLocale(), {
    timeZone: zone,
    dateStyle: 'medium',
    timeStyle: 'short',
  })
  return (
    <section
      aria-label={meter.name}
      className="grid grid-cols-[minmax(0,1fr)] gap-3 rounded-card border border-line bg-surface p-4"
    >
      <h2 className="text-card wrap-anywhere">
        <bdi>{meter.name}</bdi>
        {kindName(meter.kind) !== meter.name && (
          <span className="block text-state text-muted">{kindName(meter.kind)}</span>
        )}
      </h2>
      {meter.amount !== null && <Bars meter={meter} label={sentence} resolution={resolution} zone={zone} />}
      <p className="text-state">{sentence}</p>
      {meter.resets.map(({ at, swap }) => {
        const time = when.format(Date.parse(at))
        return (
          <p key={at} className="text-state text-muted">
            {swap ? (
              <Trans>The meter was swapped on {time}.</Trans>
            ) : (
              <Trans>The counter began anew on {time}.</Trans>
            )}
          </p>
        )
      })}
      {meter.corrections > 0 && (
        <p className="text-state text-muted">
          <Trans>What it told was corrected here.</Trans>
        </p>
      )}
      {meter.amount !== null && (
        <BarTable meter={meter} title={meter.name} resolution={resolution} zone={zone} money={inMoney} />
      )}
    </section>
  )
}

/** The devices by what they used, the most first. */
function Ranking({ home, report }: { readonly home: string; readonly report: EnergyReport }) {
  const devices = useDevices(home).data
  const most = report.devices[0]?.kilowattHours ?? 0
  if (report.devices.length === 0) return null
  return (
    <section aria-labelledby="ranked" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 id="ranked" className="text-group">
        <Trans>Devices</Trans>
      </h2>
      <ol className="divide-y divide-line rounded-card border border-line bg-surface px-4">
        {report.devices.map(({ device, kilowattHours }) => (
          <li key={device} className="grid gap-1.5 py-3">
            <div className="flex items-baseline justify-between gap-3">
              <bdi className="text-card wrap-anywhere">
                {devices?.find(({ id }) => id === device)?.name ?? t`A device that is gone`}
              </bdi>
              <span className="tabular text-state whitespace-nowrap">
                {amountWords(kilowattHours, 'kilowattHours')}
              </span>
            </div>
            <div aria-hidden className="h-1.5 overflow-hidden rounded-full bg-surface-2">
              <div
                className="h-full bg-accent"
                style={{ width: `${most > 0 ? Math.max(0, (kilowattHours / most) * 100) : 0}%` }}
              />
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The meters with their price; whoever keeps the home changes them. */
function Meters({
  home,
  zone,
  meters,
}: {
  readonly home: string
  readonly zone: string
  readonly meters: readonly MeterView[]
}) {
  const can = useCan(home)
  const [adding, setAdding] = useState(false)
  if (!can('energy.edit') && meters.length === 0) return null
  return (
    <section aria-labelledby="meters" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 id="meters" className="text-group">
        <Trans>Meters and prices</Trans>
      </h2>
      {meters.length > 0 && (
        <ul className="divide-y divide-line rounded-card border border-line bg-surface px-4">
          {meters.map((meter) => (
            <MeterRow key={meter.id} home={home} zone={zone} meter={meter} mayEdit={can('energy.edit')} />
          ))}
        </ul>
      )}
      {can('energy.edit') && (
        <Disclosure title={t`Add a meter`} open={adding || meters.length === 0} onChange={setAdding}>
          <MeterForm home={home} meters={meters} onDone={() => setAdding(false)} />
        </Disclosure>
      )}
    </section>
  )
}
