import { t } from '@lingui/core/macro'
import { BrushCleaning, Tractor } from 'lucide-react'
import { useControl } from '../../../data/control.ts'
import { Button } from '../../../ui/button.tsx'
import { Select } from '../../../ui/select.tsx'
import type { Tint } from '../../../ui/card.tsx'
import { attributeName, commandName } from '../../../words/later/capabilities.ts'
import { laterWord } from '../../../words/later/values.ts'
import { ControlNotes } from '../control-notes.tsx'
import type { PartProps } from '../part-controls.tsx'
import { chosen } from './numeric.ts'
import { StatePlate } from './state-plate.tsx'

const tints: Readonly<Record<string, Tint>> = {
  cleaning: 'cool',
  mowing: 'energy',
  returning: 'cool',
  error: 'warn',
}
const busy = ['cleaning', 'mowing', 'returning']
/** What makes sense at this moment comes first and loud. */
function orderOf(state: string | undefined): readonly string[] {
  const moving = state !== undefined && busy.includes(state)
  return moving
    ? ['pause', 'returnToDock', 'stop', 'start', 'cleanSpot', 'locate']
    : ['start', 'returnToDock', 'pause', 'stop', 'cleanSpot', 'locate']
}

/** A vacuum cleaner or a lawn mower: what it does now, and what it can be asked. */
export function RobotControl({ device, part, shape }: PartProps) {
  const capability = 'vacuum' in part.capabilities ? 'vacuum' : 'mower'
  const control = useControl(device, part, capability)
  const own = shape?.capabilities[capability]
  const state = device.online ? chosen(control.shown.state) : undefined
  const blocked = control.blocked !== undefined
  const speeds = own?.limits?.fanSpeed?.values ?? []
  const commands = orderOf(state).filter((command) => own?.commands.includes(command))
  return (
    <div className="grid gap-5">
      <StatePlate
        icon={capability === 'vacuum' ? BrushCleaning : Tractor}
        tint={state === undefined ? undefined : tints[state]}
        slow={control.slow}
      >
        {state === undefined ? t`State unknown` : laterWord(state)}
      </StatePlate>
      <div className="grid grid-cols-2 gap-2">
        {commands.map((command, i) => (
          <Button
            key={command}
            variant={i === 0 ? 'primary' : 'plain'}
            isDisabled={blocked}
            onPress={() => control.act(command)}
          >
            {commandName(capability, command)}
          </Button>
        ))}
      </div>
      {speeds.length > 0 && own?.commands.includes('setFanSpeed') && (
        <Select
          label={attributeName('vacuum', 'fanSpeed')}
          options={speeds.map((speed) => ({ id: speed, name: laterWord(speed) }))}
          value={chosen(control.shown.fanSpeed)}
          onChange={(fanSpeed) => control.act('setFanSpeed', { fanSpeed })}
          disabled={blocked}
        />
      )}
      <ControlNotes device={device} control={control} />
    </div>
  )
}
