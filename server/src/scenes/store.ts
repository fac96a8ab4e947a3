import { mostFadeSeconds, type HomeId, type SceneId, type SubjectId } from '@eaves/model'
import { byPerson, byRuntime, type Db, type Facts } from '../store/stores.ts'
import type { SceneContent } from './data.ts'

export type FactsDb = Db<Facts>
/** A scene as it is held in memory, in its people's order. */
export interface SceneRecord extends SceneContent {
  readonly id: SceneId
  readonly name: string
  readonly version: number
}

export async function loadScenes(facts: FactsDb, home: HomeId): Promise<SceneRecord[]> {
  const handle = facts.as(byRuntime(home))
  const rows = await handle
    .selectFrom('scene')
    .select(['id', 'version', 'name', 'content'])
    .orderBy('position')
    .execute()
  const cells = await handle.cells()
  return rows.map(({ id, version, name, content }) => ({
    id,
    version,
    name: cells.open('scene', 'name', id, name),
    ...asNow(cells.open('scene', 'content', id, content)),
  }))
}

/** What was saved when a scene could take longer, or be finer about it, reads as what one takes now. */
function asNow(content: SceneContent): SceneContent {
  const { transitionSeconds } = content
  if (transitionSeconds === null) return content
  return {
    ...content,
    transitionSeconds: Math.min(mostFadeSeconds, Math.round(transitionSeconds * 10) / 10),
  }
}

/** Writes one scene, new or changed, and where the order changed the place of each, in one transaction. */
export async function saveScene(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  { id, name, version, ...content }: SceneRecord,
  order: readonly SceneId[],
): Promise<void> {
  const handle = facts.as(byPerson(home, subject))
  const cells = await handle.cells()
  const set = {
    version,
    name: cells.seal('scene', 'name', id, name),
    content: cells.seal('scene', 'content', id, content),
  }
  await handle.transaction(async (tx) => {
    await tx
      .insertInto('scene')
      .values({ home_id: home, id, position: order.indexOf(id), ...set })
      .onConflict((conflict) => conflict.columns(['home_id', 'id']).doUpdateSet(set))
      .execute()
    for (const [position, each] of order.entries())
      await tx
        .updateTable('scene')
        .set({ position })
        .where('id', '=', each)
        .where('position', '<>', position)
        .execute()
  })
}

export async function deleteScene(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  id: SceneId,
): Promise<void> {
  await facts.as(byPerson(home, subject)).deleteFrom('scene').where('id', '=', id).execute()
}
