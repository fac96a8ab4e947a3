import { t } from '@lingui/core/macro'
import { CircleHelp, Lock, LockOpen } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useControl } from '../../data/control.ts'
import { spokenName } from '../../devices/state.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Ring } from '../../ui/ring.tsx'
import { word } from '../../words/values.ts'
import { ControlNotes } from './control-notes.tsx'
import { HistoryStrip } from './history-strip.tsx'
import { HoldButton } from './hold-button.tsx'
import type { PartProps } from './part-controls.tsx'

const Keypad = lazy(async () => ({ default: (await import('./controls/keypad.tsx')).Keypad }))

/** Never says what was not reported: an unreachable lock is unknown, and a wish is only a wish. */
export function LockControl({ home, device, part, shape }: PartProps) {
  const [code, setCode] = useState('')
  const control = useControl(device, part, 'lock')
  const locked = device.online ? control.reported.locked : undefined
  const detailed = device.online ? control.reported.state : undefined
  const jammed = detailed === 'jammed'
  const state = control.pending
    ? control.desired?.locked === false
      ? t`Unlocking…`
      : t`Locking…`
    : jammed
      ? t`Jammed`
      : locked === undefined
        ? t`State unknown`
        : typeof detailed === 'string'
          ? word(detailed)
          : locked
            ? t`Locked`
            : t`Unlocked`
  const tint = jammed ? 'alert' : locked === undefined ? undefined : locked ? 'secure' : 'warn'
  const name = spokenName(device)
  const blocked = control.blocked !== undefined || control.pending
  // The code leaves this page with the act and is forgotten at once. // pp.2.2.3
  const act = (command: string): void => {
    control.act(command, code === '' ? {} : { code }, { held: true })
    setCode('')
  }
  return (
    <div {...(tint ? { 'data-tint': tint } : {})} className="grid gap-5">
      <div className="grid justify-items-center gap-4 rounded-card bg-tint p-8 text-tint-ink">
        <Ring show={control.slow}>
          <Icon of={locked === undefined ? CircleHelp : locked ? Lock : LockOpen} size={56} />
        </Ring>
        <p role="status" className="text-section">
          {state}
        </p>
      </div>
      {locked !== false && (
        <HoldButton
          large
          label={t`Hold to unlock`}
          verb={t({ context: 'verb', message: 'Unlock' })}
          title={t`Unlock ${name}?`}
          note={t`The door can be opened then.`}
          disabled={blocked}
          onConfirm={() => act('unlock')}
        />
      )}
      {locked !== true && (
        <HoldButton
          large
          label={t`Hold to lock`}
          verb={t({ context: 'verb', message: 'Lock' })}
          title={t`Lock ${name}?`}
          note={t`Nobody gets in without a key then.`}
          disabled={blocked}
          onConfirm={() => act('lock')}
        />
      )}
      {shape?.capabilities.lock?.commands.includes('unlatch') && (
        <HoldButton
          label={t`Hold to pull the latch`}
          verb={t`Pull the latch`}
          title={t`Open the door of ${name}?`}
          note={t`The door comes open.`}
          disabled={blocked}
          onConfirm={() => act('unlatch')}
        />
      )}
      <Disclosure title={t`Enter a code`}>
        <Suspense fallback={null}>
          <Keypad
            label={t({ context: 'keypad', message: 'Code' })}
            hint={t`Only if your lock asks for one. It is not kept.`}
            value={code}
            onChange={setCode}
            disabled={blocked}
          />
        </Suspense>
      </Disclosure>
      <ControlNotes device={device} control={control} />
      <HistoryStrip
        home={home}
        of={{ device: device.id, part: part.id, capability: 'lock', attribute: 'locked' }}
      />
    </div>
  )
}
