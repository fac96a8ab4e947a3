import { Trans } from '@lingui/react/macro'
import type { Locale } from '@eaves/model'
import type { OpenedPerson } from '@eaves/model/api'
import { useAnswerOpened } from '../../data/console.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/native-button.tsx'
import { pageLocale } from '../../words/locale.ts'
import { dateAndTime } from '../../words/time.ts'
import { AnswerForm } from '../privacy/answer-form.tsx'
import { queueKind, queueState } from './words.ts'

// Each in its own words, whoever reads it.
const languages: Readonly<Record<Locale, string>> = { en: 'English', 'zh-Hans': '中文' }

/** What a case has opened; it stands on this page alone and goes when it is closed. */
export function Opened({ seen, onClose }: { readonly seen: OpenedPerson; readonly onClose: () => void }) {
  const { email, phone, locale, request, opening } = seen
  const { about, text } = request ?? {}
  const rows = [
    [<Trans key="email">E-mail address</Trans>, email],
    [<Trans key="phone">Phone number</Trans>, phone],
    [<Trans key="locale">Language</Trans>, locale && languages[locale]],
    [
      <Trans key="request">Request</Trans>,
      request && `${queueKind(request.kind)} · ${queueState(request.state)} · ${dateAndTime(request.dueAt)}`,
    ],
    [
      <Trans key="field">Field</Trans>,
      about && `${about.names[pageLocale()]} · ${about.place}.${about.field}`,
    ],
    [<Trans key="wrong">What is wrong</Trans>, text],
  ] as const
  return (
    <section
      aria-live="polite"
      aria-labelledby="opened"
      className="grid gap-3 rounded-card border border-line bg-surface-2 p-4"
    >
      <h3 id="opened" className="text-card">
        <Trans>Opened until {dateAndTime(opening.endsAt)}</Trans>
      </h3>
      <dl className="grid gap-x-4 gap-y-2 sm:grid-cols-[auto_minmax(0,1fr)]">
        {rows.map(([name, value]) =>
          value === undefined ? null : (
            <div key={name.key} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="wrap-anywhere select-all" dir="auto">
                {value}
              </dd>
            </div>
          ),
        )}
      </dl>
      {text !== undefined && <Answer opening={opening.id} onDone={onClose} />}
      <div>
        <Button onPress={onClose}>
          <Trans>Close it</Trans>
        </Button>
      </div>
    </section>
  )
}

/** With the answer the case is over, and what was opened goes from the page. // pp.8 */
function Answer({ opening, onDone }: { readonly opening: string; readonly onDone: () => void }) {
  const answer = useAnswerOpened()
  return (
    <>
      <Failure error={answer.error} />
      <AnswerForm
        isBusy={answer.isPending}
        onAnswer={(words) => answer.mutate({ opening, ...words }, { onSuccess: onDone })}
      />
    </>
  )
}
