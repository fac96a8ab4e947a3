import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import { useState } from 'react'
import { useEditDevice } from '../../data/device-changes.ts'
import { useCreateRoom } from '../../data/room-changes.ts'
import { useRooms } from '../../data/rooms.ts'
import { DeviceCard } from '../../devices/card.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { Failure } from '../../shell/failure.tsx'

const noRoom = 'none'
const newRoom = 'new'
/** A bridge calls a newcomer by its hardware address, which is no name to begin with. */
const bareAddress = /^0x[\da-f]{16}$/i
/** More would push what else the page offers out of sight. */
const atOnce = 4

/** What came in and was not looked at yet: try it, name it, give it a room, or take all as they are. */
export function NewDevices({
  home,
  devices,
}: {
  readonly home: string
  readonly devices: readonly DeviceView[]
}) {
  const edit = useEditDevice(home)
  const [all, setAll] = useState(false)
  const shown = all ? devices : devices.slice(0, atOnce)
  const takeAll = (): void => devices.forEach((device) => edit.mutate({ device: device.id, isNew: false }))
  return (
    <section aria-labelledby="new" className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="new" className="text-section">
          <Trans>New devices</Trans>
        </h2>
        {devices.length > 1 && (
          <Button variant="quiet" isDisabled={edit.isPending} onPress={takeAll}>
            <Trans>Keep all as they are</Trans>
          </Button>
        )}
      </div>
      <ul className="grid gap-4">
        {shown.map((device) => (
          <li key={device.id}>
            <NewDevice home={home} device={device} />
          </li>
        ))}
      </ul>
      {shown.length < devices.length && (
        <div>
          <Button onPress={() => setAll(true)}>
            <Plural
              value={devices.length - shown.length}
              one="Show # more device"
              other="Show # more devices"
            />
          </Button>
        </div>
      )}
    </section>
  )
}

function NewDevice({ home, device }: { readonly home: string; readonly device: DeviceView }) {
  const rooms = useRooms(home).data ?? []
  const [name, setName] = useState(bareAddress.test(device.name) ? '' : device.name)
  const [room, setRoom] = useState<string>(device.room ?? noRoom)
  const [named, setNamed] = useState('')
  const edit = useEditDevice(home)
  const create = useCreateRoom(home)
  const busy = edit.isPending || create.isPending
  const save = (): void => {
    if (busy) return
    const put = (into: string | null): void =>
      edit.mutate({
        device: device.id,
        isNew: false,
        ...(name.trim() === '' || name.trim() === device.name ? {} : { name: name.trim() }),
        ...(into === device.room ? {} : { room: into }),
      })
    if (room === newRoom && named.trim() !== '')
      create.mutate({ name: named.trim() }, { onSuccess: (made) => put(made.id) })
    else put(room === noRoom || room === newRoom ? null : room)
  }
  return (
    <article
      aria-label={device.name}
      className="grid items-start gap-4 rounded-card bg-surface-2 p-4 md:grid-cols-[12rem_minmax(0,1fr)]"
    >
      <DeviceCard home={home} device={device} />
      <div className="grid gap-3">
        <Failure error={edit.error ?? create.error} />
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField label={t`Name`} value={name} onChange={setName} onSubmit={save} maxLength={80} />
          <Select
            label={t`Room`}
            value={room}
            onChange={setRoom}
            options={[
              { id: noRoom, name: t`No room yet` },
              ...rooms.map(({ id, name: roomName }) => ({ id, name: roomName })),
              { id: newRoom, name: t`A new room…` },
            ]}
          />
        </div>
        {room === newRoom && (
          <TextField
            label={t`Name of the new room`}
            value={named}
            onChange={setNamed}
            onSubmit={save}
            maxLength={80}
            autoFocus
          />
        )}
        <div>
          <Button isDisabled={busy} onPress={save}>
            <Trans>Done</Trans>
          </Button>
        </div>
      </div>
    </article>
  )
}
