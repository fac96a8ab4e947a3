import type { Home, Invitation, InvitationCreate, InvitationLook, InvitationMade, Me } from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { api, at, isProblem } from './api.ts'
import { homesQuery } from './homes.ts'

const key = (home: string) => ['invitations', home] as const
export const useInvitations = (home: string, enabled = true) =>
  useQuery({
    queryKey: key(home),
    queryFn: ({ signal }) => api.get<Invitation[]>(at`/api/homes/${home}/invitations`, { signal }),
    enabled,
  })
/** The answer alone carries the code; it is shown once and kept nowhere. */
export function useMakeInvitation(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: InvitationCreate) =>
      api.post<InvitationMade>(at`/api/homes/${home}/invitations`, body),
    onSuccess: () => cache.invalidateQueries({ queryKey: key(home) }),
  })
}
export function useRevokeInvitation(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.delete<undefined>(at`/api/homes/${home}/invitations/${id}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: key(home) }),
  })
}

/** The code somebody came with: in this page's memory alone while they read, decide and sign in. // sa.4 */
let held: string | undefined
const listeners = new Set<() => void>()
export function holdCode(code: string | undefined): void {
  held = code
  listeners.forEach((listener) => listener())
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const heldCode = (): string | undefined => held
export const useHeldCode = (): string | undefined => useSyncExternalStore(subscribe, heldCode)

/** What an invitation says of itself; the code travels in the body alone. // T8 */
export const useLook = (code: string | undefined) =>
  useQuery({
    queryKey: ['invitation-look', code],
    queryFn: ({ signal }) =>
      api.post<InvitationLook>('/api/invitations/look', { code }, { signal, stay: true }),
    enabled: code !== undefined,
    retry: false,
    staleTime: 0,
    gcTime: 0,
  })
/** Whether somebody is signed in on this browser, agreed or not, and who: an address of theirs, once they have agreed. */
export const useSignedIn = (enabled: boolean) =>
  useQuery({
    queryKey: ['signed-in'],
    queryFn: async ({ signal }): Promise<false | { readonly who: string | undefined }> => {
      try {
        const { email, phone } = await api.get<Me>('/api/me', { signal, stay: true })
        return { who: email ?? phone }
      } catch (error) {
        if (isProblem(error, 'auth.required', 'server.unclaimed')) return false
        if (isProblem(error, 'policy.agreement-required')) return { who: undefined }
        throw error
      }
    },
    enabled,
    staleTime: 0,
    gcTime: 0,
  })
/** The page hears of it before the code is let go of: once it is, the form that asked is no longer there. */
export function useAccept(onJoined: (home: Home) => void) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (code: string) => api.post<Home>('/api/invitations/accept', { code }),
    onSuccess: (joined) => {
      cache.setQueryData(homesQuery.queryKey, (homes) => [
        ...(homes ?? []).filter(({ id }) => id !== joined.id),
        joined,
      ])
      onJoined(joined)
      holdCode(undefined)
    },
  })
}
