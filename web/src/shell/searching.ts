import { useSyncExternalStore } from 'react'

let isOpen = false
const listeners = new Set<() => void>()
function set(next: boolean): void {
  isOpen = next
  listeners.forEach((listener) => listener())
}
/** The one search of the app: opened by a key or a button, wherever one is. */
export const search = { open: () => set(true), close: () => set(false) } as const

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const useSearching = (): boolean => useSyncExternalStore(subscribe, () => isOpen)
