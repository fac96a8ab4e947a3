import { AppError, newId, type SubjectId } from '@eaves/model'
import type { Acts, Choices, Identifier } from '@eaves/model/api'
import {
  prepareAccount,
  writeAccount,
  type AccountDeps,
  type Registered,
  type Registration,
} from './accounts.ts'
import { needsGuardian } from '../privacy/privacy.ts'
import { readIdentifier } from './identifiers.ts'
import { grouped, isSame, secretText, typedCode } from './secrets.ts'
import type { Place } from './sessions.ts'
import { asSignIn, instanceValue, replaceInstanceValue, setOnce } from './store.ts'

const mostWrongTries = 10

export interface ClaimDeps extends AccountDeps {
  /** Told each new code, for the console; the code stands nowhere else. */
  readonly announce: (code: string) => void
}
export interface ClaimRequest {
  readonly code: string
  readonly identifier: Identifier
  readonly acts: Acts | undefined
  readonly choices?: Choices | undefined
  readonly password?: string | undefined
  readonly surface: string
  readonly place: Place
}

/** Who may own this server: whoever can read its console, once. // T8 */
export class Claim {
  readonly #deps: ClaimDeps
  #code: string | undefined
  #wrong = 0
  #claimedBy: SubjectId | undefined
  constructor(deps: ClaimDeps) {
    this.#deps = deps
  }

  /** Reads whether the server is claimed; if not, makes the code and announces it. */
  async start(): Promise<string | undefined> {
    this.#claimedBy = (await instanceValue(asSignIn(this.#deps.facts, 'service.core'), 'claimed_by')) as
      | SubjectId
      | undefined
    return this.isClaimed() ? undefined : this.#renew()
  }

  isClaimed(): boolean {
    return this.#claimedBy !== undefined
  }

  claimant(): SubjectId | undefined {
    return this.#claimedBy
  }

  /** Whoever claimed this server is gone: somebody else has its claim, or nobody, and then it is announced anew. */
  async passOn(to: SubjectId | undefined): Promise<void> {
    await this.#deps.turn(async () => {
      await replaceInstanceValue(asSignIn(this.#deps.facts, 'service.core'), 'claimed_by', to)
      this.#claimedBy = to
      if (to === undefined) this.#renew()
    })
  }

  #renew(): string {
    this.#wrong = 0
    this.#code = grouped(secretText(this.#deps.random, 16))
    this.#deps.announce(this.#code)
    return this.#code
  }

  /** Throws unless this is the code; the tenth wrong try kills it and announces another. */
  check(code: string): void {
    if (this.isClaimed() || this.#code === undefined) throw new AppError('claim.claimed')
    if (isSame(typedCode(code), typedCode(this.#code))) return
    this.#wrong += 1
    if (this.#wrong >= mostWrongTries) this.#renew()
    throw new AppError('claim.code-wrong')
  }

  async claim(request: ClaimRequest): Promise<Registered> {
    this.check(request.code)
    if (request.acts === undefined) throw new AppError('policy.agreement-required') // sa.1
    const { age, region } = request.acts
    if (age === undefined) throw new AppError('policy.age-required')
    // Nobody could answer for whoever answers for the whole server. // pp.6
    if (needsGuardian(region, age, this.#deps.clock.now())) throw new AppError('policy.minor')
    return this.take({
      identifier: await readIdentifier(request.identifier),
      verified: false,
      acts: request.acts,
      choices: request.choices ?? {},
      password: request.password,
      surface: request.surface,
      place: request.place,
    })
  }

  /** The claim itself, for whoever has proved to be at the console or at the data folder. */
  take(given: Registration): Promise<Registered> {
    return this.#deps.turn(() => this.#take(given))
  }

  async #take(given: Registration): Promise<Registered> {
    const { facts, vault, random, clock } = this.#deps
    if (this.isClaimed()) throw new AppError('claim.claimed')
    const subject = newId<SubjectId>(random)
    try {
      const prepared = await prepareAccount(this.#deps, subject, given)
      if (prepared === undefined) throw new AppError('claim.claimed')
      await asSignIn(facts, 'service.core').transaction(async (tx) => {
        // The key of this row is the lock: of any number of claims, in any number of processes, one inserts it.
        if (!(await setOnce(tx, 'claimed_by', subject))) throw new AppError('claim.claimed')
        await setOnce(tx, 'claimed_at', String(clock.now()))
        await writeAccount(this.#deps, tx, prepared, given)
      })
      this.#claimedBy = subject
      this.#code = undefined
      return prepared
    } catch (error) {
      if (await vault.hasKey({ subject })) await vault.destroyKey({ subject })
      if (error instanceof AppError && error.code === 'claim.claimed')
        this.#claimedBy ??= (await instanceValue(asSignIn(facts, 'service.core'), 'claimed_by')) as
          | SubjectId
          | undefined
      throw error
    }
  }
}
