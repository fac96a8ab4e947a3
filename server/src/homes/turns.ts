import type { HomeId } from '@eaves/model'

/** One change of a home's people at a time, so that two at once never see the same last owner or the same invitation. */
export class Turns<K = HomeId> {
  readonly #last = new Map<K, Promise<unknown>>()

  take<R>(of: K, work: () => Promise<R>): Promise<R> {
    const mine = (this.#last.get(of) ?? Promise.resolve()).then(work)
    const settled = mine.catch(() => undefined)
    this.#last.set(of, settled)
    void settled.then(() => {
      if (this.#last.get(of) === settled) this.#last.delete(of)
    })
    return mine
  }
}
