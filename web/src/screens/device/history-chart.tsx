import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { idOf, useHistory, type HistoryOf } from '../../data/history.ts'
import { paths } from '../../paths.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { formatAttribute } from '../../words/numbers.ts'
import { clockTime } from '../../words/time.ts'
import { hoursOf, lineOf, type Points } from './chart-shape.ts'

const day = 24
/** The last day of one number, or as much of it as there is: a line, a sentence, and the same as a table. */
export function HistoryChart({
  home,
  of,
  title,
}: {
  readonly home: string
  readonly of: HistoryOf
  readonly title: string
}) {
  const { data, dataUpdatedAt: toMs } = useHistory(home, of, day)
  if (!data) return null
  const hours = hoursOf(data.points, toMs)
  const line = lineOf(data.points, { fromMs: toMs - hours * 3_600_000, toMs })
  if (!line) return null
  const format = (value: number): string => formatAttribute(of.capability, of.attribute, value)
  const lately = plural(hours, { one: 'last hour', other: 'last # hours' })
  const summary = t`${title}, ${lately}: between ${format(line.min)} and ${format(line.max)}.`
  return (
    <figure className="grid gap-2">
      <figcaption className="flex justify-between gap-4 text-state text-muted">
        <span>{t`${title}, ${lately}`}</span>
        <span className="tabular">
          {format(line.min)} – {format(line.max)}
        </span>
      </figcaption>
      <svg
        role="img"
        aria-label={summary}
        viewBox="0 0 1000 100"
        preserveAspectRatio="none"
        className="h-24 w-full rounded-control bg-surface-2 text-accent"
      >
        <path
          d={line.path}
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <div aria-hidden className="tabular flex justify-between text-caption text-muted">
        <span>{clockTime(toMs - hours * 3_600_000)}</span>
        <span>{clockTime(toMs - (hours / 2) * 3_600_000)}</span>
        <span>{t`now`}</span>
      </div>
      <div className="-mt-2 flex flex-wrap items-start justify-between gap-2">
        <PointTable points={data.points} format={format} caption={title} />
        <LinkButton to={paths.history(home)} search={{ v: idOf(of), span: 'week' }} variant="quiet">
          <Trans>Look further back</Trans>
        </LinkButton>
      </div>
    </figure>
  )
}

/** At most a row per half hour, so that the table can be read. */
function PointTable({
  points,
  format,
  caption,
}: {
  readonly points: Points
  readonly format: (value: number) => string
  readonly caption: string
}) {
  const rows = [...Map.groupBy(points, ([at]) => Math.floor(at / 1_800_000)).values()]
    .flatMap((group) => group.slice(-1))
    .filter((point): point is [number, number] => typeof point[1] === 'number')
    .toReversed()
  return (
    <details className="min-w-0 flex-1 open:basis-full">
      <summary className="inline-flex min-h-11 cursor-pointer items-center text-state text-accent">
        <Trans>As a table</Trans>
      </summary>
      <table className="tabular w-full text-state">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-start text-muted">
            <th scope="col" className="py-2 text-start">
              <Trans>Time</Trans>
            </th>
            <th scope="col" className="py-2 text-end">
              <Trans>Value</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([at, value]) => (
            <tr key={at} className="border-b border-line last:border-0">
              <td className="py-2">{clockTime(at)}</td>
              <td className="py-2 text-end">{format(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
