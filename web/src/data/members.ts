import type { PersonalAct } from '@eaves/model'
import type { Home, LockedOut, Member, MemberEdit, Transfer, ViewAs } from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { api, at, isProblem } from './api.ts'
import { homesQuery } from './homes.ts'
import { placeKey } from './place.ts'
import { homeEnd } from './session.ts'

export const membersKey = (home: string) => ['members', home] as const
const transferKey = (home: string) => ['transfer', home] as const

/** Who belongs to the home, as far as this person may know. */
export const useMembers = (home: string, enabled = true) =>
  useQuery({
    queryKey: membersKey(home),
    queryFn: ({ signal }) => api.get<Member[]>(at`/api/homes/${home}/members`, { signal }),
    enabled,
  })

const again = (cache: QueryClient, home: string) =>
  Promise.all([
    cache.invalidateQueries({ queryKey: membersKey(home) }),
    cache.invalidateQueries({ queryKey: placeKey(home) }),
    cache.invalidateQueries({ queryKey: ['view-as', home] }),
    // A wall panel is a member as well.
    cache.invalidateQueries({ queryKey: ['panels', home] }),
  ])

export function useEditMember(home: string, member: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: MemberEdit) => api.patch<Member>(at`/api/homes/${home}/members/${member}`, body),
    onSuccess: (changed) => {
      cache.setQueryData<readonly Member[]>(membersKey(home), (all) =>
        all?.map((each) => (each.accountId === member ? changed : each)),
      )
      return again(cache, home)
    },
  })
}
export function useRemoveMember(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ member, keeps }: { member: string; keeps: readonly ('credentials' | 'panels')[] }) =>
      api.delete<undefined>(
        at`/api/homes/${home}/members/${member}` +
          (keeps.length === 0 ? '' : `?${keeps.map((each) => `${each}=keep`).join('&')}`),
      ),
    onSuccess: () => again(cache, home),
  })
}
/** What another member gets, as the server decides it. */
export const useViewAs = (home: string, member: string) =>
  useQuery({
    queryKey: ['view-as', home, member],
    queryFn: ({ signal }) => api.get<ViewAs>(at`/api/homes/${home}/members/${member}/view`, { signal }),
    staleTime: 0,
    gcTime: 0,
  })

export function useSetShares(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (shares: readonly PersonalAct[]) =>
      api.put<Member>(at`/api/homes/${home}/members/me/shares`, { shares }),
    onSuccess: (member) => {
      cache.setQueryData(placeKey(home), member)
      return cache.invalidateQueries({ queryKey: membersKey(home) })
    },
  })
}
/** The page hears of it first: once the home has ended, whatever asked is no longer on it. */
export const useLeave = (home: string, onLeft: () => Promise<unknown>) =>
  useMutation({
    mutationFn: () => api.post<undefined>(at`/api/homes/${home}/leave`),
    onSuccess: async () => {
      await onLeft()
      homeEnd.left(home)
    },
  })

/** The home offered to another member; null while it is not. */
export const useTransfer = (home: string, enabled = true) =>
  useQuery({
    queryKey: transferKey(home),
    queryFn: async ({ signal }): Promise<Transfer | null> => {
      try {
        return await api.get<Transfer>(at`/api/homes/${home}/transfer`, { signal })
      } catch (error) {
        if (isProblem(error, 'auth.not-found')) return null
        throw error
      }
    },
    enabled,
  })
export function useChangeTransfer(home: string) {
  const cache = useQueryClient()
  const after = {
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: transferKey(home) }),
        cache.invalidateQueries(homesQuery),
        again(cache, home),
      ]),
  }
  const path = at`/api/homes/${home}/transfer`
  return {
    offer: useMutation({
      mutationFn: (body: { to: string; keep: boolean }) => api.post<Transfer>(path, body),
      ...after,
    }),
    /** By its owner: taken back. By the other: declined. */
    end: useMutation({ mutationFn: () => api.delete<undefined>(path), ...after }),
    accept: useMutation({ mutationFn: () => api.post<Home>(`${path}/accept`), ...after }),
  }
}

export function useLockOut(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (credentials: boolean) =>
      api.post<LockedOut>(at`/api/homes/${home}/lock-out`, { credentials }),
    onSuccess: () =>
      Promise.all([
        again(cache, home),
        cache.invalidateQueries({ queryKey: transferKey(home) }),
        cache.invalidateQueries({ queryKey: ['invitations', home] }),
        cache.invalidateQueries({ queryKey: ['credentials', home] }),
      ]),
  })
}
