import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { capabilities } from '@eaves/model'
import { Shield, ShieldAlert, ShieldCheck, ShieldQuestionMark } from 'lucide-react'
import { useState } from 'react'
import { useControl } from '../../../data/control.ts'
import { spokenName } from '../../../devices/state.ts'
import { Button } from '../../../ui/button.tsx'
import type { Tint } from '../../../ui/card.tsx'
import { Disclosure } from '../../../ui/disclosure.tsx'
import { word } from '../../../words/values.ts'
import { ControlNotes } from '../control-notes.tsx'
import { HoldButton } from '../hold-button.tsx'
import type { PartProps } from '../part-controls.tsx'
import { Keypad } from './keypad.tsx'
import { chosen } from './numeric.ts'
import { StatePlate } from './state-plate.tsx'

const modeWords: Readonly<Record<string, () => string>> = {
  home: () => t`Arm, we stay home`,
  away: () => t`Arm, we leave`,
  night: () => t`Arm for the night`,
  vacation: () => t`Arm for the holidays`,
  custom: () => t`Arm as set up`,
}
const modeArg = capabilities.alarmPanel.commands.arm?.args.mode
const looks = (state: string | undefined): { tint?: Tint; icon: typeof Shield } =>
  state === 'triggered'
    ? { tint: 'alert', icon: ShieldAlert }
    : state === 'pending'
      ? { tint: 'warn', icon: ShieldAlert }
      : state?.startsWith('arm')
        ? { tint: 'secure', icon: ShieldCheck }
        : { icon: state === undefined ? ShieldQuestionMark : Shield }

/** Never says armed before the panel does; disarming takes a hold. */
export function AlarmPanelControl({ device, part, shape }: PartProps) {
  const control = useControl(device, part, 'alarmPanel')
  const [code, setCode] = useState('')
  const own = shape?.capabilities.alarmPanel
  const state = device.online ? chosen(control.reported.state) : undefined
  const armed = state === undefined ? control.reported.armed : state !== 'disarmed'
  const blocked = control.blocked !== undefined || control.pending
  const modes = own?.limits?.mode?.values ?? (modeArg?.type === 'enum' ? modeArg.values : [])
  const can = (command: string): boolean => own?.commands.includes(command) ?? false
  // The code leaves this page with the act and is forgotten at once. // pp.2.2.3
  const act = (command: string, args: Readonly<Record<string, string>> = {}): void => {
    control.act(command, code === '' ? args : { ...args, code }, { held: true })
    setCode('')
  }
  const { tint, icon } = looks(state)
  const name = spokenName(device)
  return (
    <div className="grid gap-5">
      <StatePlate icon={icon} tint={tint} slow={control.slow}>
        {control.pending ? t`Waiting for the panel…` : state === undefined ? t`State unknown` : word(state)}
      </StatePlate>
      <Disclosure title={t`Enter a code`}>
        <Keypad
          label={t({ context: 'keypad', message: 'Code' })}
          hint={t`Only if your panel asks for one. It is not kept.`}
          value={code}
          onChange={setCode}
          disabled={blocked}
        />
      </Disclosure>
      {can('disarm') && armed !== false && (
        <HoldButton
          large
          label={t`Hold to disarm`}
          verb={t`Disarm`}
          title={t`Disarm ${name}?`}
          note={t`The home is no longer guarded then.`}
          disabled={blocked}
          onConfirm={() => act('disarm')}
        />
      )}
      {can('arm') && armed !== true && (
        <div className="grid gap-2">
          {modes.map((mode) => (
            <Button key={mode} full isDisabled={blocked} onPress={() => act('arm', { mode })}>
              {modeWords[mode]?.() ?? mode}
            </Button>
          ))}
        </div>
      )}
      {can('trigger') && (
        <HoldButton
          label={t`Hold to raise the alarm`}
          verb={t`Raise the alarm`}
          title={t`Raise the alarm of ${name}?`}
          note={t`Sirens and messages may follow.`}
          disabled={blocked}
          onConfirm={() => control.act('trigger', {}, { held: true })}
        />
      )}
      {state === undefined && (
        <p className="text-state text-muted">
          <Trans>As long as the panel says nothing, nobody knows whether the home is guarded.</Trans>
        </p>
      )}
      <ControlNotes device={device} control={control} />
    </div>
  )
}
