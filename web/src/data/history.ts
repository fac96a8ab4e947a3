import type { HistoryAnswer } from '@eaves/model/api'
import { useQuery } from '@tanstack/react-query'
import { api, at } from './api.ts'
import { useDevice } from './devices.ts'
import { useRights } from './rights.ts'

export interface HistoryOf {
  readonly device: string
  readonly part: string
  readonly capability: string
  readonly attribute: string
}
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
