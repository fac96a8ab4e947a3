import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { isProblem } from '../../data/api.ts'
import { useProve } from '../../data/step-up.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { SecondField } from '../sign-in/second-field.tsx'

export function ByApp() {
  const [code, setCode] = useState('')
  const prove = useProve()
  const wrong = isProblem(prove.error, 'auth.code-wrong')
  const submit = (typed: string): void => {
    const totp = typed.replaceAll(/\D/g, '')
    if (totp.length === 6 && !prove.isPending) prove.mutate({ totp })
  }
  return (
    <>
      <Failure error={wrong ? null : prove.error} />
      <SecondField
        way="totp"
        value={code}
        onChange={setCode}
        onSubmit={submit}
        error={wrong ? t`That is not right, or it was used already.` : undefined}
      />
      <Button variant="primary" full isDisabled={prove.isPending} onPress={() => submit(code)}>
        <Trans>Confirm</Trans>
      </Button>
    </>
  )
}
