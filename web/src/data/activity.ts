import type { ActivityGroup } from '@eaves/model'
import type { ActivityPage, SearchRow } from '@eaves/model/api'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from './api.ts'

/** One's own activity, a page at a time; `group` undefined shows all. */
export const useActivity = (group: ActivityGroup | undefined) =>
  useInfiniteQuery({
    queryKey: ['activity', group ?? 'all'],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) => {
      const query = new URLSearchParams({
        ...(group === undefined ? {} : { group }),
        ...(pageParam === '' ? {} : { cursor: pageParam }),
      }).toString()
      return api.get<ActivityPage>(`/api/me/activity${query === '' ? '' : `?${query}`}`, { signal })
    },
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  })

export interface Day<T> {
  /** The calendar day here, as yyyy-mm-dd. */
  readonly day: string
  readonly entries: readonly T[]
}
/** The entries by the days of this place, in the order they come. */
export function byDay<T extends { readonly at: string }>(entries: readonly T[], dayOf = localDay): Day<T>[] {
  const days: { day: string; entries: T[] }[] = []
  for (const entry of entries) {
    const day = dayOf(entry.at)
    const last = days.at(-1)
    if (last?.day === day) last.entries.push(entry)
    else days.push({ day, entries: [entry] })
  }
  return days
}
function localDay(instant: string): string {
  const at = new Date(instant)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

const searches = ['searches'] as const
export const useSearches = (enabled: boolean) =>
  useQuery({
    queryKey: searches,
    queryFn: ({ signal }) => api.get<SearchRow[]>('/api/me/searches', { signal }),
    enabled,
  })
export function useRemoveSearches() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: () => api.delete<undefined>('/api/me/searches'),
    onSuccess: () => cache.setQueryData<SearchRow[]>(searches, []),
  })
}
