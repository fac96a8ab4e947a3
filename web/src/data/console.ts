import type { Locale } from '@eaves/model'
import type {
  CorrectionAnswer,
  Enrolment,
  OpenedPerson,
  OpeningAsk,
  OpeningView,
  RecipientsPage,
  RetentionState,
  StaffQueue,
  StaffSelf,
} from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'

// Staff have a door of their own: none of these may send them to the people's.
const stay = { stay: true } as const
const self = ['staff', 'self'] as const

/** Who is signed in at the console; a refusal says that nobody is. */
export const useStaffSelf = () =>
  useQuery({
    queryKey: self,
    queryFn: ({ signal }) => api.get<StaffSelf>('/api/operator/staff', { signal, ...stay }),
    retry: false,
    staleTime: 0,
  })
export function useStaffSignIn() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (given: { name: string; password: string; totp: string }) =>
      api.post<undefined>('/api/operator/sign-in', given, stay),
    onSuccess: () => cache.invalidateQueries({ queryKey: self }),
  })
}
export function useStaffSignOut() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: () => api.post<undefined>('/api/operator/sign-out', undefined, stay),
    // What was seen with the sign-in goes with it.
    onSettled: () => cache.resetQueries({ queryKey: ['staff'] }),
  })
}
export const useEnrolment = (code: string | undefined) =>
  useQuery({
    enabled: code !== undefined,
    // The code itself is no name for what is kept.
    queryKey: ['staff', 'enrolment'],
    queryFn: ({ signal }) => api.post<Enrolment>('/api/operator/enrolment', { code }, { signal, ...stay }),
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
  })
export function useEnrol() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (given: { code: string; password: string; totp: string }) =>
      api.post<undefined>('/api/operator/enrolment/confirm', given, stay),
    onSuccess: () => cache.invalidateQueries({ queryKey: self }),
  })
}

/** What is due, by whom nobody knows. */
export const useStaffQueue = () =>
  useQuery({
    queryKey: ['staff', 'queue'],
    queryFn: ({ signal }) => api.get<StaffQueue>('/api/operator/requests', { signal, ...stay }),
    staleTime: 0,
    refetchInterval: 60_000,
  })
/** What the daily removal did: counts of rows, never whose. */
export const useStaffRetention = () =>
  useQuery({
    queryKey: ['staff', 'retention'],
    queryFn: ({ signal }) => api.get<RetentionState>('/api/operator/retention', { signal, ...stay }),
    staleTime: 0,
    refetchInterval: 60_000,
  })
/** Opens what a case is about and looks; each is written down for the person. // pp.5.1 */
export const useOpening = () =>
  useMutation({
    mutationFn: async (asked: OpeningAsk) => {
      const { id } = await api.post<OpeningView>('/api/operator/openings', asked, stay)
      return api.get<OpenedPerson>(at`/api/operator/openings/${id}`, stay)
    },
    // Nothing of a person stays in this browser once the page has let go of it.
    gcTime: 0,
  })

/** The answer to a correction, by its opening. // pp.8 */
export function useAnswerOpened() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ opening, ...answer }: CorrectionAnswer & { readonly opening: string }) =>
      api.post<undefined>(at`/api/operator/openings/${opening}/answer`, answer, stay),
    onSettled: () => cache.invalidateQueries({ queryKey: ['staff', 'queue'] }),
    gcTime: 0,
  })
}
export const useRegister = (locale: Locale) =>
  useQuery({
    queryKey: ['staff', 'register', locale],
    queryFn: ({ signal }) =>
      api.get<RecipientsPage>(`${at`/api/recipients`}?locale=${locale}`, { signal, ...stay }),
  })
