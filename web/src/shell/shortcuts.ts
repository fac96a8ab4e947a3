import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { paths } from '../paths.ts'

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

/** `g` then `h` goes Home, `g` then `r` to Rooms. */
export function useShortcuts(home: string | undefined): void {
  const navigate = useNavigate()
  useEffect(() => {
    let goAt = 0
    const listen = (event: KeyboardEvent): void => {
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
