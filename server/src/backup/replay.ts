import type { MapRow } from '../store/schema.ts'
import type { Stores } from '../store/stores.ts'

/**
 * Removes what a copy still holds of erased people and homes: their own rows everywhere, in homes of others the rows that
 * are about them, and their id where it says who did something. Their keys are gone already, so nothing of it could be read. // pp.ret.2
 */
export async function replayErasures(
  { expiry }: Pick<Stores, 'expiry'>,
  rows: readonly MapRow[],
  gone: readonly string[],
): Promise<number> {
  const places = rows.flatMap((row) => {
    const how = howErased(row)
    return how === undefined
      ? []
      : [{ place: { store: row.store, table: row.table }, column: row.column, how }]
  })
  let removed = 0
  for (const id of gone)
    for (const { place, column, how } of places) {
      if (how === 'row') removed += await expiry.removeOf(place, column, id)
      else await expiry.writeOf(place, column, id, how === 'cleared' ? null : '')
    }
  return removed
}

/** What becomes of a row in which the id of somebody erased stands in this column. */
function howErased({ store, entry, column, field }: MapRow): 'row' | 'cleared' | 'blank' | undefined {
  if (store === 'history') return undefined // hangs on devices, which the retention finds gone
  const isOwn = 'column' in entry.path && entry.path.column === column
  const isAbout = entry.path.to === 'home' && column === 'subject'
  if (isOwn || isAbout) return 'row'
  return field.class === 'reference' && field.to === 'subject' ? field.erased : undefined
}
