import type { Locale } from '@eaves/model'
import type {
  Acts,
  Choices,
  CodeSent,
  HalfSignedIn,
  Identifier,
  SecondProof,
  SignedIn,
  SignInAnswer,
} from '@eaves/model/api'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, type CallOptions } from './api.ts'
import { deviceLabel, rememberLabelChoice } from './device-label.ts'
import { currentEntry, forgetEntry } from './gate.ts'
import { rememberPerson } from './last-home.ts'
import { changePerson } from './offline.ts'
import { signInByPasskey, usePasskeyAutofill } from './passkeys.ts'
import { liveAsPerson } from './tickets.ts'

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
  return ({ recoveryCodes, accountId }: SignedIn): void => {
    rememberPerson(accountId)
    const { choices, acts } = currentEntry()
    if (acts !== undefined) rememberLabelChoice(choices['account.device-label'] === true)
    onEntered(recoveryCodes)
    forgetEntry()
    cache.clear()
    liveAsPerson()
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
  /** The code of an invitation: whoever holds one may sign up on a household's server. */
  readonly invitation?: string
}
export const useRequestCode = () =>
  useMutation({ mutationFn: (body: CodeBody) => api.post<CodeSent>('/api/sign-in/codes', body, stay) })

export type Proof =
  | { readonly by: 'code'; readonly flow: string; readonly code: string }
  | { readonly by: 'password'; readonly identifier: Identifier; readonly password: string }
  | {
      readonly by: 'recovery'
      readonly identifier: Identifier
      readonly recoveryCode: string
      readonly password?: string
      readonly totp?: string
    }
  | { readonly by: 'link'; readonly code: string }
const ways = {
  code: '/api/sign-in/code',
  password: '/api/sign-in/password',
  recovery: '/api/sign-in/recovery',
  link: '/api/sign-in/link',
} as const
/** `onHalf` is told when the account asks for a second proof. */
export function useSignIn(onEntered: Entered, onHalf?: (half: HalfSignedIn['secondFactor']) => void) {
  const entered = useEntered(onEntered)
  return useMutation({
    mutationFn: ({ by, ...proof }: Proof) =>
      api.post<SignInAnswer>(ways[by], { ...proof, ...(by === 'link' ? {} : deviceLabel()) }, stay),
    onSuccess: (answer) => ('secondFactor' in answer ? onHalf?.(answer.secondFactor) : entered(answer)),
  })
}
export function useSecondFactor(onEntered: Entered) {
  const entered = useEntered(onEntered)
  return useMutation({
    mutationFn: (body: { flow: string; second: SecondProof }) =>
      api.post<SignedIn>('/api/sign-in/second-factor', { ...body, ...deviceLabel() }, stay),
    onSuccess: entered,
  })
}

/** With a passkey of this device, by the button or from the address field. */
export function usePasskeySignIn(onEntered: Entered) {
  const entered = useEntered(onEntered)
  return useMutation({ mutationFn: () => signInByPasskey(), onSuccess: entered })
}
export function useOfferPasskeys(onEntered: Entered): void {
  usePasskeyAutofill(true, useEntered(onEntered))
}
