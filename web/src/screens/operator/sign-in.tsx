import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useStaffSignIn } from '../../data/console.ts'
import { Failure } from '../../shell/failure.tsx'
import { TextField } from '../../ui/field.tsx'
import { Button } from '../../ui/native-button.tsx'

/** Name, password and a code of the authenticator; the same again before something of a person is opened. // T14 */
export function SignIn({ known, onDone }: { readonly known?: string; readonly onDone?: () => void }) {
  const [name, setName] = useState(known ?? '')
  const [password, setPassword] = useState('')
  const [totp, setTotp] = useState('')
  const signIn = useStaffSignIn()
  const submit = (): void => {
    if (signIn.isPending || name === '' || password === '' || totp === '') return
    signIn.mutate(
      { name, password, totp },
      {
        onSuccess: () => onDone?.(),
        onError: () => setTotp(''), // a code works once
      },
    )
  }
  return (
    <div className="grid gap-4">
      <Failure error={signIn.error} />
      <TextField
        label={t({ context: 'staff', message: 'Name' })}
        value={name}
        onChange={setName}
        onSubmit={submit}
        autoComplete="username"
        maxLength={200}
        disabled={known !== undefined}
      />
      <TextField
        label={t`Password`}
        value={password}
        onChange={setPassword}
        onSubmit={submit}
        type="password"
        autoComplete="current-password"
        maxLength={256}
      />
      <CodeField value={totp} onChange={setTotp} onSubmit={submit} />
      <Button variant="primary" full isDisabled={signIn.isPending} onPress={submit}>
        {known === undefined ? <Trans>Sign in</Trans> : <Trans>Prove it</Trans>}
      </Button>
    </div>
  )
}

export function CodeField({
  value,
  onChange,
  onSubmit,
}: {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onSubmit: () => void
}) {
  return (
    <TextField
      label={t`Code of the authenticator app`}
      value={value}
      onChange={onChange}
      onSubmit={onSubmit}
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={12}
    />
  )
}
