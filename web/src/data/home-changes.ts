import type { Floor, Home } from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'
import { homesQuery } from './homes.ts'

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
