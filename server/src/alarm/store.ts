import { newId, type DeviceId, type HomeId, type SubjectId } from '@eaves/model'
import type { AlarmContent } from '@eaves/model/api'
import { byPerson, byRuntime, type Db, type Facts } from '../store/stores.ts'
import type { AlarmCodeTable, AlarmEventTable } from './data.ts'
import type { AlarmNow } from './machine.ts'

export type FactsDb = Db<Facts>
export interface Kept {
  readonly version: number
  readonly content: AlarmContent | undefined
  readonly setBy: SubjectId | undefined
  readonly now: AlarmNow
}
export interface Code {
  readonly id: string
  readonly subject: SubjectId | undefined
  readonly name: string | undefined
  readonly record: string
  readonly isDuress: boolean
  readonly startsAt: number | undefined
  readonly endsAt: number | undefined
}
export interface NewEvent extends Pick<AlarmEventTable, 'at' | 'kind' | 'mode' | 'by_subject'> {
  readonly device: string | null
}
/** As many lines as one page of the log has. */
const pageRows = 100

export async function loadAlarm(facts: FactsDb, home: HomeId): Promise<Kept | undefined> {
  const handle = facts.as(byRuntime(home))
  const row = await handle.selectFrom('alarm').selectAll().executeTakeFirst()
  if (row === undefined) return undefined
  const cells = await handle.cells()
  const run = row.run === null ? undefined : cells.open('alarm', 'run', home, row.run)
  return {
    version: row.version,
    content: row.content === null ? undefined : cells.open('alarm', 'content', home, row.content),
    setBy: row.set_by ?? undefined,
    now: {
      state: row.state,
      since: row.since,
      mode: run?.mode,
      until: run?.until,
      soundsUntil: run?.soundsUntil,
      rounds: run?.rounds ?? 0,
      leftOut: run?.leftOut ?? [],
      raised: run?.raised ?? [],
    },
  }
}

export async function saveSetup(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  { version, content, now }: Kept & { readonly content: AlarmContent },
): Promise<void> {
  const handle = facts.as(byPerson(home, subject))
  const set = { version, set_by: subject, content: await handle.seal('alarm', 'content', home, content) }
  await handle
    .insertInto('alarm')
    .values({ home_id: home, ...set, state: now.state, since: now.since, run: null })
    .onConflict((conflict) => conflict.columns(['home_id']).doUpdateSet(set))
    .execute()
}

/** The state that a restart goes on from. */
export async function saveNow(
  facts: FactsDb,
  home: HomeId,
  { state, since, ...run }: AlarmNow,
): Promise<void> {
  const handle = facts.as(byRuntime(home))
  const set = { state, since, run: await handle.seal('alarm', 'run', home, run) }
  await handle.updateTable('alarm').set(set).execute()
}

export async function addEvents(facts: FactsDb, home: HomeId, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  await facts
    .as(byRuntime(home))
    .insertInto('alarm_event')
    .values(
      events.map((each) => ({
        ...each,
        home_id: home,
        id: newId(),
        device: each.device as DeviceId | null,
      })),
    )
    .execute()
}

export async function loadEvents(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
): Promise<AlarmEventTable[]> {
  return facts
    .as(byPerson(home, subject))
    .selectFrom('alarm_event')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(pageRows)
    .execute()
}

export async function loadCodes(facts: FactsDb, home: HomeId): Promise<Code[]> {
  const handle = facts.as(byRuntime(home))
  const rows = await handle.selectFrom('alarm_code').selectAll().orderBy('created_at').execute()
  const cells = await handle.cells()
  return rows.map(({ id, subject, name, code, is_duress: duress, starts_at: from, ends_at: until }) => ({
    id,
    subject: subject ?? undefined,
    name: name === null ? undefined : cells.open('alarm_code', 'name', id, name),
    record: cells.open('alarm_code', 'code', id, code),
    isDuress: duress === 1,
    startsAt: from ?? undefined,
    endsAt: until ?? undefined,
  }))
}

/** In place of the one that the same person had of the same kind. */
export async function saveCode(facts: FactsDb, home: HomeId, code: Code, now: number): Promise<void> {
  const handle = facts.as(byRuntime(home))
  const cells = await handle.cells()
  const { id, subject, name, record, isDuress, startsAt, endsAt } = code
  const row: AlarmCodeTable = {
    home_id: home,
    id,
    subject: subject ?? null,
    name: name === undefined ? null : cells.seal('alarm_code', 'name', id, name),
    code: cells.seal('alarm_code', 'code', id, record),
    is_duress: isDuress ? 1 : 0,
    starts_at: startsAt ?? null,
    ends_at: endsAt ?? null,
    created_at: now,
  }
  await handle.transaction(async (tx) => {
    if (subject !== undefined)
      await tx
        .deleteFrom('alarm_code')
        .where('subject', '=', subject)
        .where('is_duress', '=', row.is_duress)
        .execute()
    await tx.insertInto('alarm_code').values(row).execute()
  })
}

export async function deleteCodes(facts: FactsDb, home: HomeId, ids: readonly string[]): Promise<void> {
  if (ids.length > 0)
    await facts.as(byRuntime(home)).deleteFrom('alarm_code').where('id', 'in', ids).execute()
}
