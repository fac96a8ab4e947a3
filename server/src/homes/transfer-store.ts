import type { HomeId, SubjectId } from '@eaves/model'
import { byRuntime, type FactsDb } from './access.ts'
import { sealedRow } from './member-store.ts'
import type { MemberOfHome } from './standing.ts'

/** A home offered to another member. */
export interface TransferRecord {
  readonly id: string
  readonly from: SubjectId
  readonly to: SubjectId
  readonly keep: boolean
  readonly createdAt: number
  readonly expiresAt: number
}

export async function loadTransfers(facts: FactsDb, home: HomeId): Promise<TransferRecord[]> {
  const rows = await facts.as(byRuntime(home)).selectFrom('transfer').selectAll().execute()
  return rows.map((row) => ({
    id: row.id,
    from: row.from_subject,
    to: row.to_subject,
    keep: row.keep === 1,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }))
}

/** The one offer of a home; what ran out before goes. */
export async function putTransfer(facts: FactsDb, home: HomeId, record: TransferRecord): Promise<void> {
  await facts.as(byRuntime(home)).transaction(async (tx) => {
    await tx.deleteFrom('transfer').execute()
    await tx
      .insertInto('transfer')
      .values({
        home_id: home,
        id: record.id,
        from_subject: record.from,
        to_subject: record.to,
        keep: record.keep ? 1 : 0,
        created_at: record.createdAt,
        expires_at: record.expiresAt,
      })
      .execute()
  })
}

export async function deleteTransfer(facts: FactsDb, home: HomeId, id: string): Promise<void> {
  await facts.as(byRuntime(home)).deleteFrom('transfer').where('id', '=', id).execute()
}

/** Both places change and the offer goes, or nothing. */
export async function completeTransfer(
  facts: FactsDb,
  home: HomeId,
  id: string,
  members: readonly MemberOfHome[],
): Promise<void> {
  const handle = facts.as(byRuntime(home))
  const rows = await Promise.all(
    members.map(({ subject, ...membership }) => sealedRow(handle, home, subject, membership)),
  )
  await handle.transaction(async (tx) => {
    await tx.deleteFrom('transfer').where('id', '=', id).execute()
    for (const { home_id: _home, subject, ...set } of rows)
      await tx.updateTable('member').set(set).where('subject', '=', subject).execute()
  })
}
