import { t } from '@lingui/core/macro'
import type { Gate } from '@eaves/model/api'
import type { Ref } from 'react'
import { kindOf } from '../../data/identifier.ts'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'

type Notices = Gate['notices']
/** The notice of a field, in the words of the data map. // pp.lb.3 */
function NoticeOf({ notices, field }: { readonly notices: Notices; readonly field: string }) {
  const found = notices.find((each) => each.field === field)
  return found ? (
    <Notice
      mandatory={found.mandatory}
      why={found.why}
      keptFor={found.keptFor}
      recipients={found.recipients}
    />
  ) : null
}

interface Common {
  readonly notices: Notices
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onSubmit: () => void
  readonly error?: string | undefined
}
/** One field for both kinds of address; what is typed decides which it is. // pp.2.1.1 */
export function IdentifierField({
  notices,
  value,
  onChange,
  onSubmit,
  error,
  autoFocus,
  inputRef,
  label,
}: Common & {
  readonly autoFocus?: boolean
  readonly inputRef?: Ref<HTMLInputElement>
  readonly label?: string
}) {
  return (
    <TextField
      label={label ?? t`E-mail address or phone number`}
      value={value}
      onChange={onChange}
      onSubmit={onSubmit}
      error={error}
      type="text"
      inputMode="email"
      name="username"
      autoComplete="username webauthn"
      maxLength={254}
      autoFocus={autoFocus ?? false}
      {...(inputRef ? { inputRef } : {})}
      notice={<NoticeOf notices={notices} field={kindOf(value) === 'phone' ? 'phone' : 'email'} />}
    />
  )
}
export function PasswordField({
  notices,
  value,
  onChange,
  onSubmit,
  error,
  fresh,
  label,
}: Common & {
  /** A password being chosen rather than given. */ readonly fresh?: boolean
  readonly label?: string
}) {
  return (
    <TextField
      label={label ?? (fresh ? t`Password (optional)` : t`Password`)}
      value={value}
      onChange={onChange}
      onSubmit={onSubmit}
      error={error}
      type="password"
      name="password"
      autoComplete={fresh ? 'new-password' : 'current-password'}
      maxLength={256}
      {...(fresh
        ? { hint: t`At least 10 characters. Without one you sign in by a code or a recovery code.` }
        : {})}
      notice={<NoticeOf notices={notices} field="password" />}
    />
  )
}
