import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useChangeFloors } from '../../data/floors.ts'
import { useFloors } from '../../data/home-changes.ts'
import { useRooms } from '../../data/rooms.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { Row, Rows } from './page.tsx'

const noFloor = 'none'

/** Floors, and which room is on which; rooms are made, renamed and ordered under Rooms. */
export function Floors({ home }: { readonly home: string }) {
  const floors = useFloors(home).data ?? []
  const rooms = useRooms(home).data ?? []
  const { add, remove, place } = useChangeFloors(home)
  const [name, setName] = useState('')
  const submit = (): void => {
    if (name.trim() !== '' && !add.isPending) add.mutate(name.trim(), { onSuccess: () => setName('') })
  }
  return (
    <section aria-labelledby="floors" className="grid gap-4 border-t border-line pt-6">
      <h2 id="floors" className="text-section">
        <Trans>Floors and rooms</Trans>
      </h2>
      <Failure error={add.error ?? remove.error ?? place.error} />
      {floors.length > 0 && (
        <Rows>
          {floors.map((floor) => (
            <Row
              key={floor.id}
              action={
                <IconButton
                  icon={Trash2}
                  label={t`Remove the floor ${floor.name}`}
                  onPress={() => remove.mutate(floor.id)}
                />
              }
            >
              <span className="text-card">{floor.name}</span>
            </Row>
          ))}
        </Rows>
      )}
      <div className="flex items-end gap-3">
        <div className="flex-1">
          <TextField
            label={t`New floor`}
            value={name}
            onChange={setName}
            onSubmit={submit}
            maxLength={80}
            autoComplete="off"
          />
        </div>
        <div className="pb-0.5">
          <Button isDisabled={add.isPending || name.trim() === ''} onPress={submit}>
            <Trans>Add floor</Trans>
          </Button>
        </div>
      </div>
      {floors.length > 0 && rooms.length > 0 && (
        <Rows>
          {rooms.map((room) => (
            <Row
              key={room.id}
              action={
                <div className="w-44">
                  <Select
                    hideLabel
                    label={t`Floor of ${room.name}`}
                    value={room.floor ?? noFloor}
                    onChange={(floor) =>
                      place.mutate({ room: room.id, floor: floor === noFloor ? null : floor })
                    }
                    options={[
                      { id: noFloor, name: t`No floor` },
                      ...floors.map(({ id, name: floorName }) => ({ id, name: floorName })),
                    ]}
                  />
                </div>
              }
            >
              <span className="text-card">{room.name}</span>
            </Row>
          ))}
        </Rows>
      )}
      <p>
        <Link
          to={paths.rooms(home)}
          className="inline-flex min-h-11 items-center text-card text-accent underline underline-offset-2"
        >
          <Trans>Add, rename and order rooms</Trans>
        </Link>
      </p>
    </section>
  )
}
