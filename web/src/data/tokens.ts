import type { TokenCreate, TokenMade, TokenRow } from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'

const key = ['tokens'] as const
export const useTokens = () =>
  useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<TokenRow[]>('/api/me/tokens', { signal }) })
/** The answer alone carries the token itself; it is shown once and kept nowhere. */
export function useMakeToken() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: TokenCreate) => api.post<TokenMade>('/api/me/tokens', body),
    onSuccess: () => cache.invalidateQueries({ queryKey: key }),
  })
}
export function useRevokeToken() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.delete<undefined>(at`/api/me/tokens/${id}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: key }),
  })
}
