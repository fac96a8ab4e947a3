import type { SubjectId } from '@eaves/model'

/** One thing about a person on its way out. */
export interface Passage {
  /** Ends the request wherever it stands. */
  readonly signal: AbortSignal
  readonly leave: () => void
}
/** What is on its way out about whom, so that a no can wait until nothing is. // pp.4.4.e */
export interface Sending {
  /** Undefined while a no of this person is being written: then nothing may set out. */
  readonly enter: (subject: SubjectId) => Passage | undefined
  /** Runs once nothing about the person is on its way; what does not arrive in time is broken off. Nothing sets out meanwhile. */
  readonly hold: <T>(subject: SubjectId, work: () => Promise<T>) => Promise<T>
}

export function createSending(graceMs = 500): Sending {
  const under = new Map<SubjectId, Map<AbortController, Promise<void>>>()
  const held = new Map<SubjectId, number>()
  return {
    enter: (subject) => {
      if (held.has(subject)) return undefined
      const mine = under.get(subject) ?? new Map<AbortController, Promise<void>>()
      under.set(subject, mine)
      const breaker = new AbortController()
      let leave = () => {}
      mine.set(breaker, new Promise((resolve) => (leave = resolve)))
      return {
        signal: breaker.signal,
        leave: () => {
          mine.delete(breaker)
          if (mine.size === 0 && under.get(subject) === mine) under.delete(subject)
          leave()
        },
      }
    },
    hold: async (subject, work) => {
      held.set(subject, (held.get(subject) ?? 0) + 1)
      try {
        const mine = [...(under.get(subject) ?? [])]
        const all = Promise.all(mine.map(([, over]) => over))
        let timer: NodeJS.Timeout | undefined
        const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, graceMs)))
        await Promise.race([all, late])
        clearTimeout(timer)
        for (const [breaker] of mine) breaker.abort()
        await all
        return await work()
      } finally {
        const left = (held.get(subject) ?? 1) - 1
        if (left === 0) held.delete(subject)
        else held.set(subject, left)
      }
    },
  }
}
