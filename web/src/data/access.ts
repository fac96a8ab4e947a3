import type { AccessLogPage, SupportCase } from '@eaves/model/api'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'

const cases = ['support-cases'] as const

/** Who of the staff looked at one's data, newest first. // pp.5.1 */
export const useAccessLog = () =>
  useInfiniteQuery({
    queryKey: ['access-log'],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      api.get<AccessLogPage>(
        `${at`/api/me/access-log`}${pageParam === '' ? '' : `?${new URLSearchParams({ cursor: pageParam }).toString()}`}`,
        { signal },
      ),
    getNextPageParam: (page) => page.next,
    staleTime: 0,
    refetchInterval: 60_000,
  })

export const useSupportCases = () =>
  useQuery({
    queryKey: cases,
    queryFn: ({ signal }) => api.get<SupportCase[]>('/api/me/support-cases', { signal }),
    staleTime: 0,
    refetchInterval: 60_000,
  })
export function useLetIn() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (hours: number) => api.post<SupportCase>('/api/me/support-cases', { hours }),
    onSettled: () => cache.invalidateQueries({ queryKey: cases }),
  })
}
export function useEndCase() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.delete<undefined>(at`/api/me/support-cases/${id}`),
    onSettled: () => cache.invalidateQueries({ queryKey: cases }),
  })
}
