import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { mostWords } from '@eaves/model'
import type { Held, HeldField, RequestView } from '@eaves/model/api'
import { MessageSquareWarning } from 'lucide-react'
import { useState } from 'react'
import { useOnline } from '../../data/online.ts'
import { useAskRequest, useRequests } from '../../data/own-data.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { dateAndTime } from '../../words/time.ts'
import { isStanding } from './request-words.ts'
import { Statement } from './statement.tsx'

/** What its person said is wrong with a field, and the way to say it where nothing in the app corrects it. // pp.4.4.a pp.8 */
export function SayWrong({
  field,
  correction,
  mayAsk,
}: {
  readonly field: Pick<HeldField, 'place' | 'field' | 'name' | 'statements'>
  readonly correction: Held['correction']
  readonly mayAsk: boolean
}) {
  const [sent, setSent] = useState<RequestView>()
  const { place, field: column, name } = field
  const fresh = sent?.text === undefined ? [] : [{ text: sent.text, at: sent.receivedAt }]
  const statements: HeldField['statements'] = [...fresh, ...field.statements]
  const isOpen = statements.some(({ outcome }) => outcome === undefined)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {statements.map((each) => (
        <Statement key={each.at} {...each} />
      ))}
      {mayAsk && isOpen && (
        <div>
          <LinkButton to={paths.ofPrivacy('requests')}>
            <Trans>See the request</Trans>
          </LinkButton>
        </div>
      )}
      {mayAsk && !isOpen && (
        <Form about={{ place, field: column }} name={name} correction={correction} onSent={setSent} />
      )}
    </div>
  )
}

function Form({
  about,
  name,
  correction,
  onSent,
}: {
  readonly about: { readonly place: string; readonly field: string }
  readonly name: string
  readonly correction: Held['correction']
  readonly onSent: (sent: RequestView) => void
}) {
  const [writing, setWriting] = useState(false)
  const [text, setText] = useState('')
  const ask = useAskRequest()
  const online = useOnline()
  const label = t`Say what is wrong`
  if (!writing)
    return (
      <div>
        <Button
          icon={MessageSquareWarning}
          aria-label={`${label}: ${name}`}
          isDisabled={!online}
          onPress={() => setWriting(true)}
        >
          {label}
        </Button>
      </div>
    )
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <Failure error={ask.error} />
      <TextArea
        label={t`What is wrong with this: ${name}`}
        value={text}
        onChange={setText}
        maxLength={mostWords}
        autoFocus
        hint={<WhoReads correction={correction} />}
      />
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          isDisabled={!online || ask.isPending || text.trim() === ''}
          onPress={() =>
            ask.mutate({ kind: 'correction', ...about, text: text.trim() }, { onSuccess: onSent })
          }
        >
          <Trans>Send it</Trans>
        </Button>
        <Button onPress={() => setWriting(false)}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </div>
  )
}

/** Said before anything is written: whoever reads it, and by when they answer. // pp.8 */
function WhoReads({ correction: { readBy, dueAt } }: { readonly correction: Held['correction'] }) {
  const rests = useRequests().data?.some((each) => each.kind === 'restriction' && isStanding(each)) === true
  return (
    <>
      <span>
        {readBy === 'keepers' ? (
          <Trans>
            The owners and administrators of the homes on this server read it, with your e-mail address and
            phone number, and one of them answers. Nobody else does.
          </Trans>
        ) : (
          <Trans>
            Those responsible for data protection at this service read it, with your e-mail address and phone
            number, and one of them answers. Each look stands under “Who looked”.
          </Trans>
        )}
      </span>
      {rests && readBy === 'staff' && (
        <span>
          <Trans>While your data rests they cannot open it: it is answered after you lift that.</Trans>
        </span>
      )}
      <span>
        <Trans>
          The answer is due by {dateAndTime(dueAt)}. Until then, and after it, your words stand beside the
          value.
        </Trans>
      </span>
    </>
  )
}
