import type { HomeId, Purpose, Region, Sealed, SubjectId } from '@eaves/model'
import { asGuardianOf, type GuardianActor } from '../privacy/privacy.ts'
import { purposesOf, type TableEntry } from '../store/schema.ts'
import type { Db, Facts, InstanceHandle, PersonHandle } from '../store/stores.ts'
import type { ErasureTable, Ground, RequestPackageTable, RequestStepTable, RequestTable } from './data.ts'

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

export const own = (facts: Db<Facts>, subject: SubjectId): PersonHandle<Facts> =>
  facts.as({ scope: { person: subject }, actor: { kind: 'system', part: 'rights' }, purpose: 'service.core' })

export function accountOf(facts: Db<Facts>, subject: SubjectId) {
  return own(facts, subject)
    .selectFrom('account')
    .select(['region', 'locale', 'phone_changed_at', 'closed_at'])
    .executeTakeFirst()
}

/** A request with what its person writes, still open. */
export interface NewRequest extends Omit<RequestTable, 'statement'> {
  readonly statement: string | null
}
/** Written by whoever asks: the part that answers, or the adult for the child they answer for; undefined where one of the same field is open. */
export async function addRequest(
  facts: Db<Facts>,
  row: NewRequest,
  by?: GuardianActor,
): Promise<RequestTable | undefined> {
  const handle = by === undefined ? own(facts, row.subject) : asGuardianOf(facts, by)
  const statement =
    row.statement === null ? null : await handle.seal('request', 'statement', row.id, row.statement)
  const made = { ...row, statement }
  const added = await handle
    .insertInto('request')
    .values(made)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return added === undefined ? undefined : made
}
export const requestsOf = (facts: Db<Facts>, subject: SubjectId): Promise<RequestTable[]> =>
  own(facts, subject).selectFrom('request').selectAll().orderBy('received_at', 'desc').execute()
export const requestOf = (
  facts: Db<Facts>,
  subject: SubjectId,
  id: string,
): Promise<RequestTable | undefined> =>
  own(facts, subject).selectFrom('request').selectAll().where('id', '=', id).executeTakeFirst()

/** Somebody's request, found by its id alone. */
export const requestById = (facts: Db<Facts>, id: string): Promise<RequestTable | undefined> =>
  byRights(facts).selectFrom('request').selectAll().where('id', '=', id).executeTakeFirst()

/** Corrections that wait for an answer, the next due first. */
export const openCorrections = (facts: Db<Facts>): Promise<RequestTable[]> =>
  byRights(facts)
    .selectFrom('request')
    .selectAll()
    .where('kind', '=', 'correction')
    .where('ended_at', 'is', null)
    .orderBy('due_at')
    .execute()

/** Requests that are not over. */
export const openRequests = (facts: Db<Facts>): Promise<RequestTable[]> =>
  byRights(facts).selectFrom('request').selectAll().where('ended_at', 'is', null).orderBy('run_at').execute()

/** Changes a request that still is in this state; false when somebody was faster. */
export async function changeRequest(
  facts: Db<Facts>,
  { subject, id, state }: Pick<RequestTable, 'subject' | 'id' | 'state'>,
  set: Partial<Omit<RequestTable, 'subject' | 'id'>>,
): Promise<boolean> {
  const changed = await own(facts, subject)
    .updateTable('request')
    .set(set)
    .where('id', '=', id)
    .where('state', '=', state)
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}

/** The results of a request's places, in the place of those before. */
export async function putSteps(
  facts: Db<Facts>,
  subject: SubjectId,
  request: string,
  steps: readonly RequestStepTable[],
): Promise<void> {
  await own(facts, subject).transaction(async (tx) => {
    await tx.deleteFrom('request_step').where('request', '=', request).execute()
    if (steps.length > 0) await tx.insertInto('request_step').values(steps).execute()
  })
}
export const stepsOf = (facts: Db<Facts>, subject: SubjectId, request: string): Promise<RequestStepTable[]> =>
  own(facts, subject)
    .selectFrom('request_step')
    .selectAll()
    .where('request', '=', request)
    .orderBy('place')
    .execute()

export async function addPart(
  facts: Db<Facts>,
  row: Omit<RequestPackageTable, 'bytes'>,
  bytes: string,
): Promise<void> {
  const handle = own(facts, row.subject)
  const sealed = await handle.seal('request_package', 'bytes', row.id, bytes)
  await handle
    .insertInto('request_package')
    .values({ ...row, bytes: sealed })
    .execute()
}
export async function removeParts(facts: Db<Facts>, subject: SubjectId, request: string): Promise<void> {
  await own(facts, subject).deleteFrom('request_package').where('request', '=', request).execute()
}
/** The parts of a copy that has not run out, opened one after the other, the first at once; undefined: there is none. */
export async function partsOf(
  facts: Db<Facts>,
  subject: SubjectId,
  request: string,
  nowMs: number,
): Promise<AsyncGenerator<Buffer> | undefined> {
  const handle = own(facts, subject)
  const ids = await handle
    .selectFrom('request_package')
    .select('id')
    .where('request', '=', request)
    .where('expires_at', '>', nowMs)
    .orderBy('part')
    .execute()
  const [first, ...rest] = ids.map(({ id }) => id)
  return first === undefined ? undefined : inOrder(handle, await partOf(handle, first), rest)
}
async function* inOrder(
  handle: PersonHandle<Facts>,
  first: Buffer,
  rest: readonly string[],
): AsyncGenerator<Buffer> {
  yield first
  // Erased or run out meanwhile, it ends there as broken, and not as whole.
  for (const id of rest) yield await partOf(handle, id)
}
async function partOf(handle: PersonHandle<Facts>, id: string): Promise<Buffer> {
  const { bytes } = await handle
    .selectFrom('request_package')
    .select('bytes')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return Buffer.from((await handle.cells()).open('request_package', 'bytes', id, bytes), 'base64')
}
export async function copyEnds(
  facts: Db<Facts>,
  subject: SubjectId,
  request: string,
): Promise<number | undefined> {
  const row = await own(facts, subject)
    .selectFrom('request_package')
    .select('expires_at')
    .where('request', '=', request)
    .executeTakeFirst()
  return row?.expires_at
}

