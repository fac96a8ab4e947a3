import type { HookMade, HookView } from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'

const hooksKey = (home: string) => ['hooks', home] as const
/** Addresses by which something outside sets off automations; what each is stands nowhere. */
export const useHooks = (home: string) =>
  useQuery({
    queryKey: hooksKey(home),
    queryFn: ({ signal }) => api.get<readonly HookView[]>(at`/api/homes/${home}/hooks`, { signal }),
  })

export function useChangeHooks(home: string) {
  const cache = useQueryClient()
  const onSuccess = () => cache.invalidateQueries({ queryKey: hooksKey(home) })
  return {
    make: useMutation({
      mutationFn: (name: string) => api.post<HookMade>(at`/api/homes/${home}/hooks`, { name }),
      onSuccess,
      // The address is shown once and kept nowhere.
      gcTime: 0,
    }),
    end: useMutation({
      mutationFn: (hook: string) => api.delete<undefined>(at`/api/homes/${home}/hooks/${hook}`),
      onSuccess,
    }),
  }
}
