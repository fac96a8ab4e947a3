import type { Credential, CredentialMade, CredentialScopeWish } from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'

const key = (home: string) => ['credentials', home] as const
const pollMs = 5000
/** Devices' own ways into the broker that Eaves brings with it. */
export const useCredentials = (home: string) =>
  useQuery({
    queryKey: key(home),
    queryFn: ({ signal }) => api.get<Credential[]>(at`/api/homes/${home}/mqtt/credentials`, { signal }),
    // Whether one is connected comes by no live message.
    refetchInterval: pollMs,
  })
/** The answer alone carries the password; it is shown once. */
export function useMakeCredential(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: { name: string; scope: CredentialScopeWish }) =>
      api.post<CredentialMade>(at`/api/homes/${home}/mqtt/credentials`, body),
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
