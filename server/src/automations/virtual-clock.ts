import type { EngineClock } from './world.ts'

interface Timer {
  readonly at: number
  readonly turn: number
  readonly run: () => void
  isOff: boolean
}

/** A clock that stands still until it is moved: what is due is run in order, each at its own instant. */
export class VirtualClock implements EngineClock {
  readonly isSteady = true
  #now: number
  #turns = 0
  /** A binary heap, the next one first. */
  readonly #timers: Timer[] = []

  constructor(now: number) {
    this.#now = now
  }

  readonly now = (): number => this.#now

  readonly after = (ms: number, run: () => void): { readonly cancel: () => void } => {
    const timer: Timer = { at: this.#now + ms, turn: this.#turns++, run, isOff: false }
    this.#push(timer)
    return { cancel: () => void (timer.isOff = true) }
  }

  /** Runs what is due before that instant, and with `isWith` at it, and stands there. False when there was more than `most`: it stands where it came to. */
  moveTo(at: number, isWith = true, most = Number.POSITIVE_INFINITY): boolean {
    let count = 0
    for (let next = this.#timers[0]; next !== undefined; next = this.#timers[0]) {
      if (next.at > at || (!isWith && next.at === at)) break
      if (count >= most) return false
      this.#pop()
      if (next.isOff) continue
      this.#now = Math.max(this.#now, next.at)
      next.run()
      count++
    }
    this.#now = Math.max(this.#now, at)
    return true
  }

  /** Runs the next one, whenever it is due; false when there is none. */
  step(): boolean {
    for (let next = this.#pop(); next !== undefined; next = this.#pop()) {
      if (next.isOff) continue
      this.#now = Math.max(this.#now, next.at)
      next.run()
      return true
    }
    return false
  }

  #push(timer: Timer): void {
    const heap = this.#timers
    let i = heap.push(timer) - 1
    while (i > 0) {
      const up = (i - 1) >> 1
      if (!isBefore(timer, heap[up]!)) break
      heap[i] = heap[up]!
      i = up
    }
    heap[i] = timer
  }

  #pop(): Timer | undefined {
    const heap = this.#timers
    const [first] = heap
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first
    let i = 0
    for (;;) {
      let down = 2 * i + 1
      if (down >= heap.length) break
      if (down + 1 < heap.length && isBefore(heap[down + 1]!, heap[down]!)) down++
      if (!isBefore(heap[down]!, last)) break
      heap[i] = heap[down]!
      i = down
    }
    heap[i] = last
    return first
  }
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.turn < b.turn)
}
