import { t } from '@lingui/core/macro'
import type { SecondProof, SecondWay } from '@eaves/model/api'
import { TextField } from '../../ui/field.tsx'

const digits = 6
export const secondWayNames = (): Readonly<Record<SecondWay, string>> => ({
  totp: t`Use the authenticator app`,
  recovery: t`Use a recovery code`,
  password: t`Use a password`,
})
/** What is sent for it; nothing while it is not whole. */
export function proofOf(way: SecondWay, text: string): SecondProof | undefined {
  if (way === 'password') return text === '' ? undefined : { password: text }
  if (way === 'recovery') return text.trim().length < 8 ? undefined : { recoveryCode: text.trim() }
  const code = text.replaceAll(/\D/g, '')
  return code.length === digits ? { totp: code } : undefined
}

export interface SecondFieldProps {
  readonly way: SecondWay
  readonly value: string
  readonly onChange: (value: string) => void
  /** Told the text, also by the sixth digit itself. */
  readonly onSubmit: (value: string) => void
  readonly error?: string | undefined
  /** It stands below another field, which is filled first. */
  readonly isSecond?: boolean
}
export function SecondField({ way, value, onChange, onSubmit, error, isSecond }: SecondFieldProps) {
  const common = { value, error, onSubmit: () => onSubmit(value), autoFocus: isSecond !== true }
  if (way === 'totp')
    return (
      <TextField
        {...common}
        label={t`Code of the authenticator app`}
        onChange={(next) => {
          onChange(next)
          if (next.length === digits) onSubmit(next)
        }}
        hint={t`Six digits. Each works once.`}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={8}
      />
    )
  if (way === 'recovery')
    return (
      <TextField
        {...common}
        label={t`Recovery code`}
        onChange={onChange}
        hint={t`Each works once. Using one ends every other sign-in.`}
        autoComplete="off"
        maxLength={40}
      />
    )
  return (
    <TextField
      {...common}
      label={t`Password`}
      onChange={onChange}
      type="password"
      name="password"
      autoComplete="current-password"
      maxLength={256}
    />
  )
}
