import type { Access, HomeId, SubjectId } from '@eaves/model'
import type { Db, Facts } from '../store/stores.ts'
import type { PanelTable } from './data.ts'

export type FactsDb = Db<Facts>
const of = (home: HomeId): Access<{ readonly home: HomeId }> => ({
  scope: { home },
  actor: { kind: 'system', part: 'runtime' },
  purpose: 'service.core',
})

export const loadPanels = (facts: FactsDb, home: HomeId): Promise<PanelTable[]> =>
  facts.as(of(home)).selectFrom('panel').selectAll().orderBy('created_at').execute()

export async function insertPanel(facts: FactsDb, panel: PanelTable): Promise<void> {
  await facts.as(of(panel.home_id)).insertInto('panel').values(panel).execute()
}

/** With its place in the home and its PIN. */
export async function deletePanel(facts: FactsDb, home: HomeId, id: SubjectId): Promise<void> {
  await facts.as(of(home)).transaction(async (tx) => {
    await tx.deleteFrom('panel').where('id', '=', id).execute()
    await tx.deleteFrom('member_pin').where('subject', '=', id).execute()
    await tx.deleteFrom('member').where('subject', '=', id).execute()
  })
}

export async function saveCode(
  facts: FactsDb,
  { home_id, id, code_hash, code_expires_at, code_by }: PanelTable,
): Promise<void> {
  await facts
    .as(of(home_id))
    .updateTable('panel')
    .set({ code_hash, code_expires_at, code_by })
    .where('id', '=', id)
    .execute()
}

/** One statement, so that of two tablets with one code only one gets in. */
export async function useCode(
  facts: FactsDb,
  home: HomeId,
  id: SubjectId,
  {
    code,
    by,
    secret,
    now,
  }: { readonly code: string; readonly by: SubjectId; readonly secret: string; readonly now: number },
): Promise<boolean> {
  const used = await facts
    .as(of(home))
    .updateTable('panel')
    .set({
      code_hash: null,
      code_expires_at: null,
      code_by: null,
      secret_hash: secret,
      added_by: by,
      paired_at: now,
    })
    .where('id', '=', id)
    .where('code_hash', '=', code)
    .where('code_expires_at', '>', now)
    .returning('id')
    .executeTakeFirst()
  return used !== undefined
}

export async function endSecret(facts: FactsDb, home: HomeId, id: SubjectId): Promise<void> {
  await facts
    .as(of(home))
    .updateTable('panel')
    .set({ secret_hash: null, paired_at: null })
    .where('id', '=', id)
    .execute()
}
