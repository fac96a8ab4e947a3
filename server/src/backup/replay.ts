import { removeRows } from '../rights/rights.ts'
import type { MapRow } from '../store/schema.ts'
import type { Stores } from '../store/stores.ts'

/**
 * Removes what a copy still holds of erased people and homes: their own rows everywhere, and of people also the rows about them
 * and their id in the rows of others, as their erasure did. Their keys are gone already, so nothing of it could be read. // pp.ret.2
 */
export async function replayErasures(
  { expiry }: Pick<Stores, 'expiry'>,
  rows: readonly MapRow[],
  gone: readonly string[],
): Promise<number> {
  const own = new Map(
    rows.flatMap(({ store, table, entry, column }) => {
      if (store === 'history') return [] // hangs on devices, which the retention finds gone
      const isOwn = 'column' in entry.path && entry.path.column === column
      return isOwn ? [[`${store}.${table}.${column}`, { store, table, column }] as const] : []
    }),
  )
  let removed = 0
  for (const id of gone) {
    for (const { column, ...place } of own.values()) removed += await expiry.removeOf(place, column, id)
    removed += await removeRows(expiry, id)
  }
  return removed
}
