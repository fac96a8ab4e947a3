import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useControl } from '../../../data/control.ts'
import { spokenName } from '../../../devices/state.ts'
import { NumberStepper } from '../../../ui/number-stepper.tsx'
import { Select } from '../../../ui/select.tsx'
import { laterWord } from '../../../words/later/values.ts'
import { percent } from '../../../words/numbers.ts'
import { ControlNotes } from '../control-notes.tsx'
import type { PartProps } from '../part-controls.tsx'
import { PowerButton } from '../power-button.tsx'
import { chosen, numeric } from './numeric.ts'

export function HumidifierControl({ device, part, shape }: PartProps) {
  const control = useControl(device, part, 'humidifier')
  const power = useControl(device, part, 'onOff')
  const own = shape?.capabilities.humidifier
  const limits = { min: 0, max: 100, step: 1, ...own?.limits?.targetPercent }
  const target = numeric(control.shown.targetPercent)
  const measured = numeric(control.reported.percent)
  const running = chosen(control.reported.running)
  const modes = own?.limits?.mode?.values ?? []
  const name = spokenName(device)
  const blocked = control.blocked !== undefined
  return (
    <div className="grid gap-6">
      {'onOff' in part.capabilities && (
        <div data-tint="cool" className="grid justify-items-center">
          <PowerButton name={name} control={power} />
        </div>
      )}
      <div
        {...(running === 'humidifying' || running === 'drying' ? { 'data-tint': 'cool' } : {})}
        className="grid gap-2 rounded-card bg-tint p-6 text-center"
      >
        <p className="text-state text-muted">{running === undefined ? t`Set to` : laterWord(running)}</p>
        <NumberStepper
          label={t`${name} target humidity`}
          lessLabel={t`Drier`}
          moreLabel={t`More humid`}
          value={target}
          {...limits}
          format={percent}
          disabled={blocked || !(own?.commands.includes('setTarget') ?? false)}
          onChange={(next) => control.act('setTarget', { percent: next }, { paced: true })}
        >
          <span className="text-value">{target === undefined ? '–' : percent(target)}</span>
        </NumberStepper>
        {measured !== undefined && (
          <p className="tabular text-body text-tint-ink">
            <Trans>{percent(measured)} now</Trans>
          </p>
        )}
      </div>
      {modes.length > 0 && own?.commands.includes('setMode') && (
        <Select
          label={t`Mode`}
          options={modes.map((mode) => ({ id: mode, name: laterWord(mode) }))}
          value={chosen(control.shown.mode)}
          onChange={(mode) => control.act('setMode', { mode })}
          disabled={blocked}
        />
      )}
      <ControlNotes device={device} control={power.failure ? power : control} />
    </div>
  )
}
