import { AppError, mostAlarmCodes, newId, type HomeId, type HomeRole, type SubjectId } from '@eaves/model'
import type { AlarmCodeCreate, AlarmCodeView } from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import { memberOf, Turns, type Hashing, type Homes } from '../homes/homes.ts'
import type { Vault } from '../privacy/privacy.ts'
import { deleteCodes, loadCodes, saveCode, type Code, type FactsDb } from './store.ts'

export interface CodesDeps {
  readonly facts: FactsDb
  readonly homes: Homes
  readonly hashing: Hashing
  readonly counters: Vault['counters']
  readonly now: () => number
  /** Somebody tried too often. */
  readonly locked: (home: HomeId, at: SubjectId) => void
}
/** Wrong ones in a quarter of an hour, at one panel or by one person, and in the home. */
/** Who lives here and answers for it; a child never disarms, and a guest by a code that a keeper made. */
export const houseRoles: ReadonlySet<HomeRole> = new Set<HomeRole>(['owner', 'admin', 'adult'])
const mostTries = 5
const mostInHome = 20
const restMs = 15 * 60_000

/** The codes of an alarm: whose they are, and who tries which. Of none more is kept than a sealed record. // pp.5.1 T13 */
export class AlarmCodes {
  readonly #deps: CodesDeps
  /** One try of a home after the other, so that many at once count as many as they are. */
  readonly #turns = new Turns()
  readonly #rests = new Map<string, number>()

  constructor(deps: CodesDeps) {
    this.#deps = deps
  }

