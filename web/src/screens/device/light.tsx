import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { capabilities } from '@eaves/model'
import { lazy, Suspense, useState, type CSSProperties } from 'react'
import { useControl } from '../../data/control.ts'
import { spokenName } from '../../devices/state.ts'
import { okHue, whiteOf } from '../../devices/hue.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { Slider } from '../../ui/slider.tsx'
import { percent, withUnit } from '../../words/numbers.ts'
import { ControlNotes } from './control-notes.tsx'
import { HistoryStrip } from './history-strip.tsx'
import type { PartProps } from './part-controls.tsx'
import { PowerButton } from './power-button.tsx'

const ColorControls = lazy(() =>
  import('../../ui/color-wheel.tsx').then((module) => ({ default: module.ColorControls })),
)
const numeric = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

export function LightControl({ home, device, part, shape }: PartProps) {
  const power = useControl(device, part, 'onOff')
  const level = useControl(device, part, 'level')
  const color = useControl(device, part, 'color')
  const name = spokenName(device)
  const on = 'onOff' in part.capabilities ? power.shown.on === true : (numeric(level.shown.percent) ?? 0) > 0
  const hue = numeric(color.shown.hue)
  const saturation = numeric(color.shown.saturation) ?? 0
  const coloured = on && hue !== undefined && saturation >= 10 && color.shown.kelvin === undefined
  const shownPercent = numeric(level.shown.percent)
  return (
    <div
      {...(on ? { 'data-tint': coloured ? 'hue' : 'light' } : {})}
      {...(coloured ? { style: { '--hue': okHue(hue, saturation) } as CSSProperties } : {})}
      className="grid gap-6"
    >
      <div className="grid justify-items-center gap-4">
        {'level' in part.capabilities && (
          <Slider
            size="big"
            label={t`${name} brightness`}
            value={on || level.pending ? shownPercent : 0}
            reported={level.pending ? numeric(level.reported.percent) : undefined}
            min={0}
            max={100}
            format={percent}
            disabled={level.blocked !== undefined}
            onChange={(value) => level.act('setLevel', { percent: Math.max(1, value) }, { paced: true })}
            onChangeEnd={(value) =>
              value === 0 && 'onOff' in part.capabilities
                ? power.act('turnOff')
                : level.act('setLevel', { percent: Math.max(1, value) }, { paced: true })
            }
          />
        )}
        <p aria-hidden className="tabular text-value">
          {on
            ? shownPercent === undefined
              ? t`On`
              : percent(shownPercent)
            : power.shown.on === undefined && 'onOff' in part.capabilities
              ? '–'
              : t`Off`}
        </p>
        {'onOff' in part.capabilities && <PowerButton name={name} control={power} />}
      </div>
      <ControlNotes
        device={device}
        control={power.failure ? power : level.failure ? level : color.failure ? color : power}
      />
      {'color' in part.capabilities && (
        <ColorSection {...{ device, part, shape }} control={color} name={name} />
      )}
      <HistoryStrip
        home={home}
        of={{ device: device.id, part: part.id, capability: 'onOff', attribute: 'on' }}
      />
    </div>
  )
}

function ColorSection({
  part,
  shape,
  control,
  name,
}: Pick<PartProps, 'device' | 'part' | 'shape'> & {
  readonly control: ReturnType<typeof useControl>
  readonly name: string
}) {
  const commands = shape?.capabilities.color?.commands
  const hasWhite = commands?.includes('setTemperature') ?? part.capabilities.color?.kelvin !== undefined
  const hasColor = commands?.includes('setColor') ?? part.capabilities.color?.hue !== undefined
  const inColor = control.shown.hue !== undefined && control.shown.kelvin === undefined
  const [mode, setMode] = useState<'white' | 'color'>()
  const shown = mode ?? (hasColor && (inColor || !hasWhite) ? 'color' : 'white')
  const limits = shape?.capabilities.color?.limits?.kelvin
  const spec = capabilities.color.attributes.kelvin
  const [low, high] = [
    limits?.min ?? Math.max(2000, spec?.type === 'number' ? spec.min : 2000),
    limits?.max ?? 6500,
  ]
  return (
    <div className="grid gap-5">
      {hasWhite && hasColor && (
        <Segmented
          label={t`Kind of light`}
          options={[
            { id: 'white', name: t`White` },
            { id: 'color', name: t`Colour` },
          ]}
          value={shown}
          onChange={setMode}
        />
      )}
      {shown === 'white' && hasWhite && (
        <div className="grid gap-2">
          <div className="flex justify-between text-state text-muted">
            <span>
              <Trans>Warm white</Trans>
            </span>
            <span>
              <Trans>Cold white</Trans>
            </span>
          </div>
          <Slider
            label={t`${name} white temperature`}
            value={numeric(control.shown.kelvin)}
            reported={control.pending ? numeric(control.reported.kelvin) : undefined}
            min={low}
            max={high}
            step={50}
            format={(value) => withUnit(value, 'K', 0)}
            disabled={control.blocked !== undefined}
            track={`linear-gradient(to right, ${whiteOf(low)}, ${whiteOf((low + high) / 2)}, ${whiteOf(high)})`}
            onChange={(kelvin) => control.act('setTemperature', { kelvin }, { paced: true })}
          />
        </div>
      )}
      {shown === 'color' && hasColor && (
        <Suspense fallback={<BlockSkeleton />}>
          <ColorControls
            value={{
              hue: numeric(control.shown.hue) ?? 30,
              saturation: numeric(control.shown.saturation) ?? 100,
            }}
            disabled={control.blocked !== undefined}
            onChange={({ hue, saturation }) => control.act('setColor', { hue, saturation }, { paced: true })}
          />
        </Suspense>
      )}
    </div>
  )
}
