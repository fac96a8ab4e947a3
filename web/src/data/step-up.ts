import type { Locale } from '@eaves/model'
import type { CodeSent, Proof } from '@eaves/model/api'
import { useMutation } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { api, type CallOptions } from './api.ts'

/** Acts that wait until the person has proved again who they are. */
let waiting: ((proved: boolean) => void)[] = []
const listeners = new Set<() => void>()
const tell = () => listeners.forEach((listener) => listener())

/** Asks for a proof; acts refused together wait for the same one. False when the person leaves it. // T14 */
export function askForProof(): Promise<boolean> {
  return new Promise((resolve) => {
    waiting = [...waiting, resolve]
    tell()
  })
}
export function endProof(proved: boolean): void {
  const all = waiting
  waiting = []
  tell()
  all.forEach((resolve) => resolve(proved))
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const useProofAsked = (): boolean => useSyncExternalStore(subscribe, () => waiting.length > 0)

const stay: CallOptions = { stay: true }
export const useProofCode = () =>
  useMutation({
    mutationFn: (body: { to: 'email' | 'phone'; locale: Locale }) =>
      api.post<CodeSent>('/api/me/proofs/codes', body, stay),
  })
export const useProve = () =>
  useMutation({
    mutationFn: (proof: Proof) => api.post<undefined>('/api/me/proofs', proof, stay),
    onSuccess: () => endProof(true),
  })