  /** Whose code it is; throws when it is nobody's that may disarm at this moment. `own`: of this person alone. */
  check(home: HomeId, at: SubjectId, typed: string, own?: SubjectId): Promise<Code> {
    return this.#turns.take(home, async () => {
      await this.#demandRest(home, at)
      const found = await this.#find(home, typed, (code) => own === undefined || code.subject === own)
      if (found !== undefined && this.#stands(home, found)) return found
      return this.#wrong(home, at)
    })
  }

  async #find(home: HomeId, typed: string, counts: (code: Code) => boolean): Promise<Code | undefined> {
    let found: Code | undefined
    // All of them each time: how long it takes says nothing.
    for (const code of (await loadCodes(this.#deps.facts, home)).filter(counts))
      if ((await this.#deps.hashing.verify(typed, code.record)).right) found ??= code
    return found
  }

  /** Within its time, and of somebody who may disarm now; a visitor's is worth what its time says. */
  #stands(home: HomeId, { subject, startsAt, endsAt }: Code): boolean {
    const { homes, now } = this.#deps
    const at = now()
    if ((startsAt !== undefined && at < startsAt) || (endsAt !== undefined && at >= endsAt)) return false
    if (subject === undefined) return true
    const { roles, limits } = homes.relationsOf(subject)
    const its = roles.get(home)
    return its !== undefined && its !== 'child' && limits.get(home)?.isClosed !== true
  }

  async #demandRest(home: HomeId, at: SubjectId): Promise<void> {
    const { counters, now } = this.#deps
    const until = this.#rests.get(keyOf(home, at))
    const left = until === undefined ? 0 : until - now()
    // No rest is longer: a clock that says so was set back.
    if (left > 0 && left <= restMs) throw locked(left)
    const [mine, all] = [
      await counters.count(keyOf(home, at), restMs),
      await counters.count(keyOf(home), restMs),
    ]
    if (mine >= mostTries || all >= mostInHome) throw locked(restMs - (now() % restMs))
  }

  async #wrong(home: HomeId, at: SubjectId): Promise<never> {
    const { counters, now } = this.#deps
    await counters.hit(keyOf(home, at), restMs, mostTries)
    await counters.hit(keyOf(home), restMs, mostInHome)
    const left = Math.min(
      mostTries - (await counters.count(keyOf(home, at), restMs)),
      mostInHome - (await counters.count(keyOf(home), restMs)),
    )
    if (left > 0) throw new AppError('alarm.code-wrong', { triesLeft: left })
    this.#rests.set(keyOf(home, at), now() + restMs)
    this.#deps.locked(home, at)
    throw locked(restMs)
  }

  /** One's own, or the one that only seems to be. */
  async setOwn(home: HomeId, subject: SubjectId, typed: string, isDuress: boolean): Promise<void> {
    if (!houseRoles.has(memberOf(this.#deps.homes, home, subject).role)) throw new AppError('auth.forbidden')
    return this.#add(home, subject, typed, { subject, isDuress, startsAt: undefined, endsAt: undefined })
  }

  async removeOwn(home: HomeId, subject: SubjectId): Promise<void> {
    const codes = await loadCodes(this.#deps.facts, home)
    const own = codes.filter((each) => each.subject === subject)
    await deleteCodes(
      this.#deps.facts,
      home,
      own.map(({ id }) => id),
    )
  }

  /** For a guest or a visitor; everybody else sets their own. */
  async create(home: HomeId, by: SubjectId, wish: AlarmCodeCreate): Promise<void> {
    const { homes, now } = this.#deps
    const subject = wish.member as SubjectId | undefined
    const refuse = (path: string, code: string) => new AppError('input.invalid', { errors: [{ path, code }] })
    if (subject !== undefined && memberOf(homes, home, subject).role !== 'guest')
      throw refuse('member', 'not-a-guest')
    const [startsAt, endsAt] = [wish.from, wish.until].map((each) =>
      each === undefined ? undefined : Date.parse(each),
    )
    if (endsAt !== undefined && endsAt <= Math.max(now(), startsAt ?? 0)) throw refuse('until', 'before-from')
    return this.#add(home, by, wish.code, { subject, name: wish.name, isDuress: false, startsAt, endsAt })
  }

  #add(
    home: HomeId,
    by: SubjectId,
    typed: string,
    code: Omit<Code, 'id' | 'record' | 'name'> & { readonly name?: string | undefined },
  ): Promise<void> {
    const { facts, hashing, now, counters } = this.#deps
    return this.#turns.take(home, async () => {
      await this.#demandRest(home, by)
      const replaces = (each: Code) =>
        code.subject !== undefined && each.subject === code.subject && each.isDuress === code.isDuress
      const others = (await loadCodes(facts, home)).filter((each) => !replaces(each))
      if (others.length >= mostAlarmCodes)
        throw new AppError('input.conflict', { detail: `A home has at most ${mostAlarmCodes} codes.` })
      if ((await this.#find(home, typed, (each) => !replaces(each))) !== undefined) {
        // Nobody finds out codes of others by trying to set them.
        await counters.hit(keyOf(home, by), restMs, mostTries)
        throw new AppError('alarm.code-unfit')
      }
      const record = await hashing.hash(typed)
      await saveCode(facts, home, { ...code, name: code.name, id: newId(), record }, now())
    })
  }

  /** Whose codes there are; those under duress are known to their person alone. */
  async list(home: HomeId): Promise<AlarmCodeView[]> {
    return (await loadCodes(this.#deps.facts, home))
      .filter(({ isDuress }) => !isDuress)
      .map(({ id, subject, name, startsAt, endsAt }) => ({
        id,
        ...(subject === undefined ? {} : { member: subject }),
        ...(name === undefined ? {} : { name }),
        ...(startsAt === undefined ? {} : { from: isoInstant(startsAt) }),
        ...(endsAt === undefined ? {} : { until: isoInstant(endsAt) }),
      }))
  }

  async own(home: HomeId, subject: SubjectId): Promise<{ hasCode: boolean; hasDuressCode: boolean }> {
    const own = (await loadCodes(this.#deps.facts, home)).filter((each) => each.subject === subject)
    return {
      hasCode: own.some(({ isDuress }) => !isDuress),
      hasDuressCode: own.some(({ isDuress }) => isDuress),
    }
  }

  async remove(home: HomeId, id: string): Promise<void> {
    const found = (await loadCodes(this.#deps.facts, home)).find((each) => each.id === id && !each.isDuress)
    if (found === undefined) throw new AppError('auth.not-found')
    await deleteCodes(this.#deps.facts, home, [id])
  }
}

const keyOf = (home: HomeId, at?: SubjectId): string =>
  `alarm.code|${home}${at === undefined ? '' : `|${at}`}`
const locked = (ms: number): AppError =>
  new AppError('alarm.code-locked', { retryAfterSeconds: Math.max(1, Math.ceil(ms / 1000)) })
