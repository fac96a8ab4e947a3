import type { Home } from '@eaves/model/api'
import type { HomeVerb } from '@eaves/policy'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api } from './api.ts'
import { useLastHome } from './last-home.ts'
import { lastSeen } from './offline.ts'

export const homesQuery = queryOptions({
  queryKey: ['homes'],
  queryFn: ({ signal, queryKey }) => lastSeen.ask(queryKey, () => api.get<Home[]>('/api/homes', { signal })),
})
export const useHomes = () => useQuery(homesQuery)
/** The home that pages without one in their address are about: the one opened last on this device, else the first. */
export function useCurrentHome(): Home | undefined {
  const last = useLastHome()
  const homes = useHomes().data
  return homes?.find(({ id }) => id === last) ?? homes?.[0]
}
export const useHome = (home: string): Home | undefined => useHomes().data?.find((entry) => entry.id === home)
/** What the person can do in the home at all: what they cannot is absent, not disabled. The server decides again each time. */
export function useCan(home: string | undefined): (verb: HomeVerb) => boolean {
  const verbs = useHomes().data?.find((entry) => entry.id === home)?.verbs
  return (verb) => verbs?.includes(verb) ?? false
}
