import type { AliveState } from '@eaves/model/api'
import { useQuery } from '@tanstack/react-query'
import { api } from './api.ts'

/** How it stands with the watch outside that this server calls. */
export const useAlive = () =>
  useQuery({
    queryKey: ['alive'],
    queryFn: ({ signal }) => api.get<AliveState>('/api/instance/alive', { signal }),
    refetchInterval: 60_000,
  })
