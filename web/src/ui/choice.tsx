import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { Checkbox as AriaCheckbox } from 'react-aria-components/Checkbox'
import { Label } from 'react-aria-components/Label'
import { Radio, RadioGroup as AriaRadioGroup } from 'react-aria-components/RadioGroup'
import { cx } from './cx.ts'
import { Icon } from './icon.tsx'

export interface RadioGroupProps<T extends string> {
  readonly label: string
  readonly options: readonly { readonly id: T; readonly name: string; readonly hint?: string | undefined }[]
  readonly value: T | undefined
  readonly onChange: (value: T) => void
  readonly disabled?: boolean
}
export function RadioGroup<T extends string>({
  label,
  options,
  value,
  onChange,
  disabled,
}: RadioGroupProps<T>) {
  return (
    <AriaRadioGroup
      value={value ?? null}
      onChange={(next) => onChange(next as T)}
      isDisabled={disabled ?? false}
      className="grid gap-1.5"
    >
      <Label className="text-card">{label}</Label>
      {options.map((option) => (
        <Radio
          key={option.id}
          value={option.id}
          className="group flex min-h-11 items-center gap-3 rounded-control focus-visible:outline-2 focus-visible:outline-accent"
        >
          {({ isSelected }) => (
            <>
              <span
                className={cx(
                  'size-5 shrink-0 rounded-pill',
                  isSelected
                    ? 'border-[6px] border-accent bg-on-accent forced-colors:border-[Highlight]'
                    : 'border-2 border-control',
                )}
              />
              <span className="grid">
                <span>{option.name}</span>
                {option.hint && <span className="text-state text-muted">{option.hint}</span>}
              </span>
            </>
          )}
        </Radio>
      ))}
    </AriaRadioGroup>
  )
}

export interface CheckboxProps {
  readonly selected: boolean
  readonly onChange: (selected: boolean) => void
  readonly children: ReactNode
  readonly disabled?: boolean
}
export function Checkbox({ selected, onChange, children, disabled }: CheckboxProps) {
  return (
    <AriaCheckbox
      isSelected={selected}
      onChange={onChange}
      isDisabled={disabled ?? false}
      className="flex min-h-11 items-start gap-3 rounded-control py-2.5 focus-visible:outline-2 focus-visible:outline-accent disabled:opacity-50"
    >
      <span
        className={cx(
          'flex size-6 shrink-0 items-center justify-center rounded-[0.4rem] border-2',
          selected ? 'border-accent bg-accent text-on-accent forced-colors:bg-[Highlight]' : 'border-control',
        )}
      >
        {selected && <Icon of={Check} size={16} />}
      </span>
      <span className="min-w-0 flex-1">{children}</span>
    </AriaCheckbox>
  )
}
