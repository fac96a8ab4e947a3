import { t } from '@lingui/core/macro'
import { Check, ChevronDown, Search } from 'lucide-react'
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete'
import { Button } from 'react-aria-components/Button'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { SearchField } from 'react-aria-components/SearchField'
import { Select, SelectValue } from 'react-aria-components/Select'
import { Text } from 'react-aria-components/Text'
import { inputLook } from './field.tsx'
import { Icon } from './icon.tsx'
import type { SearchSelectProps } from './search-select.tsx'

/** Loaded by search-select.tsx, when a page has one. */
export function SearchSelectList({ label, options, value, onChange, hint }: SearchSelectProps) {
  const { contains } = useFilter({ sensitivity: 'base' })
  return (
    <Select
      selectedKey={value}
      onSelectionChange={(key) => key !== null && onChange(String(key))}
      className="grid min-w-0 gap-1.5"
    >
      <Label className="text-card">{label}</Label>
      <Button className="flex min-h-12 w-full items-center justify-between gap-2 rounded-control border border-control bg-surface px-3 text-start text-body text-ink">
        <SelectValue className="truncate" />
        <Icon of={ChevronDown} size={18} className="shrink-0 text-muted" />
      </Button>
      {hint && (
        <Text slot="description" className="text-state font-normal text-muted">
          {hint}
        </Text>
      )}
      <Popover className="fade-in max-h-80 w-(--trigger-width) overflow-auto rounded-card border border-line bg-surface text-ink shadow-layer">
        <Autocomplete filter={contains}>
          <SearchField
            aria-label={t`Search: ${label}`}
            autoFocus
            className="sticky top-0 z-10 border-b border-line bg-surface p-2"
          >
            <Icon of={Search} size={18} className="absolute start-5 top-1/2 -translate-y-1/2 text-muted" />
            <Input className={`${inputLook} ps-10`} />
          </SearchField>
          <ListBox
            items={options}
            className="p-1 outline-none"
            renderEmptyState={() => (
              <p className="px-3 py-2 text-state font-normal text-muted">{t`Nothing fits what you typed.`}</p>
            )}
          >
            {(option) => (
              <ListBoxItem
                id={option.id}
                textValue={option.name}
                className="flex min-h-11 cursor-pointer items-center justify-between gap-3 rounded-control px-3 text-body outline-none focus:bg-surface-2 data-focused:bg-surface-2"
              >
                {({ isSelected }) => (
                  <>
                    {option.name}
                    {isSelected && <Icon of={Check} size={18} className="shrink-0 text-accent" />}
                  </>
                )}
              </ListBoxItem>
            )}
          </ListBox>
        </Autocomplete>
      </Popover>
    </Select>
  )
}
