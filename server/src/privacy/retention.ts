import type { DeviceId, HomeId, Purpose, SubjectId } from '@eaves/model'
import type { Clock, Log } from '../deps.ts'
import { dataMap } from '../store/schema.ts'
import type { Expiry, Job, Place, Stores } from '../store/stores.ts'
import { copiesAsideMs } from '../store/erasure.ts'
import type { Evidence } from './history.ts'
import { periodBefore } from './period.ts'
import {
  isOfOwners,
  retentionRules,
  type ColumnRule,
  type RetentionRule,
  type RowRule,
  type ShortenRule,
} from './retention-rules.ts'

const kind = 'retention'
const firstAfterMs = 60_000
const everyMs = 24 * 60 * 60_000
const againMs = 60 * 60_000

export interface RetentionDeps {
  readonly stores: Pick<Stores, 'facts' | 'expiry' | 'vault' | 'erase' | 'jobs'>
  readonly clock: Clock
  readonly log: Log
  /** Whether a purpose holds for a person. */
  readonly has: (subject: SubjectId, purpose: Purpose) => Promise<boolean>
  /** Lets whoever removes with more care go first, and writes what memory alone knows: what then stands in no row is gone. */
  readonly settle: () => Promise<void>
}
type At<K extends RowRule['clock']['at']> = Extract<RowRule['clock'], { readonly at: K }>

/** What one rule removes, or would. */
export interface Removed extends Place {
  readonly column?: string
  readonly rows: number
}

/** Once a day, everything whose period has ended goes, as the data map says and nothing else. // pp.ret.1 pp.5.2 */
export class Retention {
  readonly #deps: RetentionDeps
  readonly #rules: readonly RetentionRule[]
  #startedAt = 0
  #isStopped = false
  #last: { readonly atMs: number; readonly count: number } | undefined

  constructor(deps: RetentionDeps, rules: readonly RetentionRule[] = retentionRules(dataMap).rules) {
    this.#deps = deps
    this.#rules = rules
  }

