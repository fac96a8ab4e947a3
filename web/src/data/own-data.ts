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

/** Whose data it is: one's own, or a child's whom one answers for. // pp.6 */
export type Whose = string | undefined
const base = (of: Whose): string => (of === undefined ? '/api/me' : at`/api/me/children/${of}`)
const requests = (of: Whose) => ['requests', of ?? ''] as const
const received = ['received'] as const

/** What is held, as it is now, without the values. // pp.4.4.a */
export const useHeld = (locale: Locale, of?: Whose) =>
  useQuery({
    queryKey: ['held', locale, of ?? ''],
    queryFn: ({ signal }) => api.get<Held>(`${base(of)}/held?locale=${locale}`, { signal }),
    staleTime: 0,
    gcTime: 0,
  })

/** The values themselves, which take a fresh proof; kept nowhere once the page is left. // pp.4.3 */
export const useOpenHeld = (locale: Locale, of?: Whose) =>
  useMutation({
    mutationFn: () => api.get<Held>(`${base(of)}/held?locale=${locale}&values=open`),
    gcTime: 0,
  })

/** A copy takes seconds: whoever waits for one sees it come. */
const isOnItsWay = ({ kind, state }: RequestView): boolean =>
  (kind !== 'erasure' && kind !== 'correction' && state === 'planned') || state === 'executing'
export const useRequests = (of?: Whose) =>
  useQuery({
    queryKey: requests(of),
    queryFn: ({ signal }) => api.get<RequestView[]>(`${base(of)}/requests`, { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.some(isOnItsWay) === true ? 1_000 : 60_000),
  })
export function useAskRequest(of?: Whose) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (wish: RequestAsk) => api.post<RequestView>(`${base(of)}/requests`, wish),
    onSuccess: () => cache.invalidateQueries({ queryKey: requests(of) }),
  })
}
/** Taken back, or lifted. */
export function useEndRequest(of?: Whose) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.delete<RequestView>(base(of) + at`/requests/${id}`),
    onSettled: () => cache.invalidateQueries({ queryKey: requests(of) }),
  })
}
/** A link to the copy that is good once. // pp.4.3 */
export const useCopyLink = (of?: Whose) =>
  useMutation({
    mutationFn: (id: string) => api.post<{ link: string }>(base(of) + at`/requests/${id}/links`),
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
