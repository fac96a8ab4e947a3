import type { CalendarId, HomeId, SubjectId } from '@eaves/model'
import { byPerson, byRuntime, type Db, type Facts } from '../store/stores.ts'

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

/** A new one, or another file in place of the one that was there. */
export async function saveCalendar(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  { id, name, content, broughtAt }: CalendarRow,
): Promise<void> {
  const handle = facts.as(byPerson(home, subject))
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
