import { readFileSync } from 'node:fs'
import { newId, type Field, type HomeId, type SubjectId } from '@eaves/model'
import { dataMap, type StoreMap, type TableEntry } from '../store/schema.ts'
import type { Stores } from '../store/stores.ts'
import { ask } from '../store/testing.ts'

export { ask }

/** Types of the columns, as the schema dump names them. */
export const columnTypes: ReadonlyMap<string, string> = readTypes()
function readTypes(): ReadonlyMap<string, string> {
  const dump = readFileSync(new URL('../store/schema.sqlite.sql', import.meta.url), 'utf8')
  const types = new Map<string, string>()
  for (const [, table, body] of dump.matchAll(/CREATE TABLE "?(\w+)"? \(\n([\s\S]*?)\) STRICT/g))
    for (const [, column, type] of body!.matchAll(/(?:^ +|, )"?(\w+)"? (text|integer|real)/gm))
      types.set(`${table}.${column}`, type!)
  return types
}

export const facts: StoreMap = dataMap.facts

export interface Plant {
  readonly tag: string
  readonly subject: SubjectId
  readonly home: HomeId
  /** Whom the naming columns beside the first name; the same person if left out. */
  readonly other?: SubjectId
}
/** A word that stands nowhere else, one for each cell. */
export const canaryOf = (tag: string, table: string, column: string) => `${tag}-${table}-${column}-zq7f`

/** Tables whose one row of a person or home is there before anything is planted. */
const standing = new Set(['account', 'home'])
let counter = 1_000

/** Puts a row into every table of facts that can hold something of a person or home, unless all there can be is there; answers the words that stand in sealed cells, by table and column. */
export async function plantEverywhere(
  stores: Stores,
  plant: Plant,
  tables: 'person' | 'home',
): Promise<ReadonlyMap<string, Field>> {
  const planted = new Map<string, Field>()
  for (const [table, entry] of Object.entries(facts)) {
    if (standing.has(table) || entry.path.to === 'instance') continue
    const names = Object.values(entry.columns).some(
      (field) => field.class === 'reference' && field.to === 'subject',
    )
    if (names !== (tables === 'person')) continue
    const row = await rowOf(stores, table, entry, plant)
    const columns = Object.keys(row)
    if ('subject' in row)
      await ask(
        stores,
        { store: 'facts' },
        `DELETE FROM "${table}" WHERE subject = ?${'home_id' in row ? ' AND home_id = ?' : ' AND 1 = 0'}`,
        [row.subject, ...('home_id' in row ? [row.home_id] : [])],
      )
    await ask(
      stores,
      { store: 'facts' },
      `INSERT INTO "${table}" (${columns.map((each) => `"${each}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
      Object.values(row),
    )
    for (const [column, field] of Object.entries(entry.columns))
      if (field.class === 'personal' || field.class === 'content')
        planted.set(canaryOf(plant.tag, table, column), field)
  }
  return planted
}

async function rowOf(stores: Stores, table: string, entry: TableEntry, plant: Plant) {
  const { subject, home, other = subject } = plant
  const id = newId()
  const row: Record<string, string | number | null> = {}
  let named = 0
  for (const [column, field] of Object.entries(entry.columns)) {
    if (field.class === 'reference')
      row[column] =
        field.to === 'home' ? home : field.to === 'subject' ? (named++ === 0 ? subject : other) : newId()
    else if (field.class === 'personal' || field.class === 'content') continue
    else if (columnTypes.get(`${table}.${column}`) !== 'text') row[column] = ++counter
    else
      row[column] =
        'leaves' in field && field.leaves !== undefined ? '[]' : `${canaryOf(plant.tag, table, column)}-${id}`
  }
  if ('id' in entry.columns && entry.columns.id?.class === 'reference' && entry.columns.id.to === 'row')
    row.id = id
  const rowId = String(row.id ?? row.subject ?? row.home_id)
  for (const [column, field] of Object.entries(entry.columns))
    if (field.class === 'personal' || field.class === 'content')
      row[column] = await stores.vault.seal(
        field.seal === 'home' ? { home } : { subject },
        { table, column, rowId },
        textFor(field.leaves, canaryOf(plant.tag, table, column)),
      )
  return row
}

/** The word, or a JSON in which it stands at every leaf. */
function textFor(leaves: Readonly<Record<string, unknown>> | undefined, word: string): string {
  if (leaves === undefined) return word
  return JSON.stringify(
    grown(
      Object.keys(leaves).map((path) => path.split('.')),
      word,
    ),
  )
}
function grown(paths: readonly (readonly string[])[], word: string): unknown {
  if (paths.every(([step]) => step === undefined)) return word
  const [[first] = []] = paths
  if (first === '**') return { any: word }
  const inner = (step: string) =>
    grown(
      paths.filter(([each]) => each === step).map((path) => path.slice(1)),
      word,
    )
  if (first === '*') return [inner('*')]
  const steps = new Set(paths.flatMap(([step]) => (step === undefined ? [] : [step])))
  return Object.fromEntries([...steps].map((step) => [step, inner(step)]))
}
