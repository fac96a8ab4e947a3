import type { HistoryRolled, HistoryStatistics } from '@eaves/model/api'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { ChartLine, Download, X } from 'lucide-react'
import { lazy, Suspense, useMemo } from 'react'
import { exportAddress, idOf, useRolled, useStatistics, type HistoryOf } from '../../data/history.ts'
import { useCan } from '../../data/homes.ts'
import { useOnline } from '../../data/online.ts'
import { paths } from '../../paths.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { buttonLook } from '../../ui/button-look.ts'
import { IconButton } from '../../ui/native-button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { percent } from '../../words/numbers.ts'
import { sentences } from '../../words/time.ts'
import { NotKept, StopKeeping, useIsUnkept } from './keep.tsx'
import { asShare, columnsOf } from './plot-data.ts'
import { formatOf, sentenceOf } from './sentence.ts'
import { finenessOf, spanBeside, type Span } from './span.ts'
import { Table } from './table.tsx'

const Plot = lazy(async () => ({ default: (await import('./plot.tsx')).Plot }))

interface CardProps {
  readonly home: string
  readonly of: HistoryOf
  readonly title: string
  readonly span: Span
  readonly zone: string
  readonly compare: boolean
  readonly onRemove: () => void
}
/** One value over the span: a chart, a sentence, the same as a table, and as a file. */
export function ValueCard(props: CardProps) {
  const { home, of, title, onRemove } = props
  const can = useCan(home)
  const isUnkept = useIsUnkept(home, of)
  return (
    <section
      aria-label={title}
      className="grid grid-cols-[minmax(0,1fr)] gap-3 rounded-card border border-line bg-surface p-4"
    >
      <div className="flex items-start justify-between gap-2">
        <h2 className="text-card wrap-anywhere">
          <bdi>{title}</bdi>
        </h2>
        <div className="-mt-2 -me-2 flex">
          <IconButton icon={X} label={t`Take ${title} off the page`} onPress={onRemove} />
        </div>
      </div>
      {isUnkept && <NotKept home={home} of={of} name={title} />}
      <Chart {...props} />
      {can('device.edit') && !isUnkept && (
        <div className="-mb-2 flex flex-wrap justify-end">
          <StopKeeping home={home} of={of} name={title} />
          <LinkButton to={paths.bringValues(home)} search={{ v: idOf(of) }} variant="quiet">
            <Trans>Bring values in</Trans>
          </LinkButton>
        </div>
      )}
    </section>
  )
}

function Chart(props: CardProps) {
  const { home, of, span, compare } = props
  const rolled = useRolled(home, of, span, finenessOf[span.kind].chart)
  const statistics = useStatistics(home, of, span, compare)
  const error = rolled.error ?? statistics.error
  if (error && !(rolled.data && statistics.data))
    return <QueryError error={error} retry={() => Promise.all([rolled.refetch(), statistics.refetch()])} />
  if (!rolled.data || !statistics.data) return <BlockSkeleton />
  if (statistics.data.knownSeconds === 0 && statistics.data.values === 0 && !compare)
    return (
      <EmptyState icon={ChartLine} title={t`Nothing is known of this span`}>
        <Trans>No value came from the device, or what came has been deleted since.</Trans>
      </EmptyState>
    )
  return <Drawn {...props} rolled={rolled.data} statistics={statistics.data} />
}

interface DrawnProps extends CardProps {
  readonly rolled: HistoryRolled
  readonly statistics: HistoryStatistics
}
function Drawn({ home, of, title, span, zone, compare, rolled, statistics }: DrawnProps) {
  const { type, unit } = statistics
  const { capability, attribute } = of
  const isShare = type === 'boolean'
  const previous = spanBeside(span, zone, -1)
  const earlier = useRolled(home, of, previous, finenessOf[span.kind].chart, compare).data
  const moveMs = span.fromMs - previous.fromMs
  const now = useMemo(() => columnsOf(isShare ? asShare(rolled) : rolled), [rolled, isShare])
  const before = useMemo(
    () => (compare && earlier ? columnsOf(isShare ? asShare(earlier) : earlier, moveMs) : undefined),
    [compare, earlier, isShare, moveMs],
  )
  const format = useMemo(() => formatOf({ capability, attribute }, unit), [capability, attribute, unit])
  const isOnline = useOnline()
  const sentence = sentenceOf(of, statistics, span.kind)
  const fileOf = (as: 'csv' | 'parquet') => ({
    className: buttonLook('quiet', false),
    href: exportAddress(home, of, span, as),
    download: `${capability}-${attribute}.${as}`,
  })
  return (
    <figure className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {type !== 'choice' && (
        <Suspense fallback={<BlockSkeleton />}>
          <Plot
            now={now}
            before={before}
            kind={span.kind}
            fromMs={span.fromMs}
            toMs={span.toMs}
            zone={zone}
            isShare={isShare}
            format={isShare ? percent : format}
            label={`${title}. ${sentence}`}
          />
        </Suspense>
      )}
      <figcaption className="text-state text-muted">
        {sentences([
          ...(isShare ? [t`Share of the time.`] : []),
          sentence,
          ...(compare && type !== 'choice' ? [t`The dashed line is the span before.`] : []),
        ])}
      </figcaption>
      <div className="flex flex-wrap items-start justify-between gap-2">
        <Table home={home} of={of} span={span} zone={zone} title={title} format={format} />
        {isOnline && (
          <div className="flex flex-wrap">
            <a {...fileOf('csv')}>
              <Icon of={Download} size={18} />
              <Trans>Save as CSV</Trans>
            </a>
            <a {...fileOf('parquet')}>
              <Icon of={Download} size={18} />
              <Trans>Save as Parquet</Trans>
            </a>
          </div>
        )}
      </div>
    </figure>
  )
}
