import type { TotpBegun } from '@eaves/model/api'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from './api.ts'
import { meQuery } from './me.ts'

/** A secret for the app, shown until it is confirmed and kept nowhere here. */
export const useBeginTotp = () => useMutation({ mutationFn: () => api.post<TotpBegun>('/api/me/totp') })
export function useConfirmTotp() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (code: string) => api.post<undefined>('/api/me/totp/confirm', { code }),
    onSuccess: () => cache.invalidateQueries(meQuery),
  })
}
export function useRemoveTotp() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: () => api.delete<undefined>('/api/me/totp'),
    onSuccess: () => cache.invalidateQueries(meQuery),
  })
}
