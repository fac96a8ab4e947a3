import { t } from '@lingui/core/macro'
import { useControl } from '../../data/control.ts'
import { spokenName } from '../../devices/state.ts'
import { formatAttribute } from '../../words/numbers.ts'
import { ControlNotes } from './control-notes.tsx'
import { HistoryStrip } from './history-strip.tsx'
import { HoldButton } from './hold-button.tsx'
import type { PartProps } from './part-controls.tsx'
import { PowerButton } from './power-button.tsx'

/** A plug, a switch, or anything that is only on or off; with what it draws now when it measures that. */
export function PowerControl({ home, device, part, shape }: PartProps) {
  const control = useControl(device, part, 'onOff')
  const name =
    shape?.name && device.parts.length > 1 ? `${spokenName(device)}, ${shape.name}` : spokenName(device)
  const watts = part.capabilities.power?.watts
  const canSwitch = shape?.capabilities.onOff === undefined || shape.capabilities.onOff.commands.length > 0
  const on = control.shown.on
  return (
    <div
      {...(on === true ? { 'data-tint': device.kind === 'plug' ? 'energy' : 'light' } : {})}
      className="grid gap-6"
    >
      <div className="grid justify-items-center gap-3">
        {typeof watts === 'number' && device.online && (
          <p className="tabular text-value">{formatAttribute('power', 'watts', watts)}</p>
        )}
        <p className="tabular text-group text-muted">
          {on === undefined || (device.guarded === true && !device.online)
            ? t`Unknown`
            : on === true
              ? t`On`
              : t`Off`}
        </p>
        {canSwitch &&
          (device.guarded === true ? (
            <HoldButton
              large
              label={on === true ? t`Hold to turn off` : t`Hold to turn on`}
              verb={on === true ? t`Turn off` : t`Turn on`}
              title={on === true ? t`Turn off ${name}?` : t`Turn on ${name}?`}
              note={t`It is treated as a lock.`}
              disabled={control.blocked !== undefined || control.pending}
              onConfirm={() => control.act(on === true ? 'turnOff' : 'turnOn', {}, { held: true })}
            />
          ) : (
            <PowerButton name={name} control={control} />
          ))}
      </div>
      <ControlNotes device={device} control={control} />
      <HistoryStrip
        home={home}
        of={{ device: device.id, part: part.id, capability: 'onOff', attribute: 'on' }}
      />
    </div>
  )
}
