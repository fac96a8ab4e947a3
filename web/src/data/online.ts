import { useSyncExternalStore } from 'react'

const subscribe = (listener: () => void): (() => void) => {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}
/** Whether this device has any network at all; that the server answers it does not say. */
export const useOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine)
