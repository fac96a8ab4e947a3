import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'
import { stopLive } from './connection.ts'
import { forgetHome } from './last-home.ts'
import { lastSeen } from './offline.ts'

/** Deletes a home for good, with everything in it. */
export function useRemoveHome(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: () => api.delete<undefined>(at`/api/homes/${home}`),
    onSuccess: () => {
      stopLive()
      forgetHome(home)
      cache.clear()
      void lastSeen.forget()
    },
  })
}
