import { t } from '@lingui/core/macro'
import { ChevronDown } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { ComboBox } from 'react-aria-components/ComboBox'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { Text } from 'react-aria-components/Text'
import { inputLook } from './field.tsx'
import { Icon } from './icon.tsx'

export interface SearchSelectProps {
  readonly label: string
  readonly options: readonly { readonly id: string; readonly name: string }[]
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: string
  readonly error?: string | undefined
}
/** One of many: typing narrows the list. */
export function SearchSelect({ label, options, value, onChange, hint, error }: SearchSelectProps) {
  return (
    <ComboBox
      defaultItems={options}
      selectedKey={value}
      onSelectionChange={(key) => key !== null && onChange(String(key))}
      menuTrigger="focus"
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className="grid gap-1.5"
    >
      <Label className="text-card">{label}</Label>
      <div className="relative">
        <Input className={`${inputLook} pe-12`} />
        <Button
          aria-label={t`Show all`}
          className="absolute inset-y-0 end-0 flex w-12 items-center justify-center text-muted"
        >
          <Icon of={ChevronDown} size={18} />
        </Button>
      </div>
      {hint && (
        <Text slot="description" className="text-state font-normal text-muted">
          {hint}
        </Text>
      )}
      <FieldError className="text-state text-alert">{error}</FieldError>
      <Popover className="fade-in max-h-72 w-(--trigger-width) overflow-auto rounded-card border border-line bg-surface p-1 text-ink shadow-layer">
        <ListBox<{ id: string; name: string }>
          className="outline-none"
          renderEmptyState={() => (
            <p className="px-3 py-2 text-state text-muted">{t`Nothing fits what you typed.`}</p>
          )}
        >
          {(option) => (
            <ListBoxItem
              id={option.id}
              textValue={option.name}
              className="flex min-h-11 cursor-pointer items-center rounded-control px-3 text-body outline-none focus:bg-surface-2 data-focused:bg-surface-2 selected:text-accent"
            >
              {option.name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
