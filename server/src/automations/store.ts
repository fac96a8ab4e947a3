import { newId, type AutomationId, type HomeId, type RunId, type SubjectId } from '@eaves/model'
import type { AutomationBody, AutomationStop, RunResult } from '@eaves/model/api'
import { byPerson, byRuntime, type Db, type Facts, type HomeHandle } from '../store/stores.ts'
import type { AutomationRunTable, AutomationVersionTable, Trace } from './data.ts'

export type FactsDb = Db<Facts>

/** An automation as it is kept. */
export interface Kept {
  readonly id: AutomationId
  readonly body: AutomationBody
  readonly enabled: boolean
  readonly author: SubjectId | undefined
  readonly version: number
  readonly createdAt: number
  readonly changedAt: number
  readonly stopped: AutomationStop | undefined
}
/** A run as it is kept. */
export interface KeptRun {
  readonly id: RunId
  readonly automation: AutomationId
  readonly at: number
  readonly endedAt: number | undefined
  readonly result: RunResult
  readonly trace: Trace
}
const versionsKept = 50
export const runsKept = 100
const rowsPerInsert = 100

/** What cannot be read is left where it is, and counted: one bad row keeps no house from starting. */
export async function loadAutomations(
  facts: FactsDb,
  home: HomeId,
): Promise<{ readonly kept: readonly Kept[]; readonly unreadable: number }> {
  const handle = facts.as(byRuntime(home))
  const cells = await handle.cells()
  const rows = await handle.selectFrom('automation').selectAll().orderBy('created_at').orderBy('id').execute()
  const kept: Kept[] = []
  for (const row of rows) {
    const body = bodyIn(() => cells.open('automation', 'body', row.id, row.body))
    if (body === undefined) continue
    kept.push({
      id: row.id,
      body,
      enabled: row.enabled === 1,
      author: row.author ?? undefined,
      version: row.version,
      createdAt: row.created_at,
      changedAt: row.changed_at,
      stopped: row.stopped ?? undefined,
    })
  }
  return { kept, unreadable: rows.length - kept.length }
}

function bodyIn(open: () => AutomationBody): AutomationBody | undefined {
  try {
    const body = open()
    const isWhole = [body.triggers, body.conditions ?? [], body.actions].every(
      (list) => Array.isArray(list) && list.every((each) => typeof each === 'object' && 'kind' in each),
    )
    return isWhole ? body : undefined
  } catch {
    return undefined
  }
}

/** Writes the automation as a new row, with its first version. */
export async function insertAutomation(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  kept: Kept,
): Promise<void> {
  const handle = facts.as(byPerson(home, subject))
  const version = await versionRow(handle, home, kept)
  const body = await handle.seal('automation', 'body', kept.id, kept.body)
  await handle.transaction(async (tx) => {
    await tx
      .insertInto('automation')
      .values({
        home_id: home,
        id: kept.id,
        body,
        enabled: kept.enabled ? 1 : 0,
        author: kept.author ?? null,
        version: kept.version,
        created_at: kept.createdAt,
        changed_at: kept.changedAt,
        stopped: kept.stopped ?? null,
      })
      .execute()
    await tx.insertInto('automation_version').values(version).execute()
  })
}

async function versionRow(
  handle: HomeHandle<Facts>,
  home: HomeId,
  kept: Kept,
): Promise<AutomationVersionTable> {
  const id = newId()
  return {
    home_id: home,
    id,
    automation_id: kept.id,
    version: kept.version,
    body: await handle.seal('automation_version', 'body', id, kept.body),
    author: kept.author ?? null,
    saved_at: kept.changedAt,
  }
}

/** The automation as it reads now, if it still has the version that was read; the oldest versions give way. */
export async function updateAutomation(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  kept: Kept,
  read: number,
): Promise<boolean> {
  const handle = facts.as(byPerson(home, subject))
  const version = await versionRow(handle, home, kept)
  const body = await handle.seal('automation', 'body', kept.id, kept.body)
  return handle.transaction(async (tx) => {
    const changed = await tx
      .updateTable('automation')
      .set({
        body,
        enabled: kept.enabled ? 1 : 0,
        author: kept.author ?? null,
        version: kept.version,
        changed_at: kept.changedAt,
        stopped: kept.stopped ?? null,
      })
      .where('id', '=', kept.id)
      .where('version', '=', read)
      .returning('id')
      .executeTakeFirst()
    if (changed === undefined) return false
    await tx.insertInto('automation_version').values(version).execute()
    await tx
      .deleteFrom('automation_version')
      .where('automation_id', '=', kept.id)
      .where('version', '<=', kept.version - versionsKept)
      .execute()
    return true
  })
}

/** Whether it is on, who answers for it and why it has stopped: no new version. */
export async function markAutomation(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId | undefined,
  { id, enabled, author, stopped }: Pick<Kept, 'id' | 'enabled' | 'author' | 'stopped'>,
): Promise<void> {
  await facts
    .as(subject === undefined ? byRuntime(home) : byPerson(home, subject))
    .updateTable('automation')
    .set({ enabled: enabled ? 1 : 0, author: author ?? null, stopped: stopped ?? null })
    .where('id', '=', id)
    .execute()
}

/** With how it read before and what its runs did. // pp.ret.2 */
export async function deleteAutomation(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  id: AutomationId,
): Promise<void> {
  await facts.as(byPerson(home, subject)).transaction(async (tx) => {
    await tx.deleteFrom('automation_run').where('automation_id', '=', id).execute()
    await tx.deleteFrom('automation_version').where('automation_id', '=', id).execute()
    await tx.deleteFrom('automation').where('id', '=', id).execute()
  })
}

