import { createHash } from 'node:crypto'
import { AppError, type HomeId, type SubjectId } from '@eaves/model'
import type { ReadingFailure, ReadingMarks } from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import { Turns, type Homes, type Timers } from '../homes/homes.ts'
import { stackOf, type Log } from '../log.ts'
import type { Random } from '../people/people.ts'
import type { EgressGet } from '../privacy/privacy.ts'
import type { Stores } from '../store/stores.ts'
import { fetchText, NotFetched, type Fetched, type Kind } from './fetching.ts'

export interface SourcesDeps {
  readonly egress: EgressGet
  readonly homes: Pick<Homes, 'relations' | 'onRolesChanged'>
  readonly stops: Pick<Stores['stops'], 'of'>
  readonly random: Random
  readonly now: () => number
  readonly timers: Timers
  readonly log: Log
}
/** An address as its slice keeps it; `F` is why what stands there cannot be used. */
export interface SourceRow<F extends string> {
  readonly address: string
  readonly marks: ReadingMarks
  readonly namedBy: SubjectId
  readonly fetchedAt: number
  readonly failingSince: number | undefined
  readonly failure: ReadingFailure | F | undefined
  /** When whoever named it was told that it fails, until it works again. */
  readonly toldAt: number | undefined
}
/** Where a slice keeps its addresses, and what becomes of what they answer. */
export interface Reading<Id, F extends string> extends Kind {
  readonly load: (home: HomeId) => Promise<readonly (readonly [Id, SourceRow<F>])[]>
  readonly save: (home: HomeId, id: Id, row: SourceRow<F>) => Promise<void>
  readonly drop: (home: HomeId, id: Id) => Promise<void>
  /** Takes in what an address answered, in the turn of the home; throws `Unusable` where it cannot be used. */
  readonly take: (home: HomeId, id: Id, text: string) => Promise<void>
  /** It has failed for a day: whoever named it is told, once until it works again. */
  readonly tell: (home: HomeId, namedBy: SubjectId) => void
}
/** What was read cannot be used, and why; what was read before stays. */
export class Unusable<F extends string> extends Error {
  override readonly name: string = 'Unusable'
  readonly code: F
  constructor(code: F) {
    super('What was read cannot be used.')
    this.code = code
  }
}
interface Source<F extends string> extends SourceRow<F> {
  /** Of the text that was read last; not known of one from before the start. */
  readonly digest: string | undefined
  dueAt: number
}

export interface SourceView<F extends string> {
  readonly host: string
  readonly fetchedAt: string
  readonly failingSince?: string
  readonly failure?: ReadingFailure | F
}

const lookEveryMs = 60_000
const everyMs = 3_600_000
const mostJitterMs = 600_000
const longestWaitMs = 86_400_000
/** What fails for an hour often mends itself. */
const toldAfterMs = 86_400_000
const well = { failingSince: undefined, failure: undefined, toldAt: undefined }
/** Of all homes together. */
const mostAtOnce = 8

/** Addresses that something of a home is read from: each about once an hour, one at a time in a home, while whoever named it is there. // pp.3.1 */
export class Sources<Id extends string, F extends string> {
  readonly #deps: SourcesDeps
  readonly #reading: Reading<Id, F>
  /** In its turn whatever is written of what a home reads. */
  readonly #turns: Turns
  readonly #homes = new Map<HomeId, Map<Id, Source<F>>>()
  readonly #alone = new Turns()
  /** Homes with a fetch under way or waiting, and how many. */
  readonly #busy = new Map<HomeId, number>()
  readonly #flying = new Map<HomeId, AbortController>()
  readonly #work = new Set<Promise<unknown>>()
  #timer: { readonly cancel: () => void } | undefined
  #unlisten: () => void = () => undefined
  #isStopped = false

  constructor(deps: SourcesDeps, turns: Turns, reading: Reading<Id, F>) {
    this.#deps = deps
    this.#turns = turns
    this.#reading = reading
  }

