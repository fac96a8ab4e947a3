import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import { Link } from '@tanstack/react-router'
import { ChevronRight, Search } from 'lucide-react'
import { useState } from 'react'
import { iconOf } from '../../devices/icons.ts'
import { cardState } from '../../devices/state.ts'
import { valueOf } from '../../devices/facts.ts'
import { paths } from '../../paths.ts'
import { Badge } from '../../ui/badge.tsx'
import { TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { EmptyState } from '../../ui/states.tsx'

const searchFrom = 9
/** New ones first, then those of the same kind, then by name. */
function candidates(device: DeviceView, devices: readonly DeviceView[]): readonly DeviceView[] {
  const rank = (other: DeviceView): number => (other.isNew ? 0 : 2) + (other.kind === device.kind ? 0 : 1)
  return devices
    .filter(({ id, kind }) => id !== device.id && kind !== 'group')
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
}

export function ChooseOther({
  home,
  device,
  devices,
}: {
  readonly home: string
  readonly device: DeviceView
  readonly devices: readonly DeviceView[]
}) {
  const [typed, setTyped] = useState('')
  const all = candidates(device, devices)
  const wanted = typed.trim().toLocaleLowerCase()
  const shown = all.filter(({ name, roomName }) =>
    `${name} ${roomName ?? ''}`.toLocaleLowerCase().includes(wanted),
  )
  if (all.length === 0)
    return (
      <EmptyState
        icon={Search}
        title={t`There is no other device yet`}
        action={
          <LinkButton to={paths.add(home)} variant="primary">
            <Trans>Add devices</Trans>
          </LinkButton>
        }
      >
        <Trans>Bring the new one in first, then come back here.</Trans>
      </EmptyState>
    )
  return (
    <div className="grid gap-4">
      {all.length >= searchFrom && (
        <TextField label={t`Search by name or room`} value={typed} onChange={setTyped} maxLength={80} />
      )}
      {shown.length === 0 ? (
        <p className="text-muted">
          <Trans>Nothing fits what you typed.</Trans>
        </p>
      ) : (
        <ul className="divide-y divide-line rounded-card border border-line bg-surface">
          {shown.map((other) => (
            <li key={other.id} className="relative flex min-h-16 items-center gap-4 p-4">
              <Icon of={iconOf(other)} className="text-muted" />
              <div className="min-w-0 flex-1">
                <Link
                  to={paths.replace(home, device.id)}
                  search={{ by: other.id }}
                  className="text-card wrap-anywhere after:absolute after:inset-0"
                >
                  {other.name}
                </Link>
                {other.isNew && (
                  <Badge>
                    <Trans>New</Trans>
                  </Badge>
                )}
                <p className="text-state font-normal text-muted">
                  {[other.roomName ?? t`No room`, cardState(other, valueOf(other, 'onOff', 'on')).text].join(
                    ' · ',
                  )}
                </p>
              </div>
              <Icon of={ChevronRight} className="shrink-0 text-muted rtl:-scale-x-100" />
            </li>
          ))}
        </ul>
      )}
      <p className="text-state font-normal text-muted">
        <Trans>Not there yet?</Trans>{' '}
        <Link to={paths.add(home)} className="inline-flex min-h-6 text-accent underline underline-offset-2">
          <Trans>Bring it in first</Trans>
        </Link>
      </p>
    </div>
  )
}
