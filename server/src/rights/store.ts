import type { HomeId, Purpose, Sealed, SubjectId } from '@eaves/model'
import { purposesOf, type TableEntry } from '../store/schema.ts'
import type { Db, Facts, InstanceHandle } from '../store/stores.ts'

export type Raw = Readonly<Record<string, unknown>>

/** The part of the system that answers and ends, on behalf of the person whose right it is. // pp.4.4.a */
export const byRights = (facts: Db<Facts>, purpose: Purpose = 'service.core'): InstanceHandle<Facts> =>
  facts.as({ scope: { instance: true }, actor: { kind: 'system', part: 'rights' }, purpose })

/** Rows of a table whose column has this value, newest first where the table knows what is newer. Names come from the data map. */
export async function rowsOf(
  facts: Db<Facts>,
  table: string,
  entry: TableEntry,
  { column, value, limit }: { readonly column: string; readonly value: string; readonly limit?: number },
): Promise<readonly Raw[]> {
  const [purpose] = purposesOf(entry)
  let query = byRights(facts, purpose)
    .selectFrom(table as 'session')
    .selectAll()
    .where(column as 'id', '=', value)
  if (entry.clock?.at === 'row') query = query.orderBy(entry.clock.column as 'created_at', 'desc')
  if (limit !== undefined) query = query.limit(limit)
  return query.execute()
}

/** Opens one cell for a purpose that its column is used for. */
export async function openCell(
  facts: Db<Facts>,
  owner: { readonly home: HomeId } | { readonly subject: SubjectId },
  cell: { readonly table: string; readonly column: string; readonly rowId: string },
  sealed: string,
  purpose: Purpose,
): Promise<unknown> {
  return byRights(facts, purpose).openFor(
    owner,
    cell.table as 'room',
    cell.column as 'name',
    cell.rowId,
    sealed as Sealed<string>,
  )
}