export interface KeptVersion {
  readonly version: number
  readonly body: AutomationBody
  readonly author: SubjectId | undefined
  readonly savedAt: number
}

export async function loadVersions(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  id: AutomationId,
  only?: number,
): Promise<KeptVersion[]> {
  const handle = facts.as(byPerson(home, subject))
  const cells = await handle.cells()
  let query = handle.selectFrom('automation_version').selectAll().where('automation_id', '=', id)
  if (only !== undefined) query = query.where('version', '=', only)
  const rows = await query.orderBy('version', 'desc').execute()
  return rows.map((row) => ({
    version: row.version,
    body: cells.open('automation_version', 'body', row.id, row.body),
    author: row.author ?? undefined,
    savedAt: row.saved_at,
  }))
}

/** Writes anew what a change makes of how automations read and read before; what cannot be read says nothing. */
export async function mendBodies(
  facts: FactsDb,
  home: HomeId,
  change: (body: AutomationBody) => AutomationBody | undefined,
): Promise<void> {
  const handle = facts.as(byRuntime(home))
  const cells = await handle.cells()
  for (const table of ['automation', 'automation_version'] as const)
    for (const { id, body } of await handle.selectFrom(table).select(['id', 'body']).execute()) {
      const read = bodyIn(() => cells.open(table, 'body', id, body))
      const mended = read && change(read)
      if (mended === undefined) continue
      const sealed = await handle.seal(table, 'body', id, mended)
      await handle.updateTable(table).set({ body: sealed }).where('id', '=', id).execute()
    }
}

/** Writes runs, those that were written before anew. */
export async function saveRuns(facts: FactsDb, home: HomeId, runs: readonly KeptRun[]): Promise<void> {
  const handle = facts.as(byRuntime(home))
  const cells = await handle.cells()
  const rows = runs.map((run) => ({
    home_id: home,
    id: run.id,
    automation_id: run.automation,
    at: run.at,
    ended_at: run.endedAt ?? null,
    result: run.result,
    trace: cells.seal('automation_run', 'trace', run.id, run.trace),
  }))
  await handle.transaction(async (tx) => {
    for (let i = 0; i < rows.length; i += rowsPerInsert)
      await tx
        .insertInto('automation_run')
        .values(rows.slice(i, i + rowsPerInsert))
        .onConflict((on) =>
          on.columns(['home_id', 'id']).doUpdateSet((eb) => ({
            ended_at: eb.ref('excluded.ended_at'),
            result: eb.ref('excluded.result'),
            trace: eb.ref('excluded.trace'),
          })),
        )
        .execute()
  })
}

/** The newest runs stay; all older ones of these automations go. */
export async function pruneRuns(facts: FactsDb, home: HomeId, ids: readonly AutomationId[]): Promise<void> {
  await facts.as(byRuntime(home)).transaction(async (tx) => {
    for (const id of ids) await pruneOne(tx, id)
  })
}

async function pruneOne(handle: HomeHandle<Facts>, id: AutomationId): Promise<void> {
  const oldest = await handle
    .selectFrom('automation_run')
    .select('at')
    .where('automation_id', '=', id)
    .orderBy('at', 'desc')
    .offset(runsKept - 1)
    .limit(1)
    .executeTakeFirst()
  if (oldest === undefined) return
  await handle
    .deleteFrom('automation_run')
    .where('automation_id', '=', id)
    .where('at', '<', oldest.at)
    .execute()
}

/** Newest first. */
export async function loadRuns(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  id: AutomationId,
  limit: number,
): Promise<KeptRun[]> {
  const handle = facts.as(byPerson(home, subject))
  const cells = await handle.cells()
  const rows = await handle
    .selectFrom('automation_run')
    .selectAll()
    .where('automation_id', '=', id)
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => keptRun(row, cells))
}

type Cells = Awaited<ReturnType<HomeHandle<Facts>['cells']>>
const keptRun = (row: AutomationRunTable, cells: Cells): KeptRun => ({
  id: row.id,
  automation: row.automation_id,
  at: row.at,
  endedAt: row.ended_at ?? undefined,
  result: row.result,
  trace: cells.open('automation_run', 'trace', row.id, row.trace),
})

export async function loadRun(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  automation: AutomationId,
  id: RunId,
): Promise<KeptRun | undefined> {
  const handle = facts.as(byPerson(home, subject))
  const row = await handle
    .selectFrom('automation_run')
    .selectAll()
    .where('automation_id', '=', automation)
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return keptRun(row, await handle.cells())
}

/** What was going on when the server ended has ended with it. */
export async function closeOpenRuns(facts: FactsDb, home: HomeId, now: number): Promise<void> {
  await facts
    .as(byRuntime(home))
    .updateTable('automation_run')
    .set({ result: 'stopped', ended_at: now })
    .where('ended_at', 'is', null)
    .execute()
}

/** When each automation ran last, and what came of it. */
export async function lastRuns(
  facts: FactsDb,
  home: HomeId,
): Promise<ReadonlyMap<AutomationId, { readonly at: number; readonly result: RunResult }>> {
  const handle = facts.as(byRuntime(home))
  const newest = await handle
    .selectFrom('automation_run')
    .select(({ fn }) => ['automation_id', fn.max<number | string>('at').as('at')])
    .groupBy('automation_id')
    .execute()
  const found = new Map<AutomationId, { at: number; result: RunResult }>()
  for (const { automation_id, at } of newest) {
    const row = await handle
      .selectFrom('automation_run')
      .select('result')
      .where('automation_id', '=', automation_id)
      .where('at', '=', Number(at))
      .executeTakeFirst()
    if (row !== undefined) found.set(automation_id, { at: Number(at), result: row.result })
  }
  return found
}
