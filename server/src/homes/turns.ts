import type { HomeId } from '@eaves/model'

/** One change of a home's people at a time, so that two at once never see the same last owner or the same invitation. */
export class Turns {
  readonly #last = new Map<HomeId, Promise<unknown>>()

  take<R>(home: HomeId, work: () => Promise<R>): Promise<R> {
    const mine = (this.#last.get(home) ?? Promise.resolve()).then(work)
    const settled = mine.catch(() => undefined)
    this.#last.set(home, settled)
    void settled.then(() => {
      if (this.#last.get(home) === settled) this.#last.delete(home)
    })
    return mine
  }
}
