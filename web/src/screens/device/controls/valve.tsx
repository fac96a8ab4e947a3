import { t } from '@lingui/core/macro'
import { Droplet, DropletOff } from 'lucide-react'
import { useState } from 'react'
import { useControl } from '../../../data/control.ts'
import { openWord, spokenName } from '../../../devices/state.ts'
import { Button } from '../../../ui/button.tsx'
import { Slider } from '../../../ui/slider.tsx'
import { word } from '../../../words/values.ts'
import { ControlNotes } from '../control-notes.tsx'
import { HistoryStrip } from '../history-strip.tsx'
import type { PartProps } from '../part-controls.tsx'
import { chosen, numeric } from './numeric.ts'
import { StatePlate } from './state-plate.tsx'

/** Water or gas: what it says is what it reported, and closing is as near as opening. */
export function ValveControl({ home, device, part, shape }: PartProps) {
  const control = useControl(device, part, 'valve')
  const own = shape?.capabilities.valve
  const [held, setHeld] = useState<number>()
  const can = (command: string): boolean => own?.commands.includes(command) ?? false
  const share = numeric(control.shown.openPercent)
  const moving = chosen(control.reported.moving)
  const open = device.online
    ? (control.shown.open ?? (share === undefined ? undefined : share > 0))
    : undefined
  const blocked = control.blocked !== undefined
  const state =
    moving === 'opening' || moving === 'closing'
      ? word(moving)
      : open === undefined
        ? t`State unknown`
        : share === undefined
          ? open === true
            ? t`Open`
            : t`Closed`
          : openWord(held ?? share)
  return (
    <div data-tint="cool" className="grid gap-5">
      <StatePlate
        icon={open === true ? Droplet : DropletOff}
        tint={open === true ? 'cool' : undefined}
        slow={control.slow}
      >
        {state}
      </StatePlate>
      {can('setPosition') && (
        <Slider
          label={t`${spokenName(device)} position`}
          value={share}
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
      <div className="grid auto-cols-fr grid-flow-col gap-2">
        {can('open') && (
          <Button isDisabled={blocked} onPress={() => control.act('open')}>
            {t({ context: 'verb', message: 'Open' })}
          </Button>
        )}
        {can('stop') && (
          <Button isDisabled={blocked} onPress={() => control.act('stop')}>
            {t`Stop`}
          </Button>
        )}
        {can('close') && (
          <Button isDisabled={blocked} onPress={() => control.act('close')}>
            {t({ context: 'verb', message: 'Close' })}
          </Button>
        )}
      </div>
      <ControlNotes device={device} control={control} />
      {own?.attributes.includes('open') && (
        <HistoryStrip
          home={home}
          of={{ device: device.id, part: part.id, capability: 'valve', attribute: 'open' }}
        />
      )}
    </div>
  )
}
