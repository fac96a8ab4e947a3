import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
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
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection={value !== undefined}
      isDisabled={disabled ?? false}
      selectedKeys={value === undefined ? [] : [value]}
      onSelectionChange={(keys) => {
        const [key] = keys
        if (key !== undefined) onChange(key as T)
      }}
      className={cx(
        'grid gap-1 rounded-control bg-surface-2 p-1',
        options.length > 4 ? 'grid-cols-3' : 'auto-cols-fr grid-flow-col',
      )}
    >
      {options.map((option) => (
        <ToggleButton
          key={option.id}
          id={option.id}
          className={({ isSelected }) =>
            cx(
              'press min-h-11 rounded-[0.5rem] px-2 text-state disabled:opacity-50',
              isSelected
                ? 'bg-surface text-ink shadow-[0_1px_2px_rgb(0_0_0/.12)] forced-colors:bg-[Highlight] forced-colors:text-[HighlightText]'
                : 'text-muted',
            )
          }
        >
          {option.name}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
