import type { Me } from '@eaves/model/api'
import { useSyncExternalStore } from 'react'
import { api } from './api.ts'
import { browserClock } from './clock.ts'
import { browserStore } from './kept-store.ts'
import { LastSeen } from './last-seen.ts'
import { forgetPoints } from './phone/shelf.ts'
import { queryClient } from './query.ts'

export const lastSeen: LastSeen = new LastSeen({
  store: browserStore,
  cache: queryClient,
  clock: browserClock,
  account: async () => (await api.get<Me>('/api/me', { stay: true })).accountId,
})

const others = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('eaves')

/** Begins to keep what is seen, and starts over when somebody signs in or out in another window of this browser. */
export function keepLastSeen(): void {
  lastSeen.start()
  if (others) others.onmessage = () => location.reload()
}

/** Somebody signs in or out here: nothing of the one before stays, in any window. */
export async function changePerson(): Promise<void> {
  await Promise.all([lastSeen.forget(), forgetPoints()])
  others?.postMessage('another person')
}

const subscribe = (listener: () => void) => lastSeen.subscribe(listener)
const shownAt = () => lastSeen.shownAt()
/** Since when the home on screen is not the present one; undefined while it is. */
export const useShownAt = (): number | undefined => useSyncExternalStore(subscribe, shownAt)
