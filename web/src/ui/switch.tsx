import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export interface SwitchProps {
  readonly selected: boolean
  readonly onChange: (selected: boolean) => void
  /** For screen readers when no visible text is given as children. */
  readonly label?: string
  readonly children?: ReactNode
  readonly disabled?: boolean
  /** On a tinted card the track takes the tint's ink, since the control colour has too little contrast there. */
  readonly tinted?: boolean
  readonly describedBy?: string
}
export function Switch({ selected, onChange, label, children, disabled, tinted, describedBy }: SwitchProps) {
  return (
    <label
      className={cx(
        'relative inline-flex min-h-11 min-w-12 items-center gap-3',
        children ? 'w-full justify-between text-start' : 'justify-end',
        disabled && 'opacity-50',
      )}
    >
      {/* The browser's own, unseen above the drawn one. */}
      <input
        type="checkbox"
        role="switch"
        checked={selected}
        aria-checked={selected}
        onChange={(event) => onChange(event.target.checked)}
        disabled={disabled}
        aria-label={label}
        aria-describedby={describedBy}
        className="peer absolute inset-0 m-0 size-full opacity-0"
      />
      {children}
      <span
        className={cx(
          'press flex h-7 w-12 shrink-0 items-center rounded-pill border-2 p-0.5 forced-colors:border-[ButtonBorder] peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent',
          selected
            ? tinted
              ? 'border-tint-ink bg-tint-ink forced-colors:bg-[Highlight]'
              : 'border-accent bg-accent forced-colors:bg-[Highlight]'
            : tinted
              ? 'border-tint-ink bg-transparent'
              : 'border-control bg-transparent',
        )}
      >
        <span
          className={cx(
            'size-5 rounded-pill transition-[translate,background-color] duration-200 ease-calm',
            selected ? 'translate-x-5 rtl:-translate-x-5' : '',
            selected
              ? tinted
                ? 'bg-tint forced-colors:bg-[Canvas]'
                : 'bg-on-accent forced-colors:bg-[Canvas]'
              : tinted
                ? 'bg-tint-ink forced-colors:bg-[ButtonText]'
                : 'bg-control forced-colors:bg-[ButtonText]',
          )}
        />
      </span>
    </label>
  )
}
