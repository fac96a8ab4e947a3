import { newId, type HomeId } from '@eaves/model'
import type { Clock, Log } from '../deps.ts'
import type { Db, InstanceHandle } from './handle.ts'
import type { JobKind } from './job-kinds.ts'
import type { Facts } from './schema.ts'

interface JobShape<K extends string> {
  readonly kind: K
  /** Epoch ms. */
  readonly runAt: number
  /** Enqueueing the same key again while the job is open changes nothing. The kind, and behind it at most an id or a version. */
  readonly key?: string
}
/** What is sealed under a home's key beside a job; no kind of this program has it. Ids only, no personal data. */
type Payload<K extends string> = string extends K
  ? { readonly home?: HomeId; readonly payload?: string }
  : { readonly home?: undefined; readonly payload?: undefined }
export type NewJob<K extends string = JobKind> = JobShape<K> & Payload<K>
export interface Job {
  readonly id: string
  readonly kind: string
  readonly home: HomeId | undefined
  readonly payload: string | undefined
  readonly attempt: number
}
/** Runs one job; it may run twice. A number it returns is when to run it again, epoch ms. */
export type JobHandler = (job: Job) => Promise<number | void>

const lockMs = 5 * 60_000
const pollMs = 1_000
const batch = 20
const maxAttempts = 8
const firstDelayMs = 1_000
const longestDelayMs = 60 * 60_000
const keepMs = 7 * 24 * 60 * 60_000
const sweepMs = 60 * 60_000

interface JobsDeps {
  readonly facts: Db<Facts>
  readonly dialect: 'sqlite' | 'postgres'
  readonly clock: Clock
  readonly log: Log
  readonly random: () => number
}

const isKeyOf = (kind: string, key: string) =>
  key === kind || (key.startsWith(kind) && /^[ :]([a-z2-7]{26}|\d+(\.\d+)*)$/.test(key.slice(kind.length)))

/** Work that must happen later and survive a restart. */
export class Jobs<K extends string = JobKind> {
  readonly #deps: JobsDeps
  readonly #handlers = new Map<string, JobHandler>()
  readonly #owner = newId()
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #started = false
  #sweptAt = 0

  constructor(deps: JobsDeps) {
    this.#deps = deps
  }

  /** Says who does jobs of a kind; a kind without a handler waits. */
  handle(kind: K, handler: JobHandler): void {
    this.#handlers.set(kind, handler)
  }

  async enqueue({ kind, runAt, key, home, payload }: NewJob<K>): Promise<void> {
    if (key !== undefined && !isKeyOf(kind, key))
      throw new Error(`The key of the job "${kind}" may hold an id or a version, and nothing else.`)
    const db = this.#db()
    const id = newId()
    await db
      .insertInto('job')
      .values({
        id,
        kind,
        key: key ?? null,
        home_id: home ?? null,
        run_at: runAt,
        attempts: 0,
        owner: null,
        locked_until: null,
        done_at: null,
        failed: null,
        payload:
          home !== undefined && payload !== undefined
            ? await db.sealFor({ home }, 'job', 'payload', id, payload)
            : null,
      })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute()
    if (this.#started && runAt <= this.#deps.clock.now()) this.#next(0)
  }

  start(): void {
    this.#started = true
    this.#next(0)
  }

  /** Waits for the job that is running. */
  async stop(): Promise<void> {
    this.#started = false
    clearTimeout(this.#timer)
    await this.#running
  }

  /** Runs what is due now; the loop calls it, and tests do. */
  async runDue(): Promise<number> {
    const now = this.#deps.clock.now()
    if (now - this.#sweptAt >= sweepMs) {
      this.#sweptAt = now
      await this.#db()
        .deleteFrom('job')
        .where('done_at', '<', now - keepMs)
        .execute() // pp.ret.1
    }
    const due = await this.#claim(now)
    for (const row of due) await this.#run(row)
    return due.length
  }

  #db(): InstanceHandle<Facts> {
    return this.#deps.facts.as({
      scope: { instance: true },
      actor: { kind: 'system', part: 'jobs' },
      purpose: 'service.core',
    })
  }

  async #claim(now: number) {
    const kinds = [...this.#handlers.keys()]
    if (kinds.length === 0) return []
    return this.#db()
      .updateTable('job')
      .set((eb) => ({ owner: this.#owner, locked_until: now + lockMs, attempts: eb('attempts', '+', 1) }))
      .where('id', 'in', (eb) => {
        const due = eb
          .selectFrom('job')
          .select('id')
          .where('done_at', 'is', null)
          .where('failed', 'is', null)
          .where('run_at', '<=', now)
          .where('kind', 'in', kinds)
          .where((or) => or.or([or('locked_until', 'is', null), or('locked_until', '<', now)]))
          .orderBy('run_at')
          .limit(batch)
        return this.#deps.dialect === 'postgres' ? due.forUpdate().skipLocked() : due
      })
      .returningAll()
      .execute()
  }

  async #run(row: {
    readonly id: string
    readonly kind: string
    readonly home_id: HomeId | null
    readonly attempts: number
    readonly payload: Facts['job']['payload']
  }): Promise<void> {
    const { clock, log, random } = this.#deps
    const mine = () => this.#db().updateTable('job').where('id', '=', row.id).where('owner', '=', this.#owner)
    try {
      const payload =
        row.payload !== null && row.home_id !== null
          ? await this.#db().openFor({ home: row.home_id }, 'job', 'payload', row.id, row.payload)
          : undefined
      const again = await this.#handlers.get(row.kind)?.({
        id: row.id,
        kind: row.kind,
        home: row.home_id ?? undefined,
        payload,
        attempt: row.attempts,
      })
      if (typeof again === 'number')
        await mine().set({ run_at: again, attempts: 0, owner: null, locked_until: null }).execute()
      else await mine().set({ done_at: clock.now(), key: null, locked_until: null }).execute()
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'server.fault'
      const isLast = row.attempts >= maxAttempts
      log[isLast ? 'error' : 'warn']('a job failed', { job: row.kind, attempt: row.attempts, code })
      const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** row.attempts) * (0.5 + random())
      await mine()
        .set(
          isLast
            ? { failed: code, locked_until: null }
            : { run_at: clock.now() + Math.round(delayMs), owner: null, locked_until: null },
        )
        .execute()
    }
  }

  #next(delayMs: number): void {
    clearTimeout(this.#timer)
    if (!this.#started) return
    this.#timer = setTimeout(() => {
      this.#running ??= this.#turn().finally(() => {
        this.#running = undefined
      })
    }, delayMs)
    this.#timer.unref()
  }

  async #turn(): Promise<void> {
    let ran = 0
    try {
      ran = await this.runDue()
    } catch {
      this.#deps.log.warn('jobs could not be read', { store: 'facts' })
    }
    this.#next(ran === batch ? 0 : pollMs)
  }
}
