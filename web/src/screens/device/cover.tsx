import { t } from '@lingui/core/macro'
import { ChevronDown, ChevronUp, Square } from 'lucide-react'
import { useState } from 'react'
import { useControl } from '../../data/control.ts'
import { openWord, spokenName } from '../../devices/state.ts'
import { Button } from '../../ui/button.tsx'
import { Slider } from '../../ui/slider.tsx'
import { word } from '../../words/values.ts'
import { ControlNotes } from './control-notes.tsx'
import { HoldButton } from './hold-button.tsx'
import type { PartProps } from './part-controls.tsx'

const numeric = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

export function CoverControl({ device, part, shape }: PartProps) {
  const garage = 'garageDoor' in part.capabilities
  const capability = garage ? 'garageDoor' : 'cover'
  const control = useControl(device, part, capability)
  const can = (command: string): boolean =>
    shape === undefined || (shape.capabilities[capability]?.commands.includes(command) ?? false)
  const open = numeric(control.shown.openPercent)
  const tilt = numeric(control.shown.tiltPercent)
  const moving = control.reported.moving
  const [held, setHeld] = useState<number>()
  const name = spokenName(device)
  const blocked = control.blocked !== undefined
  const state = !device.online
    ? garage
      ? t`State unknown`
      : t`Unknown`
    : moving === 'opening' || moving === 'closing'
      ? word(moving)
      : garage && control.pending
        ? control.desired?.openPercent === 0
          ? t`Closing…`
          : t`Opening…`
        : open === undefined
          ? t`Unknown`
          : openWord(held ?? open)
  return (
    <div data-tint="cool" className="grid gap-5">
      <p role="status" className="text-center text-value">
        {state}
      </p>
      {!garage && can('setPosition') && (
        <Slider
          label={t`${name} position`}
          value={open}
          reported={control.pending ? numeric(control.reported.openPercent) : undefined}
          format={openWord}
          disabled={blocked}
          onChange={setHeld}
          onChangeEnd={(next) => {
            setHeld(undefined)
            control.act('setPosition', { openPercent: next })
          }}
        />
      )}
      {garage && (
        <HoldButton
          large
          label={t`Hold to open`}
          verb={t({ context: 'verb', message: 'Open' })}
          title={t`Open ${name}?`}
          disabled={blocked || control.pending}
          onConfirm={() => control.act('open', {}, { held: true })}
        />
      )}
      {garage && can('close') && (
        <HoldButton
          large
          label={t`Hold to close`}
          verb={t({ context: 'verb', message: 'Close' })}
          title={t`Close ${name}?`}
          disabled={blocked || control.pending}
          onConfirm={() => control.act('close', {}, { held: true })}
        />
      )}
      <div className="grid auto-cols-fr grid-flow-col gap-2">
        {!garage && (
          <Button icon={ChevronUp} isDisabled={blocked} onPress={() => control.act('open')}>
            {t({ context: 'verb', message: 'Open' })}
          </Button>
        )}
        <Button
          icon={Square}
          isDisabled={blocked || !can('stop')}
          onPress={() => control.act('stop')}
        >{t`Stop`}</Button>
        {!garage && (
          <Button icon={ChevronDown} isDisabled={blocked} onPress={() => control.act('close')}>
            {t({ context: 'verb', message: 'Close' })}
          </Button>
        )}
      </div>
      {tilt !== undefined && can('setTilt') && (
        <div className="grid gap-2">
          <p className="text-state text-muted">{t`Slats`}</p>
          <Slider
            label={t`${name} slats`}
            value={tilt}
            format={openWord}
            disabled={blocked}
            onChange={() => {}}
            onChangeEnd={(next) => control.act('setTilt', { tiltPercent: next })}
          />
        </div>
      )}
      <ControlNotes device={device} control={control} />
    </div>
  )
}
