import type { Locale } from '@eaves/model'
import type { Acts, Choices, CodeSent, Identifier, SignedIn } from '@eaves/model/api'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, type CallOptions } from './api.ts'
import { stopLive } from './connection.ts'
import { deviceLabel, rememberLabelChoice } from './device-label.ts'
import { currentEntry, forgetEntry } from './gate.ts'
import { changePerson } from './offline.ts'

const stay: CallOptions = { stay: true }
/** The code travels in the body alone, never in an address. // T8 */
export const useClaimCheck = () =>
  useMutation({ mutationFn: (code: string) => api.post<unknown>('/api/claim/check', { code }, stay) })

export interface ClaimBody {
  readonly code: string
  readonly identifier: Identifier
  readonly acts: Acts
  readonly choices: Choices
  readonly password?: string
}
type Entered = (recoveryCodes: readonly string[] | undefined) => void
/**
 * After a sign-in nothing read before may stay: it may have been somebody else's.
 * The page hears of it first: once the entry is forgotten, the form that asked is no longer on it.
 */
function useEntered(onEntered: Entered) {
  const cache = useQueryClient()
  return ({ recoveryCodes }: SignedIn): void => {
    const { choices, acts } = currentEntry()
    if (acts !== undefined) rememberLabelChoice(choices['account.device-label'] === true)
    onEntered(recoveryCodes)
    forgetEntry()
    cache.clear()
    void changePerson()
  }
}
export function useClaim(onEntered: Entered) {
  const entered = useEntered(onEntered)
  return useMutation({
    mutationFn: (body: ClaimBody) =>
      api.post<SignedIn>(
        '/api/claim',
        { ...body, ...deviceLabel(body.choices['account.device-label'] === true) },
        stay,
      ),
    onSuccess: entered,
  })
}
export interface CodeBody {
  readonly identifier: Identifier
  readonly register?: boolean
  readonly acts?: Acts
  readonly choices?: Choices
  readonly locale: Locale
}
export const useRequestCode = () =>
  useMutation({ mutationFn: (body: CodeBody) => api.post<CodeSent>('/api/sign-in/codes', body, stay) })

export type Proof =
  | { readonly by: 'code'; readonly flow: string; readonly code: string }
  | { readonly by: 'password'; readonly identifier: Identifier; readonly password: string }
  | { readonly by: 'recovery'; readonly identifier: Identifier; readonly recoveryCode: string }
  | { readonly by: 'link'; readonly code: string }
const ways = {
  code: '/api/sign-in/code',
  password: '/api/sign-in/password',
  recovery: '/api/sign-in/recovery',
  link: '/api/sign-in/link',
} as const
export function useSignIn(onEntered: Entered) {
  const entered = useEntered(onEntered)
  return useMutation({
    mutationFn: ({ by, ...proof }: Proof) =>
      api.post<SignedIn>(ways[by], { ...proof, ...(by === 'link' ? {} : deviceLabel()) }, stay),
    onSuccess: entered,
  })
}

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
        stay,
      )
    },
    onSuccess: async () => {
      stopLive()
      forgetEntry()
      cache.clear()
      await changePerson()
      for (const key of ['eaves.home', 'eaves.device-label']) localStorage.removeItem(key)
    },
  })
}
