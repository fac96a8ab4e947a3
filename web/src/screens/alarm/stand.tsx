import type { AlarmMode } from '@eaves/model'
import type { AlarmView } from '@eaves/model/api'
import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { BellRing, DoorOpen, Shield, ShieldCheck, ShieldEllipsis } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useUseAlarm } from '../../data/alarm.ts'
import { isProblem } from '../../data/api.ts'
import { useConnection } from '../../data/connection.ts'
import { useHome } from '../../data/homes.ts'
import { askForProof } from '../../data/step-up.ts'
import { Failure } from '../../shell/failure.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { dateAndTime } from '../../words/time.ts'
import { CodePad } from './code-pad.tsx'
import { armWord, problemWords, stateName } from './words.ts'

const icons = {
  disarmed: Shield,
  arming: ShieldEllipsis,
  'armed-away': ShieldCheck,
  'armed-night': ShieldCheck,
  pending: DoorOpen,
  triggered: BellRing,
} as const

/** How the alarm stands, large, and what may be done about it. */
export function Stand({ home, view }: { readonly home: string; readonly view: AlarmView }) {
  const { state, raised, leftOut } = view
  const tint = state === 'triggered' ? 'alert' : state === 'pending' ? 'warn' : undefined
  const isArmed = state === 'armed-away' || state === 'armed-night'
  return (
    <section
      aria-label={t`How the alarm stands`}
      {...(tint ? { 'data-tint': tint } : isArmed ? { 'data-tint': 'secure' } : {})}
      className={cx(
        'grid grid-cols-[minmax(0,1fr)] gap-4 rounded-card border border-line p-5',
        tint || isArmed ? 'bg-tint' : 'bg-surface',
      )}
    >
      <div className="flex items-center gap-4">
        <Icon of={icons[state]} size={40} className="shrink-0 text-tint-ink" />
        <div className="grid min-w-0 gap-0.5" role="status">
          <p className="text-section wrap-anywhere">{stateName(state)}</p>
          <p className="text-state text-muted">
            {view.until === undefined ? (
              <Since at={view.since} />
            ) : (
              <Countdown until={view.until} state={state} />
            )}
          </p>
        </div>
      </div>
      {raised.length > 0 && (
        <p className="text-body wrap-anywhere">
          {raised.map(({ device, name }) => name ?? device).join(' · ')}
        </p>
      )}
      {leftOut.length > 0 && (
        <div className="text-state">
          <p>
            <Trans>Left out until it is disarmed or closed:</Trans>
          </p>
          <ul className="list-disc ps-5">
            {leftOut.map((each) => (
              <li key={each.device}>{problemWords(each)}</li>
            ))}
          </ul>
        </div>
      )}
      {state === 'disarmed' ? <Arm home={home} view={view} /> : <Disarm home={home} view={view} />}
    </section>
  )
}

function Since({ at }: { readonly at: string }) {
  const since = dateAndTime(at)
  return <Trans>Since {since}</Trans>
}

/** It is read once by a screen reader, not every second. */
function Countdown({ until, state }: { readonly until: string; readonly state: AlarmView['state'] }) {
  const left = () => Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 1_000))
  const [seconds, setSeconds] = useState(left)
  useEffect(() => {
    const timer = setInterval(() => setSeconds(left()), 500)
    return () => clearInterval(timer)
  })
  return (
    <span role="timer" aria-live="off" className="tabular">
      {state === 'arming'
        ? plural(seconds, { one: '# second left to go out', other: '# seconds left to go out' })
        : plural(seconds, { one: '# second left to disarm it', other: '# seconds left to disarm it' })}
    </span>
  )
}

function Arm({ home, view }: { readonly home: string; readonly view: AlarmView }) {
  const { live } = useConnection()
  const { arm } = useUseAlarm(home)
  const [tried, setTried] = useState<AlarmMode>()
  const modes = view.modes.filter(({ isSetUp }) => isSetUp)
  if (!view.may.arm || modes.length === 0) return null
  const isOpen = isProblem(arm.error, 'alarm.open')
  const problems = modes.find(({ mode }) => mode === tried)?.problems ?? []
  const press = (to: AlarmMode, anyway = false): void => {
    setTried(to)
    arm.mutate({ to, ...(anyway ? { anyway } : {}) })
  }
  return (
    <>
      {isOpen ? (
        <div role="alert">
          <Banner tone="warn">
            <p>
              <Trans>It was not armed:</Trans>
            </p>
            <ul className="list-disc ps-5">
              {problems.map((each) => (
                <li key={`${each.device} ${each.why}`}>{problemWords(each)}</li>
              ))}
              {problems.length === 0 && (
                <li>
                  <Trans>something stood open that is closed by now, or that you do not see</Trans>
                </li>
              )}
            </ul>
          </Banner>
        </div>
      ) : (
        <Failure error={arm.error} />
      )}
      <div className="flex flex-wrap gap-3">
        {modes.map(({ mode }) => (
          <Button
            key={mode}
            variant={isOpen ? 'plain' : 'primary'}
            isDisabled={!live || arm.isPending}
            onPress={() => press(mode)}
          >
            {armWord(mode)}
          </Button>
        ))}
        {isOpen && view.may.force && tried !== undefined && (
          <Button variant="danger" isDisabled={!live || arm.isPending} onPress={() => press(tried, true)}>
            <Trans>Arm anyway, without these</Trans>
          </Button>
        )}
      </div>
    </>
  )
}

/** A panel, a guest and whoever has a code are asked for it; others sign in again. */
function Disarm({ home, view }: { readonly home: string; readonly view: AlarmView }) {
  const { live } = useConnection()
  const role = useHome(home)?.role
  const { disarm } = useUseAlarm(home)
  const [asking, setAsking] = useState(false)
  if (!view.may.disarm) return null
  const maySignIn = role === 'owner' || role === 'admin' || role === 'adult'
  const press = (): void => {
    if (!maySignIn || view.hasCode) return setAsking(true)
    disarm.mutate(
      {},
      {
        onError: (error) => {
          if (isProblem(error, 'alarm.code-required'))
            void askForProof().then((proved) => {
              if (proved) disarm.mutate({})
            })
        },
      },
    )
  }
  return (
    <>
      <Failure error={isProblem(disarm.error, 'alarm.code-required') ? null : disarm.error} />
      <div>
        <Button variant="primary" isDisabled={!live || disarm.isPending} onPress={press}>
          <Trans>Disarm</Trans>
        </Button>
      </div>
      {asking && <CodePad home={home} maySignIn={maySignIn} onClose={() => setAsking(false)} />}
    </>
  )
}
