import type { Relations } from './relations.ts'
import type { Timers } from '../timers.ts'

export interface EdgesDeps {
  readonly now: () => number
  readonly timers: Timers
  readonly relations: Relations
  /** An edge has come, or the clock was set back. */
  readonly look: () => void
}
/** A timer knows nothing of a clock that is set or a machine that slept, so the clock itself is looked at this often. */
const lookEveryMs = 1_000

/** Wakes whenever somebody's hours may begin or end: what they may then no longer see, they see no longer. // T15 */
export class Edges {
  readonly #deps: EdgesDeps
  #timer: { cancel: () => void } | undefined
  /** The clock at the last look. */
  #seenAt = 0

  constructor(deps: EdgesDeps) {
    this.#deps = deps
  }

  start(): void {
    this.#seenAt = this.#deps.now()
    this.#arm(this.#deps.relations.nextEdge())
  }

  stop(): void {
    this.#timer?.cancel()
    this.#timer = undefined
  }

  /** Somebody's end may have been set to before the next edge. */
  review(): void {
    if (this.#timer === undefined) return
    this.#timer.cancel()
    this.#arm(this.#deps.relations.nextEdge())
  }

  #arm(edge: number): void {
    const { now, timers } = this.#deps
    const ms = Math.min(lookEveryMs, Math.max(1, edge - now()))
    this.#timer = timers.after(ms, () => this.#look(edge))
  }

  #look(edge: number): void {
    const { now, relations, look } = this.#deps
    this.#timer = undefined
    const at = now()
    const isSetBack = at < this.#seenAt
    this.#seenAt = at
    if (at < edge && !isSetBack) return this.#arm(edge)
    look()
    this.#arm(relations.nextEdge())
  }
}
