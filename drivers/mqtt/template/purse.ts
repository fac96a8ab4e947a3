/** The share of time that the templates of one connection may take, and how much of it may come at once. */
const share = 0.2
const burstMs = 500

/** What the templates of one connection have left of the time: one message may be read by thousands of them, and the process is every home's. */
export class Purse {
  readonly #emptied: () => void
  #leftMs = burstMs
  #filledAt = 0

  constructor(emptied: () => void) {
    this.#emptied = emptied
  }
  /** Runs one template; undefined, and unrun, when there is nothing left now. */
  spend<T>(now: number, run: () => T): T | undefined {
    this.#leftMs = Math.min(burstMs, this.#leftMs + Math.max(0, now - this.#filledAt) * share)
    this.#filledAt = now
    if (this.#leftMs <= 0) {
      this.#emptied()
      return undefined
    }
    const start = performance.now()
    try {
      return run()
    } finally {
      this.#leftMs -= performance.now() - start
    }
  }
}
