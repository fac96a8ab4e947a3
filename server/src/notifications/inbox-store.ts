import type { AlertKind, AutomationId, DeviceId, HomeId, NoticeKind, RunId, SubjectId } from '@eaves/model'
import { alertKinds } from '@eaves/model'
import type { NoticeRules } from '@eaves/model/api'
import type { Db, Facts, InstanceHandle, PersonHandle } from '../store/stores.ts'
import type { InboxTable } from './data.ts'
import { asNotices, asSelf } from './store.ts'

type System = InstanceHandle<Facts>
type Own = PersonHandle<Facts>

export async function putNotices(handle: System, rows: readonly InboxTable[]): Promise<void> {
  await handle.insertInto('inbox').values(rows).execute()
}

/** The same has come again: one notice, unseen once more. */
export async function countAgain(
  handle: System,
  { subject, id }: Pick<InboxTable, 'subject' | 'id'>,
  times: number,
): Promise<void> {
  await handle
    .updateTable('inbox')
    .set({ times, seen_at: null })
    .where('subject', '=', subject)
    .where('id', '=', id)
    .execute()
}

/** Whoever closed their account or had their data rest is told nothing. // pp.4.4.b */
export async function isThere(handle: System, subject: SubjectId): Promise<boolean> {
  const found = await handle
    .selectFrom('account')
    .select('subject')
    .where('subject', '=', subject)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  return found !== undefined
}

export interface EpisodeOf {
  readonly kind: AlertKind
  readonly home: HomeId | null
  readonly device: DeviceId | null
  /** Of an automation that failed. */
  readonly automation?: AutomationId | null
}

export async function endEpisode(
  handle: System,
  { kind, home, device, automation = null }: EpisodeOf,
  at: number,
): Promise<void> {
  await handle
    .updateTable('inbox')
    .set({ over_at: at })
    .where('kind', '=', kind)
    .where('home', home === null ? 'is' : '=', home)
    .where('device', device === null ? 'is' : '=', device)
    .where('automation', automation === null ? 'is' : '=', automation)
    .where('over_at', 'is', null)
    .execute()
}

/** The same danger is back within a short while: what was over is not over yet. */
export async function reopenEpisode(
  handle: System,
  { kind, home, device, automation = null }: EpisodeOf,
  sinceMs: number,
): Promise<void> {
  await handle
    .updateTable('inbox')
    .set((eb) => ({ over_at: null, times: eb('times', '+', 1) }))
    .where('kind', '=', kind)
    .where('home', home === null ? 'is' : '=', home)
    .where('device', device === null ? 'is' : '=', device)
    .where('automation', automation === null ? 'is' : '=', automation)
    .where('over_at', '>=', sinceMs)
    .execute()
}

/** What goes on since before this start, each once. */
export async function openEpisodes(handle: System): Promise<(EpisodeOf & { readonly at: number })[]> {
  const rows = await handle
    .selectFrom('inbox')
    .select(['kind', 'home', 'device', 'automation'])
    .select((eb) => eb.fn.min('at').as('at'))
    .where('kind', 'in', alertKinds)
    .where('over_at', 'is', null)
    .groupBy(['kind', 'home', 'device', 'automation'])
    .execute()
  return rows.map((row) => ({ ...row, kind: row.kind as AlertKind, at: Number(row.at) }))
}

export interface Before {
  readonly at: number
  readonly id: string
}
/** Newest first. */
export async function noticesOf(
  handle: Own,
  before: string | undefined,
  limit: number,
): Promise<InboxTable[]> {
  let query = handle.selectFrom('inbox').selectAll()
  if (before !== undefined) {
    const from = await handle.selectFrom('inbox').select('at').where('id', '=', before).executeTakeFirst()
    if (from === undefined) return []
    query = query.where((eb) =>
      eb.or([eb('at', '<', from.at), eb.and([eb('at', '=', from.at), eb('id', '<', before)])]),
    )
  }
  return query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** What was told at once counts once. */
export async function unreadOf(handle: Own): Promise<number> {
  const groups = await handle
    .selectFrom('inbox')
    .select(['kind', 'home', 'at', 'automation'])
    .where('seen_at', 'is', null)
    .groupBy(['kind', 'home', 'at', 'automation'])
    .limit(100)
    .execute()
  return groups.length
}

export interface SeenOf {
  readonly upTo: number
  /** Only what was told of this kind; else all of it. */
  readonly kind?: NoticeKind | undefined
  readonly home?: HomeId | undefined
}
export async function markSeen(handle: Own, { upTo, kind, home }: SeenOf, at: number): Promise<void> {
  let query = handle
    .updateTable('inbox')
    .set({ seen_at: at })
    .where('seen_at', 'is', null)
    .where('at', '<=', upTo)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (home !== undefined) query = query.where('home', '=', home)
  await query.execute()
}

/** The run that an automation was told to have failed with: the last that failed by then, while it is kept. */
export async function failedRunOf(
  handle: System,
  { home, automation, at }: Pick<InboxTable, 'home' | 'automation' | 'at'>,
): Promise<RunId | undefined> {
  if (home === null || automation === null) return undefined
  const found = await handle
    .selectFrom('automation_run')
    .select('id')
    .where('home_id', '=', home)
    .where('automation_id', '=', automation)
    .where('result', '=', 'failed')
    .where('at', '<=', at)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return found?.id
}

export async function loadRules(facts: Db<Facts>, subject: SubjectId): Promise<NoticeRules | undefined> {
  const handle = asNotices(facts)
  const row = await handle
    .selectFrom('notice_rules')
    .select('rules')
    .where('subject', '=', subject)
    .executeTakeFirst()
  return row && (await handle.openFor({ subject }, 'notice_rules', 'rules', subject, row.rules))
}

export async function saveRules(facts: Db<Facts>, subject: SubjectId, given: NoticeRules): Promise<void> {
  const handle = asSelf(facts, subject)
  const rules = await handle.seal('notice_rules', 'rules', subject, given)
  await handle
    .insertInto('notice_rules')
    .values({ subject, rules })
    .onConflict((conflict) => conflict.columns(['subject']).doUpdateSet({ rules }))
    .execute()
}
