import { useSyncExternalStore } from 'react'
import { workerAddress } from '../trusted-types.ts'

const lookEveryMs = 60 * 60_000
/** `ready`: another version waits. `taken`: another window has let it in. */
export type Update = 'ready' | 'taken' | undefined
let update: Update
let started = false
let waiting: ServiceWorker | undefined
const listeners = new Set<() => void>()

function tell(next: Update): void {
  update = next
  listeners.forEach((listener) => listener())
}

/** Lets the app start without the network. Where the page is not safe from others there is no worker, and the app works without. */
export async function startAppWorker(): Promise<void> {
  const workers = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker
  if (workers === undefined || !isSecureContext || !import.meta.env.PROD || started) return
  started = true
  const had = workers.controller !== null
  workers.addEventListener('controllerchange', () => {
    if (waiting !== undefined) location.reload()
    else if (had) tell('taken')
  })
  try {
    const registration = await workers.register(workerAddress())
    follow(registration, workers)
    let lookedAt = Date.now()
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState !== 'visible' || Date.now() - lookedAt < lookEveryMs) return
      lookedAt = Date.now()
      // Out of reach, the next look will do.
      registration.update().catch(() => undefined)
    })
  } catch {
    // Refused by the browser (a private window, a full disk): the app is a page like any other.
  }
}

/** After a fault of the app, where it may be too old for its server: looks for another version, and keeps nothing where nothing was kept. // sa.4 */
export async function lookForUpdate(): Promise<void> {
  const workers = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker
  const registration = await workers?.getRegistration().catch(() => undefined)
  if (registration === undefined) return
  await startAppWorker()
  await registration.update().catch(() => undefined)
}

function follow(registration: ServiceWorkerRegistration, workers: ServiceWorkerContainer): void {
  const look = (): void => {
    // The first one has nobody to replace.
    if (registration.waiting && workers.controller) tell('ready')
  }
  registration.addEventListener('updatefound', () =>
    registration.installing?.addEventListener('statechange', look),
  )
  look()
}

/** The person says so: the waiting version takes over, and this window starts with it. */
export async function takeUpdate(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration()
  if (update === 'taken' || !registration?.waiting) return location.reload()
  waiting = registration.waiting
  waiting.postMessage('take-over')
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const useUpdate = (): Update => useSyncExternalStore(subscribe, () => update)
