import type { HomeId, HookId, SubjectId } from '@eaves/model'
import { byPerson, byRuntime, type Db, type Facts } from '../store/stores.ts'

export type FactsDb = Db<Facts>
/** A hook as it is held in memory. */
export interface HookRecord {
  readonly id: HookId
  readonly home: HomeId
  readonly name: string
  readonly hash: string
  readonly madeAt: number
}

export async function loadHooks(facts: FactsDb, home: HomeId): Promise<HookRecord[]> {
  const handle = facts.as(byRuntime(home))
  const rows = await handle
    .selectFrom('automation_hook')
    .select(['id', 'name', 'secret_hash', 'made_at'])
    .orderBy('made_at')
    .execute()
  const cells = await handle.cells()
  return rows.map(({ id, name, secret_hash: hash, made_at: madeAt }) => ({
    id,
    home,
    name: cells.open('automation_hook', 'name', id, name),
    hash,
    madeAt,
  }))
}

export async function insertHook(
  facts: FactsDb,
  subject: SubjectId,
  { id, home, name, hash, madeAt }: HookRecord,
): Promise<void> {
  const handle = facts.as(byPerson(home, subject))
  const cells = await handle.cells()
  await handle
    .insertInto('automation_hook')
    .values({
      home_id: home,
      id,
      name: cells.seal('automation_hook', 'name', id, name),
      secret_hash: hash,
      made_at: madeAt,
    })
    .execute()
}

export async function deleteHook(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  id: HookId,
): Promise<void> {
  await facts.as(byPerson(home, subject)).deleteFrom('automation_hook').where('id', '=', id).execute()
}
