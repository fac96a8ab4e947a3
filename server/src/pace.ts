const turnMs = 1
/** Lets everything else have its turn, so that a reaction never waits for a chart. */
export const breathe = () => new Promise<void>((resolve) => void setImmediate(resolve))
/** What writes much makes SQLite bring it into its file again and again, which takes longer than any turn: it is to be rare. */
export const calmMs = 50

/** Work that takes long in a house that must react at once: it goes on for a moment, and then leaves everything else as long. */
export class Pace {
  readonly #restMs: number
  #since = performance.now()

  constructor(restMs = turnMs) {
    this.#restMs = restMs
  }

  isDue(): boolean {
    return performance.now() - this.#since >= turnMs
  }

  /** Rests when it is due, and otherwise goes on. */
  async keep(): Promise<void> {
    if (this.isDue()) await this.rest()
  }

  async rest(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.#restMs))
    this.#since = performance.now()
  }
}
