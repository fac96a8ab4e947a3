import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { RequestView } from '@eaves/model/api'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useOnline } from '../../data/online.ts'
import { useCopyLink, useEndRequest, type Whose } from '../../data/own-data.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { saveFrom } from '../../ui/save-file.ts'
import { pageLocale } from '../../words/locale.ts'
import { dateAndTime } from '../../words/time.ts'
import { Row } from '../me/page.tsx'
import { isStanding, kindName, purposeName, resultName, stateName } from './request-words.ts'
import { Statement } from './statement.tsx'

/** One request: how far it is, by when it must be answered, and what can be done about it. */
export function Request({ request, of }: { readonly request: RequestView; readonly of?: Whose }) {
  const { kind, purpose, receivedAt, endedAt, copyUntil, answeredAt, about, text } = request
  const end = useEndRequest(of)
  const link = useCopyLink(of)
  const online = useOnline()
  // The link is good once and for this sign-in alone: it goes to the browser at once, and nowhere else. // pp.4.3
  const fetchCopy = () =>
    link.mutate(request.id, { onSuccess: (made) => saveFrom('eaves-copy.zip', made.link) })
  return (
    <Row
      action={
        <div className="flex flex-wrap gap-2">
          {copyUntil !== undefined && (
            <Button icon={Download} isDisabled={!online || link.isPending} onPress={fetchCopy}>
              <Trans>Download</Trans>
            </Button>
          )}
          {request.canEnd && (
            <Button isDisabled={!online || end.isPending} onPress={() => end.mutate(request.id)}>
              {kind === 'restriction' ? (
                <Trans>Lift it</Trans>
              ) : isStanding(request) ? (
                <Trans context="request">Take it back</Trans>
              ) : kind === 'erasure' && of === undefined ? (
                <Trans>Keep my account</Trans>
              ) : (
                <Trans context="request">Take it back</Trans>
              )}
            </Button>
          )}
        </div>
      }
    >
      <Failure error={end.error ?? link.error} />
      <h3 className="text-card">
        {kindName(kind, of !== undefined)}
        {purpose !== undefined && <> · {purposeName(purpose)}</>}
        {about !== undefined && <> · {about.names[pageLocale()]}</>}
      </h3>
      <p className="text-state font-normal text-muted">
        {stateName(request)} · <Trans>asked for {dateAndTime(receivedAt)}</Trans>
      </p>
      <Asked request={request} of={of} />
      <When request={request} />
      {about !== undefined && (
        <code className="text-caption break-all text-muted">
          {about.place}.{about.field}
        </code>
      )}
      {text !== undefined && (
        <div className="mt-2">
          <Statement text={text} reply={request.reply} outcome={request.outcome} />
        </div>
      )}
      {copyUntil !== undefined && (
        <p className="text-state font-normal text-muted">
          <Trans>
            It can be downloaded until {dateAndTime(copyUntil)}. Each download asks again who you are.
          </Trans>
        </p>
      )}
      {endedAt === undefined && answeredAt === undefined && <Places request={request} planned />}
      {request.steps.length > 0 && <Places request={request} />}
    </Row>
  )
}

/** Who asked, where it was not whoever reads this. // pp.6 */
function Asked({ request, of }: { readonly request: RequestView; readonly of: Whose }) {
  if ((request.askedBy === 'guardian') === (of !== undefined)) return null
  return (
    <p className="text-state font-normal">
      {of === undefined ? (
        <Trans>Asked by the adult who answers for you. Only they can take it back.</Trans>
      ) : (
        <Trans>Asked by the child itself.</Trans>
      )}
    </p>
  )
}

function When({ request }: { readonly request: RequestView }) {
  const { kind, state, dueAt, runAt, endedAt, answeredAt, extendedAt, copyUntil } = request
  const isOpen = endedAt === undefined && answeredAt === undefined
  if (isStanding(request) || copyUntil !== undefined) return null
  return (
    <p className="text-state font-normal text-muted">
      {!isOpen ? (
        endedAt !== undefined && <Trans>Ended {dateAndTime(endedAt)}</Trans>
      ) : kind === 'erasure' ? (
        <Trans>
          Carried out {dateAndTime(runAt)}; until then it can be taken back. Due by {dateAndTime(dueAt)}.
        </Trans>
      ) : state === 'paused' ? (
        <Trans>
          Your phone number changed lately, so this waits until {dateAndTime(runAt)}. Due by{' '}
          {dateAndTime(dueAt)}.
        </Trans>
      ) : extendedAt !== undefined ? (
        <Trans>Extended once, and due by {dateAndTime(dueAt)}.</Trans>
      ) : kind === 'correction' ? (
        <Trans>A human answers it, due by {dateAndTime(dueAt)}.</Trans>
      ) : (
        <Trans>Due by {dateAndTime(dueAt)}; mostly it takes seconds.</Trans>
      )}
    </p>
  )
}

type Place = Pick<RequestView['steps'][number], 'place'> & Partial<RequestView['steps'][number]>
/** Where it looks, or what came of it in each place. */
function Places({ request, planned = false }: { readonly request: RequestView; readonly planned?: boolean }) {
  const [open, setOpen] = useState(false)
  const rows: readonly Place[] = planned ? request.plan.map((place) => ({ place })) : request.steps
  if (rows.length === 0) return null
  return (
    <Disclosure
      open={open}
      onChange={setOpen}
      title={
        planned ? (
          <Plural value={rows.length} one="# place it looks at" other="# places it looks at" />
        ) : (
          <Plural
            value={rows.length}
            one="# place, and what came of it"
            other="# places, and what came of it"
          />
        )
      }
    >
      {open && (
        <ul aria-label={t`Places`} className="grid gap-1 text-state font-normal">
          {rows.map((row) => (
            <li key={row.place} className="flex flex-wrap justify-between gap-x-4">
              <code className="break-all">{row.place}</code>
              {row.result !== undefined && (
                <span className="text-muted">
                  {resultName(row.result)}
                  {row.until !== undefined && <> · {dateAndTime(row.until)}</>}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Disclosure>
  )
}
