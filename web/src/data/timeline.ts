import type { TimelineKind, TimelineView } from '@eaves/model/api'
import { useQuery } from '@tanstack/react-query'
import { api, at } from './api.ts'

export interface TimelineAsked {
  readonly fromMs: number
  readonly toMs: number
  readonly kind?: TimelineKind | undefined
  readonly room?: string | undefined
  readonly by?: 'me' | 'home' | undefined
}
/** What happened in the home within a span, newest first. */
export const useTimeline = (home: string, { fromMs, toMs, kind, room, by }: TimelineAsked) =>
  useQuery({
    queryKey: ['timeline', home, fromMs, toMs, kind ?? '', room ?? '', by ?? ''],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({
        from: new Date(fromMs).toISOString(),
        to: new Date(toMs).toISOString(),
        ...(kind === undefined ? {} : { kind }),
        ...(room === undefined ? {} : { room }),
        ...(by === undefined ? {} : { by }),
      })
      return api.get<TimelineView>(`${at`/api/homes/${home}/activity`}?${query}`, { signal })
    },
    staleTime: 15_000,
    refetchInterval: 60_000,
  })
