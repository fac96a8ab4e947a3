import type { CorrectionId, HomeId, MeterId, SubjectId } from '@eaves/model'
import { byPerson, byRuntime, type Db, type Facts } from '../store/stores.ts'
import type { CorrectionContent, MeterContent } from './data.ts'

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
    ...opened(cells.open('energy_meter', 'content', id, content)),
  }))
}

const opened = (content: MeterContent): MeterContent => ({
  ...content,
  // What cannot be read as prices keeps no house from starting.
  tariffs: Array.isArray(content.tariffs)
    ? content.tariffs.map((each) => ({ ...each, tiers: each.tiers ?? [] }))
    : [],
})

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
  const handle = facts.as(byPerson(home, subject))
  await handle.deleteFrom('energy_correction').where('meter_id', '=', id).execute()
  await handle.deleteFrom('energy_price').where('meter_id', '=', id).execute()
  await handle.deleteFrom('price_source').where('id', '=', id).execute()
  await handle.deleteFrom('energy_meter').where('id', '=', id).execute()
}

export interface CorrectionRecord {
  readonly id: CorrectionId
  readonly meter: MeterId
  readonly at: number
  readonly author: SubjectId | null
  readonly takesBack: CorrectionId | null
  readonly content: CorrectionContent
}
/** The newest first. */
export async function loadCorrections(
  facts: FactsDb,
  home: HomeId,
  meter?: MeterId,
): Promise<CorrectionRecord[]> {
  const handle = facts.as(byRuntime(home))
  let asked = handle
    .selectFrom('energy_correction')
    .select(['id', 'meter_id', 'at', 'author', 'takes_back', 'content'])
  if (meter !== undefined) asked = asked.where('meter_id', '=', meter)
  const rows = await asked.orderBy('at', 'desc').orderBy('id').execute()
  if (rows.length === 0) return []
  const cells = await handle.cells()
  return rows.map(({ id, meter_id, at, author, takes_back, content }) => ({
    ...{ id, meter: meter_id, at, author, takesBack: takes_back },
    content: cells.open('energy_correction', 'content', id, content),
  }))
}

export async function addCorrection(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  { id, meter, at, author, takesBack, content }: CorrectionRecord,
): Promise<void> {
  const handle = facts.as(byPerson(home, subject))
  const cells = await handle.cells()
  await handle
    .insertInto('energy_correction')
    .values({
      ...{ home_id: home, id, meter_id: meter, at, author, takes_back: takesBack },
      content: cells.seal('energy_correction', 'content', id, content),
    })
    .execute()
}
