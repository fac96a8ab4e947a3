/** A clock that moves only when a test moves it. */
export interface FakeClock {
  readonly now: () => number
  readonly setTimer: (ms: number, run: () => void) => { cancel: () => void }
  /** Moves on, running what falls due in order, with everything it sets off. */
  readonly advance: (ms: number) => Promise<void>
  /** Timers that wait. */
  readonly waiting: () => number
}

/** Lets everything that is ready run: promises, deferred batches, sockets. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 4; i++) await new Promise((resolve) => setImmediate(resolve))
}

export function createFakeClock(startMs = Date.UTC(2026, 0, 1)): FakeClock {
  let nowMs = startMs
  let order = 0
  const timers = new Map<number, { readonly dueMs: number; readonly run: () => void }>()
  const next = (untilMs: number): number | undefined => {
    let best: number | undefined
    for (const [id, timer] of timers)
      if (timer.dueMs <= untilMs && (best === undefined || timer.dueMs < timers.get(best)!.dueMs)) best = id
    return best
  }
  return {
    now: () => nowMs,
    setTimer(ms, run) {
      const id = ++order
      timers.set(id, { dueMs: nowMs + Math.max(0, ms), run })
      return { cancel: () => void timers.delete(id) }
    },
    async advance(ms) {
      const untilMs = nowMs + ms
      await settle()
      for (let id = next(untilMs); id !== undefined; id = next(untilMs)) {
        const timer = timers.get(id)!
        timers.delete(id)
        nowMs = Math.max(nowMs, timer.dueMs)
        timer.run()
        await settle()
      }
      nowMs = untilMs
      await settle()
    },
    waiting: () => timers.size,
  }
}
