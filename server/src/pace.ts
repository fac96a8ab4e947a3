const turnMs = 1
const restMs = 1

/** Work that takes long in a house that must react at once: it goes on for a moment, and then leaves everything else as long. */
export class Pace {
  #since = performance.now()

  isDue(): boolean {
    return performance.now() - this.#since >= turnMs
  }

  /** Rests when it is due, and otherwise goes on. */
  async keep(): Promise<void> {
    if (this.isDue()) await this.rest()
  }

  async rest(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, restMs))
    this.#since = performance.now()
  }
}
