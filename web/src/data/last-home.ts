import { useSyncExternalStore } from 'react'
import { forgetPoint } from './phone/shelf.ts'

const key = 'eaves.home'
const listeners = new Set<() => void>()

/** The home opened last on this device and whose sign-in it was, so that nobody opens where somebody else left off. */
function read(): { readonly home: string | null; readonly person: string } {
  const [home = '', person = ''] = (localStorage.getItem(key) ?? '').split(' ')
  return { home: home === '' ? null : home, person }
}
function write(home: string | null, person: string): void {
  if (home === null && person === '') localStorage.removeItem(key)
  else localStorage.setItem(key, person === '' ? (home ?? '') : `${home ?? ''} ${person}`)
  listeners.forEach((listener) => listener())
}

export const lastHome = (): string | null => read().home
export function rememberHome(home: string): void {
  if (read().home !== home) write(home, read().person)
}
/** The home is no longer one's own: the next one takes its place. */
export function forgetHome(home: string): void {
  void forgetPoint(home)
  if (read().home === home) write(null, read().person)
}
/** Somebody has signed in: what another person had open here is forgotten. */
export function rememberPerson(person: string): void {
  if (read().person !== person) write(null, person)
}
/** After signing out nothing is left. */
export const forgetPerson = (): void => write(null, '')

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const useLastHome = (): string | null => useSyncExternalStore(subscribe, lastHome)
