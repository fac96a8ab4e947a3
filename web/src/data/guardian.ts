import type { AgeBand, Locale } from '@eaves/model'
import type { GuardianAct, GuardianNotice, GuardianState } from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'

/** How things stand with oneself: whether an adult has to agree, and whether one has. */
export const useOwnGuardian = () =>
  useQuery({
    queryKey: ['guardian'],
    queryFn: ({ signal }) => api.get<GuardianState>('/api/me/guardian', { signal }),
    staleTime: 0,
  })
const childKey = (home: string, child: string) => ['guardian', home, child] as const
export const useChild = (home: string, child: string) =>
  useQuery({
    queryKey: childKey(home, child),
    queryFn: ({ signal }) =>
      api.get<GuardianState>(at`/api/homes/${home}/members/${child}/guardian`, { signal }),
  })
/** Exactly what the consent will name. */
export const useGuardianNotice = (locale: Locale) =>
  useQuery({
    queryKey: ['guardian-notice', locale],
    queryFn: ({ signal }) =>
      api.get<GuardianNotice>(`${at`/api/notices/guardian`}?locale=${locale}`, { signal }),
  })
export function useGuardianAct(home: string, child: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (act: GuardianAct) =>
      api.put<GuardianState>(at`/api/homes/${home}/members/${child}/guardian`, act),
    onSuccess: (state) => cache.setQueryData(childKey(home, child), state),
  })
}
export function useChildAge(home: string, child: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (age: AgeBand) =>
      api.put<GuardianState>(at`/api/homes/${home}/members/${child}/guardian/age`, { age }),
    onSuccess: (state) => cache.setQueryData(childKey(home, child), state),
  })
}
