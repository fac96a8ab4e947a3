import { newId, type HomeId, type SubjectId } from '@eaves/model'
import { keepInstanceValue } from '../store/instance.ts'
import type { Facts, InstanceHandle, Stores } from '../store/stores.ts'
import type { BackupRunTable } from './data.ts'

type FactsDb = Stores['facts']
const asBackup = (facts: FactsDb): InstanceHandle<Facts> =>
  facts.as({ scope: { instance: true }, actor: { kind: 'system', part: 'backup' }, purpose: 'service.core' })

export async function beginRun(facts: FactsDb, nowMs: number): Promise<string> {
  const id = newId()
  await asBackup(facts)
    .insertInto('backup_run')
    .values({
      id,
      started_at: nowMs,
      ended_at: null,
      failed: null,
      data_name: null,
      vault_name: null,
      bytes: null,
      row_count: null,
      rehearsed_at: null,
      rehearsal_failed: null,
      restore_ms: null,
    })
    .execute()
  return id
}

export async function noteRun(
  facts: FactsDb,
  id: string,
  set: Partial<Omit<BackupRunTable, 'id' | 'started_at'>>,
): Promise<void> {
  await asBackup(facts).updateTable('backup_run').set(set).where('id', '=', id).execute()
}

/** A run that a crash cut short is a failed one, and one whose rehearsal was cut short has not been restored. */
export async function endOrphans(facts: FactsDb, nowMs: number): Promise<void> {
  await asBackup(facts)
    .updateTable('backup_run')
    .set({ rehearsed_at: nowMs, rehearsal_failed: 'backup.cut-short' })
    .where('ended_at', 'is not', null)
    .where('failed', 'is', null)
    .where('rehearsed_at', 'is', null)
    .execute()
  await asBackup(facts)
    .updateTable('backup_run')
    .set({ ended_at: nowMs, failed: 'backup.cut-short' })
    .where('ended_at', 'is', null)
    .execute()
}

export function lastRun(facts: FactsDb): Promise<BackupRunTable | undefined> {
  return asBackup(facts)
    .selectFrom('backup_run')
    .selectAll()
    .orderBy('started_at', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
}

/** The last one that stands and was restored in rehearsal. */
export function lastGood(facts: FactsDb): Promise<BackupRunTable | undefined> {
  return asBackup(facts)
    .selectFrom('backup_run')
    .selectAll()
    .where('failed', 'is', null)
    .where('rehearsed_at', 'is not', null)
    .where('rehearsal_failed', 'is', null)
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Who is in which home, the longest-standing first. */
export const membersOf = (facts: FactsDb) =>
  asBackup(facts)
    .selectFrom('member')
    .select(['home_id', 'subject', 'role', 'since'])
    .orderBy('since')
    .orderBy('subject')
    .execute()

/** Somebody owns a home from now on, without whatever narrowed them there. */
export async function makeOwner(facts: FactsDb, home: HomeId, subject: SubjectId): Promise<void> {
  await asBackup(facts)
    .updateTable('member')
    .set({ role: 'owner', limits: null, starts_at: null, ends_at: null, guardian: null, shares: null })
    .where('home_id', '=', home)
    .where('subject', '=', subject)
    .execute()
}

/** Whose the claim of the server is; nobody's: whoever reads the console claims it. */
export async function claimIsOf(facts: FactsDb, subject: SubjectId | undefined): Promise<void> {
  if (subject !== undefined) await keepInstanceValue(facts, 'claimed_by', subject)
  else await asBackup(facts).deleteFrom('instance').where('key', '=', 'claimed_by').execute()
}

/** Data backups that could not be restored in rehearsal. */
export async function failedNames(facts: FactsDb): Promise<readonly string[]> {
  const rows = await asBackup(facts)
    .selectFrom('backup_run')
    .select('data_name')
    .where('rehearsal_failed', 'is not', null)
    .execute()
  return rows.flatMap(({ data_name: name }) => (name === null ? [] : [name]))
}

/** Opens the name of each home: what is sealed opens with the keys that came along. Returns how many did. */
export async function openNames(facts: FactsDb): Promise<number> {
  const db = asBackup(facts)
  const homes = await db.selectFrom('home').select(['home_id', 'name']).limit(1_000).execute()
  for (const { home_id: home, name } of homes) await db.openFor({ home }, 'home', 'name', home, name)
  return homes.length
}

/** Ends what lets somebody in: what was taken back since the backup would let them in again. */
export async function endSignIns(facts: FactsDb): Promise<void> {
  const db = asBackup(facts)
  for (const table of ['session', 'token', 'sign_in_flow'] as const) await db.deleteFrom(table).execute()
}
