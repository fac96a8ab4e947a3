import { AppError, type HomeId, type SubjectId } from '@eaves/model'
import type { FactsDb } from './access.ts'
import { addTry, clearTries, deletePin, hasPin, savePin } from './pin-store.ts'

/** Makes and checks what is kept of a PIN. */
export interface Hashing {
  readonly hash: (pin: string) => Promise<string>
  readonly verify: (pin: string, record: string | undefined) => Promise<{ readonly right: boolean }>
}
export interface PinsDeps {
  readonly facts: FactsDb
  readonly hashing: Hashing
  readonly now: () => number
}

const mostTries = 5
const restMs = 15 * 60_000

/** What proves a member or a panel at a lock: four to eight digits that a home's member set, of which only a sealed record is kept. // pp.5.1 */
export class Pins {
  readonly #deps: PinsDeps

  constructor(deps: PinsDeps) {
    this.#deps = deps
  }

  has(home: HomeId, subject: SubjectId): Promise<boolean> {
    return hasPin(this.#deps.facts, home, subject)
  }

  async set(home: HomeId, subject: SubjectId, pin: string): Promise<void> {
    await savePin(this.#deps.facts, home, subject, await this.#deps.hashing.hash(pin))
  }

  /** False when there was none. */
  remove(home: HomeId, subject: SubjectId): Promise<boolean> {
    return deletePin(this.#deps.facts, home, subject)
  }

  /** Throws unless it is the member's. Each try counts before it is compared, so that many at once count as many as they are. // T13 */
  async check(home: HomeId, subject: SubjectId, pin: string): Promise<void> {
    const { facts, hashing, now } = this.#deps
    const at = now()
    const tried = await addTry(facts, home, subject, { now: at, most: mostTries, restMs })
    if (tried === undefined) throw new AppError('home.confirm-required')
    if ('lockedUntil' in tried)
      throw new AppError('home.pin-locked', {
        retryAfterSeconds: Math.max(1, Math.ceil((tried.lockedUntil - at) / 1000)),
      })
    if ((await hashing.verify(pin, tried.record)).right) return clearTries(facts, home, subject, tried.sealed)
    const triesLeft = mostTries - tried.tries
    if (triesLeft <= 0) throw new AppError('home.pin-locked', { retryAfterSeconds: restMs / 1000 })
    throw new AppError('home.pin-wrong', { triesLeft })
  }
}