  start(): void {
    this.#unlisten = this.#deps.homes.onRolesChanged((subject) => this.#review(subject))
    this.#look()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#timer?.cancel()
    this.#unlisten()
    for (const flying of this.#flying.values()) flying.abort()
    await this.settled()
  }

  /** Resolves once nothing is under way. */
  async settled(): Promise<void> {
    while (this.#work.size > 0) await Promise.allSettled(this.#work)
  }

  async load(home: HomeId): Promise<void> {
    const { now } = this.#deps
    const all = new Map<Id, Source<F>>()
    this.#homes.set(home, all)
    for (const [id, row] of await this.#reading.load(home)) {
      // What was due while nothing ran is spread as well.
      const soonest = row.fetchedAt > now() ? now() : Math.max(row.fetchedAt + everyMs, now())
      const dueAt = soonest + this.#jitterMs()
      all.set(id, { ...row, digest: undefined, dueAt })
      if (!this.#isThere(home, row.namedBy)) await this.drop(home, id)
    }
  }

  close(home: HomeId): void {
    this.#homes.delete(home)
    this.#flying.get(home)?.abort()
  }

  ids(home: HomeId): Id[] {
    return [...(this.#homes.get(home)?.keys() ?? [])]
  }

  has(home: HomeId, id: Id): boolean {
    return this.#homes.get(home)?.has(id) ?? false
  }

  /** The host of the address, and how it went. */
  view(home: HomeId, id: Id): SourceView<F> | undefined {
    const source = this.#homes.get(home)?.get(id)
    if (source === undefined) return undefined
    const { address, fetchedAt, failingSince, failure } = source
    return {
      host: new URL(address).host,
      fetchedAt: isoInstant(fetchedAt),
      ...(failingSince === undefined ? {} : { failingSince: isoInstant(failingSince) }),
      ...(failure === undefined ? {} : { failure }),
    }
  }

  /** What stands at an address that somebody has just named. */
  first(home: HomeId, address: string): Promise<Fetched> {
    return this.#oneAtATime(home, async (signal) => {
      const fetched = await fetchText(this.#deps.egress, this.#reading, { address, marks: {} }, signal)
      if (fetched === undefined) throw new NotFetched('odd-answer')
      return fetched
    })
  }

  /** In the home's turn: from now on it is read from there. */
  async keep(
    home: HomeId,
    subject: SubjectId,
    id: Id,
    address: string,
    { text, marks }: Fetched,
  ): Promise<void> {
    const fetchedAt = this.#deps.now()
    const row: SourceRow<F> = { address, marks, namedBy: subject, fetchedAt, ...well }
    await this.#reading.save(home, id, row)
    this.#homes.get(home)?.set(id, { ...row, digest: digestOf(text), dueAt: this.#next() })
  }

  /** In the home's turn: it is not read from anywhere any more. */
  async drop(home: HomeId, id: Id): Promise<void> {
    if (this.#homes.get(home)?.delete(id) === true) await this.#reading.drop(home, id)
  }

  /** Reads it now: for somebody, or by itself. */
  read(home: HomeId, id: Id, by?: SubjectId): Promise<void> {
    return this.#oneAtATime(home, async (signal) => {
      const source = this.#homes.get(home)?.get(id)
      if (source === undefined || this.#rests(source, by)) return
      source.dueAt = this.#next()
      const outcome = await fetchText(this.#deps.egress, this.#reading, source, signal).catch(
        (error: unknown) => {
          if (error instanceof NotFetched) return error
          throw error
        },
      )
      if (signal.aborted) return
      await this.#turns.take(home, async () => {
        // Another address, another file or nothing at all stands there meanwhile.
        if (this.#homes.get(home)?.get(id) === source) await this.#came(home, id, source, outcome)
      })
    })
  }

  async #came(
    home: HomeId,
    id: Id,
    source: Source<F>,
    outcome: Fetched | NotFetched | undefined,
  ): Promise<void> {
    if (outcome instanceof NotFetched) {
      const { failure, retryAfterSeconds = 0 } = outcome
      const waitMs = Math.min(retryAfterSeconds * 1_000, longestWaitMs)
      return this.#failed(
        home,
        id,
        { ...source, dueAt: Math.max(source.dueAt, this.#deps.now() + waitMs) },
        failure,
      )
    }
    const digest = outcome === undefined ? source.digest : digestOf(outcome.text)
    try {
      if (outcome !== undefined && digest !== source.digest) await this.#reading.take(home, id, outcome.text)
    } catch (error) {
      if (!(error instanceof Unusable)) throw error
      return this.#failed(home, id, source, error.code as F)
    }
    // What cannot be used any more was done away with while it was taken in.
    if (this.#homes.get(home)?.get(id) !== source) return
    const marks = outcome?.marks ?? source.marks
    const went = { marks, digest, fetchedAt: this.#deps.now(), ...well }
    await this.#set(home, id, { ...source, ...went })
  }

  async #failed(home: HomeId, id: Id, source: Source<F>, failure: ReadingFailure | F): Promise<void> {
    // Neither the address nor its host stands in a log. // pp.2.2.3
    this.#deps.log.warn('an address was not read', { home })
    const now = this.#deps.now()
    const failingSince = source.failingSince ?? now
    const tells = source.toldAt === undefined && now - failingSince >= toldAfterMs
    await this.#set(home, id, { ...source, failure, failingSince, ...(tells ? { toldAt: now } : {}) })
    if (tells) this.#reading.tell(home, source.namedBy)
  }

  async #set(home: HomeId, id: Id, source: Source<F>): Promise<void> {
    await this.#reading.save(home, id, source)
    this.#homes.get(home)?.set(id, source)
  }

  #look(): void {
    this.#timer = this.#deps.timers.after(lookEveryMs, () => {
      this.#look()
      this.#begin()
    })
  }

