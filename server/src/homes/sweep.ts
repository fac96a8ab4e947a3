import { listenAnew } from './rhythm.ts'
import type { HomeRuntime } from './runtime.ts'
import type { Timers } from '../timers.ts'

const everyMs = 15_000
/** No server is so busy: the clock was set meanwhile, or the machine slept. */
const mostOffMs = 60_000

/** Looks over what has become stale every few seconds; the answer ends it. What a clock skips, nobody was silent for. */
export function sweepEvery(
  { now, timers }: { readonly now: () => number; readonly timers: Timers },
  homes: () => Iterable<{ readonly runtime: HomeRuntime }>,
): () => void {
  let timer: { readonly cancel: () => void } | undefined
  const arm = (dueAt: number): void => {
    timer = timers.after(everyMs, () => {
      const at = now()
      const wasSet = Math.abs(at - dueAt) > mostOffMs
      for (const { runtime } of homes()) {
        if (wasSet) for (const { rhythm } of runtime.devices.values()) listenAnew(rhythm, at)
        runtime.sweep(at)
      }
      arm(at + everyMs)
    })
  }
  arm(now() + everyMs)
  return () => timer?.cancel()
}
