import type { ReactElement } from 'react'
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { cx } from './cx.ts'
import { Icon, type LucideIcon } from './icon.tsx'

export interface MenuEntry {
  readonly id: string
  readonly name: string
  readonly icon?: LucideIcon
  readonly danger?: boolean
  readonly run: () => void
}
/** A list of acts behind one button. */
export function Menu({
  trigger,
  label,
  entries,
}: {
  readonly trigger: ReactElement
  readonly label: string
  readonly entries: readonly MenuEntry[]
}) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover
        placement="bottom end"
        className="fade-in min-w-56 rounded-card border border-line bg-surface p-1 text-ink shadow-layer"
      >
        <AriaMenu
          aria-label={label}
          className="outline-none"
          onAction={(key) => entries.find((entry) => entry.id === key)?.run()}
        >
          {entries.map((entry) => (
            <MenuItem
              key={entry.id}
              id={entry.id}
              textValue={entry.name}
              className={cx(
                'flex min-h-11 cursor-pointer items-center gap-3 rounded-control px-3 text-card outline-none focus:bg-surface-2',
                entry.danger && 'text-alert',
              )}
            >
              {entry.icon && <Icon of={entry.icon} size={18} />}
              {entry.name}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}
