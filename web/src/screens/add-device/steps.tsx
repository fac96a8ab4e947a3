import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { OnboardingStep } from '@eaves/model/api'
import { Check, CircleDashed, LoaderCircle, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { elapsedSeconds } from '../../data/onboarding.ts'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { codeWords } from '../../words/errors.ts'

const names: Readonly<Record<string, () => string>> = {
  reach: () => t`Reach the broker`,
  'sign-in': () => t`Sign in`,
  listen: () => t`Listen for devices`,
  find: () => t`Find devices`,
}
const icons = { waiting: CircleDashed, running: LoaderCircle, done: Check, failed: X } as const
const states = {
  waiting: () => t`Waiting`,
  running: () => t`Under way`,
  done: () => t`Done`,
  failed: () => t`Failed`,
} as const
const looks = {
  waiting: 'bg-surface-2 text-muted',
  running: 'bg-surface-2 text-accent',
  done: 'bg-tint text-tint-ink',
  failed: 'bg-tint text-tint-ink',
} as const

/** The present, moving on each second while something runs. */
export function useNow(running: boolean): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [running])
  return now
}

export function Steps({ steps }: { readonly steps: readonly OnboardingStep[] }) {
  const now = useNow(steps.some((step) => step.state === 'running'))
  return (
    <ol aria-label={t`Steps`} className="grid gap-1 rounded-card border border-line bg-surface p-2">
      {steps.map((step) => (
        <Step key={step.id} step={step} now={now} />
      ))}
    </ol>
  )
}

function Step({ step, now }: { readonly step: OnboardingStep; readonly now: number }) {
  const seconds = elapsedSeconds(step, now)
  const words = step.error && (codeWords(step.error.code) ?? step.error)
  return (
    <li className="flex gap-4 p-3">
      <span
        {...(step.state === 'done'
          ? { 'data-tint': 'secure' }
          : step.state === 'failed'
            ? { 'data-tint': 'alert' }
            : {})}
        className={cx('flex size-9 shrink-0 items-center justify-center rounded-pill', looks[step.state])}
      >
        <Icon
          of={icons[step.state]}
          size={18}
          className={step.state === 'running' ? 'motion-safe:turning' : ''}
        />
      </span>
      <div className="grid min-w-0 flex-1 gap-1">
        <p className="flex min-h-9 flex-wrap items-center justify-between gap-x-4">
          <span className="text-card">{names[step.id]?.() ?? step.name}</span>
          <span className="tabular text-state text-muted">
            {states[step.state]()}
            {seconds !== undefined && step.state !== 'waiting' && (
              <>
                {' '}
                · <Trans>{seconds} s</Trans>
              </>
            )}
          </span>
        </p>
        {step.state === 'running' && seconds !== undefined && seconds > step.usualSeconds && (
          <p className="text-state font-normal text-muted">
            <Trans>Usually done within {step.usualSeconds} s. It is still being tried.</Trans>
          </p>
        )}
        {step.error && words && (
          <div role="alert" className="grid gap-1 text-state">
            <p className="text-alert">{words.title}</p>
            <p>{words.todo}</p>
            {step.error.detail !== undefined && (
              <p className="wrap-anywhere text-muted">{step.error.detail}</p>
            )}
          </div>
        )}
      </div>
    </li>
  )
}
