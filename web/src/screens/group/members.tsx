import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import { useState } from 'react'
import { iconOf } from '../../devices/icons.ts'
import { Checkbox } from '../../ui/choice.tsx'
import { TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'

const searchFrom = 9

/** Which devices are in the group; those of the room it was begun in come first. */
export function Members({
  devices,
  first,
  chosen,
  onChange,
}: {
  readonly devices: readonly DeviceView[]
  readonly first: string | undefined
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}) {
  const [typed, setTyped] = useState('')
  const wanted = typed.trim().toLocaleLowerCase()
  const shown = devices
    .filter(({ name, roomName }) => `${name} ${roomName ?? ''}`.toLocaleLowerCase().includes(wanted))
    .toSorted((a, b) => Number(b.room === first) - Number(a.room === first))
  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend className="mb-2 text-group">
        <Trans>What is in it</Trans>
      </legend>
      {devices.length >= searchFrom && (
        <TextField label={t`Search by name or room`} value={typed} onChange={setTyped} maxLength={80} />
      )}
      <ul className="divide-y divide-line rounded-card border border-line bg-surface px-4">
        {shown.map((device) => (
          <li key={device.id}>
            <Checkbox
              selected={chosen.includes(device.id)}
              onChange={(selected) =>
                onChange(selected ? [...chosen, device.id] : chosen.filter((member) => member !== device.id))
              }
            >
              <span className="flex items-start gap-3">
                <Icon of={iconOf(device)} className="mt-0.5 shrink-0 text-muted" />
                <span className="min-w-0">
                  <span className="block wrap-anywhere">{device.name}</span>
                  {device.roomName !== null && (
                    <span className="block text-caption text-muted">{device.roomName}</span>
                  )}
                </span>
              </span>
            </Checkbox>
          </li>
        ))}
      </ul>
      {shown.length === 0 && (
        <p className="text-muted">
          <Trans>Nothing fits what you typed.</Trans>
        </p>
      )}
      <p role="status" className="text-state text-muted">
        <Plural value={chosen.length} one="# device chosen" other="# devices chosen" />
      </p>
    </fieldset>
  )
}
