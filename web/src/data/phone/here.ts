import type { PresenceSelf } from '@eaves/model/api'
import { useSyncExternalStore } from 'react'
import { api, at, isProblem } from '../api.ts'
import { browserClock } from '../clock.ts'
import { homesQuery } from '../homes.ts'
import { allKey, ownKey } from '../presence.ts'
import { queryClient } from '../query.ts'
import { browserPoints } from './points.ts'
import { onPoints } from './shelf.ts'
import { Phone, PhoneTrouble, type HomeOnPhone, type PhoneState, type Standing } from './phone.ts'
import type { Fix } from './rule.ts'

/** Whether this browser could do it at all: it tells its place only to a page that came by https. */
export const canLocate = (): boolean =>
  isSecureContext && 'geolocation' in navigator && 'caches' in globalThis

const minuteMs = 60_000
const fixOf = ({ coords, timestamp }: GeolocationPosition): Fix => ({
  latitude: coords.latitude,
  longitude: coords.longitude,
  accuracyMeters: coords.accuracy,
  at: timestamp,
})
const troubleOf = ({ code }: GeolocationPositionError) => (code === 1 ? 'refused' : 'unavailable')

/** The person answered the browser on this page; some go on saying that they would ask. */
let isAllowedHere = false
async function permission() {
  let state: PermissionState = 'prompt'
  try {
    state = (await navigator.permissions.query({ name: 'geolocation' })).state
  } catch {
    // A browser that cannot say it is asked at a press alone.
  }
  return state === 'prompt' && isAllowedHere ? 'granted' : state
}

/** The one position by which a point is taken is as good as the phone has; all others cost as little as they can. */
const once = (): Promise<Fix> =>
  new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(
      (position) => {
        isAllowedHere = true
        resolve(fixOf(position))
      },
      (error) => reject(new PhoneTrouble(troubleOf(error))),
      { enableHighAccuracy: true, maximumAge: 0, timeout: minuteMs / 2 },
    )
  })

async function standing(home: string): Promise<Standing> {
  try {
    const homes = await queryClient.ensureQueryData(homesQuery)
    if (homes.find(({ id }) => id === home)?.access?.isOpen === false) return { is: 'closed' }
    const own = await api.get<PresenceSelf>(at`/api/homes/${home}/presence/me`, { stay: true })
    return own.sharing ? { is: 'shares', places: own.places } : { is: 'ended' }
  } catch (error) {
    if (isProblem(error, 'auth.not-found')) return { is: 'ended' }
    // Without the network it goes on, and is told afterwards.
    return { is: isProblem(error, 'network.unreachable') ? 'shares' : 'closed' }
  }
}

export const phone: Phone = new Phone({
  points: browserPoints,
  clock: browserClock,
  permission,
  once,
  watch: (hear, failed) => {
    const id = navigator.geolocation.watchPosition(
      (position) => hear(fixOf(position)),
      (error) => failed(troubleOf(error)),
      { enableHighAccuracy: false, maximumAge: minuteMs, timeout: minuteMs },
    )
    return () => navigator.geolocation.clearWatch(id)
  },
  isVisible: () => document.visibilityState === 'visible',
  isOnline: () => navigator.onLine,
  standing,
  // The whole of what leaves the phone. // pp.2.2.1
  tell: async (home, said) => {
    const own = await api.put<PresenceSelf>(
      at`/api/homes/${home}/presence/me`,
      { ...said, by: 'phone' },
      { stay: true },
    )
    queryClient.setQueryData(ownKey(home), own)
    await queryClient.invalidateQueries({ queryKey: allKey(home) })
  },
})

const look = () => void phone.look()
const back = () => phone.back()
let started = 0
let unlisten = () => {}
/** Looks whenever the app comes to the front, for as long as somebody is signed in. A web app hears nothing while it is closed. */
export function startPhone(): () => void {
  if (started++ === 0) {
    document.addEventListener('visibilitychange', look)
    addEventListener('online', back)
    unlisten = onPoints(look)
    phone.start()
  }
  let isOver = false
  return () => {
    if (isOver) return
    isOver = true
    if (--started > 0) return
    document.removeEventListener('visibilitychange', look)
    removeEventListener('online', back)
    unlisten()
    phone.stop()
  }
}

export const usePhoneState = (): PhoneState => useSyncExternalStore(phone.subscribe, phone.state)
export const usePhoneOf = (home: string): HomeOnPhone | undefined => usePhoneState().homes.get(home)
