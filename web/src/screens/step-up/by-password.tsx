import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { isProblem } from '../../data/api.ts'
import { useProve } from '../../data/step-up.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'

export function ByPassword() {
  const [password, setPassword] = useState('')
  const prove = useProve()
  const wrong = isProblem(prove.error, 'auth.password-wrong')
  const submit = (): void => {
    if (password !== '' && !prove.isPending) prove.mutate({ password })
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
      <Button variant="primary" full isDisabled={prove.isPending || password === ''} onPress={submit}>
        <Trans>Confirm</Trans>
      </Button>
    </>
  )
}
