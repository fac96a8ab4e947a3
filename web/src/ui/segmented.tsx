import type { KeyboardEvent } from 'react'
import { cx } from './cx.ts'

export interface SegmentedProps<T extends string> {
  readonly label: string
  readonly options: readonly { readonly id: T; readonly name: string }[]
  readonly value: T | undefined
  readonly onChange: (value: T) => void
  readonly disabled?: boolean
}
/** One of a few, all in sight. */
export function Segmented<T extends string>({
  label,
  options,
  value,
  onChange,
  disabled,
}: SegmentedProps<T>) {
  // One stop for the Tab key; the arrows go from one to the next within it.
  const stop = value ?? options[0]?.id
  return (
    <div
      role="radiogroup"
      tabIndex={-1}
      aria-label={label}
      aria-disabled={disabled ? true : undefined}
      onKeyDown={goToNext}
      className={cx(
        'grid gap-1 rounded-control bg-surface-2 p-1',
        options.length > 4 ? 'grid-cols-3' : 'auto-cols-fr grid-flow-col',
      )}
    >
      {options.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          role="radio"
          aria-checked={id === value}
          tabIndex={id === stop ? 0 : -1}
          disabled={disabled}
          onClick={() => {
            if (id !== value) onChange(id)
          }}
          className={cx(
            'press min-h-11 rounded-[0.5rem] px-2 text-state disabled:opacity-50',
            id === value
              ? 'bg-surface text-ink shadow-[0_1px_2px_rgb(0_0_0/.12)] forced-colors:bg-[Highlight] forced-colors:text-[HighlightText]'
              : 'text-muted',
          )}
        >
          {name}
        </button>
      ))}
    </div>
  )
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }
/** The arrows move the focus alone, so that nothing is set on the way past it. */
function goToNext(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key]
  if (step === undefined) return
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')]
  const at = all.findIndex((each) => each === document.activeElement)
  event.preventDefault()
  all[(at + step + all.length) % all.length]?.focus()
}
