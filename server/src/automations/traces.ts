import type { AutomationId, HomeId, RunId, SubjectId } from '@eaves/model'
import { isWithin } from '../deps.ts'
import { stackOf, type Log } from '../log.ts'
import type { Timers } from '../homes/homes.ts'
import type { Run } from './run.ts'
import { loadRun, loadRuns, pruneRuns, runsKept, saveRuns, type FactsDb, type KeptRun } from './store.ts'

const lingerMs = 1_000
/** A run that goes on is written once it has gone on for so long: what ends before is written once. */
const openAfterMs = 1_000
/** Of one automation ten runs at once are kept one by one, and one each five seconds after that. */
const burst = 10
const perSecond = 0.2
/** Of all automations of a home that ran a moment ago, so many at once and so many each second: a house that reacts a thousand times a second does not write as often. */
const homeBurst = 100
const homePerSecond = 10
/** What waits to be written; the oldest give way while nothing can be written. */
const mostWaiting = 5_000
const pruneEvery = 20
/** Sealing and writing more rows than this in one go would be felt by whoever switches a lamp meanwhile. */
const rowsAtOnce = 100
const breathe = () => new Promise<void>((resolve) => void setImmediate(resolve))

interface Line {
  readonly run: Run
  folded: number
}
interface Bucket {
  tokens: number
  at: number
}
interface Own extends Bucket {
  /** The last line of each end, which takes up what comes too fast. */
  readonly lines: Map<string, Line>
  written: number
}
export interface TracesDeps {
  readonly facts: FactsDb
  readonly timers: Timers
  readonly now: () => number
  readonly log: Log
  /** Runs of a home that are still going on. */
  readonly running: (home: HomeId) => readonly Run[]
}

/** What runs did, written in batches: no reaction waits for it, and no flicker fills the disk. */
export class Traces {
  readonly #deps: TracesDeps
  readonly #waiting = new Map<HomeId, Map<RunId, Line>>()
  readonly #folding = new Map<HomeId, Set<Line>>()
  readonly #own = new Map<AutomationId, Own>()
  readonly #ofHome = new Map<HomeId, Bucket>()
  /** Homes with runs that may not be on disk yet although they go on. */
  readonly #busy = new Set<HomeId>()
  readonly #openOnDisk = new WeakSet<Run>()
  #count = 0
  #timer: { readonly cancel: () => void } | undefined
  #writing: Promise<void> = Promise.resolve()
  #isFailing = false
  #isStopped = false

  constructor(deps: TracesDeps) {
    this.#deps = deps
  }

  /** A run has begun; should it go on for long, it is written before it ends, so that no end of the server hides it. */
  began(home: HomeId): void {
    this.#busy.add(home)
    this.#arm()
  }

