import type { HomeId, Locale, Region, SubjectId } from '@eaves/model'
import type { Held, HeldField, HeldValue, Statement } from '@eaves/model/api'
import { isoInstant, type Clock } from '../deps.ts'
import { deadlineOf, described, periodAfter, type DescribedField } from '../privacy/privacy.ts'
import type { Expiry, Facts, Db, HistoryDb } from '../store/stores.ts'
import {
  belongingsOf,
  columns,
  isWithheld,
  openRows,
  type Belonging,
  type OpenRow,
  type SeenHome,
} from './belongings.ts'
import { liveOf, seriesOf } from './histories.ts'

export interface HeldDeps {
  readonly facts: Db<Facts>
  readonly history: HistoryDb
  readonly expiry: Pick<Expiry, 'countOf'>
  readonly clock: Clock
}
const shown = 20
const proves: Readonly<Record<Locale, string>> = {
  en: 'It proves who you are, so it is shown to nobody.',
  'zh-Hans': '这些内容用于证明您的身份，因此不向任何人显示。',
}
const inCopy: Readonly<Record<Locale, string>> = {
  en: 'It holds access data; it is in the copy, which takes a fresh proof.',
  'zh-Hans': '其中含有访问凭据；请在数据副本中查看，取得副本需要再次证明您的身份。',
}
interface Gathered {
  readonly field: DescribedField
  /** Why its values are not shown. */
  readonly withheld: string | undefined
  count: number
  readonly values: HeldValue[]
}

/** Everything held about a person, column by column as the data map lists it. // pp.4.4.a pp.8 */
export async function heldOf(
  deps: HeldDeps,
  subject: SubjectId,
  {
    region,
    locale,
    homes,
    said,
    readBy,
  }: {
    readonly region: Region
    readonly locale: Locale
    readonly homes: readonly SeenHome[]
    /** What its person has said is wrong, by place and field. */
    readonly said: ReadonlyMap<string, readonly Statement[]>
    readonly readBy: Held['correction']['readBy']
  },
): Promise<Held> {
  const found = new Map<string, Gathered>()
  const at = (place: string, column: string): Gathered | undefined => {
    const key = `${place}.${column}`
    const known = found.get(key)
    if (known !== undefined) return known
    const row = columns.get(key)
    const field = row && described(row, region, locale)
    if (row === undefined || field === undefined) return undefined
    const isSecret = row.entry.seen?.inCopyOnly === true && 'seal' in row.field
    const withheld = isWithheld(row.field) ? proves[locale] : isSecret ? inCopy[locale] : undefined
    const made = { field, withheld, count: 0, values: [] }
    found.set(key, made)
    return made
  }
  for (const belonging of belongingsOf(subject, homes)) {
    const rows = await openRows(deps.facts, subject, belonging, homes, shown)
    for (const column of Object.keys(belonging.entry.columns)) {
      const into = at(`facts.${belonging.table}`, column)
      if (into === undefined) continue
      into.count += await countOf(deps, belonging, column, rows)
      if (into.withheld === undefined) into.values.push(...valuesIn(rows, column, into.field))
    }
  }
  await countVault(deps, subject, at)
  await gatherHistories(deps, subject, homes, at)
  const now = deps.clock.now()
  return {
    at: isoInstant(now),
    region,
    open: true,
    homes: homes.map(({ home, role }) => ({ home, role })),
    categories: byCategory([...found.values()], said),
    correction: { readBy, dueAt: isoInstant(deadlineOf(region, now).dueMs) },
  }
}

/** What is not all on the table is counted by the store, unless other people's cells would be counted with it. */
async function countOf(
  { expiry }: HeldDeps,
  { table, tie, column: tied, value, entry }: Belonging,
  column: string,
  rows: readonly OpenRow[],
): Promise<number> {
  const withheld = entry.columns[column] !== undefined && isWithheld(entry.columns[column])
  const here = withheld
    ? rows.filter(({ row }) => row[column] !== null).length
    : rows.filter(({ values }) => values.has(column)).length
  if (rows.length < shown || tie === 'home') return here
  return here === 0 ? 0 : expiry.countOf({ store: 'facts', table }, tied, value, column)
}

