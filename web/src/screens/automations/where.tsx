import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { House, LayoutGrid } from 'lucide-react'
import { useState } from 'react'
import { iconOf } from '../../devices/icons.ts'
import { inOrder } from '../../devices/facts.ts'
import { TextField } from '../../ui/field.tsx'
import { Icon, type LucideIcon } from '../../ui/icon.tsx'
import { Name } from '../../ui/name.tsx'
import type { Known } from './known.ts'
import type { Aim } from './shape.ts'

const searchFrom = 9

/** One line of a list of things to choose from. */
export function Line({
  icon,
  name,
  hint,
  label,
  onPress,
}: {
  readonly icon?: LucideIcon
  readonly name: string
  readonly hint?: string
  readonly label?: string
  readonly onPress: () => void
}) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onPress}
      className="press flex min-h-12 w-full items-center gap-3 rounded-control px-3 py-2 text-start outline-offset-[-2px] hover:bg-surface-2"
    >
      {icon && <Icon of={icon} className="shrink-0 text-muted" />}
      <span className="grid min-w-0">
        <Name of={name} lines={2} />
        {hint && <span className="text-state font-normal text-muted">{hint}</span>}
      </span>
    </button>
  )
}
export function Lines({ title, children }: { readonly title?: string; readonly children: React.ReactNode }) {
  return (
    <section {...(title ? { 'aria-label': title } : {})}>
      {title && <h3 className="px-3 pb-1 text-state text-muted">{title}</h3>}
      <div className="divide-y divide-line rounded-card border border-line">{children}</div>
    </section>
  )
}

/** Which device, or whatever there is in a room or anywhere. */
export function Where({
  known,
  all,
  onChoose,
}: {
  readonly known: Known
  /** Everything is meant, not just anything. */
  readonly all: boolean
  readonly onChoose: (aim: Aim) => void
}) {
  const [typed, setTyped] = useState('')
  const wanted = typed.trim().toLocaleLowerCase()
  const devices = inOrder(
    known.devices.filter(({ name, roomName }) =>
      `${name} ${roomName ?? ''}`.toLocaleLowerCase().includes(wanted),
    ),
  )
  const rooms = [...known.rooms, undefined].map((room) => ({
    room,
    devices: devices.filter((device) => device.room === (room?.id ?? null)),
  }))
  return (
    <>
      {known.devices.length >= searchFrom && (
        <TextField label={t`Search by name or room`} value={typed} onChange={setTyped} maxLength={80} />
      )}
      {rooms.map(({ room, devices: inside }) =>
        inside.length === 0 ? null : (
          <Lines key={room?.id ?? ''} title={room?.name ?? t`Without a room`}>
            {inside.map((device) => (
              <Line
                key={device.id}
                icon={iconOf(device)}
                name={device.name}
                onPress={() => onChoose({ device: device.id })}
              />
            ))}
            {room !== undefined && inside.length > 1 && wanted === '' && (
              <Line
                icon={LayoutGrid}
                name={all ? t`Everything in ${room.name}` : t`Anything in ${room.name}`}
                onPress={() => onChoose({ room: room.id })}
              />
            )}
          </Lines>
        ),
      )}
      {wanted === '' && known.devices.length > 1 && (
        <Lines title={t`The whole home`}>
          <Line
            icon={House}
            name={all ? t`Everything in the home` : t`Anything in the home`}
            onPress={() => onChoose({ everywhere: true })}
          />
        </Lines>
      )}
      {devices.length === 0 && (
        <p className="text-muted">
          {known.devices.length === 0 ? (
            <Trans>There are no devices in this home yet.</Trans>
          ) : (
            <Trans>Nothing fits what you typed.</Trans>
          )}
        </p>
      )}
    </>
  )
}
