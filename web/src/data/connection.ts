import { useEffect, useState, useSyncExternalStore } from 'react'
import { browserClock } from './clock.ts'
import { lastSeen } from './offline.ts'
import { homeEnd, live } from './session.ts'

const bannerAfterMs = 3000
const subscribe = (listener: () => void) => live.subscribe(listener)
const status = () => live.status()

/** `live`: commands can be sent. `lost`: it has been gone for 3 s, so say so. */
export function useConnection(): { readonly live: boolean; readonly lost: boolean } {
  const { live: connected, since } = useSyncExternalStore(subscribe, status)
  const [lost, setLost] = useState(false)
  useEffect(() => {
    if (since === undefined) return setLost(false)
    return browserClock.after(Math.max(0, since + bannerAfterMs - Date.now()), () => setLost(true))
  }, [since])
  return { live: connected, lost }
}

live.subscribe(() => {
  if (live.status().live) void lastSeen.renew()
})

/** Watches a home for as long as it is on screen. */
export function useLiveHome(home: string): void {
  useEffect(() => {
    live.start()
    live.watch(home)
  }, [home])
}
export const tryAgainNow = (): void => live.wake(Infinity)
/** Before signing out: nothing of a home may arrive any more. */
export const stopLive = (): void => live.stop()

const watchEnds = (listener: () => void) => homeEnd.subscribe(listener)
/** Whether the person was in this home while the page was open, and no longer is. */
export const useGone = (home: string): boolean => useSyncExternalStore(watchEnds, () => homeEnd.isGone(home))
/** Whether the home has just ended for the person, or closed, and the server has not yet said which. */
export const useEnding = (home: string): boolean =>
  useSyncExternalStore(watchEnds, () => homeEnd.isEnding(home))
