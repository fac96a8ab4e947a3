import type { Maintenance } from '@eaves/model/api'
import { useQuery } from '@tanstack/react-query'
import { api, at } from './api.ts'

export const maintenanceKey = (home: string) => ['maintenance', home] as const
const pollMs = 10_000
/** What asks for care in a home. */
export const useMaintenance = (home: string, enabled = true) =>
  useQuery({
    enabled,
    queryKey: maintenanceKey(home),
    queryFn: ({ signal }) => api.get<Maintenance>(at`/api/homes/${home}/maintenance`, { signal }),
    staleTime: 0,
    refetchInterval: pollMs,
  })
