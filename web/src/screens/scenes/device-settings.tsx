import { t } from '@lingui/core/macro'
import type { DeviceView } from '@eaves/model'
import type { SceneSetting } from '@eaves/model/api'
import { X } from 'lucide-react'
import { useState } from 'react'
import { iconOf } from '../../devices/icons.ts'
import { spokenName } from '../../devices/state.ts'
import { IconButton } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Icon } from '../../ui/icon.tsx'
import { formatLater } from '../../words/later/values.ts'
import { DeviceValues } from './device-values.tsx'
import { sendable } from './editor-model.ts'

type Change = (settings: readonly SceneSetting[]) => void

/** One device of the scene: what it is to be in a line, and its values on request. */
export function DeviceSettings({
  home,
  device,
  settings,
  onChange,
  onRemove,
}: {
  readonly home: string
  readonly device: DeviceView
  readonly settings: readonly SceneSetting[]
  readonly onChange: Change
  readonly onRemove: () => void
}) {
  const [open, setOpen] = useState(false)
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-1 py-2">
      <div className="flex items-start gap-3">
        <Icon of={iconOf(device)} className="mt-3 shrink-0 text-muted" />
        <div className="min-w-0 flex-1">
          <Disclosure
            open={open}
            onChange={setOpen}
            title={
              <>
                <bdi className="block wrap-anywhere text-ink">{device.name}</bdi>
                <span className="block text-state font-normal text-muted">
                  {wordsOf(settings.filter((each) => each.device === device.id))}
                </span>
              </>
            }
          >
            {open && <DeviceValues home={home} device={device} settings={settings} onChange={onChange} />}
          </Disclosure>
        </div>
        <IconButton icon={X} label={t`Take ${spokenName(device)} out`} onPress={onRemove} />
      </div>
    </li>
  )
}

/** "On, 40%": what the scene asks of a device. */
export function wordsOf(settings: readonly SceneSetting[]): string {
  return sendable(settings)
    .flatMap(({ capability, values }) =>
      capability === 'lock'
        ? [t`Locked`]
        : Object.entries(values).map(([attribute, value]) => formatLater(capability, attribute, value)),
    )
    .join(', ')
}
