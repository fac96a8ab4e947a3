import { ChevronDown, Check } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { Label } from 'react-aria-components/Label'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select'
import { Icon } from './icon.tsx'

export interface SelectListProps {
  readonly label: string
  readonly options: readonly { readonly id: string; readonly name: string }[]
  readonly value: string | undefined
  readonly onChange: (value: string) => void
  readonly placeholder?: string
  readonly disabled?: boolean
  readonly hideLabel?: boolean
}
/** Loaded by select.tsx, when a page has one. */
export function SelectList({
  label,
  options,
  value,
  onChange,
  placeholder,
  disabled,
  hideLabel,
}: SelectListProps) {
  return (
    <AriaSelect
      {...(hideLabel ? { 'aria-label': label } : {})}
      selectedKey={value ?? null}
      onSelectionChange={(key) => key !== null && onChange(String(key))}
      placeholder={placeholder ?? '–'}
      isDisabled={disabled ?? false}
      className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-1.5"
    >
      {!hideLabel && <Label className="text-card">{label}</Label>}
      <Button className="flex min-h-12 w-full items-center justify-between gap-2 rounded-control border border-control bg-surface px-3 text-start text-body text-ink disabled:opacity-50">
        <SelectValue className="truncate" />
        <Icon of={ChevronDown} size={18} className="shrink-0 text-muted" />
      </Button>
      <Popover className="fade-in max-h-80 w-(--trigger-width) min-w-40 overflow-auto rounded-card border border-line bg-surface p-1 text-ink shadow-layer">
        <ListBox className="outline-none">
          {options.map((option) => (
            <ListBoxItem
              key={option.id}
              id={option.id}
              textValue={option.name}
              className="flex min-h-11 cursor-pointer items-center justify-between gap-3 rounded-control px-3 text-body outline-none focus:bg-surface-2"
            >
              {({ isSelected }) => (
                <>
                  <span className="min-w-0 wrap-anywhere">{option.name}</span>
                  {isSelected && <Icon of={Check} size={18} className="shrink-0 text-accent" />}
                </>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
