import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { capabilities } from '@eaves/model'
import { useControl } from '../../data/control.ts'
import { spokenName } from '../../devices/state.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { Slider } from '../../ui/slider.tsx'
import { Switch } from '../../ui/switch.tsx'
import { percent } from '../../words/numbers.ts'
import { word } from '../../words/values.ts'
import { ControlNotes } from './control-notes.tsx'
import type { PartProps } from './part-controls.tsx'
import { PowerButton } from './power-button.tsx'

const modeSpec = capabilities.fan.attributes.mode
const directionSpec = capabilities.fan.attributes.direction
const numeric = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)
const chosen = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

export function FanControl({ device, part, shape }: PartProps) {
  const power = useControl(device, part, 'onOff')
  const fan = useControl(device, part, 'fan')
  const own = shape?.capabilities.fan
  const can = (command: string): boolean => own?.commands.includes(command) ?? false
  const modes = own?.limits?.mode?.values ?? (modeSpec?.type === 'enum' ? modeSpec.values : [])
  const name = spokenName(device)
  const blocked = fan.blocked !== undefined
  return (
    <div data-tint="cool" className="grid gap-6">
      {'onOff' in part.capabilities && (
        <div className="grid justify-items-center">
          <PowerButton name={name} control={power} />
        </div>
      )}
      {can('setSpeed') && (
        <div className="grid gap-2">
          <p className="flex justify-between text-card">
            <Trans>Speed</Trans>
            <span className="tabular text-muted">
              {fan.shown.percent === undefined ? '–' : percent(numeric(fan.shown.percent) ?? 0)}
            </span>
          </p>
          <Slider
            label={t`${name} speed`}
            value={numeric(fan.shown.percent)}
            reported={fan.pending ? numeric(fan.reported.percent) : undefined}
            format={percent}
            disabled={blocked}
            onChange={(next) => fan.act('setSpeed', { percent: next }, { paced: true })}
          />
        </div>
      )}
      {can('setMode') && (
        <Segmented
          label={t`${name} mode`}
          options={modes.map((mode) => ({ id: mode, name: word(mode) }))}
          value={chosen(fan.shown.mode)}
          onChange={(mode) => fan.act('setMode', { mode })}
          disabled={blocked}
        />
      )}
      {can('setOscillating') && (
        <Switch
          selected={fan.shown.oscillating === true}
          onChange={(next) => fan.act('setOscillating', { oscillating: next })}
          disabled={blocked}
        >
          <Trans>Swing from side to side</Trans>
        </Switch>
      )}
      {can('setDirection') && directionSpec?.type === 'enum' && (
        <Segmented
          label={t`${name} direction`}
          options={directionSpec.values.map((value) => ({ id: value, name: word(value) }))}
          value={chosen(fan.shown.direction)}
          onChange={(direction) => fan.act('setDirection', { direction })}
          disabled={blocked}
        />
      )}
      <ControlNotes device={device} control={fan.failure ? fan : power} />
    </div>
  )
}
