import { plural, t } from '@lingui/core/macro'
import { useHome } from '../../data/homes.ts'
import { useHistory, type HistoryOf } from '../../data/history.ts'
import { duration } from '../../words/later/duration.ts'
import { formatReading } from '../../words/values.ts'
import { clockTime } from '../../words/time.ts'
import { hoursOf, spansOf, totalMs, youngMs } from './chart-shape.ts'

const day = 24
/** When it was on during the last day, or as much of it as is known, as one bar and in a sentence. */
export function HistoryStrip(props: { readonly home: string; readonly of: HistoryOf }) {
  // Guests and wall panels learn nothing of what was.
  return useHome(props.home)?.verbs.includes('history.read') ? <Strip {...props} /> : null
}

function Strip({ home, of }: { readonly home: string; readonly of: HistoryOf }) {
  const { data, dataUpdatedAt: toMs } = useHistory(home, of, day)
  // Before the first point nothing is known, so a record that has only begun says nothing about a day.
  if (!data?.points[0] || toMs - data.points[0][0] < youngMs) return null
  const hours = hoursOf(data.points, toMs)
  const fromMs = toMs - hours * 3_600_000
  const spans = spansOf(data.points, { fromMs, toMs })
  const state = formatReading(of.capability, of.attribute, true)
  const total = duration(totalMs(spans))
  const lately = plural(hours, { one: 'last hour', other: 'last # hours' })
  const sentence =
    spans.length === 0 ? t`${state}: not in the ${lately}` : t`${state}: ${total} in the ${lately}`
  return (
    <figure className="grid gap-2">
      <figcaption className="text-state text-muted">{sentence}</figcaption>
      <div aria-hidden data-track className="relative h-6 overflow-hidden rounded-control bg-surface-2">
        {spans.map((span) => (
          <span
            key={span.fromMs}
            className="absolute inset-y-0 bg-accent"
            style={{ insetInlineStart: `${span.start}%`, width: `max(${span.size}%, 2px)` }}
          />
        ))}
      </div>
      <div aria-hidden className="tabular flex justify-between text-caption text-muted">
        <span>{clockTime(fromMs)}</span>
        <span>{clockTime(fromMs + (toMs - fromMs) / 2)}</span>
        <span>{t`now`}</span>
      </div>
    </figure>
  )
}
