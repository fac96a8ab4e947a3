import type { Floor, Home, Member } from '@eaves/model/api'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'
import { lastSeen } from './offline.ts'

export const homesQuery = queryOptions({
  queryKey: ['homes'],
  queryFn: ({ signal, queryKey }) => lastSeen.ask(queryKey, () => api.get<Home[]>('/api/homes', { signal })),
})
export const useHomes = () => useQuery(homesQuery)
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
    queryFn: ({ signal, queryKey }) =>
      lastSeen.ask(queryKey, () => api.get<Floor[]>(at`/api/homes/${home}/floors`, { signal })),
  })
export const useMembers = (home: string) =>
  useQuery({
    queryKey: ['members', home],
    queryFn: ({ signal }) => api.get<Member[]>(at`/api/homes/${home}/members`, { signal }),
  })

const lastHomeKey = 'eaves.home'
/** The home opened last on this device. */
export function lastHome(): string | null {
  return localStorage.getItem(lastHomeKey)
}
export function rememberHome(home: string): void {
  localStorage.setItem(lastHomeKey, home)
}
