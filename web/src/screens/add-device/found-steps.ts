import { t } from '@lingui/core/macro'
import type { JoinFound, OnboardingStep } from '@eaves/model/api'

/** A device that left or failed has not been through the steps after it. */
const failed = (title: string, todo: string): NonNullable<OnboardingStep['error']> => ({
  code: 'join.failed',
  title,
  todo,
})
const usualSeconds = { join: 5, interview: 60, ready: 5 } as const

/** How far a device has come, as the named steps of any way in. */
export function stepsOf({ stage, since, device }: JoinFound): readonly OnboardingStep[] {
  const names = { join: t`Join the network`, interview: t`Get to know it`, ready: t`Come into the home` }
  const step = (
    id: keyof typeof names,
    state: OnboardingStep['state'],
    error?: OnboardingStep['error'],
  ): OnboardingStep => ({
    id,
    name: names[id],
    state,
    usualSeconds: usualSeconds[id],
    ...(state === 'running' ? { startedAt: since } : {}),
    ...(error ? { error } : {}),
  })
  if (stage === 'left')
    return [
      step('join', 'failed', failed(t`It left the network again.`, t`Reset it and let it join once more.`)),
      step('interview', 'waiting'),
      step('ready', 'waiting'),
    ]
  if (stage === 'failed')
    return [
      step('join', 'done'),
      step(
        'interview',
        'failed',
        failed(
          t`The bridge could not get to know it; most often it fell asleep or is too far away.`,
          t`Bring it nearer, press its button to wake it, and try again.`,
        ),
      ),
      step('ready', 'waiting'),
    ]
  const interview = stage === 'ready' ? 'done' : stage === 'interviewing' ? 'running' : 'waiting'
  return [
    step('join', 'done'),
    step('interview', interview),
    step('ready', stage !== 'ready' ? 'waiting' : device === undefined ? 'running' : 'done'),
  ]
}
