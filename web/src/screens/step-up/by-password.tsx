import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { isProblem } from '../../data/api.ts'
import { useProve } from '../../data/step-up.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { proofOf, SecondField } from '../sign-in/second-field.tsx'

/** `asksMore`: the authenticator app is on and not at hand, so a recovery code goes along. */
export function ByPassword({ asksMore }: { readonly asksMore: boolean }) {
  const [recovery, setRecovery] = useState('')
  const [password, setPassword] = useState('')
  const prove = useProve()
  const wrong = isProblem(prove.error, 'auth.password-wrong')
  const submit = (): void => {
    const second = asksMore ? proofOf('recovery', recovery) : undefined
    if (password === '' || prove.isPending || (asksMore && second === undefined)) return
    prove.mutate({ password, ...(second === undefined ? {} : { second }) })
  }
  return (
    <>
      <Failure error={wrong ? null : prove.error} />
      <TextField
        label={t`Password`}
        value={password}
        onChange={setPassword}
        onSubmit={submit}
        error={wrong ? t`That is not the password.` : undefined}
        type="password"
        name="password"
        autoComplete="current-password"
        maxLength={256}
        autoFocus
      />
      {asksMore && (
        <SecondField isSecond way="recovery" value={recovery} onChange={setRecovery} onSubmit={submit} />
      )}
      <Button variant="primary" full isDisabled={prove.isPending || password === ''} onPress={submit}>
        <Trans>Confirm</Trans>
      </Button>
    </>
  )
}
