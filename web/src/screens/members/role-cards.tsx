import { t } from '@lingui/core/macro'
import type { HomeRole } from '@eaves/model'
import { Baby, Check, DoorOpen, House, KeyRound, Shield, Tablet, type LucideIcon } from 'lucide-react'
import { Label } from 'react-aria-components/Label'
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import { roleHint, roleName } from '../../words/later/members.ts'

export const roleIcons: Readonly<Record<HomeRole, LucideIcon>> = {
  owner: KeyRound,
  admin: Shield,
  adult: House,
  child: Baby,
  guest: DoorOpen,
  kiosk: Tablet,
}

/** What somebody is in the home, each role with what it means. */
export function RoleCards({
  roles,
  value,
  onChange,
}: {
  readonly roles: readonly HomeRole[]
  readonly value: HomeRole | undefined
  readonly onChange: (role: HomeRole) => void
}) {
  return (
    <RadioGroup value={value ?? null} onChange={(next) => onChange(next as HomeRole)}>
      <VisuallyHidden>
        <Label>{t`Role`}</Label>
      </VisuallyHidden>
      <div className="grid gap-3 sm:grid-cols-2">
        {roles.map((role) => (
          <Radio
            key={role}
            value={role}
            className={({ isSelected }) =>
              cx(
                'press flex min-h-20 items-start gap-3 rounded-card border p-4 focus-visible:outline-2 focus-visible:outline-accent',
                isSelected
                  ? 'border-accent bg-surface-2 forced-colors:border-[Highlight]'
                  : 'border-line bg-surface',
              )
            }
          >
            {({ isSelected }) => (
              <>
                <Icon
                  of={roleIcons[role]}
                  size={24}
                  className={cx('mt-0.5 shrink-0', isSelected ? 'text-accent' : 'text-muted')}
                />
                <span className="grid gap-0.5">
                  <span className="text-card">{roleName(role)}</span>
                  <span className="text-state font-normal text-muted">{roleHint(role)}</span>
                </span>
                {isSelected && <Icon of={Check} className="ms-auto shrink-0 text-accent" />}
              </>
            )}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