function valuesIn(rows: readonly OpenRow[], column: string, field: DescribedField): HeldValue[] {
  return rows.flatMap(({ belonging: { entry }, row, home, values }) => {
    if (!values.has(column)) return []
    const { clock } = entry
    const at = clock?.at === 'row' ? row[clock.column] : undefined
    return [
      {
        value: values.get(column),
        ...(home === undefined ? {} : { home }),
        ...(typeof at === 'number'
          ? {
              at: isoInstant(at),
              ...(field.retention === undefined || field.retention.after === 'purpose.withdrawn'
                ? {}
                : { until: isoInstant(periodAfter(at, field.retention.keep)) }),
            }
          : {}),
      },
    ]
  })
}

type At = (place: string, column: string) => Gathered | undefined

/** Of what leads to a person in the vault there is nothing to show: keyed hashes. That they stand there is said. */
async function countVault({ expiry }: HeldDeps, subject: SubjectId, at: At): Promise<void> {
  for (const { store, table, column, entry } of columns.values()) {
    if (store !== 'vault' || entry.path.to !== 'subject') continue
    const into = at(`vault.${table}`, column)
    if (into?.withheld !== undefined)
      into.count += await expiry.countOf({ store, table }, entry.path.column, subject)
  }
}

/** Of histories the last values and which series there are; the points themselves are in the copy. */
async function gatherHistories(
  { history }: HeldDeps,
  subject: SubjectId,
  homes: readonly SeenHome[],
  at: At,
): Promise<void> {
  const add = (place: string, column: string, home: HomeId, values: readonly unknown[]) => {
    const into = values.length === 0 ? undefined : at(place, column)
    if (into === undefined) return
    into.count += values.length
    into.values.push(...values.slice(0, shown).map((value) => ({ value, home })))
  }
  for (const seen of homes) {
    add('history.live_state', 'values', seen.home, await liveOf(history, subject, seen))
    const series = await seriesOf(history, subject, seen)
    add('history.series', 'path', seen.home, series)
  }
}

/** An account needs one address at which its codes arrive: whoever has one alone needs that one. */
function isLastAddress({ place, field }: DescribedField, found: readonly Gathered[]): boolean {
  if (place !== 'facts.account' || (field !== 'email' && field !== 'phone')) return false
  return !found.some(
    (each) =>
      each.count > 0 &&
      each.field.place === place &&
      each.field.field === (field === 'email' ? 'phone' : 'email'),
  )
}

function byCategory(
  found: readonly Gathered[],
  said: ReadonlyMap<string, readonly Statement[]>,
): Held['categories'] {
  const categories = new Map<HeldField['category'], Held['categories'][number]>()
  for (const { field, withheld, count, values } of found) {
    if (count === 0) continue
    const { retention: _retention, ...rest } = field
    const group = categories.get(field.category) ?? {
      category: field.category,
      label: field.label,
      fields: [],
    }
    const statements = [...(said.get(`${field.place}.${field.field}`) ?? [])]
    group.fields.push({
      ...rest,
      required: rest.required || isLastAddress(field, found),
      count,
      values: values.slice(0, shown),
      said: statements.length,
      statements,
      ...(withheld === undefined ? {} : { withheld }),
    })
    categories.set(field.category, group)
  }
  return [...categories.values()]
}

/** What is held, and how much of it, is told to whoever is signed in; what it says only after a fresh proof. // pp.4.3 */
export const withoutValues = (all: Held): Held => ({
  ...all,
  open: false,
  categories: all.categories.map((category) => ({
    ...category,
    fields: category.fields.map((field) => ({ ...field, values: [], statements: [] })),
  })),
})
