import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { TotpBegun } from '@eaves/model/api'
import { useState } from 'react'
import { isProblem } from '../../../data/api.ts'
import { useConfirmTotp } from '../../../data/totp.ts'
import { Failure } from '../../../shell/failure.tsx'
import { Button } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { QrCode } from '../../../ui/qr-code.tsx'
import { toasts } from '../../../ui/toasts.ts'
import { SecondField } from '../../sign-in/second-field.tsx'

/** The secret as a picture and as text, then a first code that shows the app has it. */
export function AuthenticatorSetUp({
  begun,
  onDone,
}: {
  readonly begun: TotpBegun
  readonly onDone: () => void
}) {
  const [code, setCode] = useState('')
  const confirm = useConfirmTotp()
  const wrong = isProblem(confirm.error, 'auth.code-wrong')
  const submit = (typed: string): void => {
    const digits = typed.replaceAll(/\D/g, '')
    if (digits.length === 6 && !confirm.isPending)
      confirm.mutate(digits, {
        onSuccess: () => {
          toasts.show(t`The authenticator app is on.`)
          onDone()
        },
      })
  }
  return (
    <div className="grid gap-4 rounded-card border border-line bg-surface p-4">
      <p>
        <Trans>Scan this with the app, or type the secret into it. It is shown only now.</Trans>
      </p>
      <QrCode text={begun.uri} label={t`QR code for the authenticator app`} />
      <p className="font-mono wrap-anywhere select-all">{begun.secret.match(/.{1,4}/g)?.join(' ')}</p>
      <div>
        <CopyButton text={begun.secret} label={t`the secret`} />
      </div>
      <Failure error={wrong ? null : confirm.error} />
      <SecondField
        way="totp"
        value={code}
        onChange={setCode}
        onSubmit={submit}
        error={wrong ? t`That is not the code the app shows now. Is the phone’s clock right?` : undefined}
      />
      <div className="flex flex-wrap gap-3">
        <Button variant="primary" isDisabled={confirm.isPending} onPress={() => submit(code)}>
          <Trans>Turn on</Trans>
        </Button>
        <Button onPress={onDone}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </div>
  )
}
