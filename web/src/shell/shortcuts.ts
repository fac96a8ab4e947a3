import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { paths } from '../paths.ts'
import { search } from './searching.ts'

const key = 'eaves.shortcuts'
/** Single-letter shortcuts can be turned off. */
export const shortcutsOn = (): boolean => localStorage.getItem(key) !== 'off'
export function setShortcuts(on: boolean): void {
  if (on) localStorage.removeItem(key)
  else localStorage.setItem(key, 'off')
}
const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
const sequenceMs = 1200

/** Ctrl or Cmd with K, or `/` where single letters count, opens the search. */
export function opensSearch(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'>,
  letters: boolean,
): boolean {
  if (event.isComposing || event.altKey) return false
  const isChord = event.ctrlKey !== event.metaKey
  if (isChord) return !event.shiftKey && event.key.toLowerCase() === 'k'
  return letters && !event.ctrlKey && event.key === '/'
}

/** `g` then `h` goes Home, `g` then `r` to Rooms; `/` and Ctrl or Cmd with K search. */
export function useShortcuts(home: string | undefined): void {
  const navigate = useNavigate()
  useEffect(() => {
    let goAt = 0
    const listen = (event: KeyboardEvent): void => {
      if (opensSearch(event, shortcutsOn() && !typing(event.target))) {
        // The browser has a use of its own for both.
        event.preventDefault()
        search.open()
        return
      }
      if (
        home === undefined ||
        !shortcutsOn() ||
        typing(event.target) ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        event.isComposing
      )
        return
      const to =
        event.timeStamp - goAt < sequenceMs
          ? { h: paths.home(home), r: paths.rooms(home) }[event.key]
          : undefined
      goAt = event.key === 'g' ? event.timeStamp : 0
      if (to !== undefined) void navigate({ to })
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [home, navigate])
}
