import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { CodeSent, HalfSignedIn } from '@eaves/model/api'
import { useEffect, useState } from 'react'
import { isProblem } from '../../data/api.ts'
import { useSignIn } from '../../data/sign-in.ts'
import { Front } from '../../shell/front.tsx'
import { Button } from '../../ui/native-button.tsx'
import { TextField } from '../../ui/field.tsx'
import { minutesAndSeconds } from '../../words/durations.ts'
import { Failure } from '../../shell/failure.tsx'

const mostTries = 5
const codeLength = 6

/** Seconds left, counted down; starts anew with each code that is sent. */
function useCountdown(seconds: number, flow: string): number {
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    setLeft(seconds)
    const end = Date.now() + seconds * 1000
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000))), 500)
    return () => clearInterval(timer)
  }, [seconds, flow])
  return left
}

export interface CodeEntryProps {
  readonly sent: CodeSent
  readonly address: string
  readonly resendError: Error | null
  readonly onResend: () => void
  readonly onBack: () => void
  readonly onEntered: (recoveryCodes: readonly string[] | undefined) => void
  readonly onHalf: (half: HalfSignedIn['secondFactor']) => void
}
export function CodeEntry({
  sent,
  address,
  resendError,
  onResend,
  onBack,
  onEntered,
  onHalf,
}: CodeEntryProps) {
  const [code, setCode] = useState('')
  const [wrong, setWrong] = useState(0)
  const resendIn = useCountdown(sent.resendAfterSeconds, sent.flow)
  const validFor = useCountdown(sent.expiresInSeconds, sent.flow)
  const signIn = useSignIn(onEntered, onHalf)
  useEffect(() => setWrong(0), [sent.flow])
  const submit = (typed: string): void => {
    const digits = typed.replaceAll(/\D/g, '')
    if (signIn.isPending || digits.length !== codeLength) return
    signIn.mutate(
      { by: 'code', flow: sent.flow, code: digits },
      { onError: (error) => isProblem(error, 'auth.code-wrong') && setWrong((tries) => tries + 1) },
    )
  }
  const left = mostTries - wrong
  const refused = isProblem(signIn.error, 'auth.code-wrong')
    ? left > 0
      ? t`That code is not right. Tries left: ${left}`
      : t`That code has been tried too often. Ask for a new one.`
    : undefined
  return (
    <Front
      title={t`Enter the code`}
      lead={
        <Trans>
          If there is an account for <strong className="text-ink">{address}</strong>, a code of six digits is
          on its way. It may take a minute.
        </Trans>
      }
    >
      <Failure error={refused === undefined ? (signIn.error ?? resendError) : resendError} />
      <TextField
        label={t`Code`}
        value={code}
        onChange={(next) => {
          setCode(next)
          if (next.length === codeLength) submit(next)
        }}
        onSubmit={() => submit(code)}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
        autoFocus
        disabled={left <= 0}
        error={refused}
        hint={
          validFor > 0
            ? t`Valid for another ${minutesAndSeconds(validFor)}.`
            : t`This code has expired. Ask for a new one.`
        }
      />
      <Button
        variant="primary"
        full
        isDisabled={signIn.isPending || left <= 0 || validFor === 0}
        onPress={() => submit(code)}
      >
        <Trans>Sign in</Trans>
      </Button>
      <div className="grid gap-1">
        <Button variant="quiet" full isDisabled={resendIn > 0} onPress={onResend}>
          {resendIn > 0 ? t`New code in ${minutesAndSeconds(resendIn)}` : t`Send a new code`}
        </Button>
        <Button variant="quiet" full onPress={onBack}>
          <Trans>Use another address or way</Trans>
        </Button>
      </div>
    </Front>
  )
}
