import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from './api.ts'
import { stopLive } from './connection.ts'
import { forgetEntry } from './gate.ts'
import { forgetPerson } from './last-home.ts'
import { changePerson } from './offline.ts'

/** Leaves this browser as if nobody had been here: the live connection, the cache and what was remembered. */
export function useSignOut() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async (which: 'here' | 'everywhere') => {
      // Also when the server cannot be told: whoever takes the device next finds nothing.
      await changePerson()
      return api.post<undefined>(
        which === 'here' ? '/api/sign-out' : '/api/sign-out/everywhere',
        which === 'here' ? undefined : {},
        { stay: true },
      )
    },
    onSuccess: async () => {
      stopLive()
      forgetEntry()
      cache.clear()
      await changePerson()
      forgetPerson()
      localStorage.removeItem('eaves.device-label')
    },
  })
}
