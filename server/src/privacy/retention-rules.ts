import type { Field, Purpose, Retention, RetentionClock } from '@eaves/model'
import type { StoreMap, TableEntry } from '../store/schema.ts'
import type { Place } from '../store/stores.ts'
import { periodBefore } from './period.ts'

export interface RowRule extends Place, Retention {
  readonly kind: 'rows'
  readonly clock: RetentionClock
  /** Columns that stay in an owner's row while others still count from it. */
  readonly stays: readonly string[]
}
export interface ColumnRule extends Place {
  readonly kind: 'column'
  readonly column: string
  /** The column of the person. */
  readonly subject: string
  readonly purpose: Purpose
  /** The table is for the choice alone, so its rows go and not only what the column holds. */
  readonly isWhole: boolean
}
/** A column whose whole form goes first; what stays of it stands beside it. // pp.2.2.3 */
export interface ShortenRule extends Place {
  readonly kind: 'shorten'
  readonly column: string
  /** The column of the instant it counts from. */
  readonly at: string
  readonly after: Retention['after']
  readonly keep: Retention['keep']
}
export type RetentionRule = RowRule | ColumnRule | ShortenRule
export type WholeMap = Readonly<Record<Place['store'], StoreMap>>

const ofRows: readonly Retention['after'][] = ['row.created', 'row.expired', 'row.ended']

/** What the data map asks of the daily pass, owners after those who count from them; what nobody could carry out are faults. // pp.ret.1 */
export function retentionRules(map: WholeMap): {
  readonly rules: readonly RetentionRule[]
  readonly faults: readonly string[]
} {
  const faults: string[] = []
  const rules: RetentionRule[] = []
  for (const store of ['facts', 'history', 'vault'] as const)
    for (const [table, entry] of Object.entries(map[store])) {
      const say = (what: string) => void faults.push(`${store}.${table} ${what}`)
      const row = rowRule({ store, table }, entry, map, say)
      if (row !== undefined) rules.push(row)
      rules.push(...columnRules({ store, table }, entry, say))
      for (const source of entry.derivedFrom ?? [])
        if (outlives(entry, source, map)) say(`outlives ${source}, which it is made of`)
      for (const fault of asStatistics(entry, map)) say(fault)
    }
  const countedFrom = new Set(
    rules.flatMap((rule) => ('clock' in rule && rule.clock.at !== 'row' ? rule.clock.table : [])),
  )
  const isOwner = ({ store, table }: Place) => Number(store === 'facts' && countedFrom.has(table))
  return { rules: rules.toSorted((a, b) => isOwner(a) - isOwner(b)), faults }
}

type Say = (what: string) => void

function rowRule(place: Place, entry: TableEntry, map: WholeMap, say: Say): RowRule | undefined {
  const { retention, clock, columns } = entry
  if (!('after' in retention)) return undefined
  if (clock === undefined) {
    say('has a retention but no clock')
    return undefined
  }
  for (const column of clock.at === 'row' ? [clock.column, ...(clock.group ?? [])] : [clock.of])
    if (!Object.hasOwn(columns, column)) say(`has no column ${column} to count by`)
  if (clock.at !== 'row')
    for (const column of clock.at === 'owner' ? [clock.key, clock.column] : [clock.key])
      if (!Object.hasOwn(map.facts[clock.table]?.columns ?? {}, column))
        say(`counts from ${clock.table}.${column}, which does not exist`)
  if (!isTold(retention, clock)) say(`cannot learn that ${retention.after} has happened`)
  if (clock.at === 'gone' && !isAtOnce(retention)) say('counts from a row that is gone, which says no time')
  if (clock.at === 'gone' && place.store === 'history' && clock.table !== 'device')
    say('is forgotten by device or not at all')
  if (retention.then === 'truncate') say('is to be shortened as a whole, and only a column can be')
  const stays = Object.entries(columns).flatMap(([column, field]) =>
    field.class === 'reference' || (clock.at === 'owner' && column === clock.column) ? [column] : [],
  )
  return { kind: 'rows', ...place, ...retention, clock, stays }
}

/** Whether what is worked out from a table could stay longer than it: another event, or a longer time after the same one. */
function outlives({ retention }: TableEntry, source: string, map: WholeMap): boolean {
  const [store, table] = source.split('.') as [Place['store'], string]
  const made = map[store]?.[table]?.retention
  if (made === undefined || !('after' in made)) return true
  if (!('after' in retention) || retention.after !== made.after) return true
  // The longer a period, the earlier it began.
  return periodBefore(0, retention.keep) < periodBefore(0, made.keep)
}

/** How long statistics may be kept, by how long a time they add up at least: the coarser, the longer. */
const longest = { hour: 'P13M', day: 'P10Y' } as const
/**
 * What keeps a table from being long-term statistics: they count from their own instant, and lie in numbers and sealed words alone,
 * for the purposes of what they add up, within the bound of their length. // pp.ret.1
 */
function asStatistics(
  { condensed, retention, clock, columns, purposes }: TableEntry,
  map: WholeMap,
): string[] {
  if (condensed === undefined) return []
  const faults = condensed.of.flatMap((source) => {
    const [store, table] = source.split('.') as [Place['store'], string]
    const entry = map[store]?.[table]
    if (entry === undefined) return [`adds up ${source}, which does not exist`]
    const others = Object.keys(purposes).filter((purpose) => !Object.hasOwn(entry.purposes, purpose))
    return others.map((purpose) => `adds up ${source} for ${purpose}, for which that is not kept`)
  })
  if (!('after' in retention) || retention.after !== 'row.created' || clock?.at !== 'row')
    return [...faults, 'adds up what happened and does not count from when that was']
  if (periodBefore(0, retention.keep) < periodBefore(0, longest[condensed.over]))
    faults.push(`adds up by the ${condensed.over} and is kept longer than ${longest[condensed.over]}`)
  for (const [column, field] of Object.entries(columns))
    if (
      field.class !== 'reference' &&
      field.class !== 'linked' &&
      !('seal' in field && field.seal === 'home')
    )
      faults.push(`adds up what happened and holds ${column}`)
  return faults
}

