import type { Member } from '@eaves/model/api'
import { useQuery } from '@tanstack/react-query'
import { api, at } from './api.ts'
import { lastSeen } from './offline.ts'

export const placeKey = (home: string) => ['place', home] as const
/** What the person themselves is in the home. */
export const usePlace = (home: string, enabled = true) =>
  useQuery({
    queryKey: placeKey(home),
    queryFn: ({ signal, queryKey }) =>
      lastSeen.ask(queryKey, () => api.get<Member>(at`/api/homes/${home}/members/me`, { signal })),
    enabled,
  })
