import type { Locale } from '@eaves/model'
import type {
  DeletionAsked,
  Held,
  MyRecipients,
  RequestAsk,
  RequestView,
  SharingChosen,
  SharingSet,
} from '@eaves/model/api'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'

const requests = ['requests'] as const
const received = ['received'] as const

/** What is held about oneself, as it is now, without the values. // pp.4.4.a */
export const useHeld = (locale: Locale) =>
  useQuery({
    queryKey: ['held', locale],
    queryFn: ({ signal }) => api.get<Held>(`/api/me/held?locale=${locale}`, { signal }),
    staleTime: 0,
    gcTime: 0,
  })

/** The values themselves, which take a fresh proof; kept nowhere once the page is left. // pp.4.3 */
export const useOpenHeld = (locale: Locale) =>
  useMutation({
    mutationFn: () => api.get<Held>(`/api/me/held?locale=${locale}&values=open`),
    gcTime: 0,
  })

/** A copy takes seconds: whoever waits for one sees it come. */
const isOnItsWay = ({ kind, state }: RequestView): boolean =>
  (kind !== 'erasure' && state === 'planned') || state === 'executing'
export const useRequests = () =>
  useQuery({
    queryKey: requests,
    queryFn: ({ signal }) => api.get<RequestView[]>('/api/me/requests', { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.some(isOnItsWay) === true ? 1_000 : 60_000),
  })
export function useAskRequest() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (wish: RequestAsk) => api.post<RequestView>('/api/me/requests', wish),
    onSuccess: () => cache.invalidateQueries({ queryKey: requests }),
  })
}
/** Taken back, or lifted. */
export function useEndRequest() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.delete<RequestView>(at`/api/me/requests/${id}`),
    onSettled: () => cache.invalidateQueries({ queryKey: requests }),
  })
}
/** A link to the copy that is good once. // pp.4.3 */
export const useCopyLink = () =>
  useMutation({
    mutationFn: (id: string) => api.post<{ link: string }>(at`/api/me/requests/${id}/links`),
  })

/** Who got what, newest first, and one's choices about each. // pp.3.1 */
export const useReceived = (locale: Locale) =>
  useInfiniteQuery({
    queryKey: [...received, locale],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      api.get<MyRecipients>(
        `/api/me/recipients?${new URLSearchParams({ locale, ...(pageParam === '' ? {} : { before: pageParam }) }).toString()}`,
        { signal },
      ),
    getNextPageParam: (page) => page.older,
    staleTime: 0,
  })
export function useShare(recipient: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (wish: SharingSet) => api.put<SharingChosen>(at`/api/me/recipients/${recipient}`, wish),
    onSettled: () => cache.invalidateQueries({ queryKey: received }),
  })
}
export function useAskDeletion(recipient: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: () => api.post<DeletionAsked>(at`/api/me/recipients/${recipient}/deletion`),
    onSettled: () => cache.invalidateQueries({ queryKey: received }),
  })
}
