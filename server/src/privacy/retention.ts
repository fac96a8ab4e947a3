import { isAppError, newId } from '@eaves/model'
import type { Clock, Log } from '../deps.ts'
import { stackOf } from '../log.ts'
import { dataMap } from '../store/schema.ts'
import type { Job, Place, Stores } from '../store/stores.ts'
import { copiesAsideMs } from '../store/erasure.ts'
import type { Evidence } from './history.ts'
import type { RetentionResultTable } from './retention-data.ts'
import { described, heldBack, type RuleReport } from './retention-report.ts'
import { closedBy, nameOfRule, retentionRules, type RetentionRule } from './retention-rules.ts'
import { RuleRunner, type RuleDeps } from './retention-runner.ts'
import { faultsOf, recordRun, runsNextAt, runsOf, type RetentionRunRecord } from './retention-store.ts'

const kind = 'retention'
const firstAfterMs = 60_000
const everyMs = 24 * 60 * 60_000
const againMs = 60 * 60_000
/** So often a rule fails before nothing new is taken in where it should have removed. */
const failsBeforeClosing = 2
const runsShown = 30

export interface RetentionDeps extends Omit<RuleDeps, 'isStopped' | 'stores'> {
  readonly stores: Pick<Stores, 'facts' | 'expiry' | 'vault' | 'erase' | 'jobs' | 'intake'>
  readonly clock: Clock
  readonly log: Log
}

/** What one rule removes, or would. */
export interface Removed extends Place {
  readonly column?: string
  readonly rows: number
}
interface Outcome {
  readonly rule: RetentionRule
  readonly removed: number
  readonly remaining: number
  readonly fault?: string | undefined
}
/** What is due, what is held back and why, and when the next pass runs; changes nothing. */
export interface RetentionReport {
  readonly at: number
  readonly nextRunAt: number | undefined
  readonly rules: readonly RuleReport[]
}
export interface RetentionState {
  readonly nextRunAt: number | undefined
  readonly isFailing: boolean
  /** Rules that could not do their work, and whether nothing new is taken in for it. */
  readonly faults: readonly {
    readonly rule: string
    readonly since: number
    readonly fails: number
    readonly isClosed: boolean
  }[]
  readonly runs: readonly RetentionRunRecord[]
}

/** Once a day, everything whose period has ended goes, as the data map says and nothing else. // pp.ret.1 pp.5.2 */
export class Retention {
  readonly #deps: RetentionDeps
  readonly #rules: readonly RetentionRule[]
  readonly #runner: RuleRunner
  #startedAt = 0
  #isStopped = false
  #last: { readonly atMs: number; readonly count: number } | undefined
  #isFailing = false

  constructor(deps: RetentionDeps, rules: readonly RetentionRule[] = retentionRules(dataMap).rules) {
    this.#deps = deps
    this.#rules = rules
    this.#runner = new RuleRunner({ ...deps, isStopped: () => this.#isStopped }, rules)
  }

