import type { HTMLInputTypeAttribute, ReactNode, Ref } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { TextField as AriaTextField } from 'react-aria-components/TextField'

export const inputLook =
  'min-h-12 w-full rounded-control border border-control bg-surface px-3 text-body text-ink invalid:border-alert focus-visible:outline-2 focus-visible:outline-accent disabled:opacity-50'

export interface TextFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly type?: HTMLInputTypeAttribute
  readonly name?: string
  readonly hint?: ReactNode
  readonly error?: string | undefined
  /** A `<Notice>`: shown under the field it is about. // pp.lb.3 */
  readonly notice?: ReactNode
  readonly required?: boolean
  readonly disabled?: boolean
  readonly autoFocus?: boolean
  readonly autoComplete?: string
  readonly inputMode?: 'text' | 'email' | 'tel' | 'numeric' | 'url'
  readonly maxLength?: number
  readonly spellCheck?: boolean
  readonly onSubmit?: () => void
  readonly inputRef?: Ref<HTMLInputElement>
}
export function TextField({
  label,
  value,
  onChange,
  hint,
  error,
  notice,
  required,
  disabled,
  onSubmit,
  inputRef,
  spellCheck,
  type,
  name,
  autoFocus,
  autoComplete,
  inputMode,
  maxLength,
}: TextFieldProps) {
  const rest = {
    ...(type ? { type: type as 'text' } : {}),
    ...(name ? { name } : {}),
    ...(autoFocus ? { autoFocus } : {}),
    ...(autoComplete ? { autoComplete } : {}),
    ...(inputMode ? { inputMode } : {}),
    ...(maxLength ? { maxLength } : {}),
  }
  return (
    <AriaTextField
      {...rest}
      value={value}
      onChange={onChange}
      isInvalid={error !== undefined}
      isRequired={required ?? false}
      isDisabled={disabled ?? false}
      validationBehavior="aria"
      className="grid gap-1.5"
      // Enter that ends an IME composition is not a submission.
      onKeyDown={(event) => {
        if (event.key === 'Enter' && onSubmit && !event.nativeEvent.isComposing) {
          event.preventDefault()
          onSubmit()
        }
      }}
    >
      <Label className="text-card">{label}</Label>
      <Input ref={inputRef ?? null} spellCheck={spellCheck ?? false} className={inputLook} />
      {hint && (
        <Text slot="description" className="text-state font-normal text-muted">
          {hint}
        </Text>
      )}
      <FieldError className="text-state text-alert">{error}</FieldError>
      {notice}
    </AriaTextField>
  )
}
