import type { Home, Maintenance } from '@eaves/model/api'
import { queryOptions, useQueries, useQuery } from '@tanstack/react-query'
import { api, at } from './api.ts'

export const maintenanceKey = (home: string) => ['maintenance', home] as const
const maintenanceQuery = (home: string) =>
  queryOptions({
    queryKey: maintenanceKey(home),
    queryFn: ({ signal }) => api.get<Maintenance>(at`/api/homes/${home}/maintenance`, { signal }),
    staleTime: 0,
  })
const pollMs = 10_000
/** What asks for care in a home. */
export const useMaintenance = (home: string, enabled = true) =>
  useQuery({ ...maintenanceQuery(home), enabled, refetchInterval: pollMs })

const otherHomesMs = 60_000
/** How many things ask for care in each of these homes, where the person may see it. */
export function useCareCounts(homes: readonly Home[]): ReadonlyMap<string, number> {
  const asked = homes.filter(({ verbs }) => verbs.includes('connection.read'))
  const answers = useQueries({
    queries: asked.map(({ id }) => ({ ...maintenanceQuery(id), refetchInterval: otherHomesMs })),
  })
  return new Map(asked.map(({ id }, i) => [id, answers[i]?.data?.count ?? 0]))
}