  #putOpen(): void {
    const now = this.#deps.now()
    for (const home of [...this.#busy]) {
      let isDone = true
      for (const run of this.#deps.running(home)) {
        if (this.#openOnDisk.has(run)) continue
        if (isWithin(openAfterMs, run.at, now)) isDone = false
        else this.#put(home, { run, folded: 0 })
      }
      if (isDone) this.#busy.delete(home)
    }
    if (this.#busy.size > 0) this.#arm()
  }

  ended(home: HomeId, run: Run): void {
    if (this.#openOnDisk.has(run)) return this.#put(home, { run, folded: 0 })
    const own = this.#ownOf(run.automation)
    const line = own.lines.get(run.result)
    const takes = this.#takes(home, own)
    if (line !== undefined && !takes) {
      line.folded++
      const folding = this.#folding.get(home)
      if (folding === undefined) this.#folding.set(home, new Set([line]))
      else folding.add(line)
      return
    }
    if (line !== undefined && this.#folding.get(home)?.delete(line) === true) this.#put(home, line)
    const fresh = { run, folded: 0 }
    own.lines.set(run.result, fresh)
    this.#put(home, fresh)
  }

  /** Whether a run is written by itself. One that has been at rest always is, whatever the others do. */
  #takes(home: HomeId, own: Own): boolean {
    if (own.tokens < 1) return false
    if (own.tokens < burst) {
      const all = this.#ofHome.get(home) ?? { tokens: homeBurst, at: this.#deps.now() }
      this.#ofHome.set(home, all)
      if (filled(all, this.#deps.now(), homeBurst, homePerSecond).tokens < 1) return false
      all.tokens--
    }
    own.tokens--
    return true
  }

  #ownOf(automation: AutomationId): Own {
    const now = this.#deps.now()
    const known = this.#own.get(automation)
    if (known !== undefined) return filled(known, now, burst, perSecond)
    const own: Own = { tokens: burst, at: now, lines: new Map(), written: 0 }
    this.#own.set(automation, own)
    return own
  }

  #put(home: HomeId, line: Line): void {
    const waiting = this.#waiting.get(home) ?? new Map<RunId, Line>()
    this.#waiting.set(home, waiting)
    if (!waiting.has(line.run.id)) this.#count++
    waiting.set(line.run.id, line)
    if (this.#count > mostWaiting) {
      const [first] = waiting.keys()
      if (first !== undefined && waiting.delete(first)) this.#count--
    }
    this.#arm()
  }

  #arm(): void {
    if (this.#isStopped) return
    this.#timer ??= this.#deps.timers.after(lingerMs, () => {
      this.#timer = undefined
      this.#putOpen()
      void this.#flush()
    })
  }

  /** Nothing of it is wanted any more; what is being written is waited for. */
  async forget(home: HomeId, automation?: AutomationId): Promise<void> {
    for (const all of [this.#waiting.get(home)?.values(), this.#folding.get(home)?.values()])
      for (const line of [...(all ?? [])]) {
        if (automation !== undefined && line.run.automation !== automation) continue
        if (this.#waiting.get(home)?.delete(line.run.id) === true) this.#count--
        this.#folding.get(home)?.delete(line)
      }
    if (automation === undefined) this.#ofHome.delete(home)
    else this.#own.delete(automation)
    await this.#writing
  }

  /** Everything that is known, whether or not it is over. */
  async settle(home: HomeId): Promise<void> {
    for (const line of this.#folding.get(home) ?? []) this.#put(home, line)
    this.#folding.delete(home)
    for (const run of this.#deps.running(home)) this.#put(home, { run, folded: 0 })
    await this.#flush()
  }

  /** Newest first; what has not been written yet is written before it is read. */
  async of(home: HomeId, subject: SubjectId, automation: AutomationId, limit: number): Promise<KeptRun[]> {
    await this.settle(home)
    return loadRuns(this.#deps.facts, home, subject, automation, Math.min(limit, runsKept))
  }

  async one(
    home: HomeId,
    subject: SubjectId,
    automation: AutomationId,
    run: RunId,
  ): Promise<KeptRun | undefined> {
    await this.settle(home)
    return loadRun(this.#deps.facts, home, subject, automation, run)
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#timer?.cancel()
    for (const [home, lines] of this.#folding) for (const line of lines) this.#put(home, line)
    await this.#flush()
  }

  #flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write())
    return this.#writing
  }

  async #write(): Promise<void> {
    const batches = [...this.#waiting]
    this.#waiting.clear()
    this.#count = 0
    for (const [home, lines] of batches) {
      const kept: KeptRun[] = []
      for (const line of lines.values()) {
        if (!line.run.isSettled) this.#openOnDisk.add(line.run)
        kept.push(keptOf(line))
      }
      for (let i = 0; i < kept.length; i += rowsAtOnce) {
        if (i > 0) await breathe()
        await this.#guarded(home, () => this.#save(home, kept.slice(i, i + rowsAtOnce)))
      }
    }
  }

  async #save(home: HomeId, kept: readonly KeptRun[]): Promise<void> {
    await saveRuns(this.#deps.facts, home, kept)
    const full: AutomationId[] = []
    for (const { automation } of kept) {
      const own = this.#own.get(automation)
      if (own !== undefined && ++own.written % pruneEvery === 0) full.push(automation)
    }
    if (full.length > 0) await pruneRuns(this.#deps.facts, home, full)
  }

  async #guarded(home: HomeId, write: () => Promise<void>): Promise<void> {
    try {
      await write()
      this.#isFailing = false
    } catch (error) {
      if (!this.#isFailing)
        this.#deps.log.error('automation.trace-not-written', { home, stack: stackOf(error) })
      this.#isFailing = true
    }
  }
}

function filled<B extends Bucket>(bucket: B, now: number, most: number, perSecond: number): B {
  bucket.tokens = Math.min(most, bucket.tokens + (Math.max(0, now - bucket.at) * perSecond) / 1_000)
  bucket.at = now
  return bucket
}

function keptOf({ run, folded }: Line): KeptRun {
  const { id, automation, at, endedAt, result } = run
  return { id, automation, at, endedAt, result, trace: run.trace(folded) }
}
