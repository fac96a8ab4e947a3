import type { ActivityKind, HomeId, Locale, SubjectId } from '@eaves/model'
import type { Db, Facts, InstanceHandle, PersonHandle } from '../store/stores.ts'
import type { ActivityLogTable, SearchLogTable } from './data.ts'

type Own = PersonHandle<Facts>

/** The security path: nobody else opens a whole network address. // pp.2.3.3 */
export const asSecurity = (facts: Db<Facts>, subject: SubjectId): Own =>
  facts.as({
    scope: { person: subject },
    actor: { kind: 'system', part: 'activity' },
    purpose: 'security',
  })
/** The same in the transaction of an act. */
export const withinAct = (handle: Own | InstanceHandle<Facts>, subject: SubjectId): Own =>
  'within' in handle
    ? handle.within({
        scope: { person: subject },
        actor: { kind: 'system', part: 'activity' },
        purpose: 'security',
      })
    : handle.for('security')
export const asSearching = (facts: Db<Facts>, subject: SubjectId): Own =>
  facts.as({
    scope: { person: subject },
    actor: { kind: 'person', subject },
    purpose: 'account.search-history',
  })

export interface NewLine extends Omit<ActivityLogTable, 'subject' | 'locale' | 'address' | 'area'> {
  readonly home: HomeId | null
  readonly address: string | undefined
  readonly area: string | undefined
}

export async function addLine(handle: Own, subject: SubjectId, line: NewLine): Promise<void> {
  const account = await handle.selectFrom('account').select('locale').executeTakeFirst()
  const locale: Locale | null = account?.locale ?? null
  const seal = async (column: 'address' | 'area', text: string | undefined) =>
    text === undefined ? null : handle.seal('activity_log', column, line.id, text)
  const row: ActivityLogTable = {
    ...line,
    subject,
    locale,
    address: await seal('address', line.address), // pp.2.2.3
    area: await seal('area', line.area),
  }
  await handle.insertInto('activity_log').values(row).execute()
}

export interface Before {
  readonly at: number
  readonly id: string
}
/** Newest first. */
export function linesOf(
  handle: Own,
  which: { readonly kinds?: readonly ActivityKind[]; readonly before?: Before; readonly limit: number },
): Promise<ActivityLogTable[]> {
  let query = handle.selectFrom('activity_log').selectAll()
  const { kinds, before } = which
  if (kinds !== undefined) query = query.where('kind', 'in', kinds)
  if (before !== undefined)
    query = query.where((eb) =>
      eb.or([eb('at', '<', before.at), eb.and([eb('at', '=', before.at), eb('id', '<', before.id)])]),
    )
  return query.orderBy('at', 'desc').orderBy('id', 'desc').limit(which.limit).execute()
}

export async function addSearch(handle: Own, row: SearchLogTable): Promise<void> {
  await handle.insertInto('search_log').values(row).execute()
}
export const searchesOf = (handle: Own): Promise<SearchLogTable[]> =>
  handle.selectFrom('search_log').selectAll().orderBy('at', 'desc').orderBy('id', 'desc').execute()
export async function removeSearches(handle: Own): Promise<void> {
  await handle.deleteFrom('search_log').execute()
}
