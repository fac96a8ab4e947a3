import type { HomeId, Sealed, SubjectId } from '@eaves/model'
import { byRuntime, type FactsDb } from './access.ts'
import type { InvitationTable } from './data.ts'
import { sealedRow } from './member-store.ts'
import { withoutGone, type Gone } from './named.ts'
import type { Membership } from './relations.ts'

/** An invitation as it is stored, opened; its code is known to nobody here. */
export interface InvitationRecord extends Omit<Membership, 'since' | 'shares'> {
  readonly home: HomeId
  readonly id: string
  readonly hash: string
  readonly invitedBy: SubjectId
  readonly createdAt: number
  readonly expiresAt: number
}

const bySystem = {
  scope: { instance: true },
  actor: { kind: 'system', part: 'gate' },
  purpose: 'service.core',
} as const

export async function insertInvitation(facts: FactsDb, record: InvitationRecord): Promise<void> {
  const { home, id, name, limits } = record
  const handle = facts.as(byRuntime(home))
  const sealed: { name: Sealed<string> | null; limits: InvitationTable['limits'] } = {
    name: name === undefined ? null : await handle.seal('invitation', 'name', id, name),
    limits: limits === undefined ? null : await handle.seal('invitation', 'limits', id, limits),
  }
  await handle
    .insertInto('invitation')
    .values({
      home_id: home,
      id,
      code_hash: record.hash,
      role: record.role,
      ...sealed,
      starts_at: record.startsAt ?? null,
      ends_at: record.endsAt ?? null,
      guardian: record.guardian ?? null,
      invited_by: record.invitedBy,
      created_at: record.createdAt,
      expires_at: record.expiresAt,
    })
    .execute()
}

export async function listInvitations(facts: FactsDb, home: HomeId): Promise<InvitationRecord[]> {
  const handle = facts.as(byRuntime(home))
  const rows = await handle.selectFrom('invitation').selectAll().orderBy('created_at').execute()
  const cells = await handle.cells()
  return rows.map((row) => ({
    home,
    id: row.id,
    hash: row.code_hash,
    role: row.role,
    ...(row.name === null ? {} : { name: cells.open('invitation', 'name', row.id, row.name) }),
    ...(row.limits === null ? {} : { limits: cells.open('invitation', 'limits', row.id, row.limits) }),
    ...(row.starts_at === null ? {} : { startsAt: row.starts_at }),
    ...(row.ends_at === null ? {} : { endsAt: row.ends_at }),
    ...(row.guardian === null ? {} : { guardian: row.guardian }),
    invitedBy: row.invited_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }))
}

/** Takes what is gone out of what the home's invitations would give. */
export async function forgetInInvitations(facts: FactsDb, home: HomeId, gone: Gone): Promise<void> {
  const handle = facts.as(byRuntime(home))
  for (const { id, limits } of await listInvitations(facts, home)) {
    const next = limits && withoutGone(limits, gone)
    if (next === undefined || next === limits) continue
    const sealed = await handle.seal('invitation', 'limits', id, next)
    await handle.updateTable('invitation').set({ limits: sealed }).where('id', '=', id).execute()
  }
}

/** Whose invitation this hash is; whoever holds the code has not said which home it is for. */
export async function homeOfCode(facts: FactsDb, hash: string): Promise<HomeId | undefined> {
  return (
    await facts
      .as(bySystem)
      .selectFrom('invitation')
      .select('home_id')
      .where('code_hash', '=', hash)
      .executeTakeFirst()
  )?.home_id
}

/** False when it is not there (any more). */
export async function deleteInvitation(facts: FactsDb, home: HomeId, id: string): Promise<boolean> {
  return (
    (await facts
      .as(byRuntime(home))
      .deleteFrom('invitation')
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirst()) !== undefined
  )
}

/** Makes a member of the invitation in one transaction; of any number of tries, in any number of processes, one finds it. // T15 */
export async function useInvitation(
  facts: FactsDb,
  { home, id }: InvitationRecord,
  subject: SubjectId,
  membership: Membership,
): Promise<boolean> {
  const handle = facts.as(byRuntime(home))
  const row = await sealedRow(handle, home, subject, membership)
  return handle.transaction(async (tx) => {
    const taken = await tx.deleteFrom('invitation').where('id', '=', id).returning('id').executeTakeFirst()
    if (taken === undefined) return false
    await tx.insertInto('member').values(row).execute()
    return true
  })
}
