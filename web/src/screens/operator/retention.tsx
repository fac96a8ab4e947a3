import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { RetentionState } from '@eaves/model/api'
import { Timer } from 'lucide-react'
import { useStaffRetention } from '../../data/console.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { Banner } from '../../ui/banner.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { dateAndTime } from '../../words/time.ts'
import { Row, Rows } from '../me/page.tsx'

const runsShown = 7

/** The daily removal of what is older than it may be: what it did, what it could not do, and when it runs next. // pp.ret.1 */
export function Retention() {
  const state = useStaffRetention()
  return (
    <section aria-labelledby="retention" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 id="retention" className="text-section">
        <Trans>Daily removal</Trans>
      </h2>
      {state.error && !state.data ? (
        <QueryError error={state.error} retry={state.refetch} />
      ) : state.data === undefined ? (
        <BlockSkeleton />
      ) : (
        <Passes {...state.data} />
      )}
    </section>
  )
}

function Passes({ nextRunAt, failing, faults, runs }: RetentionState) {
  return (
    <>
      {failing && (
        <Banner tone="warn">
          <Trans>
            What should have gone could not be removed. Look into the log of the server; where it says so
            below, nothing new is kept meanwhile.
          </Trans>
        </Banner>
      )}
      {nextRunAt !== undefined && (
        <p>
          <Trans>Next on {dateAndTime(nextRunAt)}</Trans>
        </p>
      )}
      {faults.length > 0 && (
        <Rows>
          {faults.map(({ rule, since, fails, closed }) => (
            <Row key={rule}>
              <h3 className="text-card wrap-anywhere" dir="ltr">
                {rule}
              </h3>
              <p className="text-state font-normal">
                <Trans>
                  has failed <Plural value={fails} one="# time" other="# times" /> since {dateAndTime(since)}
                </Trans>
                {closed && (
                  <>
                    {' · '}
                    <Trans>nothing new is kept there</Trans>
                  </>
                )}
              </p>
            </Row>
          ))}
        </Rows>
      )}
      {runs.length === 0 ? (
        <EmptyState icon={Timer} title={t`It has not run yet`} />
      ) : (
        <Rows>
          {runs.slice(0, runsShown).map(({ startedAt, outcome, removed }) => (
            <Row key={startedAt}>
              <h3 className="text-card">{dateAndTime(startedAt)}</h3>
              <p className="text-state font-normal text-muted">
                {outcomes[outcome]()} · <Plural value={removed} one="# row removed" other="# rows removed" />
              </p>
            </Row>
          ))}
        </Rows>
      )}
    </>
  )
}

const outcomes: Readonly<Record<RetentionState['runs'][number]['outcome'], () => string>> = {
  done: () => t({ context: 'removal', message: 'all done' }),
  failed: () => t({ context: 'removal', message: 'not all done' }),
  stopped: () => t({ context: 'removal', message: 'cut short by a restart, goes on' }),
}
