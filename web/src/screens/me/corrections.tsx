import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { WaitingCorrections } from '@eaves/model/api'
import { MessageSquareWarning, WifiOff } from 'lucide-react'
import { useAnswerCorrection, useCorrections } from '../../data/corrections.ts'
import { useOnline } from '../../data/online.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { Badge } from '../../ui/badge.tsx'
import { Banner } from '../../ui/banner.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { pageLocale } from '../../words/locale.ts'
import { dateAndTime, list } from '../../words/time.ts'
import { AnswerForm } from '../privacy/answer-form.tsx'
import { Page } from './page.tsx'

/** What people of this server say is wrong with what is held about them; whoever keeps a home here answers. // pp.4.4.a pp.8 */
export function Corrections() {
  const corrections = useCorrections(pageLocale())
  const online = useOnline()
  const answer = useAnswerCorrection()
  useTitle(t`Corrections`)
  return (
    <Page
      title={t`Corrections`}
      lead={
        <Trans>
          People of this server say that something held about them is wrong, and cannot correct it themselves.
          Whoever keeps a home here answers, once, by the day named.
        </Trans>
      }
    >
      {!online && (
        <Banner tone="warn" icon={WifiOff}>
          <Trans>This device is offline. An answer can be given once it is connected again.</Trans>
        </Banner>
      )}
      <Failure error={answer.error} />
      {corrections.error && !corrections.data ? (
        <QueryError error={corrections.error} retry={corrections.refetch} />
      ) : !corrections.data ? (
        <BlockSkeleton />
      ) : corrections.data.length === 0 ? (
        <EmptyState icon={MessageSquareWarning} title={t`Nothing waits for an answer`} level={2} />
      ) : (
        <ul className="grid grid-cols-[minmax(0,1fr)] gap-4">
          {corrections.data.map((each) => (
            <Waiting
              key={each.id}
              correction={each}
              isBusy={!online || answer.isPending}
              onAnswer={(words) => answer.mutate({ id: each.id, ...words })}
            />
          ))}
        </ul>
      )}
    </Page>
  )
}

function Waiting({
  correction,
  isBusy,
  onAnswer,
}: {
  readonly correction: WaitingCorrections[number]
} & Parameters<typeof AnswerForm>[0]) {
  const { place, field, name, text, receivedAt, dueAt, isOverdue, email, phone, isOwn } = correction
  const reached = [email, phone].filter((each) => each !== undefined)
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-4 rounded-card border border-line bg-surface p-4 md:p-6">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-1">
        <h2 className="flex flex-wrap items-center gap-2 text-card">
          {name}
          {isOwn && (
            <Badge>
              <Trans>yours</Trans>
            </Badge>
          )}
          {isOverdue && (
            <Badge>
              <Trans>overdue</Trans>
            </Badge>
          )}
        </h2>
        <code className="text-caption break-all text-muted">
          {place}.{field}
        </code>
        <p className="text-state font-normal text-muted">
          <Trans>Due by {dateAndTime(dueAt)}</Trans> · <Trans>said {dateAndTime(receivedAt)}</Trans>
        </p>
      </div>
      <q dir="auto" className="text-body wrap-anywhere">
        {text}
      </q>
      {reached.length > 0 && (
        <p className="text-state font-normal wrap-anywhere">
          <Trans>By:</Trans> <span className="select-all">{list(reached)}</span>
        </p>
      )}
      <AnswerForm isBusy={isBusy} onAnswer={onAnswer} />
    </li>
  )
}