/** Whether the rule speaks of the very rows that others count from. */
export function isOfOwners({ store, table, clock }: RowRule): boolean {
  return store === 'facts' && clock.at !== 'row' && clock.table === table
}

function isTold({ after }: Retention, { at }: RetentionClock): boolean {
  if (at === 'gone') return ['home.closed', 'device.removed', 'sign-in.ended'].includes(after)
  return at === 'owner' ? after === 'account.closed' : ofRows.includes(after)
}

// A month has no length of its own, so the period is tried out.
function isAtOnce({ keep }: Retention): boolean {
  return periodBefore(0, keep) === 0
}

/** A column that lives by a choice ends with the choice, one with a shortened form beside it loses the whole one; any other goes with its row. */
function columnRules(place: Place, entry: TableEntry, say: Say): (ColumnRule | ShortenRule)[] {
  return Object.entries(entry.columns).flatMap(([column, field]): (ColumnRule | ShortenRule)[] => {
    const own = retentionOf(field)
    if (own === undefined || isSame(own, entry.retention)) return []
    if (own.then === 'truncate') return shortenRule(place, entry, { column, own, field }, say)
    const [purpose, ...others] = Object.keys((field as { purposes: object }).purposes) as Purpose[]
    if (own.after !== 'purpose.withdrawn' || own.then !== 'delete' || !isAtOnce(own))
      say(`keeps ${column} otherwise than its row`)
    else if (purpose === undefined || others.length > 0)
      say(`keeps ${column} for a choice, but not for one alone`)
    else if (entry.path.to !== 'subject') say(`keeps ${column} for a choice of nobody`)
    else
      return [
        {
          kind: 'column',
          ...place,
          column,
          subject: entry.path.column,
          purpose,
          isWhole: Object.keys(entry.purposes).join() === purpose,
        },
      ]
    return []
  })
}

/** Both forms count from one instant, and the shortened one lasts as long as the row: so taking the whole one away is all there is to do. */
function shortenRule(
  place: Place,
  { columns, clock, retention }: TableEntry,
  { column, own, field }: { readonly column: string; readonly own: Retention; readonly field: Field },
  say: Say,
): ShortenRule[] {
  const beside = 'shortened' in field && field.shortened !== undefined ? columns[field.shortened] : undefined
  const stays = beside === undefined ? undefined : retentionOf(beside)
  if (stays === undefined || beside?.class !== field.class || !isSame(stays, retention))
    say(`is to shorten ${column}, and no column beside it holds the shortened form`)
  else if (clock?.at !== 'row' || stays.after !== own.after)
    say(`is to shorten ${column} by an instant that its rows do not have`)
  else return [{ kind: 'shorten', ...place, column, at: clock.column, after: own.after, keep: own.keep }]
  return []
}

/** store.table, or store.table.column: what a rule is called in reports. */
export function nameOfRule(rule: RetentionRule): string {
  return [rule.store, rule.table, ...('column' in rule ? [rule.column] : [])].join('.')
}

/** Where new rows are taken in even while old ones cannot be removed, and why. */
const alwaysOpen: Readonly<Record<string, string>> = {
  'facts.account': 'whoever has a right must be able to use it',
  'facts.session': 'whoever is to mend it must be able to sign in',
  'facts.sign_in_flow': 'whoever is to mend it must be able to sign in',
  'facts.recovery_code': 'whoever is to mend it must be able to sign in',
  'facts.replaced_secret': 'a stolen sign-in must be noticed',
  'facts.agreement': 'an act that is not written down has not happened',
  'facts.consent_event': 'a withdrawal counts at once',
  'facts.request': 'a right is not put off by what we cannot delete',
  'facts.request_step': 'a right is not put off by what we cannot delete',
  'facts.request_package': 'a right is not put off by what we cannot delete',
  'facts.release': 'whoever got something is told to delete it',
  'facts.disclosure': 'what leaves is written down first',
  'facts.disclosure_outcome': 'what has left is written down',
  'facts.policy_notice': 'who was told of a new text is written down',
  'facts.breach_case': 'a breach is told in time',
  'facts.address_undo': 'whoever loses their address can take it back',
  'facts.member': 'whoever is to be kept out or narrowed is so at once',
  'facts.member_pin': 'a lock must lock',
  'facts.device': 'what is there is written anew with each change',
  'facts.connection': 'what is there is written anew with each change',
  'facts.backup_run': 'what is there is kept safe',
  'facts.command': 'lights, locks and alarms obey',
  'facts.job': 'the next pass is a job',
  'facts.retention_run': 'what fails is written down',
  'facts.retention_result': 'what fails is written down',
}

/** The places that take in nothing new while these rules cannot do their work. // pp.ret.1 */
export function closedBy(rules: readonly RetentionRule[]): ReadonlySet<string> {
  return new Set(
    rules
      .filter(({ store }) => store !== 'vault')
      .map(({ store, table }) => `${store}.${table}`)
      .filter((place) => !Object.hasOwn(alwaysOpen, place)),
  )
}

function retentionOf(field: Field): Retention | undefined {
  return 'retention' in field ? field.retention : undefined
}
function isSame(a: Retention, b: TableEntry['retention']): boolean {
  return 'after' in b && a.after === b.after && a.keep === b.keep && a.then === b.then
}
