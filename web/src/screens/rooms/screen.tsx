import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { Layers, LayoutGrid, Plus } from 'lucide-react'
import { useState } from 'react'
import { useDevices } from '../../data/devices.ts'
import { useCan } from '../../data/homes.ts'
import { useRooms } from '../../data/rooms.ts'
import { factsOf } from '../../devices/facts.ts'
import { lightsWord } from '../../devices/state.ts'
import { paths } from '../../paths.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { CardSkeletons } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { celsius } from '../../words/numbers.ts'
import { NewRoom } from './new-room.tsx'

export function Screen({ home }: { readonly home: string }) {
  const rooms = useRooms(home)
  const can = useCan(home)
  const devices = useDevices(home).data ?? []
  useTitle(t`Rooms`)
  const [adding, setAdding] = useState(false)
  return (
    <div className="grid gap-6">
      <header className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-title">
          <Trans>Rooms</Trans>
        </h1>
        {rooms.data && rooms.data.length > 0 && (
          <div className="flex flex-wrap gap-2">
            {can('device.edit') && (
              <LinkButton to={paths.newGroup(home)}>
                <Icon of={Layers} size={18} />
                <Trans>New group</Trans>
              </LinkButton>
            )}
            {can('room.edit') && (
              <Button icon={Plus} onPress={() => setAdding(true)}>
                <Trans>Add room</Trans>
              </Button>
            )}
          </div>
        )}
      </header>
      {rooms.data?.length === 0 && (
        <EmptyState
          icon={LayoutGrid}
          title={t`No rooms yet`}
          {...(can('room.edit')
            ? {
                action: (
                  <Button variant="primary" icon={Plus} onPress={() => setAdding(true)}>
                    <Trans>Add room</Trans>
                  </Button>
                ),
              }
            : {})}
        >
          {can('room.edit') ? (
            <Trans>Name the rooms of your home, then move devices into them.</Trans>
          ) : (
            <Trans>Nobody has named rooms here, or none is shared with you.</Trans>
          )}
        </EmptyState>
      )}
      {rooms.data ? (
        <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
          {rooms.data.map((room) => {
            const inside = devices.filter((device) => device.room === room.id)
            const facts = factsOf(inside)
            const parts = [
              facts.lightsOn > 0 && lightsWord(facts.lightsOn),
              facts.celsius !== undefined && celsius(facts.celsius),
            ].filter((part) => part !== false)
            return (
              <li
                key={room.id}
                {...(facts.lightsOn > 0 ? { 'data-tint': 'light' } : {})}
                className={cx(
                  'press relative flex min-h-24 flex-col justify-between gap-2 rounded-card border p-4',
                  facts.lightsOn > 0 ? 'border-transparent bg-tint' : 'border-line bg-surface',
                )}
              >
                <h2 className="text-group">
                  <Link
                    to={paths.room(home, room.id)}
                    className="after:absolute after:inset-0 after:rounded-card"
                  >
                    {room.name}
                  </Link>
                </h2>
                <p className={cx('tabular text-state', facts.lightsOn > 0 ? 'text-tint-ink' : 'text-muted')}>
                  {parts.length > 0
                    ? parts.join(' · ')
                    : plural(inside.length, { one: '# device', other: '# devices' })}
                </p>
              </li>
            )
          })}
        </ul>
      ) : rooms.error ? (
        <QueryError error={rooms.error} retry={rooms.refetch} />
      ) : (
        <CardSkeletons count={4} />
      )}
      {adding && <NewRoom home={home} onClose={() => setAdding(false)} />}
    </div>
  )
}
