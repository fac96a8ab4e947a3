import { firstMode, newId, type AutomationId, type HomeId, type SubjectId } from '@eaves/model'
import type { ModeId, OwnMode } from '@eaves/model/api'
import { byPerson, byRuntime, type Db, type Facts } from '../store/stores.ts'

export type FactsDb = Db<Facts>
export interface ModeNow {
  readonly mode: ModeId
  readonly at: number | undefined
  readonly person: SubjectId | undefined
  readonly automation: AutomationId | undefined
}
export interface HomeMode extends ModeNow {
  readonly own: readonly OwnMode[]
}
export interface ModeChange extends ModeNow {
  readonly at: number
  readonly was: ModeId
}

export async function loadMode(facts: FactsDb, home: HomeId): Promise<HomeMode> {
  const handle = facts.as(byRuntime(home))
  const row = await handle.selectFrom('home_mode').selectAll().executeTakeFirst()
  if (row === undefined)
    return { mode: firstMode, at: undefined, person: undefined, automation: undefined, own: [] }
  const cells = await handle.cells()
  return {
    mode: row.mode,
    at: row.at === null ? undefined : Number(row.at),
    person: row.person ?? undefined,
    automation: row.automation_id ?? undefined,
    own: cells.open('home_mode', 'own', home, row.own).modes,
  }
}

const byOf = ({ person, automation }: Pick<ModeNow, 'person' | 'automation'>) => ({
  person: person ?? null,
  automation_id: automation ?? null,
})

/** Writes that the home has become something else. */
export async function saveChange(
  facts: FactsDb,
  home: HomeId,
  own: readonly OwnMode[],
  change: ModeChange,
): Promise<void> {
  const handle = facts.as(change.person === undefined ? byRuntime(home) : byPerson(home, change.person))
  const { mode, at, was } = change
  const now = { mode, at, ...byOf(change) }
  const sealed = await handle.seal('home_mode', 'own', home, { modes: own })
  await handle.transaction(async (tx) => {
    await tx
      .insertInto('home_mode')
      .values({ home_id: home, ...now, own: sealed })
      .onConflict((on) => on.column('home_id').doUpdateSet(now))
      .execute()
    await tx
      .insertInto('mode_change')
      .values({ home_id: home, id: newId(), was, ...now })
      .execute()
  })
}

/** Writes the names that the home added; what it is in stays. */
export async function saveOwn(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  { own, mode }: HomeMode,
): Promise<void> {
  const handle = facts.as(byPerson(home, subject))
  const sealed = await handle.seal('home_mode', 'own', home, { modes: own })
  await handle
    .insertInto('home_mode')
    .values({ home_id: home, mode, at: null, person: null, automation_id: null, own: sealed })
    .onConflict((on) => on.column('home_id').doUpdateSet({ own: sealed }))
    .execute()
}

/** Newest first. */
export async function loadChanges(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  { since, limit }: { readonly since?: number; readonly limit: number },
): Promise<ModeChange[]> {
  let query = facts.as(byPerson(home, subject)).selectFrom('mode_change').selectAll()
  if (since !== undefined) query = query.where('at', '>=', since)
  const rows = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute()
  return rows.map((row) => ({
    mode: row.mode,
    was: row.was,
    at: Number(row.at),
    person: row.person ?? undefined,
    automation: row.automation_id ?? undefined,
  }))
}

/** The newest stay; the older ones go before their time. */
export async function pruneChanges(facts: FactsDb, home: HomeId, kept: number): Promise<void> {
  const handle = facts.as(byRuntime(home))
  const oldest = await handle
    .selectFrom('mode_change')
    .select('at')
    .orderBy('at', 'desc')
    .offset(kept - 1)
    .limit(1)
    .executeTakeFirst()
  if (oldest !== undefined) await handle.deleteFrom('mode_change').where('at', '<', oldest.at).execute()
}
