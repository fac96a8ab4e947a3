// Catches a fake clock that runs timers out of order or after they were cancelled: every other test of this folder stands on it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Clock } from './clock.ts'

export interface FakeClock extends Clock {
  readonly pass: (ms: number) => void
}
export function fakeClock(startMs = 1_000_000): FakeClock {
  let nowMs = startMs
  let timers: { dueMs: number; run: () => void }[] = []
  return {
    now: () => nowMs,
    after: (delayMs, run) => {
      const timer = { dueMs: nowMs + delayMs, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    pass: (ms) => {
      const endMs = nowMs + ms
      for (;;) {
        const next = timers.toSorted((a, b) => a.dueMs - b.dueMs)[0]
        if (!next || next.dueMs > endMs) break
        timers = timers.filter((other) => other !== next)
        nowMs = next.dueMs
        next.run()
      }
      nowMs = endMs
    },
  }
}

test('timers run in the order they are due and not after they were cancelled', () => {
  const clock = fakeClock()
  const ran: string[] = []
  clock.after(20, () => ran.push('second'))
  clock.after(10, () => ran.push('first'))
  clock.after(15, () => ran.push('never'))()
  clock.pass(30)
  assert.deepEqual(ran, ['first', 'second'])
})
