import type { PresenceSelf, PresenceView, Whereabouts } from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'
import { forgetPoint } from './phone/shelf.ts'

export const ownKey = (home: string) => ['presence-own', home] as const
export const allKey = (home: string) => ['presence', home] as const

/** What the home knows of oneself. */
export const useOwnPresence = (home: string, enabled: boolean) =>
  useQuery({
    queryKey: ownKey(home),
    queryFn: ({ signal }) => api.get<PresenceSelf>(at`/api/homes/${home}/presence/me`, { signal }),
    enabled,
    refetchInterval: 15_000,
  })
/** Who is at home, of those who share it. */
export const usePresence = (home: string, enabled: boolean) =>
  useQuery({
    queryKey: allKey(home),
    queryFn: ({ signal }) => api.get<PresenceView>(at`/api/homes/${home}/presence`, { signal }),
    enabled,
    // Devices tell it as well, and nothing tells of that.
    refetchInterval: 15_000,
  })

export function useChangePresence(home: string) {
  const cache = useQueryClient()
  const onSuccess = (view: PresenceSelf) => {
    cache.setQueryData(ownKey(home), view)
    return cache.invalidateQueries({ queryKey: allKey(home) })
  }
  return {
    share: useMutation({
      mutationFn: (sharing: boolean) =>
        api.put<PresenceSelf>(at`/api/homes/${home}/presence/me/sharing`, { sharing }),
      // What this phone keeps for it goes with it. // pp.2.2.1
      onSuccess: async (view) => {
        if (!view.sharing) await forgetPoint(home)
        return onSuccess(view)
      },
    }),
    set: useMutation({
      mutationFn: ({ is, place }: { readonly is: Whereabouts; readonly place?: string }) =>
        api.put<PresenceSelf>(at`/api/homes/${home}/presence/me`, { is, place: place ?? null }),
      onSuccess,
    }),
    choose: useMutation({
      mutationFn: ({ place, chosen }: { readonly place: string; readonly chosen: boolean }) =>
        api.put<PresenceSelf>(at`/api/homes/${home}/presence/me/places/${place}`, { chosen }),
      onSuccess,
    }),
    show: useMutation({
      mutationFn: (shown: boolean) =>
        api.put<PresenceSelf>(at`/api/homes/${home}/presence/me/places`, { shown }),
      onSuccess,
    }),
    tie: useMutation({
      mutationFn: (device: string | null) =>
        api.put<PresenceSelf>(at`/api/homes/${home}/presence/me/device`, { device }),
      onSuccess,
    }),
    allow: useMutation({
      mutationFn: ({ child, allowed }: { readonly child: string; readonly allowed: boolean }) =>
        api.put<PresenceView>(at`/api/homes/${home}/presence/${child}/allowed`, { allowed }),
      onSuccess: (view) => cache.setQueryData(allKey(home), view),
    }),
  }
}
