import type { HomeId, SubjectId } from '@eaves/model'
import { byRuntime, type Db, type Facts } from '../store/stores.ts'
import type { VacationContent, VacationTable } from './data.ts'

export type FactsDb = Db<Facts>
export interface Kept extends VacationContent {
  readonly version: number
  readonly author: SubjectId | undefined
  readonly isOn: boolean
  readonly stopped: VacationTable['stopped']
}

export async function loadVacation(facts: FactsDb, home: HomeId): Promise<Kept | undefined> {
  const handle = facts.as(byRuntime(home))
  const row = await handle.selectFrom('vacation').selectAll().executeTakeFirst()
  if (row === undefined) return undefined
  const content = (await handle.cells()).open('vacation', 'content', home, row.content)
  const { version, author, enabled, stopped } = row
  return { ...content, version, author: author ?? undefined, isOn: enabled === 1, stopped }
}

export async function saveVacation(facts: FactsDb, home: HomeId, kept: Kept): Promise<void> {
  const { version, author, isOn, stopped, ...content } = kept
  const handle = facts.as(byRuntime(home))
  const set = {
    version,
    author: author ?? null,
    enabled: isOn ? 1 : 0,
    stopped,
    content: await handle.seal('vacation', 'content', home, content),
  }
  await handle
    .insertInto('vacation')
    .values({ home_id: home, ...set })
    .onConflict((conflict) => conflict.columns(['home_id']).doUpdateSet(set))
    .execute()
}
