import { t } from '@lingui/core/macro'
import type { DeviceView } from '@eaves/model'
import type { SceneSetting } from '@eaves/model/api'
import { ChevronDown, X } from 'lucide-react'
import { useId, useState } from 'react'
import { iconOf } from '../../devices/icons.ts'
import { spokenName } from '../../devices/state.ts'
import { IconButton } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { DeviceValues } from './device-values.tsx'
import { wordsOf } from './words.ts'

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
  const values = useId()
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-1 py-2">
      <div className="flex items-start gap-3">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={values}
          onClick={() => setOpen(!open)}
          className="press flex min-h-11 min-w-0 flex-1 items-center gap-3 rounded-control text-start"
        >
          <Icon of={iconOf(device)} className="shrink-0 text-muted" />
          <span className="min-w-0 flex-1">
            <bdi className="block text-card wrap-anywhere">{device.name}</bdi>
            <span className="block text-state text-muted">
              {wordsOf(settings.filter((each) => each.device === device.id))}
            </span>
          </span>
          <Icon
            of={ChevronDown}
            size={18}
            className={cx('shrink-0 text-accent transition-[rotate] duration-200', open && 'rotate-180')}
          />
        </button>
        <IconButton icon={X} label={t`Take ${spokenName(device)} out`} onPress={onRemove} />
      </div>
      <div id={values}>
        {open && <DeviceValues home={home} device={device} settings={settings} onChange={onChange} />}
      </div>
    </li>
  )
}