  /** Takes over the daily job; when it is due it runs a minute after the start. */
  async start(): Promise<void> {
    const { stores, clock } = this.#deps
    this.#startedAt = clock.now()
    stores.jobs.handle(kind, (job) => this.#job(job))
    await stores.jobs.enqueue({ kind, key: kind, runAt: this.#startedAt + firstAfterMs })
  }

  /** Ends a pass at its next chunk; the next start goes on with it. */
  stop(): void {
    this.#isStopped = true
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
      if (attempt < 2) throw error
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
    return this.#pass(false)
  }

  /** Removes what is due and clears it out of the logs of the files. // pp.ret.2 */
  async run(): Promise<readonly Removed[]> {
    const removed = await this.#pass(true)
    // Also when nothing went: the last pass may have failed just here.
    this.#deps.stores.erase.dropCopies(copiesAsideMs)
    if (!(await this.#deps.stores.erase.checkpoint())) throw new Error('A reader keeps an old copy open.')
    return removed
  }

  async #pass(remove: boolean): Promise<readonly Removed[]> {
    const now = this.#deps.clock.now()
    if (remove) await this.#deps.settle()
    const found: Removed[] = []
    for (const rule of this.#rules) {
      if (this.#isStopped) break
      const rows = await this.#rule(rule, now, remove)
      const { store, table } = rule
      if (rows > 0) found.push({ store, table, ...('column' in rule ? { column: rule.column } : {}), rows })
    }
    return found
  }

  #rule(rule: RetentionRule, now: number, remove: boolean): Promise<number> {
    if (rule.kind === 'rows') return this.#rows(rule, now, remove)
    return rule.kind === 'column' ? this.#column(rule, remove) : this.#shorten(rule, now, remove)
  }

  /** Takes the whole form away; its shortened form has stood beside it from the start. // pp.2.2.3 */
  #shorten({ store, table, column, at, keep }: ShortenRule, now: number, remove: boolean): Promise<number> {
    const { expiry } = this.#deps.stores
    const beforeMs = periodBefore(now, keep)
    const place = { store, table }
    return remove
      ? expiry.clearBefore(place, at, beforeMs, column)
      : expiry.countBefore(place, at, beforeMs, column)
  }

  #rows(rule: RowRule, now: number, remove: boolean): Promise<number> {
    const { clock } = rule
    if (clock.at === 'gone')
      return isOfOwners(rule) ? Promise.resolve(0) : this.#ofTheGone(rule, clock, remove)
    const beforeMs = periodBefore(now, rule.keep)
    if (clock.at === 'row') return this.#old(rule, clock, beforeMs, remove)
    return isOfOwners(rule)
      ? this.#owners(rule, clock, now, remove)
      : this.#ofOwners(rule, clock, beforeMs, remove)
  }

  async #old(
    rule: RowRule,
    { column, group }: At<'row'>,
    beforeMs: number,
    remove: boolean,
  ): Promise<number> {
    const { expiry } = this.#deps.stores
    if (!remove) return expiry.countBefore(rule, column, beforeMs)
    let gone = 0
    for await (const rows of expiry.removeBefore(rule, column, beforeMs, group)) {
      gone += rows
      if (this.#isStopped) break
      // On SQLite a delete holds the thread; whoever waits for an answer comes first.
      await new Promise((resolve) => setImmediate(resolve))
    }
    return gone
  }

  async #ofOwners(
    rule: RowRule,
    { of, table, key, column }: At<'owner'>,
    beforeMs: number,
    remove: boolean,
  ): Promise<number> {
    const { expiry } = this.#deps.stores
    let rows = 0
    for (const owner of await expiry.keysBefore({ store: 'facts', table }, key, column, beforeMs)) {
      const mine = await expiry.countOf(rule, of, owner)
      if (mine > 0 && remove) await expiry.removeOf(rule, of, owner)
      rows += mine
    }
    return rows
  }

  /** The row of the owner itself: its key is destroyed, and the row emptied for as long as others count from it. // pp.ret.2 */
  async #owners(rule: RowRule, { key, column }: At<'owner'>, now: number, remove: boolean): Promise<number> {
    const { expiry, vault } = this.#deps.stores
    let rows = 0
    for (const owner of await expiry.keysBefore(rule, key, column, periodBefore(now, rule.keep))) {
      const isLast = !(await this.#isCountedFrom(rule, owner, now))
      const held = await vault.hasKey({ subject: owner as SubjectId })
      if (!remove) {
        rows += Number(held || isLast)
        continue
      }
      if (held) await vault.destroyKey({ subject: owner as SubjectId })
      if (isLast) rows += await expiry.removeOf(rule, key, owner)
      else rows += Number(await expiry.emptyOf(rule, key, owner, rule.stays))
    }
    return rows
  }

  async #isCountedFrom({ table }: RowRule, owner: string | number, now: number): Promise<boolean> {
    const { expiry } = this.#deps.stores
    for (const rule of this.#rules) {
      if (rule.kind !== 'rows' || isOfOwners(rule)) continue
      const { clock, keep } = rule
      if (clock.at !== 'owner' || clock.table !== table) continue
      const isDue = async () => {
        const beforeMs = periodBefore(now, keep)
        return (
          await expiry.keysBefore({ store: 'facts', table }, clock.key, clock.column, beforeMs)
        ).includes(owner)
      }
      if ((await expiry.countOf(rule, clock.of, owner)) > 0 && !(await isDue())) return true
    }
    return false
  }

  /** What a home or device left behind, should its removal have been cut short. */
  async #ofTheGone(rule: RowRule, { of, table, key }: At<'gone'>, remove: boolean): Promise<number> {
    const { expiry, vault } = this.#deps.stores
    const held = await expiry.valuesOf(rule, of)
    if (held.length === 0) return 0
    // First who is named, then who is there: whoever came in between is in no danger.
    if (remove) await this.#deps.settle()
    const there = new Set(await expiry.valuesOf({ store: 'facts', table }, key))
    let rows = 0
    for (const owner of held) {
      if (there.has(owner)) continue
      rows += await expiry.countOf(rule, of, owner)
      if (!remove) continue
      if (rule.then === 'shred') await vault.destroyKey({ home: owner as HomeId })
      await remover(expiry, rule, of, owner)
    }
    return rows
  }

  async #column(
    { store, table, column, subject, purpose, isWhole }: ColumnRule,
    remove: boolean,
  ): Promise<number> {
    const { expiry } = this.#deps.stores
    const place = { store, table }
    let rows = 0
    for (const person of await expiry.valuesOf(place, subject, column)) {
      if (await this.#deps.has(person as SubjectId, purpose)) continue
      if (!remove) rows += await expiry.countOf(place, subject, person, column)
      else if (isWhole) rows += await expiry.removeOf(place, subject, person)
      else rows += await expiry.clearOf(place, subject, person, column)
    }
    return rows
  }
}

function remover(expiry: Expiry, rule: RowRule, of: string, owner: string | number): Promise<unknown> {
  return rule.store === 'history'
    ? expiry.forgetDevice(String(owner) as DeviceId)
    : expiry.removeOf(rule, of, owner)
}
