import { useId, type ReactNode } from 'react'
import { cx } from './cx.ts'
import { inputLook } from './field.tsx'

/** What somebody writes in sentences. A line break becomes a blank: what is written is one line, however it is pasted. */
export function TextArea({
  label,
  value,
  onChange,
  hint,
  error,
  maxLength,
  disabled,
  autoFocus,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: ReactNode
  readonly error?: string | undefined
  readonly maxLength: number
  readonly disabled?: boolean
  readonly autoFocus?: boolean
}) {
  const id = useId()
  const [hintId, errorId] = [`${id}-hint`, `${id}-error`]
  const describedBy = cx(hint !== undefined && hintId, error !== undefined && errorId)
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-card">
        {label}
      </label>
      <textarea
        id={id}
        rows={4}
        dir="auto"
        value={value}
        onChange={({ target }) => onChange(target.value.replaceAll(/[\r\n\t\u2028\u2029]+/g, ' '))}
        disabled={disabled}
        autoFocus={autoFocus}
        maxLength={maxLength}
        spellCheck
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={describedBy === '' ? undefined : describedBy}
        className={`${inputLook} resize-y py-2 aria-invalid:border-alert`}
      />
      {hint !== undefined && (
        <div id={hintId} className="grid gap-1 text-state font-normal text-muted">
          {hint}
        </div>
      )}
      {error !== undefined && (
        <span id={errorId} className="text-state text-alert">
          {error}
        </span>
      )}
    </div>
  )
}
