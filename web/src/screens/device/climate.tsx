import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { capabilities } from '@eaves/model'
import { useControl } from '../../data/control.ts'
import { spokenName } from '../../devices/state.ts'
import { NumberStepper } from '../../ui/number-stepper.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { celsius, degrees } from '../../words/numbers.ts'
import { word } from '../../words/values.ts'
import { ControlNotes } from './control-notes.tsx'
import { HistoryChart } from './history.tsx'
import type { PartProps } from './part-controls.tsx'

const numeric = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)
const modeSpec = capabilities.thermostat.attributes.mode

export function ClimateControl({ home, device, part, shape }: PartProps) {
  const control = useControl(device, part, 'thermostat')
  const own = shape?.capabilities.thermostat
  const limits = {
    min: 4,
    max: 40,
    step: 0.5,
    ...own?.limits?.targetCelsius,
  }
  const known = modeSpec?.type === 'enum' ? modeSpec.values : []
  const ownModes = own?.limits?.mode?.values ?? (own?.attributes.includes('mode') ? known : [])
  // In one order on every thermostat, whatever the device's own.
  const modes = ownModes.toSorted((a, b) => known.indexOf(a) - known.indexOf(b))
  const target = numeric(control.shown.targetCelsius)
  const measured = numeric(control.reported.celsius)
  const running = control.reported.running
  const tint = running === 'heating' ? 'heat' : running === 'cooling' ? 'cool' : undefined
  const name = spokenName(device)
  return (
    <div className="grid gap-6">
      <div
        {...(tint ? { 'data-tint': tint } : {})}
        className="grid gap-2 rounded-card bg-tint p-6 text-center"
      >
        <p className="text-state text-muted">{typeof running === 'string' ? word(running) : t`Set to`}</p>
        <NumberStepper
          label={t`${name} set point`}
          lessLabel={t`Cooler`}
          moreLabel={t`Warmer`}
          value={target}
          min={limits.min}
          max={limits.max}
          step={Math.max(0.5, limits.step)}
          format={celsius}
          disabled={control.blocked !== undefined}
          onChange={(next) => control.act('setTarget', { celsius: next }, { paced: true })}
        >
          <span className="text-value">{target === undefined ? '–' : degrees(target)}</span>
        </NumberStepper>
        <p className="tabular text-body text-tint-ink">
          {measured === undefined ? (
            <Trans>No measurement yet</Trans>
          ) : (
            <Trans>{celsius(measured)} now</Trans>
          )}
        </p>
      </div>
      {own?.commands.includes('setCoolingTarget') && (
        <div className="grid gap-1">
          <p>
            <Trans>Cool down to</Trans>
          </p>
          <NumberStepper
            label={t`${name} set point for cooling`}
            lessLabel={t`Cooler`}
            moreLabel={t`Warmer`}
            value={numeric(control.shown.coolingTargetCelsius)}
            min={own.limits?.coolingTargetCelsius?.min ?? 10}
            max={own.limits?.coolingTargetCelsius?.max ?? 40}
            step={Math.max(0.5, own.limits?.coolingTargetCelsius?.step ?? 0.5)}
            format={celsius}
            disabled={control.blocked !== undefined}
            onChange={(next) => control.act('setCoolingTarget', { celsius: next }, { paced: true })}
          />
        </div>
      )}
      {modes.length > 1 && (
        <Segmented
          label={t`${name} mode`}
          options={modes.map((mode) => ({ id: mode, name: word(mode) }))}
          value={typeof control.shown.mode === 'string' ? control.shown.mode : undefined}
          onChange={(mode) => control.act('setMode', { mode })}
          disabled={control.blocked !== undefined}
        />
      )}
      <ControlNotes device={device} control={control} />
      <HistoryChart
        home={home}
        of={{ device: device.id, part: part.id, capability: 'thermostat', attribute: 'celsius' }}
        title={t`Measured`}
      />
    </div>
  )
}
