import { t } from '@lingui/core/macro'
import { TextField } from '../../ui/field.tsx'

export interface RecoveryTexts {
  readonly recoveryCode: string
  readonly password: string
  readonly totp: string
}
export const noRecovery: RecoveryTexts = { recoveryCode: '', password: '', totp: '' }

/** A recovery code, and beside it one more proof for whoever has one; the page does not know who does. // T13 */
export function RecoveryFields({
  value,
  onChange,
  onSubmit,
}: {
  readonly value: RecoveryTexts
  readonly onChange: (value: RecoveryTexts) => void
  readonly onSubmit: () => void
}) {
  const set = (part: keyof RecoveryTexts) => (text: string) => onChange({ ...value, [part]: text })
  return (
    <>
      <TextField
        label={t`Recovery code`}
        value={value.recoveryCode}
        onChange={set('recoveryCode')}
        onSubmit={onSubmit}
        autoComplete="off"
        maxLength={40}
        hint={t`One of those you saved when you made the account. Each works once.`}
      />
      <TextField
        label={t`Password, if you have set one`}
        value={value.password}
        onChange={set('password')}
        onSubmit={onSubmit}
        type="password"
        name="password"
        autoComplete="current-password"
        maxLength={256}
      />
      <TextField
        label={t`Code of the authenticator app, if you use one`}
        value={value.totp}
        onChange={set('totp')}
        onSubmit={onSubmit}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={8}
        hint={t`With a password or an app, one of the two is needed beside the recovery code.`}
      />
    </>
  )
}
