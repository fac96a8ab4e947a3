import { CompiledQuery } from 'kysely'
import { columnTypes } from '../server/src/rights/testing.ts'
import { internalsOf } from '../server/src/store/internals.ts'
import { dataMap, type StoreMap, type TableEntry } from '../server/src/store/schema.ts'
import type { Stores } from '../server/src/store/stores.ts'

type StoreName = keyof typeof dataMap
/** Tables of the server itself: however many people there are, they stay as they are. */
const ofTheServer = new Set([
  'facts.instance',
  'facts.migration',
  'facts.partition_lease',
  'facts.policy_version',
  'facts.recipient_version',
  'facts.backup_run',
  'vault.own_key',
  'vault.blind_key',
  'vault.check_value',
])

export interface GrowingTable {
  readonly store: StoreName
  readonly table: string
  readonly entry: TableEntry
}
/** Every table that grows with people, by looping over the data map; a new one is there on arrival. */
export function growingTables(): readonly GrowingTable[] {
  return (['facts', 'history', 'vault'] as const).flatMap((store) =>
    Object.entries(dataMap[store] as StoreMap).flatMap(([table, entry]) =>
      ofTheServer.has(`${store}.${table}`) ? [] : [{ store, table, entry }],
    ),
  )
}

/** So high that ids of one length sort as they count, and instants that nothing is due before. */
const first = 4_000_000_000_000

/**
 * What a column of the row i holds. People and homes take turns, so that the rows of one lie as far apart as those of a real person,
 * and each turn is in the order of the keys.
 */
function cellOf({ store, table, entry }: GrowingTable, column: string, people: number): string {
  const field = entry.columns[column]!
  const isNumber = columnTypes.get(`${table}.${column}`) !== 'text'
  const turn = (name: string, of: number) =>
    isNumber ? `${first} + i % ${of}` : `'${name}' || (${first} + i % ${of})`
  if (field.class === 'reference' && field.to === 'subject') return turn('p', people)
  if (field.class === 'reference' && field.to === 'home') return turn('h', Math.ceil(people / 2))
  return isNumber ? `${first} + i` : `'${store[0]}' || (${first} + i)`
}

/** Rows of other people, `from` to `to` of each table that grows; answers how many there were room for. */
export async function crowd(
  stores: Stores,
  { from, to, people }: { readonly from: number; readonly to: number; readonly people: number },
): Promise<number> {
  let rows = 0
  for (const each of growingTables()) {
    const columns = Object.keys(each.entry.columns)
    const cells = columns.map((column) => cellOf(each, column, people))
    // Where a person has one row at most, their second is left out.
    rows += await run(
      stores,
      each.store,
      `WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${to - 1})
       INSERT INTO "${each.table}" (${columns.map((column) => `"${column}"`).join(', ')})
       SELECT ${cells.join(', ')} FROM n WHERE true ON CONFLICT DO NOTHING`,
    )
  }
  return rows
}

/** Runs a statement and answers how many rows it wrote. */
async function run(stores: Stores, store: StoreName, text: string): Promise<number> {
  const { facts, factsFile, historyFile, vaultFile } = internalsOf(stores)
  const file = { facts: factsFile, history: historyFile, vault: vaultFile }[store]
  if (file) return file.run(text)
  return Number((await facts.executeQuery(CompiledQuery.raw(text))).numAffectedRows)
}
