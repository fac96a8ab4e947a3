import type { ThingDeps } from '../thing.ts'
import type { Wire } from '../wire.ts'

export interface Said {
  readonly topic: string
  readonly payload: string
  readonly retain: boolean
}
/** A line to no broker: what is said is kept, and a test says what is heard. */
export interface TestWire extends Wire {
  readonly said: Said[]
  readonly filters: string[]
  readonly hear: (topic: string, payload: unknown) => void
  /** The last that was said there, read as JSON where it is some. */
  readonly last: <T = unknown>(topic: string) => T
}

export function testWire(): TestWire {
  const said: Said[] = []
  const filters: string[] = []
  const listeners: ((topic: string, payload: string) => void)[] = []
  return {
    said,
    filters,
    publish: (topic, payload, retain = false) => said.push({ topic, payload, retain }),
    subscribe: (filter) => filters.push(filter),
    onMessage: (hear) => listeners.push(hear),
    hear: (topic, payload) => {
      for (const listener of listeners)
        listener(topic, typeof payload === 'string' ? payload : JSON.stringify(payload))
    },
    last: <T>(topic: string): T => {
      const payload = said.findLast((each) => each.topic === topic)?.payload
      try {
        return JSON.parse(payload ?? 'null') as T
      } catch {
        return payload as T
      }
    },
  }
}

/** A clock that a test turns; what is due runs on the way. */
export function testTime(
  start = Date.UTC(2026, 2, 10, 18),
): ThingDeps & { readonly pass: (ms: number) => void } {
  let at = start
  const timers = new Set<{ at: number; run: () => void }>()
  return {
    now: () => at,
    random: () => 0.5,
    setTimer: (ms, run) => {
      const timer = { at: at + ms, run }
      timers.add(timer)
      return { cancel: () => void timers.delete(timer) }
    },
    pass: (ms) => {
      const end = at + ms
      for (;;) {
        const next = [...timers].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0]
        if (next === undefined) break
        timers.delete(next)
        at = Math.max(at, next.at)
        next.run()
      }
      at = end
    },
  }
}
