import type {
  HistoryAnswer,
  HistoryKept,
  HistoryRolled,
  HistorySpace,
  HistoryStatistics,
  HistoryValues,
} from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'
import { useDevice } from './devices.ts'
import type { HistoryOf } from './history-id.ts'
import { useRights } from './rights.ts'

export { idOf, type HistoryOf } from './history-id.ts'

const seriesOf = ({ device, part, capability, attribute }: HistoryOf): string =>
  [device, part, capability, attribute].join(' ')
/** Raw points of the last hours, oldest first. */
export function useHistory(home: string, of: HistoryOf, hours: number) {
  const device = useDevice(home, of.device).data
  const rights = useRights(home)
  return useQuery({
    enabled: device !== undefined && rights(device).may('history'),
    queryKey: ['history', home, seriesOf(of), hours],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({
        ...of,
        from: new Date(Date.now() - hours * 3_600_000).toISOString(),
      })
      return api.get<HistoryAnswer>(`${at`/api/homes/${home}/history`}?${query}`, { signal })
    },
    staleTime: 60_000,
    refetchInterval: 120_000,
    // Another span of the same series may stand in for a moment; the values of anything else may not.
    placeholderData: (before, asked) =>
      asked?.queryKey[1] === home && asked.queryKey[2] === seriesOf(of) ? before : undefined,
  })
}

/** Which values of the home have a history that this person may see. */
export const useHistoryValues = (home: string) =>
  useQuery({
    queryKey: ['history-values', home],
    queryFn: ({ signal }) => api.get<HistoryValues>(at`/api/homes/${home}/history/values`, { signal }),
    staleTime: 60_000,
  })
export const useHistorySpace = (home: string) =>
  useQuery({
    queryKey: ['history-space', home],
    queryFn: ({ signal }) => api.get<HistorySpace>(at`/api/homes/${home}/history/space`, { signal }),
    staleTime: 60_000,
  })

/** Of which values that this person may see no history is wanted. */
export const useUnkept = (home: string) =>
  useQuery({
    queryKey: ['history-keep', home],
    queryFn: ({ signal }) => api.get<HistoryKept>(at`/api/homes/${home}/history/keep`, { signal }),
    staleTime: 60_000,
  })
interface KeepWish {
  readonly of: HistoryOf
  readonly isKept: boolean
  /** Whether what there is goes too. */
  readonly forget: boolean
}
/** Keeps a history of a value from now on, or none. */
export function useKeep(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ of: { device, part, capability, attribute }, ...wish }: KeepWish) =>
      api.put<undefined>(at`/api/homes/${home}/history/keep`, {
        ...{ device, part, capability, attribute },
        ...wish,
      }),
    onSuccess: () =>
      cache.invalidateQueries({ predicate: ({ queryKey: [first] }) => String(first).startsWith('history') }),
  })
}

export interface SpanOf {
  readonly fromMs: number
  readonly toMs: number
}
const spanQuery = (of: HistoryOf, { fromMs, toMs }: SpanOf, more: Readonly<Record<string, string>>) =>
  new URLSearchParams({
    ...of,
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    ...more,
  }).toString()
const isOver = ({ toMs }: SpanOf): boolean => toMs < Date.now()

/** A span by five minutes, hour or day. What is over does not change any more. */
export const useRolled = (
  home: string,
  of: HistoryOf,
  span: SpanOf,
  resolution: '5m' | 'hour' | 'day',
  enabled = true,
) =>
  useQuery({
    queryKey: ['history-rolled', home, seriesOf(of), span.fromMs, span.toMs, resolution],
    enabled,
    queryFn: ({ signal }) =>
      api.get<HistoryRolled>(`${at`/api/homes/${home}/history`}?${spanQuery(of, span, { resolution })}`, {
        signal,
      }),
    staleTime: isOver(span) ? 600_000 : 60_000,
    refetchInterval: isOver(span) ? false : 120_000,
  })
/** What a span comes to, beside the one before. */
export const useStatistics = (home: string, of: HistoryOf, span: SpanOf, compare: boolean) =>
  useQuery({
    queryKey: ['history-statistics', home, seriesOf(of), span.fromMs, span.toMs, compare],
    queryFn: ({ signal }) =>
      api.get<HistoryStatistics>(
        `${at`/api/homes/${home}/history/statistics`}?${spanQuery(of, span, compare ? { compare: 'before' } : {})}`,
        { signal },
      ),
    staleTime: 60_000,
    refetchInterval: isOver(span) ? false : 120_000,
  })
/** Where a span is to be had as a file, as it came. */
export const exportAddress = (home: string, of: HistoryOf, span: SpanOf, as: 'csv' | 'parquet'): string =>
  `${at`/api/homes/${home}/history/export`}?${spanQuery(of, span, { resolution: 'raw', as })}`
