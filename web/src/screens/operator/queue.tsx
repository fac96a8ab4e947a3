import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { ScrollText } from 'lucide-react'
import { useStaffQueue } from '../../data/console.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/native-button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { dateAndTime } from '../../words/time.ts'
import { Row, Rows } from '../me/page.tsx'
import { queueKind, queueState } from './words.ts'

/** Requests that wait for an answer, the next due first: by number, and by nobody's name. */
export function Queue({ onPick }: { readonly onPick?: (id: string) => void }) {
  const queue = useStaffQueue()
  return (
    <section aria-labelledby="queue" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 id="queue" className="text-section">
        <Trans>Requests that wait for an answer</Trans>
      </h2>
      {queue.error && !queue.data ? (
        <QueryError error={queue.error} retry={queue.refetch} />
      ) : queue.data === undefined ? (
        <BlockSkeleton />
      ) : queue.data.length === 0 ? (
        <EmptyState icon={ScrollText} title={t`Nothing waits`} />
      ) : (
        <Rows>
          {queue.data.map((each) => (
            <Row
              key={each.id}
              action={
                onPick && (
                  <Button onPress={() => onPick(each.id)}>
                    <Trans>Take as case</Trans>
                  </Button>
                )
              }
            >
              <h3 className="flex flex-wrap items-center gap-2 text-card">
                {queueKind(each.kind)}
                {each.isOverdue && (
                  <Badge>
                    <Trans>overdue</Trans>
                  </Badge>
                )}
              </h3>
              <p className="text-state font-normal">
                <Trans>Due {dateAndTime(each.dueAt)}</Trans> · {queueState(each.state)}
              </p>
              <p className="text-state font-normal text-muted">
                <Trans>received {dateAndTime(each.receivedAt)}</Trans> · {each.regime.toUpperCase()}
              </p>
              <code className="text-caption select-all">{each.id}</code>
            </Row>
          ))}
        </Rows>
      )}
    </section>
  )
}
