import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { capabilities } from '@eaves/model'
import { useControl } from '../../../data/control.ts'
import { spokenName } from '../../../devices/state.ts'
import { NumberStepper } from '../../../ui/number-stepper.tsx'
import { Select } from '../../../ui/select.tsx'
import { laterWord } from '../../../words/later/values.ts'
import { celsius, degrees } from '../../../words/numbers.ts'
import { ControlNotes } from '../control-notes.tsx'
import { HistoryChart } from '../history.tsx'
import type { PartProps } from '../part-controls.tsx'
import { chosen, numeric } from './numeric.ts'

const modeSpec = capabilities.waterHeater.attributes.mode

export function WaterHeaterControl({ home, device, part, shape }: PartProps) {
  const control = useControl(device, part, 'waterHeater')
  const own = shape?.capabilities.waterHeater
  const limits = { min: 0, max: 100, step: 0.5, ...own?.limits?.targetCelsius }
  const modes = own?.limits?.mode?.values ?? (modeSpec?.type === 'enum' ? modeSpec.values : [])
  const target = numeric(control.shown.targetCelsius)
  const measured = numeric(control.reported.celsius)
  const name = spokenName(device)
  const blocked = control.blocked !== undefined
  const off = control.shown.mode === 'off'
  return (
    <div className="grid gap-6">
      <div
        {...(off ? {} : { 'data-tint': 'heat' })}
        className="grid gap-2 rounded-card bg-tint p-6 text-center"
      >
        <p className="text-state text-muted">
          <Trans>Set to</Trans>
        </p>
        <NumberStepper
          label={t`${name} set point`}
          lessLabel={t`Cooler`}
          moreLabel={t`Warmer`}
          value={target}
          {...limits}
          format={celsius}
          disabled={blocked || !(own?.commands.includes('setTarget') ?? false)}
          onChange={(next) => control.act('setTarget', { celsius: next }, { paced: true })}
        >
          <span className="text-value">{target === undefined ? '–' : degrees(target)}</span>
        </NumberStepper>
        {measured !== undefined && (
          <p className="tabular text-body text-tint-ink">
            <Trans>{celsius(measured)} now</Trans>
          </p>
        )}
      </div>
      {modes.length > 1 && own?.commands.includes('setMode') && (
        <Select
          label={t`Mode`}
          options={modes.map((mode) => ({ id: mode, name: laterWord(mode) }))}
          value={chosen(control.shown.mode)}
          onChange={(mode) => control.act('setMode', { mode })}
          disabled={blocked}
        />
      )}
      <ControlNotes device={device} control={control} />
      {own?.attributes.includes('celsius') && (
        <HistoryChart
          home={home}
          of={{ device: device.id, part: part.id, capability: 'waterHeater', attribute: 'celsius' }}
          title={t`Measured`}
        />
      )}
    </div>
  )
}
