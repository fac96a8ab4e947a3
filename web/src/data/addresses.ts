import type { Locale } from '@eaves/model'
import type { CodeSent, Identifier } from '@eaves/model/api'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { api, at, type CallOptions } from './api.ts'
import { meQuery } from './me.ts'

const stay: CallOptions = { stay: true }
export const useRequestAddress = () =>
  useMutation({
    mutationFn: (body: { identifier: Identifier; locale: Locale }) =>
      api.post<CodeSent>('/api/me/addresses', body),
  })
export function useConfirmAddress() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: { flow: string; code: string }) =>
      api.post<undefined>('/api/me/addresses/confirm', body),
    onSuccess: () => cache.invalidateQueries(meQuery),
  })
}
export function useRemoveAddress() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (column: 'email' | 'phone') => api.delete<undefined>(at`/api/me/addresses/${column}`),
    onSuccess: () => cache.invalidateQueries(meQuery),
  })
}

/** The code of the link: in this page's memory alone, so that it outlives a change of language and nothing else. */
let held: string | undefined
const listeners = new Set<() => void>()
export function holdUndoCode(code: string | undefined): void {
  held = code
  listeners.forEach((listener) => listener())
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const useUndoCode = (): string | undefined => useSyncExternalStore(subscribe, () => held)
/** It travels in the body alone. */
export const useUndo = () =>
  useMutation({
    mutationFn: (code: string) => api.post<undefined>('/api/undo', { code }, stay),
    onSuccess: () => holdUndoCode(undefined),
  })
