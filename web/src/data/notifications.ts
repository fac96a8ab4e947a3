import type { PushDevice, PushKey } from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { pageLocale } from '../words/locale.ts'
import { api, at } from './api.ts'

/** What this browser can do about notices, from what it is and what the person told it. */
export type Ability =
  | 'can'
  | 'denied'
  /** On an iPhone or iPad only an app on the home screen may. */
  | 'not-installed'
  /** The page came without TLS and not from this machine. */
  | 'not-secure'
  | 'unsupported'

export interface Surroundings {
  readonly isSecureContext: boolean
  readonly hasWorker: boolean
  readonly hasPush: boolean
  readonly permission: NotificationPermission | undefined
  readonly isApplePhone: boolean
  readonly isInstalled: boolean
}
export function abilityIn(here: Surroundings): Ability {
  if (!here.isSecureContext) return 'not-secure'
  if (here.isApplePhone && !here.isInstalled) return 'not-installed'
  if (!here.hasWorker || !here.hasPush || here.permission === undefined) return 'unsupported'
  return here.permission === 'denied' ? 'denied' : 'can'
}
export function ability(): Ability {
  const isApplePhone =
    /iPhone|iPad|iPod/.test(navigator.userAgent) ||
    // An iPad says that it is a Mac, which has no touch screen.
    (navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1)
  return abilityIn({
    isSecureContext,
    isApplePhone,
    hasWorker: 'serviceWorker' in navigator,
    hasPush: 'PushManager' in window,
    permission: 'Notification' in window ? Notification.permission : undefined,
    isInstalled: matchMedia('(display-mode: standalone)').matches,
  })
}

/** Why turning on did not come about; the server's own refusals are problems of their own. */
export class TurnOnFailed extends Error {
  override readonly name = 'TurnOnFailed'
  readonly reason: 'denied' | 'no-worker' | 'no-service'
  constructor(reason: 'denied' | 'no-worker' | 'no-service') {
    super(reason)
    this.reason = reason
  }
}
const workerWithinMs = 5_000

/** The app's service worker once it runs; without one there is nobody to show a notice. */
async function readyWorker(): Promise<ServiceWorkerRegistration> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new TurnOnFailed('no-worker')), workerWithinMs)
  })
  return Promise.race([navigator.serviceWorker.ready, late])
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (each) => each.charCodeAt(0))
const isSameKey = (held: ArrayBuffer | null, wanted: Uint8Array): boolean =>
  held !== null && new Uint8Array(held).every((byte, i) => byte === wanted[i])

async function turnOn(publicKey: string): Promise<PushDevice> {
  // First of all, while the press still counts as one.
  if ((await Notification.requestPermission()) !== 'granted') throw new TurnOnFailed('denied')
  const { pushManager } = await readyWorker()
  const wanted = bytesOf(publicKey)
  const held = await pushManager.getSubscription()
  // One that was made for another server's key, or before the server lost its own, takes nothing from here.
  if (held !== null && !isSameKey(held.options.applicationServerKey, wanted)) await held.unsubscribe()
  const made = await pushManager
    .subscribe({ userVisibleOnly: true, applicationServerKey: wanted })
    .catch(() => Promise.reject(new TurnOnFailed('no-service')))
  const { endpoint, keys } = made.toJSON()
  return api.post<PushDevice>('/api/me/push/subscriptions', {
    endpoint,
    keys: { p256dh: keys?.p256dh, auth: keys?.auth },
    locale: pageLocale(),
  })
}

/** Lets the browser itself forget its address, so that none is left with its push service either. */
async function forgetHere(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration()
  await (await registration?.pushManager.getSubscription())?.unsubscribe()
}

const key = ['push'] as const
export const usePushKey = () =>
  useQuery({
    queryKey: [...key, 'key'],
    queryFn: ({ signal }) => api.get<PushKey>('/api/me/push/key', { signal }),
    staleTime: 300_000,
  })
export const usePushDevices = () =>
  useQuery({
    queryKey: [...key, 'devices'],
    queryFn: ({ signal }) => api.get<PushDevice[]>('/api/me/push/subscriptions', { signal }),
  })
export function useTurnOn() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: turnOn,
    onSettled: () => cache.invalidateQueries({ queryKey: key }),
  })
}
export function useTurnOff() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async ({ id, current }: Pick<PushDevice, 'id' | 'current'>) => {
      await api.delete<undefined>(at`/api/me/push/subscriptions/${id}`)
      if (current) await forgetHere().catch(() => undefined)
    },
    onSettled: () => cache.invalidateQueries({ queryKey: key }),
  })
}
export const useTestNotice = () =>
  useMutation({
    mutationFn: (id: string) => api.post<undefined>(at`/api/me/push/subscriptions/${id}/test`),
  })
