import type { HomeId } from '@eaves/model'
import type { Cause } from '../homes/homes.ts'

/** What is known of a home that no device says, by its key: `mode`, `present/<person>`, `variable/<name>`. */
export type SignalValue = string | number | boolean
export interface SignalHeard {
  readonly key: string
  readonly value: SignalValue | undefined
  readonly before: SignalValue | undefined
  /** What brought it about, so that automations that set each other off are found out. */
  readonly cause: Cause | undefined
  /** What came with it, by name. */
  readonly body?: ReadonlyMap<string, SignalValue>
}
export type SignalListener = (heard: SignalHeard) => void

/**
 * What a home is in beside its devices. Slices that know it say it here, and automations ask and hear; nothing is stored:
 * whoever says it keeps it, and says it again after a start.
 */
export class Signals {
  readonly #values = new Map<string, SignalValue>()
  readonly #listeners = new Map<string, Set<SignalListener>>()

  value(key: string): SignalValue | undefined {
    return this.#values.get(key)
  }

  /** It is so from now on; undefined when it is no longer known. `isKept` tells what was so before the start, which is no news. */
  set(key: string, value: SignalValue | undefined, cause?: Cause, isKept = false): void {
    const before = this.#values.get(key)
    if (before === value) return
    if (value === undefined) this.#values.delete(key)
    else this.#values.set(key, value)
    if (!isKept) this.#hear({ key, value, before, cause })
  }

  /** Something that happens and is over, such as a call from outside. */
  tell(key: string, value?: SignalValue, cause?: Cause, body?: SignalHeard['body']): void {
    this.#hear({ key, value, before: undefined, cause, ...(body === undefined ? {} : { body }) })
  }

  isHeard(key: string): boolean {
    return this.#listeners.has(key)
  }

  /** The answer ends it. */
  on(key: string, listener: SignalListener): () => void {
    const known = this.#listeners.get(key) ?? new Set()
    this.#listeners.set(key, known.add(listener))
    return () => {
      known.delete(listener)
      if (known.size === 0) this.#listeners.delete(key)
    }
  }

  #hear(heard: SignalHeard): void {
    for (const listener of [...(this.#listeners.get(heard.key) ?? [])]) listener(heard)
  }
}

/** The signals of each home, made when they are first asked for. */
export class HomeSignals {
  readonly #homes = new Map<HomeId, Signals>()

  of(home: HomeId): Signals {
    let found = this.#homes.get(home)
    if (found === undefined) this.#homes.set(home, (found = new Signals()))
    return found
  }

  drop(home: HomeId): void {
    this.#homes.delete(home)
  }
}
