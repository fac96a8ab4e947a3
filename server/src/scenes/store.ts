import {
  mostFadeSeconds,
  newId,
  sceneVersionsKept,
  type HomeId,
  type SceneId,
  type SubjectId,
} from '@eaves/model'
import { byPerson, byRuntime, type Db, type Facts, type HomeHandle } from '../store/stores.ts'
import type { SceneContent, SceneReading, SceneVersionTable } from './data.ts'

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

/** How a scene is written: where it stands, and how it read before, when it now reads otherwise. */
export interface Saving {
  readonly order: readonly SceneId[]
  readonly at: number
  /** Absent of one that is new; the same when only its place is another. */
  readonly before?: SceneRecord | undefined
  /** How it read before, of one that comes back. */
  readonly versions?: readonly SceneVersionTable[]
}

/** Writes one scene, new or changed, and where the order changed the place of each, in one transaction. */
export async function saveScene(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  scene: SceneRecord,
  { order, at, before, versions = [] }: Saving,
): Promise<void> {
  const handle = facts.as(byPerson(home, subject))
  const cells = await handle.cells()
  const { id, name, version, ...content } = scene
  const set = {
    version,
    name: cells.seal('scene', 'name', id, name),
    content: cells.seal('scene', 'content', id, content),
  }
  const rowOf = (kept: SceneRecord, author: SubjectId | null): SceneVersionTable => {
    const row = newId()
    const sealed = cells.seal('scene_version', 'content', row, readingOf(kept))
    return {
      home_id: home,
      id: row,
      scene_id: id,
      version: kept.version,
      content: sealed,
      author,
      saved_at: at,
    }
  }
  await handle.transaction(async (tx) => {
    await tx
      .insertInto('scene')
      .values({ home_id: home, id, position: order.indexOf(id), ...set })
      .onConflict((conflict) => conflict.columns(['home_id', 'id']).doUpdateSet(set))
      .execute()
    if (before === undefined || isOther(before, scene)) {
      // What was saved before versions were kept, or so long ago that they are gone, is kept from here on.
      if (before !== undefined && !(await hasVersions(tx, id)))
        await tx.insertInto('scene_version').values(rowOf(before, null)).execute()
      await tx.insertInto('scene_version').values(rowOf(scene, subject)).execute()
      await pruneVersions(tx, id)
    }
    for (const each of versions) await tx.insertInto('scene_version').values(each).execute()
    await placeAll(tx, order)
  })
}

const readingOf = ({ id: _id, version: _version, ...reading }: SceneRecord): SceneReading => reading
const isOther = (one: SceneRecord, other: SceneRecord): boolean =>
  JSON.stringify(inOrder(readingOf(one))) !== JSON.stringify(inOrder(readingOf(other)))
const inOrder = (reading: SceneReading) => Object.entries(reading).toSorted(([a], [b]) => (a < b ? -1 : 1))

async function placeAll(tx: HomeHandle<Facts>, order: readonly SceneId[]): Promise<void> {
  const rows = await tx.selectFrom('scene').select(['id', 'position']).execute()
  const stands = new Map(rows.map(({ id, position }) => [id, position]))
  for (const [position, each] of order.entries())
    if (stands.get(each) !== position)
      await tx.updateTable('scene').set({ position }).where('id', '=', each).execute()
}

async function hasVersions(tx: HomeHandle<Facts>, id: SceneId): Promise<boolean> {
  const found = await tx
    .selectFrom('scene_version')
    .select('id')
    .where('scene_id', '=', id)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** The newest stay; all older ones go. */
async function pruneVersions(tx: HomeHandle<Facts>, id: SceneId): Promise<void> {
  const oldest = await tx
    .selectFrom('scene_version')
    .select('version')
    .where('scene_id', '=', id)
    .orderBy('version', 'desc')
    .offset(sceneVersionsKept - 1)
    .limit(1)
    .executeTakeFirst()
  if (oldest === undefined) return
  await tx
    .deleteFrom('scene_version')
    .where('scene_id', '=', id)
    .where('version', '<', oldest.version)
    .execute()
}

/** With how it read before, which is answered. // pp.ret.2 */
export async function deleteScene(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  id: SceneId,
): Promise<SceneVersionTable[]> {
  return facts.as(byPerson(home, subject)).transaction(async (tx) => {
    const versions = await tx.deleteFrom('scene_version').where('scene_id', '=', id).returningAll().execute()
    await tx.deleteFrom('scene').where('id', '=', id).execute()
    return versions
  })
}

export interface KeptVersion extends SceneReading {
  readonly version: number
  readonly author: SubjectId | undefined
  readonly savedAt: number
}

/** Newest first. */
export async function loadVersions(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  id: SceneId,
  only?: number,
): Promise<KeptVersion[]> {
  const handle = facts.as(byPerson(home, subject))
  const cells = await handle.cells()
  let query = handle.selectFrom('scene_version').selectAll().where('scene_id', '=', id)
  if (only !== undefined) query = query.where('version', '=', only)
  const rows = await query.orderBy('version', 'desc').execute()
  return rows.map((row) => ({
    version: row.version,
    author: row.author ?? undefined,
    savedAt: row.saved_at,
    ...cells.open('scene_version', 'content', row.id, row.content),
  }))
}
