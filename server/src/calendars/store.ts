import type { CalendarId, HomeId, SubjectId } from '@eaves/model'
import { columnsOf, plainOf, type SourceRow } from '../reading/reading.ts'
import { byPerson, byRuntime, type Db, type Facts } from '../store/stores.ts'
import type { Unfit } from './fit.ts'

export type FactsDb = Db<Facts>
export interface CalendarRow {
  readonly id: CalendarId
  readonly name: string
  readonly content: string
  readonly broughtAt: number
}

export async function loadCalendars(facts: FactsDb, home: HomeId): Promise<CalendarRow[]> {
  const handle = facts.as(byRuntime(home))
  const rows = await handle
    .selectFrom('home_calendar')
    .select(['id', 'name', 'content', 'brought_at'])
    .orderBy('brought_at')
    .execute()
  const cells = await handle.cells()
  return rows.map(({ id, name, content, brought_at: broughtAt }) => ({
    id,
    name: cells.open('home_calendar', 'name', id, name),
    content: cells.open('home_calendar', 'content', id, content),
    broughtAt,
  }))
}

/** A new one, or another file in place of the one that was there; by somebody, or by the home itself from its address. */
export async function saveCalendar(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId | undefined,
  { id, name, content, broughtAt }: CalendarRow,
): Promise<void> {
  const handle = facts.as(subject === undefined ? byRuntime(home) : byPerson(home, subject))
  const cells = await handle.cells()
  const set = {
    name: cells.seal('home_calendar', 'name', id, name),
    content: cells.seal('home_calendar', 'content', id, content),
    brought_at: broughtAt,
  }
  await handle
    .insertInto('home_calendar')
    .values({ home_id: home, id, ...set })
    .onConflict((conflict) => conflict.columns(['home_id', 'id']).doUpdateSet(set))
    .execute()
}

export async function deleteCalendar(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  id: CalendarId,
): Promise<void> {
  await facts.as(byPerson(home, subject)).deleteFrom('home_calendar').where('id', '=', id).execute()
}

export type CalendarSourceRow = SourceRow<Unfit['code']>

export async function loadSources(
  facts: FactsDb,
  home: HomeId,
): Promise<readonly (readonly [CalendarId, CalendarSourceRow])[]> {
  const handle = facts.as(byRuntime(home))
  const rows = await handle.selectFrom('calendar_source').selectAll().execute()
  const cells = await handle.cells()
  return rows.map(({ id, address, marks, ...row }) => [
    id,
    {
      address: cells.open('calendar_source', 'address', id, address),
      marks: marks === null ? {} : cells.open('calendar_source', 'marks', id, marks),
      ...plainOf<Unfit['code']>(row),
    },
  ])
}

export async function saveSource(
  facts: FactsDb,
  home: HomeId,
  id: CalendarId,
  { address, marks, ...plain }: CalendarSourceRow,
): Promise<void> {
  const handle = facts.as(byRuntime(home))
  const cells = await handle.cells()
  const set = {
    address: cells.seal('calendar_source', 'address', id, address),
    marks: Object.keys(marks).length === 0 ? null : cells.seal('calendar_source', 'marks', id, marks),
    ...columnsOf(plain),
  }
  await handle
    .insertInto('calendar_source')
    .values({ home_id: home, id, ...set })
    .onConflict((conflict) => conflict.columns(['home_id', 'id']).doUpdateSet(set))
    .execute()
}

export async function deleteSource(facts: FactsDb, home: HomeId, id: CalendarId): Promise<void> {
  await facts.as(byRuntime(home)).deleteFrom('calendar_source').where('id', '=', id).execute()
}
