import type { Credential, CredentialMade } from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'

const key = (home: string) => ['credentials', home] as const
/** Devices' own ways into the broker that Eaves brings with it. */
export const useCredentials = (home: string) =>
  useQuery({
    queryKey: key(home),
    queryFn: ({ signal }) => api.get<Credential[]>(at`/api/homes/${home}/mqtt/credentials`, { signal }),
  })
/** The answer alone carries the password; it is shown once. */
export function useMakeCredential(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (name: string) => api.post<CredentialMade>(at`/api/homes/${home}/mqtt/credentials`, { name }),
    onSuccess: () => cache.invalidateQueries({ queryKey: key(home) }),
  })
}
export function useRevokeCredential(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.delete<undefined>(at`/api/homes/${home}/mqtt/credentials/${id}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: key(home) }),
  })
}
