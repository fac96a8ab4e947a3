import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import { Link, useNavigate } from '@tanstack/react-router'
import { ChevronLeft, Ellipsis, Layers, Pencil, PowerOff, Sofa, SwatchBook, Trash2 } from 'lucide-react'
import { lazy, Suspense, type CSSProperties, useState } from 'react'
import { useConnection } from '../../data/connection.ts'
import { send } from '../../data/control.ts'
import { useDevices } from '../../data/devices.ts'
import { useCan } from '../../data/homes.ts'
import { useRights } from '../../data/rights.ts'
import { useRemoveRoom } from '../../data/room-changes.ts'
import { useRooms } from '../../data/rooms.ts'
import { DeviceGrid } from '../../devices/card.tsx'
import { byGroup, whatIsOn } from '../../devices/facts.ts'
import { paths } from '../../paths.ts'
import { NotFound } from '../../shell/not-found.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { hasScreen, SceneRow } from '../../screens.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Name } from '../../ui/name.tsx'
import { CardSkeletons } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { toasts } from '../../ui/toasts.ts'
import { groupName } from '../../words/later/groups.ts'
import { errorWords } from '../../words/errors.ts'
import { SensorLine } from './sensor-line.tsx'

const RenameRoom = lazy(() => import('./rename-room.tsx').then((module) => ({ default: module.RenameRoom })))

/** Switches off what is on and offers the way back; only what was on comes back. */
function allOff(devices: readonly DeviceView[]): void {
  // What is treated as a lock goes off by itself alone.
  const on = whatIsOn(devices.filter((device) => device.guarded !== true))
  for (const { device, part } of on) send(device, part.id, 'onOff', 'turnOff', { on: false })
  const back = (): void =>
    on.forEach(({ device, part }) => send(device, part.id, 'onOff', 'turnOn', { on: true }))
  toasts.show(plural(on.length, { one: '# thing switched off', other: '# things switched off' }), {
    name: t`Undo`,
    run: back,
  })
}

export function Screen({ home, room }: { readonly home: string; readonly room: string }) {
  const rooms = useRooms(home)
  const devices = useDevices(home)
  const { live } = useConnection()
  const can = useCan(home)
  const rights = useRights(home)
  const found = rooms.data?.find((entry) => entry.id === room)
  useTitle(found?.name)
  if (rooms.error && !rooms.data) return <QueryError level={1} error={rooms.error} retry={rooms.refetch} />
  if (rooms.data && !found) return <NotFound />
  const inside = devices.data?.filter((device) => device.room === room)
  const own = inside?.filter((device) => rights(device).commands('onOff')) ?? []
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <header className="grid grid-cols-[minmax(0,1fr)] gap-1">
        <Link
          to={paths.rooms(home)}
          className="-ms-2 inline-flex min-h-11 items-center justify-self-start rounded-control px-2 text-card text-accent"
        >
          <Icon of={ChevronLeft} className="rtl:-scale-x-100" />
          <Trans>Rooms</Trans>
        </Link>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h1 className="min-w-0 text-title">{found ? <Name of={found.name} lines={2} /> : '\u00a0'}</h1>
          <div className="flex items-center gap-2">
            {own.some((device) => ['light', 'plug', 'switch', 'fan'].includes(device.kind)) && (
              <Button
                icon={PowerOff}
                isDisabled={!live || whatIsOn(own).length === 0}
                onPress={() => allOff(own)}
              >
                <Trans>All off</Trans>
              </Button>
            )}
            {found && (can('room.edit') || can('device.edit')) && (
              <RoomMenu home={home} room={room} name={found.name} devices={inside?.length ?? 0} />
            )}
          </div>
        </div>
        {inside && <SensorLine devices={inside} />}
      </header>
      {devices.data && (
        <Suspense fallback={null}>
          <SceneRow home={home} room={room} devices={devices.data} />
        </Suspense>
      )}
      {inside === undefined ? (
        devices.error ? (
          <QueryError error={devices.error} retry={devices.refetch} />
        ) : (
          <CardSkeletons count={4} />
        )
      ) : inside.length === 0 ? (
        <Empty home={home} />
      ) : (
        <div className="card-groups">
          {byGroup(inside).map(([group, ofGroup]) => (
            <section
              key={group}
              aria-labelledby={`group-${group}`}
              className="grid content-start gap-3"
              style={{ '--cards': ofGroup.length } as CSSProperties}
            >
              <h2 id={`group-${group}`} className="text-group text-muted">
                {groupName(group)}
              </h2>
              <DeviceGrid home={home} devices={ofGroup} room={room} />
            </section>
          ))}
        </div>
      )}
    </div>
  )
}

function Empty({ home }: { readonly home: string }) {
  const can = useCan(home)
  const mayAdd = can('device.onboard') && hasScreen('add-device')
  // Who may arrange devices is narrowed by nothing, and sees what there is.
  const seesAll = mayAdd || can('device.edit')
  return (
    <EmptyState
      icon={Sofa}
      title={seesAll ? t`Nothing in this room yet` : t`No device to see here`}
      action={
        mayAdd && (
          <Link
            to={paths.add(home)}
            className="inline-flex min-h-11 items-center rounded-control bg-accent px-4 text-card text-on-accent"
          >
            <Trans>Add devices</Trans>
          </Link>
        )
      }
    >
      {mayAdd ? (
        <Trans>Add devices, or open one and move it here under its settings.</Trans>
      ) : seesAll ? (
        <Trans>Open a device and move it here under its settings.</Trans>
      ) : (
        <Trans>None stands in this room, or none is shared with you.</Trans>
      )}
    </EmptyState>
  )
}

function RoomMenu({
  home,
  room,
  name,
  devices,
}: {
  readonly home: string
  readonly room: string
  readonly name: string
  readonly devices: number
}) {
  const [renaming, setRenaming] = useState(false)
  const remove = useRemoveRoom(home)
  const can = useCan(home)
  const navigate = useNavigate()
  const removeRoom = (): void =>
    remove.mutate(room, {
      onSuccess: () => {
        toasts.show(
          devices === 0
            ? t`${name} removed`
            : t`${name} removed. Its devices are still here, without a room.`,
        )
        void navigate({ to: paths.rooms(home) })
      },
      onError: (error) => toasts.show(errorWords(error).title),
    })
  return (
    <>
      <Menu
        label={t`${name} options`}
        trigger={<IconButton icon={Ellipsis} label={t`${name} options`} />}
        entries={[
          can('device.edit') && {
            id: 'group',
            name: t`New group`,
            icon: Layers,
            run: () => void navigate({ to: paths.newGroup(home), search: { room } }),
          },
          can('scene.edit') &&
            devices > 0 && {
              id: 'scene',
              name: t`New scene`,
              icon: SwatchBook,
              run: () => void navigate({ to: paths.scenes(home, '/new'), search: { room } }),
            },
          can('room.edit') && {
            id: 'rename',
            name: t`Rename room`,
            icon: Pencil,
            run: () => setRenaming(true),
          },
          can('room.edit') && {
            id: 'remove',
            name: t`Remove room`,
            icon: Trash2,
            danger: true,
            run: removeRoom,
          },
        ].filter((entry) => entry !== false)}
      />
      {renaming && (
        <Suspense fallback={null}>
          <RenameRoom home={home} room={room} name={name} onClose={() => setRenaming(false)} />
        </Suspense>
      )}
    </>
  )
}
