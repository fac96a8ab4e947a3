import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { HalfSignedIn, SecondProof, SecondWay } from '@eaves/model/api'
import { useState } from 'react'
import { isProblem } from '../../data/api.ts'
import { useSecondFactor } from '../../data/sign-in.ts'
import { Failure } from '../../shell/failure.tsx'
import { Front } from '../../shell/front.tsx'
import { Button } from '../../ui/native-button.tsx'
import { SecondField, proofOf, secondWayNames } from './second-field.tsx'

/** Asked after the first proof where an authenticator app is on, or the phone number changed lately. // T13 */
export function SecondFactor({
  half,
  onEntered,
  onBack,
}: {
  readonly half: HalfSignedIn['secondFactor']
  readonly onEntered: (recoveryCodes: readonly string[] | undefined) => void
  readonly onBack: () => void
}) {
  const [way, setWay] = useState<SecondWay>(half.ways[0] ?? 'recovery')
  const [text, setText] = useState('')
  const finish = useSecondFactor(onEntered)
  const wrong = isProblem(finish.error, 'auth.code-wrong')
  const submit = (typed: string): void => {
    const second: SecondProof | undefined = proofOf(way, typed)
    if (second !== undefined && !finish.isPending) finish.mutate({ flow: half.flow, second })
  }
  const choose = (next: SecondWay): void => {
    setWay(next)
    setText('')
    finish.reset()
  }
  return (
    <Front
      title={t`One more proof`}
      lead={
        half.ways.includes('totp') ? (
          <Trans>Your account asks for a code of your authenticator app.</Trans>
        ) : (
          <Trans>
            Your phone number changed in the last seven days, so a code sent to it does not suffice by itself
            yet.
          </Trans>
        )
      }
    >
      <Failure error={wrong ? null : finish.error} />
      <SecondField
        key={way}
        way={way}
        value={text}
        onChange={setText}
        onSubmit={submit}
        error={wrong ? t`That is not right, or it was used already.` : undefined}
      />
      <Button variant="primary" full isDisabled={finish.isPending} onPress={() => submit(text)}>
        <Trans>Sign in</Trans>
      </Button>
      <div className="grid gap-1">
        {half.ways
          .filter((other) => other !== way)
          .map((other) => (
            <Button key={other} variant="quiet" full onPress={() => choose(other)}>
              {secondWayNames()[other]}
            </Button>
          ))}
        <Button variant="quiet" full onPress={onBack}>
          <Trans>Start again</Trans>
        </Button>
      </div>
    </Front>
  )
}
