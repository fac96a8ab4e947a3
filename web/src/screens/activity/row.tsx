import { i18n } from '@lingui/core'
import { Plural } from '@lingui/react/macro'
import type { TimelineEntry } from '@eaves/model/api'
import { Link } from '@tanstack/react-router'
import { CircleDot, Hand, Workflow } from 'lucide-react'
import { paths } from '../../paths.ts'
import { Icon, type LucideIcon } from '../../ui/icon.tsx'
import { whatWords, whoWords, type Known } from './sentence.ts'

const icons: Readonly<Record<TimelineEntry['kind'], LucideIcon>> = {
  command: Hand,
  run: Workflow,
  change: CircleDot,
}
const hasFailed = (entry: TimelineEntry): boolean =>
  entry.kind === 'command'
    ? entry.status === 'failed' || entry.status === 'timed-out'
    : entry.kind === 'run' && entry.result === 'failed'

/** One thing that happened; it leads to the run or the device. */
export function TimelineRow({
  home,
  entry,
  known,
  zone,
}: {
  readonly home: string
  readonly entry: TimelineEntry
  readonly known: Known
  readonly zone: string
}) {
  const to =
    entry.kind === 'run'
      ? paths.automations(home, `/${entry.automation}/runs/${entry.id}`)
      : paths.device(home, entry.device)
  return (
    <Link to={to} className="press flex min-h-16 items-center gap-4 px-4 py-2.5">
      <span
        {...(hasFailed(entry) ? { 'data-tint': 'warn' } : {})}
        className={
          hasFailed(entry)
            ? 'flex size-10 shrink-0 items-center justify-center rounded-control bg-tint text-tint-ink'
            : 'flex size-10 shrink-0 items-center justify-center rounded-control bg-surface-2 text-muted'
        }
      >
        <Icon of={icons[entry.kind]} size={20} />
      </span>
      <span className="grid min-w-0 grow grid-cols-[minmax(0,1fr)] gap-0.5">
        <span className="text-card wrap-anywhere">{whatWords(entry, known)}</span>
        <span className="text-state font-normal wrap-anywhere text-muted">
          {whoWords(entry, known)}
          {entry.kind === 'run' && entry.folded !== undefined && (
            <>
              {' · '}
              <Plural value={entry.folded} one="and # more right after" other="and # more right after" />
            </>
          )}
        </span>
      </span>
      <time dateTime={entry.at} className="tabular shrink-0 text-state text-muted">
        {timeIn(zone, Date.parse(entry.at))}
      </time>
    </Link>
  )
}

/** The hour on the wall of the home. */
const timeIn = (zone: string, ms: number): string =>
  new Intl.DateTimeFormat(i18n.locale, { timeZone: zone, hour: 'numeric', minute: '2-digit' }).format(ms)
