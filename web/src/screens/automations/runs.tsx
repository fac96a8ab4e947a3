import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { AutomationView, RunView } from '@eaves/model/api'
import { Link } from '@tanstack/react-router'
import { ChevronRight, CirclePlay } from 'lucide-react'
import { useState } from 'react'
import { useChangeAutomations, useRuns } from '../../data/automations.ts'
import { useConnection } from '../../data/connection.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Part } from '../../ui/part.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { dateAndTime } from '../../words/time.ts'
import { Dot } from './dot.tsx'
import type { Names } from './names.ts'
import { resultTone, resultWord } from './results.ts'
import { linesOf } from './trace-words.ts'

const atFirst = 10

/** What its last runs did, each of them to be opened. */
export function Runs({
  home,
  automation,
  names,
  mayRun,
}: {
  readonly home: string
  readonly automation: AutomationView
  readonly names: Names
  readonly mayRun: boolean
}) {
  const runs = useRuns(home, automation.id)
  const { run } = useChangeAutomations(home)
  const { live } = useConnection()
  const [isAll, setIsAll] = useState(false)
  return (
    <Part
      id="runs"
      title={t`Its runs`}
      lead={t`Each with what set it off, what was looked at and what was done.`}
    >
      {mayRun && (
        <div>
          <Button
            icon={CirclePlay}
            isDisabled={!live || run.isPending || !automation.enabled}
            onPress={() => run.mutate(automation.id)}
          >
            <Trans>Run it now</Trans>
          </Button>
        </div>
      )}
      <Failure error={run.error} />
      {runs.data === undefined ? (
        runs.error ? (
          <QueryError error={runs.error} retry={runs.refetch} />
        ) : (
          <BlockSkeleton />
        )
      ) : runs.data.length === 0 ? (
        <p className="text-muted">
          <Trans>It has not run yet.</Trans>
        </p>
      ) : (
        <ul className="divide-y divide-line rounded-card border border-line bg-surface">
          {runs.data.slice(0, isAll ? undefined : atFirst).map((each) => (
            <li key={each.id}>
              <RunRow home={home} automation={automation} run={each} names={names} />
            </li>
          ))}
        </ul>
      )}
      {!isAll && (runs.data?.length ?? 0) > atFirst && (
        <div>
          <Button variant="quiet" onPress={() => setIsAll(true)}>
            <Trans>Show more</Trans>
          </Button>
        </div>
      )}
    </Part>
  )
}

function RunRow({
  home,
  automation,
  run,
  names,
}: {
  readonly home: string
  readonly automation: AutomationView
  readonly run: RunView
  readonly names: Names
}) {
  return (
    <Link
      to={paths.automations(home, `/${automation.id}/runs/${run.id}`)}
      className="press flex min-h-14 items-center gap-3 px-4 py-2"
    >
      <Dot tone={resultTone(run.result)} />
      <span className="grid min-w-0 grow gap-0.5">
        <span className="tabular text-card">
          {`${resultWord(run.result)} · ${dateAndTime(run.at)}`}
          {run.folded !== undefined && (
            <span className="text-muted">
              {' '}
              <Plural value={run.folded} one="and # more in that second" other="and # more in that second" />
            </span>
          )}
        </span>
        <span className="truncate text-state text-muted">{why(run, automation, names)}</span>
      </span>
      <Icon of={ChevronRight} size={18} className="shrink-0 text-muted rtl:-scale-x-100" />
    </Link>
  )
}
/** The line that explains it best: what stopped it, else what set it off. */
function why(run: RunView, automation: AutomationView, names: Names): string {
  if (run.version !== automation.version) return t`Version ${run.version}`
  const lines = linesOf(run.steps, automation, names)
  return (lines.find(({ tone }) => tone === 'bad' || tone === 'no') ?? lines[0])?.text ?? ''
}
