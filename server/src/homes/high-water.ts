import { instanceValue, keepInstanceValue } from '../store/instance.ts'
import type { FactsDb } from './access.ts'

const key = 'latest-instant'
const everyMs = 10 * 60_000

/**
 * The latest instant that this server has been sure of, kept across restarts: with a clock that is behind, what has ended
 * stays ended. Ends that have come are kept at once; the clock itself every ten minutes, and only an instant that it still
 * says to be past ten minutes later, so that a clock that was ahead for a moment ends nothing after a restart. // T15
 */
export class HighWater {
  readonly #facts: FactsDb
  #kept = 0
  #looked: number | undefined

  constructor(facts: FactsDb) {
    this.#facts = facts
  }

  async load(): Promise<number> {
    const kept = Number(await instanceValue(this.#facts, key))
    this.#kept = Number.isSafeInteger(kept) ? kept : 0
    return this.#kept
  }

  /** Keeps an end that has come. */
  async came(end: number): Promise<void> {
    if (end <= this.#kept) return
    await keepInstanceValue(this.#facts, key, String(end))
    this.#kept = Math.max(this.#kept, end)
  }

  /** Looks at the clock; writes at most once in ten minutes. */
  async look(now: number): Promise<void> {
    const before = this.#looked
    if (before !== undefined && now >= before && now < before + everyMs) return
    this.#looked = now
    if (before !== undefined) await this.came(Math.min(before, now))
  }
}
