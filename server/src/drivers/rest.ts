/** Lets a process rest between turns while much comes, so that what comes meanwhile is read, sent and answered together. */
export interface Rest {
  /** Whether more comes than is worth its own write each. */
  readonly isBusy: () => boolean
  /** Notes so many messages of this turn. */
  readonly note: (count: number) => void
  /** Ends the turn: blocks until `turnMs` after the last one when it is busy, and not at all otherwise. */
  readonly end: () => void
}

/** From so many messages a millisecond on, one reading for several is worth more than the wait. */
const busyPerMs = 1
/** How often that is looked at. */
const windowMs = 10
/** Long enough for several messages, too short for a person. */
const turnMs = 10
/** Sleeping costs more than so little is worth. */
const leastMs = 0.1

export function createRest(now: () => number, sleep: (ms: number) => void): Rest {
  let since = now()
  let woke = since
  let count = 0
  let isBusy = false
  return {
    isBusy: () => isBusy,
    note: (more) => void (count += more),
    end() {
      const at = now()
      if (at - since >= windowMs) {
        isBusy = count >= (at - since) * busyPerMs
        since = at
        count = 0
      }
      const left = woke + turnMs - at
      if (isBusy && left >= leastMs) sleep(left)
      woke = now()
    },
  }
}

const cell = new Int32Array(new SharedArrayBuffer(4))
/** Blocks this thread: nothing is read, sent or timed meanwhile. */
export const sleepFor = (ms: number): void => void Atomics.wait(cell, 0, 0, ms)
