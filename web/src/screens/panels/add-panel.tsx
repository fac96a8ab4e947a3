import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { PanelMade } from '@eaves/model/api'
import { useState } from 'react'
import { useDevices } from '../../data/devices.ts'
import { useAddPanel } from '../../data/panels.ts'
import { useRooms } from '../../data/rooms.ts'
import { isDangerous } from '../../devices/rights.ts'
import { spokenName } from '../../devices/state.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox, RadioGroup } from '../../ui/choice.tsx'
import { TextField } from '../../ui/field.tsx'
import { limitsOf } from './reach.ts'

/** A name, what it reaches, and the PIN it asks for at a lock. */
export function AddPanel({
  home,
  onMade,
  onClose,
}: {
  readonly home: string
  readonly onMade: (panel: PanelMade) => void
  readonly onClose: () => void
}) {
  const [name, setName] = useState('')
  const [pin, setPin] = useState('')
  const [some, setSome] = useState<'all' | 'some'>('all')
  const [rooms, setRooms] = useState<ReadonlySet<string>>(new Set())
  const [locks, setLocks] = useState<ReadonlySet<string>>(new Set())
  const add = useAddPanel(home)
  const isReady = name.trim() !== '' && (pin === '' || pin.length >= 4) && !add.isPending
  const save = (): void => {
    if (!isReady) return
    const limits = limitsOf({ rooms: some === 'all' ? undefined : rooms, locks })
    add.mutate(
      { name: name.trim(), ...(limits ? { limits } : {}), ...(pin === '' ? {} : { pin }) },
      { onSuccess: onMade },
    )
  }
  return (
    <section aria-labelledby="add" className="grid gap-5 rounded-card border border-line bg-surface p-4">
      <h2 id="add" className="text-group">
        <Trans>Add a wall panel</Trans>
      </h2>
      <Failure error={add.error} />
      <TextField
        label={t`Name`}
        hint={t`Such as where it hangs`}
        value={name}
        onChange={setName}
        onSubmit={save}
        maxLength={80}
        autoComplete="off"
        autoFocus
      />
      <RadioGroup<'all' | 'some'>
        label={t`What it reaches`}
        value={some}
        onChange={setSome}
        options={[
          { id: 'all', name: t`All rooms` },
          { id: 'some', name: t`Some rooms` },
        ]}
      />
      {some === 'some' && <Rooms home={home} chosen={rooms} onChange={setRooms} />}
      <Locks home={home} chosen={locks} onChange={setLocks} />
      <TextField
        label={t`PIN of the panel`}
        hint={t`Four to eight digits. It opens the locks named above, and lets the tablet leave the wall.`}
        value={pin}
        onChange={(text) => setPin(text.replaceAll(/\D/g, '').slice(0, 8))}
        onSubmit={save}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={8}
      />
      <div className="flex flex-wrap gap-3">
        <Button variant="primary" isDisabled={!isReady} onPress={save}>
          <Trans>Add and show the code</Trans>
        </Button>
        <Button variant="quiet" onPress={onClose}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </section>
  )
}

interface Choosing {
  readonly home: string
  readonly chosen: ReadonlySet<string>
  readonly onChange: (chosen: ReadonlySet<string>) => void
}
const toggled = (chosen: ReadonlySet<string>, id: string, on: boolean): ReadonlySet<string> => {
  const next = new Set(chosen)
  if (on) next.add(id)
  else next.delete(id)
  return next
}

function Rooms({ home, chosen, onChange }: Choosing) {
  const rooms = useRooms(home).data ?? []
  return (
    <fieldset className="grid">
      <legend className="text-card">
        <Trans>Rooms</Trans>
      </legend>
      {rooms.map((room) => (
        <Checkbox
          key={room.id}
          selected={chosen.has(room.id)}
          onChange={(on) => onChange(toggled(chosen, room.id, on))}
        >
          {room.name}
        </Checkbox>
      ))}
    </fieldset>
  )
}

function Locks({ home, chosen, onChange }: Choosing) {
  const locks = (useDevices(home).data ?? []).filter(isDangerous)
  if (locks.length === 0) return null
  return (
    <fieldset className="grid">
      <legend className="text-card">
        <Trans>Locks, alarms and other dangerous things it may use</Trans>
      </legend>
      <p className="text-state text-muted">
        <Trans>None unless named here. Where the home asks for it, the panel’s PIN is needed.</Trans>
      </p>
      {locks.map((device) => (
        <Checkbox
          key={device.id}
          selected={chosen.has(device.id)}
          onChange={(on) => onChange(toggled(chosen, device.id, on))}
        >
          {spokenName(device)}
        </Checkbox>
      ))}
    </fieldset>
  )
}