  /** What is due, the longest first; a home with much waits for itself alone. */
  #begin(): void {
    const now = this.#deps.now()
    for (const [home, all] of this.#homes) {
      if (this.#isStopped || this.#busy.size >= mostAtOnce) return
      if (this.#busy.has(home)) continue
      const due = [...all].filter(([, source]) => isDue(source, now) && !this.#rests(source))
      const [first] = due.toSorted(([, a], [, b]) => a.dueAt - b.dueAt)
      if (first === undefined) continue
      const whole = this.read(home, first[0]).catch((error: unknown) => {
        this.#deps.log.error('an address could not be read', { home, stack: stackOf(error) })
      })
      void this.#track(whole.then(() => this.#begin()))
    }
  }

  /** Whoever lets their data rest has nothing fetched for them, unless they ask for it themselves. // pp.4.4.c */
  #rests({ namedBy }: Source<F>, by?: SubjectId): boolean {
    return by !== namedBy && this.#deps.stops.of(namedBy).restricted
  }

  #isThere(home: HomeId, subject: SubjectId): boolean {
    return this.#deps.homes.relations.members(home).some((each) => each.subject === subject)
  }

  /** An address goes with whoever named it; what was read last stays with the home. */
  #review(subject: SubjectId): void {
    for (const [home, all] of this.#homes)
      for (const [id, { namedBy }] of all)
        if (namedBy === subject && !this.#isThere(home, subject))
          this.#track(this.#turns.take(home, () => this.drop(home, id))).catch((error: unknown) => {
            this.#deps.log.error('an address was not removed', { home, stack: stackOf(error) })
          })
  }

  #oneAtATime<R>(home: HomeId, work: (signal: AbortSignal) => Promise<R>): Promise<R> {
    this.#busy.set(home, (this.#busy.get(home) ?? 0) + 1)
    const whole = this.#alone.take(home, async () => {
      const ending = new AbortController()
      this.#flying.set(home, ending)
      try {
        if (this.#isStopped) throw new AppError('server.busy')
        if (!this.#homes.has(home)) throw new AppError('auth.not-found')
        return await work(ending.signal)
      } finally {
        this.#flying.delete(home)
        const left = (this.#busy.get(home) ?? 1) - 1
        if (left > 0) this.#busy.set(home, left)
        else this.#busy.delete(home)
      }
    })
    return this.#track(whole)
  }

  #track<R>(work: Promise<R>): Promise<R> {
    const whole: Promise<R> = work.finally(() => void this.#work.delete(whole))
    this.#work.add(whole)
    return whole
  }

  #next(): number {
    return this.#deps.now() + everyMs + this.#jitterMs()
  }

  #jitterMs(): number {
    const fraction = Buffer.from(this.#deps.random(new Uint8Array(4))).readUInt32BE() / 2 ** 32
    return Math.floor(fraction * mostJitterMs)
  }
}

/** Nothing waits for longer than a day: a clock that says so was set back. */
const isDue = ({ dueAt }: { readonly dueAt: number }, now: number): boolean =>
  dueAt <= now || dueAt > now + longestWaitMs + everyMs + mostJitterMs
const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64')
