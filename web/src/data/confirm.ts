import type { Confirmers } from '@eaves/model'
import type { ConfirmState } from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'

const key = (home: string) => ['confirm', home] as const
/** What this home wants confirmed, and how one stands to it oneself. */
export const useConfirm = (home: string | undefined) =>
  useQuery({
    queryKey: key(home ?? ''),
    queryFn: ({ signal }) => api.get<ConfirmState>(at`/api/homes/${home ?? ''}/confirm`, { signal }),
    enabled: home !== undefined,
  })
export function useSetConfirm(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (who: Confirmers) => api.put<ConfirmState>(at`/api/homes/${home}/confirm`, { who }),
    onSuccess: (state) => cache.setQueryData(key(home), state),
  })
}
export function useSetPin(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: { pin: string; currentPin?: string }) =>
      api.put<undefined>(at`/api/homes/${home}/members/me/pin`, body),
    onSuccess: () => cache.invalidateQueries({ queryKey: key(home) }),
  })
}
/** Has a device treated as a lock, or no longer. */
export function useGuard(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ device, guarded }: { device: string; guarded: boolean }) =>
      api.put<undefined>(at`/api/homes/${home}/confirm/devices/${device}`, { guarded }),
    onSuccess: () => cache.invalidateQueries({ queryKey: key(home) }),
  })
}
