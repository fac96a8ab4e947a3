import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { AutomationView, RunView } from '@eaves/model/api'
import { useRun, useVersions } from '../../data/automations.ts'
import { isProblem } from '../../data/api.ts'
import { paths } from '../../paths.ts'
import { Back } from '../../shell/back.tsx'
import { NotFound } from '../../shell/not-found.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { Name } from '../../ui/name.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { dateAndTime } from '../../words/time.ts'
import { Dot } from './dot.tsx'
import { took } from './moments.ts'
import { useKnown, type Known } from './known.ts'
import { resultTone, resultWord } from './results.ts'
import { sentenceOf } from './sentence.ts'
import { Timeline } from './trace.tsx'

/** One run, step by step, as the automation read when it ran. */
export function RunPage({
  home,
  automation: id,
  run: runId,
}: {
  readonly home: string
  readonly automation: string
  readonly run: string
}) {
  const { known, error, retry } = useKnown(home)
  const found = useRun(home, id, runId)
  useTitle(t`What a run did`)
  const isGone = isProblem(found.error, 'auth.not-found')
  const failed = error ?? found.error
  if (!known || (!found.data && !isGone))
    return failed ? (
      <QueryError level={1} error={failed} retry={() => Promise.all([retry(), found.refetch()])} />
    ) : (
      <BlockSkeleton />
    )
  const automation = known.automations.find((each) => each.id === id)
  const run = isGone ? undefined : found.data
  if (automation === undefined) return <NotFound />
  return (
    <div className="grid max-w-[48rem] grid-cols-[minmax(0,1fr)] gap-6">
      <header className="grid gap-1">
        <Back to={paths.automations(home, `/${id}`)}>
          <Name of={automation.name} />
        </Back>
        <h1 className="text-title">
          <Trans>What this run did</Trans>
        </h1>
      </header>
      {run === undefined ? (
        <p className="text-muted">
          <Trans>This run is no longer kept: only the newest ones are.</Trans>
        </p>
      ) : (
        <Told home={home} known={known} automation={automation} run={run} />
      )}
    </div>
  )
}

function Told({
  home,
  known,
  automation,
  run,
}: {
  readonly home: string
  readonly known: Known
  readonly automation: AutomationView
  readonly run: RunView
}) {
  const versions = useVersions(home, automation.id)
  const isOld = run.version !== automation.version
  const body = isOld ? versions.data?.find(({ version }) => version === run.version) : automation
  const tookMs = run.endedAt === undefined ? undefined : Date.parse(run.endedAt) - Date.parse(run.at)
  if (body === undefined)
    return versions.isPending ? (
      <BlockSkeleton />
    ) : (
      <p className="text-muted">
        <Trans>The automation has changed since, and how it read then is no longer kept.</Trans>
      </p>
    )
  return (
    <>
      <div className="grid gap-2 rounded-card border border-line bg-surface p-4">
        <p className="flex items-center gap-2 text-group">
          <Dot tone={resultTone(run.result)} />
          {resultWord(run.result)}
        </p>
        <p className="tabular text-state text-muted">
          {[dateAndTime(run.at), ...(tookMs === undefined ? [] : [t`took ${took(tookMs)}`])].join(' · ')}
        </p>
        <p className="wrap-anywhere text-muted">{sentenceOf(body, known)}</p>
        {isOld && (
          <p className="text-state text-muted">
            <Trans>So it read then (version {run.version}); it has been changed since.</Trans>
          </p>
        )}
        {run.folded !== undefined && (
          <p className="text-state text-muted">
            <Plural
              value={run.folded}
              one="# more run of that second ended alike and is not kept by itself."
              other="# more runs of that second ended alike and are not kept one by one."
            />
          </p>
        )}
      </div>
      <Timeline steps={run.steps} more={run.more} body={body} names={known} />
    </>
  )
}
