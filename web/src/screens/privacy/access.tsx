import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { AccessLogPage } from '@eaves/model/api'
import { EyeOff } from 'lucide-react'
import { useAccessLog } from '../../data/access.ts'
import { paths } from '../../paths.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { Button } from '../../ui/button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { caseName, lookPurpose, openedName, outcomeName, staffRoleName } from '../../words/later/staff.ts'
import { dateAndTime, list } from '../../words/time.ts'
import { Page, Row, Rows } from '../me/page.tsx'
import { LetIn } from './let-in.tsx'
import { Offline } from './offline.tsx'

/** Who of the staff looked, in which role, for which case; and the door that one opens to support. // pp.5.1 */
export function Access() {
  const log = useAccessLog()
  const entries = log.data?.pages.flatMap((page) => page.entries)
  useTitle(t`Who looked`)
  return (
    <Page
      title={t`Who looked`}
      up={{ to: paths.privacy, name: t`Your data` }}
      lead={
        <Trans>
          Whoever works for this service sees nothing about you without a case. Each look stands here, and
          each try that was refused. Nobody of them sees anything of your home.
        </Trans>
      }
    >
      <Offline />
      {log.error && !entries ? (
        <QueryError error={log.error} retry={log.refetch} />
      ) : entries === undefined ? (
        <BlockSkeleton />
      ) : entries.length === 0 ? (
        <EmptyState icon={EyeOff} title={t({ context: 'looked', message: 'Nobody' })}>
          <Trans>No staff have looked at anything of yours, and none have tried.</Trans>
        </EmptyState>
      ) : (
        <section aria-labelledby="looks" className="grid grid-cols-[minmax(0,1fr)] gap-3">
          <h2 id="looks" className="text-section">
            <Trans>Looks, newest first</Trans>
          </h2>
          <Rows>
            {entries.map((entry) => (
              <Look key={entry.id} entry={entry} />
            ))}
          </Rows>
          {log.hasNextPage && (
            <div>
              <Button isDisabled={log.isFetchingNextPage} onPress={() => void log.fetchNextPage()}>
                <Trans>Show earlier</Trans>
              </Button>
            </div>
          )}
        </section>
      )}
      <LetIn />
    </Page>
  )
}

function Look({ entry }: { readonly entry: AccessLogPage['entries'][number] }) {
  const { role, outcome, at, caseKind, purpose, categories, reason, endsAt } = entry
  return (
    <Row>
      <h3 className="text-card">
        {staffRoleName(role)} · {outcomeName(outcome)}
      </h3>
      <p className="text-state font-normal text-muted">
        {dateAndTime(at)} · {caseName(caseKind)} · {lookPurpose(purpose)}
      </p>
      {outcome !== 'refused' && <p className="text-state font-normal">{list(categories.map(openedName))}</p>}
      {reason !== undefined && (
        <p className="text-state font-normal">
          <Trans>The reason they gave:</Trans> <q dir="auto">{reason}</q>
        </p>
      )}
      {endsAt !== undefined && (
        <p className="text-state font-normal text-muted">
          <Trans>Open until {dateAndTime(endsAt)} at the latest.</Trans>
        </p>
      )}
      <p className="text-caption font-normal text-muted">
        <Trans>Case</Trans> <code className="select-all">{entry.case}</code>
      </p>
    </Row>
  )
}
