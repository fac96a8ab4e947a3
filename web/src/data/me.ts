import type { Locale } from '@eaves/model'
import type { AgreementState, Me, SignInRow } from '@eaves/model/api'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => api.get<Me>('/api/me', { signal }),
})
export const useMe = () => useQuery(meQuery)
export function useEditMe() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: { locale?: Locale; theme?: Me['theme']; insights?: boolean }) =>
      api.patch<Me>('/api/me', body),
    onSuccess: (me) => cache.setQueryData(meQuery.queryKey, me),
  })
}

export const useSignIns = () =>
  useQuery({
    queryKey: ['sign-ins'],
    queryFn: ({ signal }) => api.get<SignInRow[]>('/api/me/sign-ins', { signal }),
  })
export function useEndSignIn() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.delete<undefined>(at`/api/me/sign-ins/${id}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['sign-ins'] }),
  })
}

/** `null` takes the password away; signing in by code stays. */
export function useSetPassword() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (password: string | null) => api.put<undefined>('/api/me/password', { password }),
    onSuccess: () => cache.invalidateQueries(meQuery),
  })
}
/** New codes; the ones before stop working. */
export function useNewRecoveryCodes() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: () => api.post<{ recoveryCodes: string[] }>('/api/me/recovery-codes'),
    onSuccess: () => cache.invalidateQueries(meQuery),
  })
}

export const useAgreements = (locale: Locale) =>
  useQuery({
    queryKey: ['agreements', 'mine', locale],
    queryFn: ({ signal }) =>
      api.get<AgreementState>(`${at`/api/me/agreements`}?locale=${locale}`, { signal }),
  })
