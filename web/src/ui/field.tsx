import { useId, type HTMLInputTypeAttribute, type ReactNode, type Ref } from 'react'
import { cx } from './cx.ts'

const look =
  'min-h-12 w-full rounded-control border border-control bg-surface px-3 text-body text-ink focus-visible:outline-2 focus-visible:outline-accent disabled:opacity-50'
export const inputLook = `${look} invalid:border-alert`

export interface TextFieldProps {
  readonly label: string
  readonly value: string
  /** `isHalf`: what stands there is no whole value, such as a date without its time; the value is then "". */
  readonly onChange: (value: string, isHalf: boolean) => void
  /** A half date that was typed into an empty field is not told as a change: it is seen on leaving. */
  readonly onLeave?: (isHalf: boolean) => void
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
  readonly inputMode?: 'text' | 'email' | 'tel' | 'numeric' | 'decimal' | 'url'
  readonly maxLength?: number
  readonly spellCheck?: boolean
  readonly onSubmit?: () => void
  readonly inputRef?: Ref<HTMLInputElement>
}
export function TextField({
  label,
  value,
  onChange,
  onLeave,
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
  const id = useId()
  const [hintId, errorId] = [`${id}-hint`, `${id}-error`]
  const describedBy = cx(hint !== undefined && hintId, error !== undefined && errorId)
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-card">
        {label}
      </label>
      <input
        id={id}
        ref={inputRef}
        value={value}
        onChange={({ target }) => onChange(target.value, target.validity.badInput)}
        onBlur={onLeave && (({ target }) => onLeave(target.validity.badInput))}
        // Enter that ends an IME composition is not a submission.
        onKeyDown={(event) => {
          if (event.key === 'Enter' && onSubmit && !event.nativeEvent.isComposing) {
            event.preventDefault()
            onSubmit()
          }
        }}
        type={type ?? 'text'}
        // Without it a year of six digits can be typed, which no date of ours has.
        max={type === 'date' ? '9999-12-31' : type === 'datetime-local' ? '9999-12-31T23:59' : undefined}
        name={name}
        disabled={disabled}
        autoFocus={autoFocus}
        autoComplete={autoComplete}
        inputMode={inputMode}
        maxLength={maxLength}
        spellCheck={spellCheck ?? false}
        aria-required={required ? true : undefined}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={describedBy === '' ? undefined : describedBy}
        className={`${look} aria-invalid:border-alert`}
      />
      {hint && (
        <span id={hintId} className="text-state font-normal text-muted">
          {hint}
        </span>
      )}
      {error !== undefined && (
        <span id={errorId} className="text-state text-alert">
          {error}
        </span>
      )}
      {notice}
    </div>
  )
}
