import { AppError, newId, type HomeId, type HookId, type SubjectId } from '@eaves/model'
import type { HookMade, HookView } from '@eaves/model/api'
import type { HomeSignals } from '../automations/automations.ts'
import { isoInstant, isWithin } from '../deps.ts'
import type { Homes, Timers } from '../homes/homes.ts'
import { hashOf, secretText, withinLimits, type Counters, type Random } from '../people/people.ts'
import { deleteHook, insertHook, loadHooks, type FactsDb, type HookRecord } from './store.ts'

export interface HooksDeps {
  readonly facts: FactsDb
  readonly homes: Homes
  readonly signals: HomeSignals
  readonly counters: Counters
  readonly random: Random
  readonly now: () => number
  readonly timers: Timers
}
type Plain = string | number | boolean

const secretBytes = 20
const mostInHome = 50
const minuteMs = 60_000
const mostAMinute = 60
const mostValues = 32
const longestText = 256
const plainName = /^[A-Za-z]\w{0,63}$/

/** Addresses by which something outside sets off automations. It gives nobody a right: what runs, runs with the rights of whoever wrote it. // pp.5.1 */
export class Hooks {
  readonly #deps: HooksDeps
  readonly #byHash = new Map<string, HookRecord>()
  readonly #homes = new Map<HomeId, Map<HookId, HookRecord>>()
  readonly #calls = new Map<HookId, { since: number; count: number }>()

  constructor(deps: HooksDeps) {
    this.#deps = deps
  }

  async start(): Promise<void> {
    const { homes } = this.#deps
    homes.onOpened((home) => this.#load(home))
    homes.onClosing((home) => {
      for (const hook of this.#homes.get(home)?.values() ?? []) this.#let(hook)
      this.#homes.delete(home)
      return Promise.resolve()
    })
    for (const home of homes.ids()) await this.#load(home)
  }

  async #load(home: HomeId): Promise<void> {
    this.#homes.set(home, new Map())
    for (const hook of await loadHooks(this.#deps.facts, home)) this.#take(hook)
  }

  #take(hook: HookRecord): void {
    this.#homes.get(hook.home)?.set(hook.id, hook)
    this.#byHash.set(hook.hash, hook)
  }

  #let({ id, hash }: HookRecord): void {
    this.#byHash.delete(hash)
    this.#calls.delete(id)
  }

  #of(home: HomeId): Map<HookId, HookRecord> {
    const found = this.#homes.get(home)
    if (found === undefined) throw new AppError('auth.not-found')
    return found
  }

  has(home: HomeId, id: string): boolean {
    return this.#homes.get(home)?.has(id as HookId) ?? false
  }

  list(home: HomeId): HookView[] {
    return [...this.#of(home).values()].map(viewOf)
  }

  /** The secret is told here once; kept is what it is found by. */
  async make(home: HomeId, subject: SubjectId, name: string): Promise<HookMade> {
    const { facts, random, now } = this.#deps
    if (this.#of(home).size >= mostInHome)
      throw new AppError('input.conflict', { detail: `A home has at most ${mostInHome} of them.` })
    const secret = secretText(random, secretBytes)
    const hook: HookRecord = { id: newId<HookId>(), home, name, hash: hashOf(secret), madeAt: now() }
    await insertHook(facts, subject, hook)
    this.#take(hook)
    return { ...viewOf(hook), path: `/api/hooks/${secret}` }
  }

  async end(home: HomeId, subject: SubjectId, id: HookId): Promise<void> {
    const hook = this.#of(home).get(id)
    if (hook === undefined) throw new AppError('auth.not-found')
    // At once: nobody gets in while it is written.
    this.#of(home).delete(id)
    this.#let(hook)
    await deleteHook(this.#deps.facts, home, subject, id)
  }

  /** The same is answered whether there is such an address or not, and what it sets off begins after the answer. */
  async call(secret: string, body: unknown, address: string): Promise<void> {
    const { counters, signals, timers } = this.#deps
    await withinLimits(counters, 'hook.call', { address })
    const hook = this.#byHash.get(hashOf(secret))
    if (hook === undefined || !this.#isInTime(hook)) return
    const values = plainOf(body)
    timers.after(0, () => {
      if (this.has(hook.home, hook.id))
        signals.of(hook.home).tell(`webhook/${hook.id}`, undefined, undefined, values)
    })
  }

  #isInTime({ id }: HookRecord): boolean {
    const now = this.#deps.now()
    const known = this.#calls.get(id)
    const calls =
      known !== undefined && isWithin(minuteMs, known.since, now) ? known : { since: now, count: 0 }
    this.#calls.set(id, calls)
    return ++calls.count <= mostAMinute
  }
}

const viewOf = ({ id, name, madeAt }: HookRecord): HookView => ({ id, name, madeAt: isoInstant(madeAt) })

/** Of what was sent the few plain values that an expression can use. */
function plainOf(body: unknown): ReadonlyMap<string, Plain> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return new Map()
  const found = Object.entries(body as Readonly<Record<string, unknown>>).filter(
    (each): each is [string, Plain] => plainName.test(each[0]) && isPlain(each[1]),
  )
  return new Map(found.slice(0, mostValues))
}

function isPlain(value: unknown): value is Plain {
  if (typeof value === 'string') return value.length <= longestText
  return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
}