  /** Takes over the daily job; when it is due it runs a minute after the start. What failed before the restart stays closed. */
  async start(): Promise<void> {
    const { stores, clock } = this.#deps
    this.#startedAt = clock.now()
    await this.#close()
    stores.jobs.handle(kind, (job) => this.#job(job))
    await stores.jobs.enqueue({ kind, key: kind, runAt: this.#startedAt + firstAfterMs })
  }

  /** Ends a pass at its next chunk; the next start goes on with it. */
  stop(): void {
    this.#isStopped = true
  }

  /** Whether the last two passes have failed: an alarm for whoever runs the server. */
  isFailing(): boolean {
    return this.#isFailing
  }

  async #job({ attempt }: Job): Promise<number> {
    const { clock, log } = this.#deps
    const firstAt = this.#startedAt + firstAfterMs
    const now = clock.now()
    if (now < firstAt) return firstAt
    try {
      const removed = await this.run()
      const count = removed.reduce((sum, { rows }) => sum + rows, 0)
      log.info('retention done', { count })
      this.#last = { atMs: now, count }
      return this.#isStopped ? now : now + everyMs
    } catch (error) {
      // Never given up for good: a retention that has failed eight times would otherwise end with its job.
      if (attempt < failsBeforeClosing) throw error
      log.error('retention has failed twice', { job: kind, attempt })
      return now + againMs
    }
  }

  /** The last whole pass since the start, for the page that says how this is kept. // pp.ret.1 pp.5.2 */
  evidence(): readonly Evidence[] {
    return this.#last === undefined
      ? []
      : [{ clauses: ['pp.ret.1', 'pp.ret.2', 'pp.5.2'], kind: 'retention', ...this.#last }]
  }

  /** What a pass would remove now; changes nothing. */
  async due(): Promise<readonly Removed[]> {
    const now = this.#deps.clock.now()
    const found: Outcome[] = []
    for (const rule of this.#rules)
      found.push({ rule, removed: await this.#runner.apply(rule, now, false), remaining: 0 })
    return shown(found)
  }

  async report(): Promise<RetentionReport> {
    const { stores, clock } = this.#deps
    const at = clock.now()
    const rules: RuleReport[] = []
    for (const rule of this.#rules) {
      const due = await this.#runner.apply(rule, at, false)
      rules.push({ ...described(rule), due, held: await heldBack(stores.expiry, rule, at, due) })
    }
    return { at, nextRunAt: await runsNextAt(stores.facts, kind), rules }
  }

  /** The last passes, and what has failed since when. */
  async state(): Promise<RetentionState> {
    const { facts } = this.#deps.stores
    await this.#close()
    return {
      nextRunAt: await runsNextAt(facts, kind),
      isFailing: this.#isFailing,
      faults: (await faultsOf(facts)).map((fault) => ({
        ...fault,
        isClosed: fault.fails >= failsBeforeClosing && this.#closedBy([fault.rule]).size > 0,
      })),
      runs: await runsOf(facts, runsShown),
    }
  }

  /** Removes what is due, looks that nothing due is left, and clears it out of the logs of the files. // pp.ret.2 */
  async run(): Promise<readonly Removed[]> {
    const { clock, stores } = this.#deps
    const now = clock.now()
    let found: readonly Outcome[] = []
    let fault: string | undefined
    try {
      await this.#deps.settle()
      found = await this.#apply(now)
      stores.erase.dropCopies(copiesAsideMs)
      // Also when nothing went: the last pass may have failed just here.
      if (!(await stores.erase.checkpoint())) fault = 'copy-in-use'
    } catch (error) {
      fault = this.#told(error)
      found = await this.#undone(now, fault)
    }
    const failed = found.filter((each) => each.fault !== undefined)
    const isFailed = fault !== undefined || failed.length > 0
    await this.#record(now, found, isFailed, fault)
    if (isFailed)
      throw new RetentionFailed(
        fault,
        failed.map(({ rule }) => nameOfRule(rule)),
      )
    return shown(found)
  }

  async #apply(now: number): Promise<readonly Outcome[]> {
    const found: Outcome[] = []
    for (const rule of this.#rules) {
      if (this.#isStopped) break
      found.push(await this.#verified(rule, now))
    }
    return found
  }

  /** Applies one rule and looks whether anything due is left; what came in between goes with a second try. One that fails keeps no other from its work. */
  async #verified(rule: RetentionRule, now: number): Promise<Outcome> {
    let removed = 0
    try {
      for (let tries = 1; ; tries++) {
        removed += await this.#runner.apply(rule, now, true)
        if (this.#isStopped) return { rule, removed, remaining: 0 }
        const remaining = await this.#runner.apply(rule, now, false)
        if (remaining === 0) return { rule, removed, remaining }
        if (tries === 2) return { rule, removed, remaining, fault: 'not-gone' }
      }
    } catch (error) {
      return { rule, removed, remaining: 0, fault: this.#told(error) }
    }
  }

  /** When a pass could not even begin, what was due stays, and each of its rules has failed. */
  async #undone(now: number, fault: string): Promise<readonly Outcome[]> {
    const found: Outcome[] = []
    for (const rule of this.#rules) {
      const remaining = await this.#runner.apply(rule, now, false).catch(() => 0)
      if (remaining > 0) found.push({ rule, removed: 0, remaining, fault })
    }
    return found
  }

  #told(error: unknown): string {
    if (isAppError(error)) return error.code
    this.#deps.log.warn('retention could not be carried out', { stack: stackOf(error) })
    return 'server.fault'
  }

  async #record(now: number, found: readonly Outcome[], isFailed: boolean, fault?: string): Promise<void> {
    const { stores, clock } = this.#deps
    const id = newId()
    const results = found
      .filter(({ removed, remaining, fault: own }) => removed + remaining > 0 || own !== undefined)
      .map(({ rule, removed, remaining, fault: own = null }): RetentionResultTable => ({
        run_id: id,
        rule: nameOfRule(rule),
        at: now,
        removed,
        remaining,
        fault: own,
      }))
    const removed = results.reduce((sum, each) => sum + each.removed, 0)
    const outcome = isFailed ? 'failed' : this.#isStopped ? 'stopped' : 'done'
    await recordRun(
      stores.facts,
      { id, started_at: now, ended_at: clock.now(), outcome, removed, fault: fault ?? null },
      results,
      !this.#isStopped,
    )
    await this.#close()
  }

  /** Takes in nothing new where twice in a row nothing old could be removed, and takes in again where it could. // pp.ret.1 */
  async #close(): Promise<void> {
    const { facts, intake } = this.#deps.stores
    const failed = (await faultsOf(facts)).filter(({ fails }) => fails >= failsBeforeClosing)
    intake.close(this.#closedBy(failed.map(({ rule }) => rule)))
    const last = (await runsOf(facts, failsBeforeClosing)).filter(({ outcome }) => outcome === 'failed')
    this.#isFailing = failed.length > 0 || last.length === failsBeforeClosing
  }

  #closedBy(names: readonly string[]): ReadonlySet<string> {
    return closedBy(this.#rules.filter((rule) => names.includes(nameOfRule(rule))))
  }
}

/** A pass that did not do all that was due; what it did is done. */
export class RetentionFailed extends Error {
  readonly code = 'policy.retention-failing'
  constructor(fault: string | undefined, rules: readonly string[]) {
    super(`The retention has failed (${fault ?? 'some rules'}): ${rules.join(', ')}`)
  }
}

function shown(found: readonly Outcome[]): readonly Removed[] {
  return found
    .filter(({ removed }) => removed > 0)
    .map(({ rule, removed: rows }) => ({
      store: rule.store,
      table: rule.table,
      ...('column' in rule ? { column: rule.column } : {}),
      rows,
    }))
}
