import type { AliveState } from '@eaves/model/api'
import { isoInstant, type Log } from '../deps.ts'
import type { Timers } from '../homes/homes.ts'
import { EgressRefused, type Egress } from '../privacy/privacy.ts'

export interface AliveDeps {
  readonly egress: Egress
  /** What the operator named: a watch outside that raises the alarm when it is not called any more. */
  readonly wish: { readonly url: string; readonly everyMinutes: number } | undefined
  readonly timers: Timers
  readonly now: () => number
  readonly log: Log
}

const minuteMs = 60_000
/** One call that goes astray is no alarm. */
export const failsInRow = 3

/** Shows somebody outside that this server runs: an empty call, that says nothing else. // pp.3.1 */
export class Alive {
  readonly #deps: AliveDeps
  readonly #stopping = new AbortController()
  #timer: { cancel: () => void } | undefined
  #calling: Promise<void> = Promise.resolve()
  #fails = 0
  #takenAt: number | undefined

  constructor(deps: AliveDeps) {
    this.#deps = deps
  }

  start(): void {
    if (this.#deps.wish === undefined || this.#stopping.signal.aborted) return
    this.#calling = this.#call()
    const { timers, wish } = this.#deps
    this.#timer = timers.after(
      wish.everyMinutes * minuteMs,
      () => void this.#calling.then(() => this.start()),
    )
  }

  async stop(): Promise<void> {
    this.#timer?.cancel()
    this.#stopping.abort()
    await this.#calling
  }

  /** Whether it has not been taken several times in a row. */
  fails(): boolean {
    return this.#fails >= failsInRow
  }

  /** How it stands; of the address only the host, for whoever knows the rest can call in the place of this server. // pp.5.1 */
  state(): AliveState {
    const { wish } = this.#deps
    if (wish === undefined) return { missed: 0, isFailing: false }
    return {
      host: new URL(wish.url).hostname,
      everyMinutes: wish.everyMinutes,
      missed: this.#fails,
      isFailing: this.fails(),
      ...(this.#takenAt === undefined ? {} : { takenAt: isoInstant(this.#takenAt) }),
    }
  }

  /** Resolves when no call is under way. */
  settled(): Promise<void> {
    return this.#calling
  }

  async #call(): Promise<void> {
    const { egress, wish, log } = this.#deps
    if (wish === undefined) return
    try {
      const { signal } = this.#stopping
      const { status } = await egress.post({
        url: wish.url,
        namedBy: 'operator',
        headers: {},
        body: '',
        signal,
      })
      const isTaken = status >= 200 && status < 300
      this.#fails = isTaken ? 0 : this.#fails + 1
      if (isTaken) this.#takenAt = this.#deps.now()
      else log.warn('the watch outside did not take the call', { status })
    } catch (error) {
      if (this.#stopping.signal.aborted) return
      this.#fails++
      // The address itself is a secret of whoever watches.
      log.warn(
        error instanceof EgressRefused
          ? 'the watch outside is not to be reached from here'
          : 'the watch outside was not reached',
      )
    }
  }
}