/** Takes the link: of two who come with it at once, one finds it. */
export async function takeLink(
  facts: Db<Facts>,
  subject: SubjectId,
  {
    hash,
    nowMs,
    byGuardian,
  }: { readonly hash: string; readonly nowMs: number; readonly byGuardian: boolean },
): Promise<string | undefined> {
  const row = await own(facts, subject)
    .updateTable('request')
    .set({ link_hash: null, link_until: null })
    .where('link_hash', '=', hash)
    .where('link_until', '>', nowMs)
    .where('guardian', byGuardian ? 'is not' : 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row?.id
}
export async function setLink(
  facts: Db<Facts>,
  subject: SubjectId,
  id: string,
  link: { readonly hash: string; readonly until: number },
): Promise<void> {
  await own(facts, subject)
    .updateTable('request')
    .set({ link_hash: link.hash, link_until: link.until })
    .where('id', '=', id)
    .execute()
}

/** Objections and restrictions that hold, of everybody. */
export const standingStops = (facts: Db<Facts>) =>
  byRights(facts)
    .selectFrom('request')
    .select(['subject', 'kind', 'purpose'])
    .where('ended_at', 'is', null)
    .where('kind', 'in', ['restriction', 'objection', 'objection-marketing'])
    .execute()

export async function addCase(
  facts: Db<Facts>,
  row: { readonly id: string; readonly ground: Ground; readonly region: Region; readonly opened_at: number },
): Promise<void> {
  await byRights(facts).insertInto('breach_case').values(row).execute()
}
export const casesOf = (facts: Db<Facts>) =>
  byRights(facts).selectFrom('breach_case').selectAll().orderBy('opened_at', 'desc').execute()

// --- Erasure

/** Begins an erasure: the tombstone, the row that remembers how far it is, and the closed account, or none of them. // pp.ret.2 */
export async function planErasure(facts: Db<Facts>, row: ErasureTable): Promise<void> {
  await byRights(facts)
    .insertInto('erasure')
    .values(row)
    .onConflict((conflict) => conflict.column('of_subject').doNothing())
    .execute()
}
export async function beginErasure(facts: Db<Facts>, row: ErasureTable): Promise<void> {
  await byRights(facts).transaction(async (tx) => {
    await tx.updateTable('erasure').set({ progress: row.progress }).where('id', '=', row.id).execute()
    const last = await tx
      .selectFrom('tombstone')
      .select((eb) => eb.fn.max('epoch').as('epoch'))
      .executeTakeFirst()
    await tx
      .insertInto('tombstone')
      .values({ subject_or_home: row.of_subject, epoch: (last?.epoch ?? 0) + 1, at: row.started_at })
      .onConflict((conflict) => conflict.column('subject_or_home').doNothing())
      .execute()
    await tx
      .updateTable('account')
      .set({ closed_at: row.started_at })
      .where('subject', '=', row.of_subject as SubjectId)
      .where('closed_at', 'is', null)
      .execute()
  })
}
export const erasureOf = (facts: Db<Facts>, subject: string): Promise<ErasureTable | undefined> =>
  byRights(facts).selectFrom('erasure').selectAll().where('of_subject', '=', subject).executeTakeFirst()
export const erasureById = (facts: Db<Facts>, id: string): Promise<ErasureTable | undefined> =>
  byRights(facts).selectFrom('erasure').selectAll().where('id', '=', id).executeTakeFirst()
export const unfinishedErasures = (facts: Db<Facts>): Promise<ErasureTable[]> =>
  byRights(facts).selectFrom('erasure').selectAll().where('finished_at', 'is', null).execute()
/** Finished erasures of which somebody is to be told now. */
export const openNotices = (facts: Db<Facts>, nowMs: number): Promise<ErasureTable[]> =>
  byRights(facts)
    .selectFrom('erasure')
    .selectAll()
    .where('tell_at', '<=', nowMs)
    .where('finished_at', 'is not', null)
    .execute()
export async function changeErasure(
  facts: Db<Facts>,
  id: string,
  set: Partial<Omit<ErasureTable, 'id' | 'of_subject'>>,
): Promise<void> {
  await byRights(facts).updateTable('erasure').set(set).where('id', '=', id).execute()
}
