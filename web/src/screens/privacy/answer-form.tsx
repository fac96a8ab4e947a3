import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { correctionOutcomes, mostWords } from '@eaves/model'
import type { CorrectionAnswer } from '@eaves/model/api'
import { useState } from 'react'
import { RadioGroup } from '../../ui/choice.tsx'
import { Button } from '../../ui/native-button.tsx'
import { TextArea } from '../../ui/text-area.tsx'

const names = {
  corrected: () => t({ context: 'outcome', message: 'Corrected' }),
  beside: () => t({ context: 'outcome', message: 'Stays, with the words beside it' }),
} as const

/** A human's word to what somebody says is wrong: what became of it, and why. // pp.8 */
export function AnswerForm({
  isBusy,
  onAnswer,
}: {
  readonly isBusy: boolean
  readonly onAnswer: (answer: CorrectionAnswer) => void
}) {
  const [outcome, setOutcome] = useState<CorrectionAnswer['outcome']>()
  const [reply, setReply] = useState('')
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <RadioGroup
        label={t`What became of it`}
        value={outcome}
        onChange={setOutcome}
        options={correctionOutcomes.map((id) => ({ id, name: names[id]() }))}
      />
      <TextArea
        label={t`Your answer`}
        value={reply}
        onChange={setReply}
        maxLength={mostWords}
        hint={t`Its person reads it beside the value. It can be given once.`}
      />
      <div>
        <Button
          variant="primary"
          isDisabled={isBusy || outcome === undefined || reply.trim() === ''}
          onPress={() => outcome !== undefined && onAnswer({ outcome, reply: reply.trim() })}
        >
          <Trans>Answer</Trans>
        </Button>
      </div>
    </div>
  )
}
