import type { Retention } from '@eaves/model'
import type { Expiry, Place } from '../store/stores.ts'
import { periodBefore } from './period.ts'
import { isOfOwners, type RetentionRule, type RowRule } from './retention-rules.ts'

/** Why something is still there. */
export type HeldBecause =
  /** Its time has not come. */
  | 'not-yet'
  /** What its time counts from has not happened. */
  | 'not-begun'
  /** The home, device or sign-in it hangs on is there. */
  | 'owner-there'
  /** The choice it lives by holds. */
  | 'chosen'
  /** Emptied, and only its id stays for as long as others count from it. */
  | 'counted-from'

export interface RuleReport extends Place {
  readonly column?: string
  readonly act: Retention['then'] | 'clear'
  readonly after: Retention['after']
  readonly keep: string
  readonly due: number
  readonly held: readonly { readonly because: HeldBecause; readonly rows: number }[]
}

/** A rule in the words of the data map. */
export function described(rule: RetentionRule): Omit<RuleReport, 'due' | 'held'> {
  const { store, table } = rule
  if (rule.kind === 'rows') return { store, table, act: rule.then, after: rule.after, keep: rule.keep }
  const { column } = rule
  return rule.kind === 'shorten'
    ? { store, table, column, act: 'truncate', after: rule.after, keep: rule.keep }
    : { store, table, column, act: 'clear', after: 'purpose.withdrawn', keep: 'P0D' }
}

/** What a rule leaves there now, and why; with what is due it makes the whole. */
export async function heldBack(
  expiry: Expiry,
  rule: RetentionRule,
  now: number,
  due: number,
): Promise<RuleReport['held']> {
  const held = await parts(expiry, rule, now, due)
  return Object.entries(held)
    .map(([because, rows]) => ({ because: because as HeldBecause, rows }))
    .filter(({ rows }) => rows > 0)
}

type Parts = Partial<Record<HeldBecause, number>>
const anyTime = Number.MAX_SAFE_INTEGER

async function parts(expiry: Expiry, rule: RetentionRule, now: number, due: number): Promise<Parts> {
  if (rule.kind === 'column') return { chosen: (await expiry.countAll(rule, rule.column)) - due }
  if (rule.kind === 'shorten')
    return { 'not-yet': (await expiry.countBefore(rule, rule.at, anyTime, { filled: rule.column })) - due }
  const { clock } = rule
  if (clock.at === 'gone') return { 'owner-there': (await expiry.countAll(rule)) - due }
  if (clock.at === 'owner') return ofOwners(expiry, rule, clock, now, due)
  const { column, group } = clock
  const timed = await expiry.countBefore(rule, column, anyTime, { group })
  // The clock of a table that is walked by its key is a part of that key.
  const all = group === undefined ? await expiry.countAll(rule) : timed
  return { 'not-yet': timed - due, 'not-begun': all - timed }
}

async function ofOwners(
  expiry: Expiry,
  rule: RowRule,
  { of, table, key, column }: Extract<RowRule['clock'], { readonly at: 'owner' }>,
  now: number,
  due: number,
): Promise<Parts> {
  const owners = { store: 'facts', table } as const
  const all = await expiry.countAll(rule)
  const over = new Set(await expiry.keysBefore(owners, key, column, periodBefore(now, rule.keep)))
  let ended = 0
  let past = 0
  for (const owner of await expiry.keysBefore(owners, key, column, anyTime)) {
    const rows = isOfOwners(rule) ? 1 : await expiry.countOf(rule, of, owner)
    ended += rows
    if (over.has(owner)) past += rows
  }
  return { 'not-yet': ended - past, 'not-begun': all - ended, 'counted-from': past - due }
}
