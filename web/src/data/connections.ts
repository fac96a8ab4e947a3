import type { Connection, DriverEntry } from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'
import { devicesKey } from './devices.ts'

export const useDrivers = () =>
  useQuery({
    queryKey: ['drivers'],
    queryFn: ({ signal }) => api.get<DriverEntry[]>('/api/drivers', { signal }),
    staleTime: 300_000,
  })

const key = (home: string) => ['connections', home] as const
export const useConnections = (home: string) =>
  useQuery({
    queryKey: key(home),
    queryFn: ({ signal }) => api.get<Connection[]>(at`/api/homes/${home}/connections`, { signal }),
    refetchInterval: 5000,
  })
export function useRemoveConnection(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (connection: string) =>
      api.delete<undefined>(at`/api/homes/${home}/connections/${connection}`),
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: key(home) }),
        cache.invalidateQueries({ queryKey: devicesKey(home) }),
      ]),
  })
}
