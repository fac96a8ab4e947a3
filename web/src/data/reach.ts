import type { Reach } from '@eaves/model/api'
import { useQuery } from '@tanstack/react-query'
import { api } from './api.ts'

/** How a phone in the house gets to the app. */
export const useReach = () =>
  useQuery({
    queryKey: ['reach'],
    queryFn: ({ signal }) => api.get<Reach>('/api/instance/reach', { signal }),
    // Addresses come and go with networks.
    staleTime: 0,
  })
