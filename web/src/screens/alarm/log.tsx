import { Trans } from '@lingui/react/macro'
import { useAlarmLog } from '../../data/alarm.ts'
import { useCan } from '../../data/homes.ts'
import { useMembers } from '../../data/members.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { dateAndTime } from '../../words/time.ts'
import { eventWords } from './words.ts'

/** What happened to it in the last ninety days, the newest first. */
export function Log({ home }: { readonly home: string }) {
  const log = useAlarmLog(home)
  const can = useCan(home)
  const members = useMembers(home, can('member.read')).data
  if (!log.data) return log.error ? <QueryError error={log.error} retry={log.refetch} /> : <BlockSkeleton />
  return (
    <section aria-labelledby="log" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h2 id="log" className="text-group">
        <Trans>What happened</Trans>
      </h2>
      {log.data.length === 0 ? (
        <p className="text-body text-muted">
          <Trans>Nothing yet.</Trans>
        </p>
      ) : (
        <ol className="divide-y divide-line rounded-card border border-line bg-surface px-4">
          {log.data.map((event) => (
            <li key={event.id} className="flex flex-wrap items-baseline justify-between gap-x-4 py-2.5">
              <span className="min-w-0 wrap-anywhere">
                {eventWords(event, members?.find(({ accountId }) => accountId === event.by)?.name)}
              </span>
              <time dateTime={event.at} className="tabular text-state text-muted">
                {dateAndTime(event.at)}
              </time>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
