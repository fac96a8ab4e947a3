/**
 * A handful of things that come and go often, in the order in which they came. A `Set` or `Map` leaves its old tables behind,
 * each of which names the next, and what stood in them outlives the young generation: at a thousand a second that costs more than
 * looking through a handful.
 */
export class Few<T> implements Iterable<T> {
  readonly #all: T[] = []

  get size(): number {
    return this.#all.length
  }

  get first(): T | undefined {
    return this.#all[0]
  }

  /** Whoever adds a thing twice has it twice. */
  add(one: T): void {
    this.#all.push(one)
  }

  has(one: T): boolean {
    return this.#all.includes(one)
  }

  /** Whether it was there. */
  delete(one: T): boolean {
    const at = this.#all.indexOf(one)
    if (at >= 0) this.#all.splice(at, 1)
    return at >= 0
  }

  [Symbol.iterator](): ArrayIterator<T> {
    return this.#all[Symbol.iterator]()
  }
}

/** Many things by name that come and go often; for the reason above the table holds only where each stands. */
export class Slots<K, T> {
  readonly #at = new Map<K, number>()
  readonly #things: (T | undefined)[] = []
  readonly #free: number[] = []

  set(key: K, thing: T): void {
    const known = this.#at.get(key)
    const at = known ?? this.#free.pop() ?? this.#things.length
    this.#things[at] = thing
    if (known === undefined) this.#at.set(key, at)
  }

  get(key: K): T | undefined {
    const at = this.#at.get(key)
    return at === undefined ? undefined : this.#things[at]
  }

  delete(key: K): void {
    const at = this.#at.get(key)
    if (at === undefined) return
    this.#at.delete(key)
    this.#things[at] = undefined
    this.#free.push(at)
  }

  /** In no order. */
  all(): T[] {
    return this.#things.filter((thing) => thing !== undefined)
  }
}
