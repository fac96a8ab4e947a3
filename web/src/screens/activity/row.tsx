import { Plural } from '@lingui/react/macro'
import type { TimelineEntry } from '@eaves/model/api'
import { Link } from '@tanstack/react-router'
import { CircleDot, Hand, WandSparkles, Workflow } from 'lucide-react'
import { useCan } from '../../data/homes.ts'
import { paths } from '../../paths.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Icon, type LucideIcon } from '../../ui/icon.tsx'
import { commandWords, endOf, hasFailed, whatWords, whoWords, type Known } from './sentence.ts'
import { formatLocale } from '../../words/formats.ts'

const icons: Readonly<Record<TimelineEntry['kind'], LucideIcon>> = {
  command: Hand,
  run: Workflow,
  scene: WandSparkles,
  change: CircleDot,
}
function isFailed(entry: TimelineEntry): boolean {
  if (entry.kind === 'scene') return entry.commands.some(hasFailed)
  return entry.kind === 'command' ? hasFailed(entry) : entry.kind === 'run' && entry.result === 'failed'
}

interface RowProps {
  readonly home: string
  readonly entry: TimelineEntry
  readonly known: Known
  readonly zone: string
}
/** One thing that happened; under a scene, what it told each device. */
export function TimelineRow(props: RowProps) {
  const { home, entry, known } = props
  if (entry.kind !== 'scene') return <Line {...props} />
  return (
    <>
      <Line {...props} />
      <div className="ps-18 pe-4 pb-2">
        <Disclosure title={<Plural value={entry.commands.length} one="# change" other="# changes" />}>
          <ul className="grid pb-2">
            {entry.commands.map((each) => (
              <li key={each.id}>
                <Link
                  to={paths.device(home, each.device)}
                  className="press grid min-h-11 content-center wrap-anywhere"
                >
                  <span>{commandWords(each, known)}</span>
                  {endOf(each) !== undefined && (
                    <span className="text-state font-normal text-muted">{endOf(each)}</span>
                  )}
                </Link>
              </li>
            ))}
          </ul>
        </Disclosure>
      </div>
    </>
  )
}

/** It leads to the run, the scene or the device. */
function Line({ home, entry, known, zone }: RowProps) {
  const can = useCan(home)
  const to =
    entry.kind === 'run'
      ? paths.automations(home, `/${entry.automation}/runs/${entry.id}`)
      : entry.kind === 'scene'
        ? paths.scenes(home, can('scene.edit') ? `/${entry.scene}` : '')
        : paths.device(home, entry.device)
  return (
    <Link to={to} className="press flex min-h-16 items-center gap-4 px-4 py-2.5">
      <span
        {...(isFailed(entry) ? { 'data-tint': 'warn' } : {})}
        className={
          isFailed(entry)
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
  new Intl.DateTimeFormat(formatLocale(), { timeZone: zone, hour: 'numeric', minute: '2-digit' }).format(ms)
