import { newId } from '@eaves/model'
import { columnTypes } from '../../rights/testing.ts'
import type { TableEntry } from '../../store/schema.ts'
import type { Place, Stores } from '../../store/stores.ts'
import { ask, quietLog, type TestStores } from '../../store/testing.ts'
import { Retention, type RetentionDeps } from '../retention.ts'

let counter = 100
export function rowOf(
  table: string,
  entry: TableEntry,
  known: Readonly<Record<string, unknown>>,
): Record<string, string | number | null> {
  return Object.fromEntries(
    Object.keys(entry.columns).map((column) => {
      const given = known[column] as string | number | null | undefined
      return [
        column,
        given !== undefined ? given : columnTypes.get(`${table}.${column}`) === 'text' ? newId() : ++counter,
      ]
    }),
  )
}

export async function put(
  stores: Stores,
  place: Place,
  row: Readonly<Record<string, unknown>>,
): Promise<void> {
  const names = Object.keys(row)
  await ask(
    stores,
    place,
    `INSERT INTO "${place.table}" (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    Object.values(row),
  )
}
export const rowsWith = (stores: Stores, place: Place, column: string, value: unknown) =>
  ask(stores, place, `SELECT * FROM "${place.table}" WHERE "${column}" = ?`, [value])

export function retentionOn({ stores, options }: TestStores, over: Partial<RetentionDeps> = {}): Retention {
  return new Retention({
    stores,
    clock: options.clock,
    log: quietLog,
    has: async () => true,
    settle: async () => undefined,
    ...over,
  })
}
