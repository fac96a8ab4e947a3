import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { isProblem } from '../../data/api.ts'
import { useProofCode, useProve } from '../../data/step-up.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { proofOf, SecondField } from '../sign-in/second-field.tsx'
import { pageLocale } from '../../words/locale.ts'

const digits = 6
/** `asksMore`: the authenticator app is on and not at hand, so a recovery code goes along. */
export function ByCode({
  to,
  address,
  asksMore,
}: {
  readonly to: 'email' | 'phone'
  readonly address: string
  readonly asksMore: boolean
}) {
  const [recovery, setRecovery] = useState('')
  const [code, setCode] = useState('')
  const request = useProofCode()
  const prove = useProve()
  const wrong = isProblem(prove.error, 'auth.code-wrong')
  const ask = (): void => {
    setCode('')
    prove.reset()
    request.mutate({ to, locale: pageLocale() })
  }
  const submit = (typed: string): void => {
    const given = typed.replaceAll(/\D/g, '')
    const second = asksMore ? proofOf('recovery', recovery) : undefined
    if (request.data === undefined || given.length !== digits || prove.isPending) return
    if (asksMore && second === undefined) return
    prove.mutate({ flow: request.data.flow, code: given, ...(second === undefined ? {} : { second }) })
  }
  if (request.data === undefined)
    return (
      <>
        <Failure error={request.error} />
        <Button variant="primary" full isDisabled={request.isPending} onPress={ask}>
          <Trans>Send a code to {address}</Trans>
        </Button>
      </>
    )
  return (
    <>
      <Failure error={request.error ?? (wrong ? null : prove.error)} />
      <TextField
        label={t`Code`}
        value={code}
        onChange={(next) => {
          setCode(next)
          if (next.length === digits && !asksMore) submit(next)
        }}
        onSubmit={() => submit(code)}
        error={wrong ? t`That code is not right or has expired.` : undefined}
        hint={t`Six digits, sent to ${address}. It may take a minute.`}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
        autoFocus
      />
      {asksMore && (
        <SecondField
          isSecond
          way="recovery"
          value={recovery}
          onChange={setRecovery}
          onSubmit={() => submit(code)}
        />
      )}
      <Button variant="primary" full isDisabled={prove.isPending} onPress={() => submit(code)}>
        <Trans>Confirm</Trans>
      </Button>
      {wrong && (
        <Button variant="quiet" full isDisabled={request.isPending} onPress={ask}>
          <Trans>Send a new code</Trans>
        </Button>
      )}
    </>
  )
}
