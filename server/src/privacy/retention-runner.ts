import type { DeviceId, HomeId, Purpose, SubjectId } from '@eaves/model'
import { calmMs, Pace } from '../pace.ts'
import type { Expiry, Stores } from '../store/stores.ts'
import { periodBefore } from './period.ts'
import {
  isOfOwners,
  type ColumnRule,
  type RetentionRule,
  type RowRule,
  type ShortenRule,
} from './retention-rules.ts'

export interface RuleDeps {
  readonly stores: { readonly expiry: Expiry; readonly vault: Pick<Stores['vault'], 'hasKey' | 'destroyKey'> }
  /** Whether a purpose holds for a person. */
  readonly has: (subject: SubjectId, purpose: Purpose) => Promise<boolean>
  /** Writes what memory alone knows: what then stands in no row is gone. */
  readonly settle: () => Promise<void>
  /** Ends a long removal at its next chunk. */
  readonly isStopped: () => boolean
}
export type At<K extends RowRule['clock']['at']> = Extract<RowRule['clock'], { readonly at: K }>

/** Carries out one rule of the retention at a time, or only counts what it would remove. // pp.ret.2 */
export class RuleRunner {
  readonly #deps: RuleDeps
  readonly #rules: readonly RetentionRule[]

  constructor(deps: RuleDeps, rules: readonly RetentionRule[]) {
    this.#deps = deps
    this.#rules = rules
  }

  /** How many rows went, or would. */
  apply(rule: RetentionRule, now: number, remove: boolean): Promise<number> {
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
      : expiry.countBefore(place, at, beforeMs, { filled: column })
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
    if (!remove) return expiry.countBefore(rule, column, beforeMs, { group })
    let gone = 0
    const pace = new Pace(calmMs)
    for await (const rows of expiry.removeBefore(rule, column, beforeMs, group)) {
      gone += rows
      if (this.#deps.isStopped()) break
      // On SQLite a delete holds the thread; whoever waits for an answer comes first.
      await pace.keep()
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
