import type { Floor, Home, Member } from '@eaves/model/api'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'
import { useLastHome } from './last-home.ts'

export const homesQuery = queryOptions({
  queryKey: ['homes'],
  queryFn: ({ signal }) => api.get<Home[]>('/api/homes', { signal }),
})
export const useHomes = () => useQuery(homesQuery)
/** The home that pages without one in their address are about: the one opened last on this device, else the first. */
export function useCurrentHome(): Home | undefined {
  const last = useLastHome()
  const homes = useHomes().data
  return homes?.find(({ id }) => id === last) ?? homes?.[0]
}
export const useHome = (home: string): Home | undefined => useHomes().data?.find((entry) => entry.id === home)

export function useCreateHome() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: { name: string; zone: string }) => api.post<Home>('/api/homes', body),
    onSuccess: (made) =>
      cache.setQueryData(homesQuery.queryKey, (homes) => [
        ...(homes ?? []).filter((home) => home.id !== made.id),
        made,
      ]),
  })
}
export function useEditHome(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: { name?: string; zone?: string }) => api.patch<Home>(at`/api/homes/${home}`, body),
    onSuccess: () => cache.invalidateQueries(homesQuery),
  })
}

export const useFloors = (home: string) =>
  useQuery({
    queryKey: ['floors', home],
    queryFn: ({ signal }) => api.get<Floor[]>(at`/api/homes/${home}/floors`, { signal }),
  })
export const useMembers = (home: string) =>
  useQuery({
    queryKey: ['members', home],
    queryFn: ({ signal }) => api.get<Member[]>(at`/api/homes/${home}/members`, { signal }),
  })
