import type { Clock } from './clock.ts'

/** Lets at most one act per interval through for each key and always the last one: a slider under a finger. */
export interface Pace {
  readonly push: (key: string, run: () => void) => void
}

export function createPace(clock: Clock, intervalMs = 200): Pace {
  const waiting = new Map<string, { next: (() => void) | undefined }>()
  const open = (key: string, run: () => void): void => {
    const slot: { next: (() => void) | undefined } = { next: undefined }
    waiting.set(key, slot)
    run()
    clock.after(intervalMs, () => {
      waiting.delete(key)
      if (slot.next) open(key, slot.next)
    })
  }
  return {
    push(key, run) {
      const slot = waiting.get(key)
      if (slot) slot.next = run
      else open(key, run)
    },
  }
}
