import type { Panel, PanelCode, PanelMade, PanelSelf } from '@eaves/model/api'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at, isProblem } from './api.ts'
import { forgetPerson } from './last-home.ts'
import { changePerson } from './offline.ts'
import { liveAsPanel } from './tickets.ts'

const key = (home: string) => ['panels', home] as const
const lookEveryMs = 5000
/** Looks again while a panel waits for its tablet: that is done elsewhere, and nothing tells this page. */
export const usePanels = (home: string) =>
  useQuery({
    queryKey: key(home),
    queryFn: ({ signal }) => api.get<Panel[]>(at`/api/homes/${home}/panels`, { signal }),
    refetchInterval: ({ state: { data } }) =>
      data?.some(({ state }) => state === 'waiting') ? lookEveryMs : false,
  })
export interface PanelWish {
  readonly name: string
  readonly limits?: Panel['limits']
  readonly pin?: string
}
/** The answer alone carries the code. */
export function useAddPanel(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: PanelWish) => api.post<PanelMade>(at`/api/homes/${home}/panels`, body),
    onSuccess: () => cache.invalidateQueries({ queryKey: key(home) }),
  })
}
export function useNewCode(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (panel: string) => api.post<PanelCode>(at`/api/homes/${home}/panels/${panel}/code`),
    onSuccess: () => cache.invalidateQueries({ queryKey: key(home) }),
  })
}
export function usePanelPin(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ panel, pin }: { panel: string; pin: string | null }) =>
      api.put<undefined>(at`/api/homes/${home}/panels/${panel}/pin`, { pin }),
    onSuccess: () => cache.invalidateQueries({ queryKey: key(home) }),
  })
}
export function useRemovePanel(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (panel: string) => api.delete<undefined>(at`/api/homes/${home}/panels/${panel}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: key(home) }),
  })
}

/** What this browser is on a wall; asked again and again while it is cut off, so that it sees its own end. */
export const selfQuery = queryOptions({
  queryKey: ['panel'],
  queryFn: async ({ signal }) => {
    const self = await api.get<PanelSelf>('/api/panel', { signal, stay: true })
    liveAsPanel()
    return self
  },
  retry: false,
  staleTime: 0,
})
export const useSelf = (isLive: boolean) =>
  useQuery({
    ...selfQuery,
    refetchInterval: ({ state: { data, error } }) =>
      isLive || (data === undefined && !isProblem(error, 'policy.agreement-required')) ? false : lookEveryMs,
  })
export const usePair = () =>
  useMutation({
    mutationFn: (code: string) => api.post<PanelSelf>('/api/panels/pair', { code }, { stay: true }),
    // Whoever was signed in here no longer is, and leaves nothing on the wall.
    onSuccess: async () => {
      await changePerson()
      forgetPerson()
      localStorage.removeItem('eaves.device-label')
    },
  })
export const useLeave = () =>
  useMutation({
    mutationFn: (pin: string) => api.post<undefined>('/api/panel/leave', { pin }, { stay: true }),
  })
