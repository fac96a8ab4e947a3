import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { CorrectionOutcome } from '@eaves/model'
import { dateAndTime } from '../../words/time.ts'

const outcomes: Readonly<Record<CorrectionOutcome, () => string>> = {
  corrected: () => t`It was corrected`,
  beside: () => t`It stays as it is, with these words beside it`,
}
export const outcomeOf = (outcome: CorrectionOutcome): string => outcomes[outcome]()

/** What its person says is wrong, and what a human answered. // pp.4.4.a */
export function Statement({
  text,
  at,
  reply,
  outcome,
}: {
  readonly text: string
  /** When it was said, where that does not stand there already. */
  readonly at?: string
  readonly reply?: string | undefined
  readonly outcome?: CorrectionOutcome | undefined
}) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2 border-s-4 border-control ps-3 text-state font-normal">
      <div className="grid grid-cols-[minmax(0,1fr)]">
        {at !== undefined && (
          <span className="text-muted">
            <Trans>Said to be wrong, {dateAndTime(at)}</Trans>
          </span>
        )}
        <q dir="auto" className="wrap-anywhere">
          {text}
        </q>
      </div>
      {reply === undefined ? (
        <span className="text-muted">
          <Trans>Waits for an answer</Trans>
        </span>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)]">
          <span className="text-muted">
            <Trans>Answer:</Trans> {outcome !== undefined && outcomeOf(outcome)}
          </span>
          <q dir="auto" className="wrap-anywhere">
            {reply}
          </q>
        </div>
      )}
    </div>
  )
}
