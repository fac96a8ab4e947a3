import { t } from '@lingui/core/macro'
import { useId, useRef } from 'react'
import { inputLook } from '../../ui/field.tsx'

const rows = 14
/** A text with lines; `show` puts the cursor on one of them. */
export function useTextBox() {
  const box = useRef<HTMLTextAreaElement>(null)
  const show = (line: number): void => {
    const field = box.current
    if (field === null) return
    const lines = field.value.split('\n')
    const from = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0)
    field.focus()
    field.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0))
    field.scrollTop = (field.scrollHeight / Math.max(1, lines.length)) * Math.max(0, line - rows / 2)
  }
  return { box, show }
}

export function TextBox({
  box,
  label,
  value,
  onChange,
  isFaulty,
}: {
  readonly box: React.RefObject<HTMLTextAreaElement | null>
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly isFaulty: boolean
}) {
  const id = useId()
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <label htmlFor={id} className="text-card">
        {label}
      </label>
      <textarea
        ref={box}
        id={id}
        rows={rows}
        dir="ltr"
        wrap="off"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        placeholder={t`name: …`}
        aria-invalid={isFaulty || undefined}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className={`${inputLook} resize-y overflow-auto py-2 font-mono text-state font-normal aria-invalid:border-alert`}
      />
    </div>
  )
}
