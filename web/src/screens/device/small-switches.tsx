import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { capabilities } from '@eaves/model'
import { BellRing } from 'lucide-react'
import { useControl } from '../../data/control.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { Switch } from '../../ui/switch.tsx'
import { word } from '../../words/values.ts'
import { ControlNotes } from './control-notes.tsx'
import type { PartProps } from './part-controls.tsx'

const startUpSpec = capabilities.onOff.attributes.startUp

/** The little things many devices share: child lock, what happens after a power cut, and "which one is it?". */
export function SmallSwitches({ device, part, shape }: PartProps) {
  const childLock = useControl(device, part, 'childLock')
  const identify = useControl(device, part, 'identify')
  const power = useControl(device, part, 'onOff')
  const startUp =
    shape?.capabilities.onOff?.commands.includes('setStartUp') === true && startUpSpec?.type === 'enum'
      ? (shape.capabilities.onOff.limits?.startUp?.values ?? startUpSpec.values)
      : []
  const hasLock = 'childLock' in part.capabilities
  const hasIdentify = 'identify' in part.capabilities
  if (!hasLock && !hasIdentify && startUp.length === 0) return null
  return (
    <div className="grid gap-4">
      {hasLock && (
        <Switch
          selected={childLock.shown.locked === true}
          onChange={(locked) => childLock.act('setLocked', { locked })}
          disabled={childLock.blocked !== undefined}
        >
          <Trans>Child lock</Trans>
        </Switch>
      )}
      {hasLock && <ControlNotes device={device} control={childLock} />}
      {startUp.length > 0 && (
        <Select
          label={t`After a power cut`}
          options={startUp.map((value) => ({ id: value, name: word(value) }))}
          value={typeof power.shown.startUp === 'string' ? power.shown.startUp : undefined}
          onChange={(value) => power.act('setStartUp', { startUp: value })}
          disabled={power.blocked !== undefined}
        />
      )}
      {hasIdentify && (
        <Button
          icon={BellRing}
          isDisabled={identify.blocked !== undefined}
          onPress={() => identify.act('identify')}
        >
          <Trans>Make it blink or beep</Trans>
        </Button>
      )}
    </div>
  )
}
