import type { HomeId, MeterId, SubjectId } from '@eaves/model'
import { byPerson, byRuntime, type Db, type Facts } from '../store/stores.ts'
import type { MeterContent } from './data.ts'

export type FactsDb = Db<Facts>
/** A meter as it is held in memory. */
export interface MeterRecord extends MeterContent {
  readonly id: MeterId
  readonly name: string
  readonly version: number
}

export async function loadMeters(facts: FactsDb, home: HomeId): Promise<MeterRecord[]> {
  const handle = facts.as(byRuntime(home))
  const rows = await handle
    .selectFrom('energy_meter')
    .select(['id', 'version', 'name', 'content'])
    .orderBy('position')
    .execute()
  const cells = await handle.cells()
  return rows.map(({ id, version, name, content }) => ({
    id,
    version,
    name: cells.open('energy_meter', 'name', id, name),
    ...cells.open('energy_meter', 'content', id, content),
  }))
}

/** Writes one meter, new or changed. */
export async function saveMeter(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  { id, name, version, ...content }: MeterRecord,
  position: number,
): Promise<void> {
  const handle = facts.as(byPerson(home, subject))
  const cells = await handle.cells()
  const set = {
    version,
    name: cells.seal('energy_meter', 'name', id, name),
    content: cells.seal('energy_meter', 'content', id, content),
  }
  await handle
    .insertInto('energy_meter')
    .values({ home_id: home, id, position, ...set })
    .onConflict((conflict) => conflict.columns(['home_id', 'id']).doUpdateSet(set))
    .execute()
}

export async function deleteMeter(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  id: MeterId,
): Promise<void> {
  await facts.as(byPerson(home, subject)).deleteFrom('energy_meter').where('id', '=', id).execute()
}
