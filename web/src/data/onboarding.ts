import type { Onboarding, OnboardingStep } from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'

const key = (home: string, id: string) => ['onboarding', home, id] as const
const pollMs = 500
/** A linking under way; asked for twice a second for as long as it runs. Leaving the page does not end it. */
export const useOnboarding = (home: string, id: string) =>
  useQuery({
    queryKey: key(home, id),
    queryFn: ({ signal }) => api.get<Onboarding>(at`/api/homes/${home}/onboarding/${id}`, { signal }),
    staleTime: 0,
    refetchInterval: (query) =>
      query.state.data === undefined || query.state.data.state === 'running' ? pollMs : false,
  })
export type DriverConfig = Readonly<Record<string, string | boolean>>
export const useStartOnboarding = (home: string) =>
  useMutation({
    mutationFn: (body: { driver: string; config: DriverConfig }) =>
      api.post<Onboarding>(at`/api/homes/${home}/onboarding`, body),
  })
/** Goes on from the step that failed, with other settings when some are given. */
export function useRetryOnboarding(home: string, id: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (config: DriverConfig | undefined) =>
      api.post<Onboarding>(
        at`/api/homes/${home}/onboarding/${id}/retry`,
        config === undefined ? {} : { config },
      ),
    onSuccess: (next) => cache.setQueryData(key(home, id), next),
  })
}
/** Ends one that is not done; nothing of it stays. */
export const useCancelOnboarding = (home: string, id: string) =>
  useMutation({ mutationFn: () => api.delete<undefined>(at`/api/homes/${home}/onboarding/${id}`) })

export const elapsedSeconds = (
  step: Pick<OnboardingStep, 'startedAt' | 'endedAt'>,
  nowMs: number,
): number | undefined =>
  step.startedAt === undefined
    ? undefined
    : Math.max(
        0,
        Math.floor(
          ((step.endedAt === undefined ? nowMs : Date.parse(step.endedAt)) - Date.parse(step.startedAt)) /
            1000,
        ),
      )

const entered = new Map<string, DriverConfig>()
/** What was entered for a linking, without its secrets, for as long as this page is open: so that it can be mended. */
export function rememberEntered(id: string, config: DriverConfig): void {
  entered.set(id, config)
}
export const enteredFor = (id: string | undefined): DriverConfig =>
  (id === undefined ? undefined : entered.get(id)) ?? {}

/** What can be sent to somebody who helps: steps, times and codes; no address, name or password. */
export function diagnostic(onboarding: Onboarding): string {
  const steps = onboarding.steps.map((step) => {
    const seconds = elapsedSeconds(step, Date.parse(step.startedAt ?? ''))
    return `${step.id}: ${step.state}${step.endedAt === undefined || seconds === undefined ? '' : ` after ${seconds} s`}${step.error === undefined ? '' : ` (${step.error.code})`}`
  })
  return [
    `driver: ${onboarding.driver}`,
    `state: ${onboarding.state}`,
    ...steps,
    `found: ${onboarding.found}`,
  ].join('\n')
}
