import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { AutomationBody, StepTried } from '@eaves/model/api'
import { hostOf } from '@eaves/model'
import { isUnasked } from '@eaves/policy'
import { CirclePlay, X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { isProblem } from '../../data/api.ts'
import { askFirst } from '../../data/ask-first.ts'
import { useTryStep } from '../../data/automations.ts'
import { useConnection } from '../../data/connection.ts'
import { specOf } from '../../data/specs.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import type { MenuEntry } from '../../ui/menu.tsx'
import { isolated } from '../../words/later/reach.ts'
import { Dot } from './dot.tsx'
import { isDone } from './draft.ts'
import { faultsOf, faultWord } from './faults.ts'
import type { Known } from './known.ts'
import type { Action, ActionOf } from './shape.ts'
import { linesOf } from './trace-words.ts'

/** What a row can do besides being moved and removed, and what came of it. */
export interface RowActs<T> {
  readonly entries: (item: T, path: string) => readonly MenuEntry[]
  readonly below: (item: T, path: string) => ReactNode
}
const alone: readonly Action['kind'][] = ['command', 'scene', 'notify', 'mode', 'alarm', 'webhook', 'run']
const shortestPin = 4

/** The device that is asked about first: what opens something is never done by a slip. */
function askedAbout(action: Action, { devices }: Known) {
  if (action.kind !== 'command' || !('device' in action)) return undefined
  const device = devices.find(({ id }) => id === action.device)
  const { capability, command } = action
  const isLock = device?.guarded === true || specOf(capability)?.safety === 'security'
  return isLock && !isUnasked(capability, command) ? device : undefined
}

/** Does one step now, as whoever presses. */
export function useStepTrial(home: string, known: Known): RowActs<Action> {
  const { live } = useConnection()
  const trial = useTryStep(home)
  const [tried, setTried] = useState<{ readonly path: string; readonly action: Action }>()
  const [asked, setAsked] = useState<{ readonly path: string; readonly action: ActionOf<'webhook'> }>()
  const begin = (action: Action, path: string, pin?: string): void => {
    setTried({ path, action })
    trial.mutate({ action, ...(pin === undefined ? {} : { confirm: { pin } }) })
  }
  return {
    entries: (action, path) => {
      if (!live || trial.isPending || !alone.includes(action.kind) || !isDone(action)) return []
      const run = (): void => {
        setAsked(undefined)
        if (action.kind === 'webhook') return setAsked({ path, action })
        const device = askedAbout(action, known)
        if (device === undefined) begin(action, path)
        else askFirst(device, () => begin(action, path))
      }
      return [{ id: 'try', name: t`Try this step for real`, icon: CirclePlay, run }]
    },
    // What has been changed since is another step.
    below: (action, path) =>
      asked?.path === path && asked.action === action ? (
        <GoesOut
          action={asked.action}
          onSend={() => {
            setAsked(undefined)
            begin(action, path)
          }}
          onClose={() => setAsked(undefined)}
        />
      ) : (
        tried?.path === path &&
        tried.action === action && (
          <Outcome
            known={known}
            action={action}
            tried={trial.data}
            error={trial.error}
            onPin={(pin) => begin(action, path, pin)}
            onClose={() => setTried(undefined)}
          />
        )
      ),
  }
}

/** What leaves the home is never sent by a slip. */
function GoesOut({
  action,
  onSend,
  onClose,
}: {
  readonly action: ActionOf<'webhook'>
  readonly onSend: () => void
  readonly onClose: () => void
}) {
  const host = isolated(hostOf(action.url))
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2 rounded-control bg-surface-2 ps-3">
      <div role="status" className="grid justify-items-start gap-2 py-2.5">
        <p className="wrap-anywhere">{t`This is sent to ${host} now and leaves your home.`}</p>
        <Button onPress={onSend}>
          <Trans>Send it now</Trans>
        </Button>
      </div>
      <IconButton icon={X} label={t`Close`} onPress={onClose} />
    </div>
  )
}

function Outcome({
  known,
  action,
  tried,
  error,
  onPin,
  onClose,
}: {
  readonly known: Known
  readonly action: Action
  readonly tried: StepTried | undefined
  readonly error: Error | null
  readonly onPin: (pin: string) => void
  readonly onClose: () => void
}) {
  const body: AutomationBody = { name: '', triggers: [], actions: [action] }
  const wantsPin =
    isProblem(error, 'home.confirm-required', 'home.pin-wrong') ||
    tried?.steps.some(({ code }) => code === 'home.confirm-required') === true
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2 rounded-control bg-surface-2 ps-3">
      <div role="status" className="grid grid-cols-[minmax(0,1fr)] gap-2 py-2.5">
        {error ? (
          isProblem(error, 'automation.invalid') ? (
            faultsOf(error).map(({ path, code }) => <p key={path + code}>{faultWord(code)}</p>)
          ) : (
            <Failure error={error} />
          )
        ) : tried === undefined ? (
          <p className="text-muted">
            <Trans>It is being done …</Trans>
          </p>
        ) : (
          linesOf(tried.steps, body, known).map(({ key, text, tone }) => (
            <p key={key} className="flex items-start gap-2">
              <Dot tone={tone} />
              <span className="min-w-0 wrap-anywhere">{text}</span>
            </p>
          ))
        )}
        {tried?.result === 'done' && action.kind === 'notify' && (
          <p className="text-state text-muted">
            <Trans>Only you were told.</Trans>
          </p>
        )}
        {tried?.result === 'running' && (
          <p className="text-state text-muted">
            <Trans>Not all of it has ended yet.</Trans>
          </p>
        )}
        {wantsPin && <Pin onPin={onPin} />}
      </div>
      <IconButton icon={X} label={t`Close`} onPress={onClose} />
    </div>
  )
}

/** Sent with the same step, and forgotten. */
function Pin({ onPin }: { readonly onPin: (pin: string) => void }) {
  const [pin, setPin] = useState('')
  const send = (): void => {
    if (pin.length < shortestPin) return
    setPin('')
    onPin(pin)
  }
  return (
    <div className="flex flex-wrap items-end gap-2">
      <TextField
        label={t`PIN`}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        value={pin}
        onChange={(next) => setPin(next.replaceAll(/\D/g, '').slice(0, 8))}
        onSubmit={send}
      />
      <Button isDisabled={pin.length < shortestPin} onPress={send}>
        <Trans>Confirm</Trans>
      </Button>
    </div>
  )
}
