import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { InboxNotice } from '@eaves/model/api'
import { useAnswer } from '../../data/inbox.ts'
import { Button } from '../../ui/button.tsx'
import { errorWords } from '../../words/errors.ts'
import { ago } from '../../words/time.ts'

type Question = NonNullable<InboxNotice['question']>

/** What an automation asks: its answers while it can be answered, then who said what. */
export function Asked({ question }: { readonly question: Question }) {
  const { mutate, isPending, error } = useAnswer()
  const { id, answers, isOpen, answer } = question
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2 py-1">
      {isOpen && (
        <div role="group" aria-label={t`Answers`} className="flex flex-wrap gap-2">
          {answers.map((each) => (
            <Button
              key={each.id}
              variant="tint"
              isDisabled={isPending}
              onPress={() => mutate({ question: id, answer: each.id })}
            >
              {each.label}
            </Button>
          ))}
        </div>
      )}
      <p role="status" className="text-state font-normal text-muted empty:hidden">
        {answer !== undefined ? (
          <Given answer={answer} label={answers.find((each) => each.id === answer.id)?.label ?? ''} />
        ) : isOpen ? null : (
          <Trans>Nobody answered while it was asked.</Trans>
        )}
      </p>
      {error && (
        <p role="alert" className="text-state font-normal text-alert">
          {errorWords(error).title}
        </p>
      )}
    </div>
  )
}
function Given({
  answer: { at, isMine, name, by },
  label,
}: {
  readonly answer: NonNullable<Question['answer']>
  readonly label: string
}) {
  const when = ago(at)
  if (isMine)
    return (
      <Trans>
        You answered “{label}” {when}.
      </Trans>
    )
  if (name !== undefined)
    return (
      <Trans>
        {name} answered “{label}” {when}.
      </Trans>
    )
  return by === undefined ? (
    <Trans>
      Somebody answered “{label}” {when}.
    </Trans>
  ) : (
    <Trans>
      Somebody of your home answered “{label}” {when}.
    </Trans>
  )
}
