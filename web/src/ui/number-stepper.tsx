import { Minus, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from './button.tsx'

export interface NumberStepperProps {
  readonly label: string
  readonly lessLabel: string
  readonly moreLabel: string
  readonly value: number | undefined
  readonly min: number
  readonly max: number
  readonly step: number
  readonly format: (value: number) => string
  readonly onChange: (value: number) => void
  readonly disabled?: boolean
  /** Shown where the value is, when it is to be larger than text. */
  readonly children?: ReactNode
}
const snap = (value: number, step: number): number => Number((Math.round(value / step) * step).toFixed(6))

/** A number by small steps; arrow keys, Home and End work on the value itself. */
export function NumberStepper({
  label,
  lessLabel,
  moreLabel,
  value,
  min,
  max,
  step,
  format,
  onChange,
  disabled,
  children,
}: NumberStepperProps) {
  const set = (next: number): void => onChange(Math.min(max, Math.max(min, snap(next, step))))
  const keys: Readonly<Record<string, number | undefined>> =
    value === undefined
      ? {}
      : {
          ArrowUp: value + step,
          ArrowRight: value + step,
          ArrowDown: value - step,
          ArrowLeft: value - step,
          PageUp: value + step * 5,
          PageDown: value - step * 5,
          Home: min,
          End: max,
        }
  const off = disabled === true
  // Never told: the first press asks for the value nearest to nothing.
  const from = value ?? Math.min(max, Math.max(min, 0))
  return (
    <div className="flex items-center justify-between gap-4">
      <IconButton
        icon={Minus}
        variant="plain"
        label={lessLabel}
        isDisabled={off || (value !== undefined && value <= min)}
        onPress={() => set(value === undefined ? from : value - step)}
      />
      <div
        role="spinbutton"
        tabIndex={off ? -1 : 0}
        aria-label={label}
        aria-disabled={off}
        aria-valuemin={min}
        aria-valuemax={max}
        {...(value === undefined ? {} : { 'aria-valuenow': value, 'aria-valuetext': format(value) })}
        onKeyDown={(event) => {
          const next = keys[event.key]
          if (!off && next !== undefined) {
            event.preventDefault()
            set(next)
          }
        }}
        className="tabular min-w-20 rounded-control px-2 text-center text-group"
      >
        {children ?? (value === undefined ? '–' : format(value))}
      </div>
      <IconButton
        icon={Plus}
        variant="plain"
        label={moreLabel}
        isDisabled={off || (value !== undefined && value >= max)}
        onPress={() => set(value === undefined ? from : value + step)}
      />
    </div>
  )
}
