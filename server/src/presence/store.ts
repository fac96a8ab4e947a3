import type { HomeId, Sealed, SubjectId } from '@eaves/model'
import { byPerson, byRuntime, type Db, type Facts, type HomeHandle } from '../store/stores.ts'
import type { Place } from './data.ts'

export type FactsDb = Db<Facts>
/** What somebody lets a home know. */
export interface Shared {
  readonly sharedAt: number | undefined
  readonly allowedBy: SubjectId | undefined
  readonly place: Place
}

export async function loadPresence(
  facts: FactsDb,
  home: HomeId,
): Promise<readonly (readonly [SubjectId, Shared])[]> {
  const handle = facts.as(byRuntime(home))
  const rows = await handle.selectFrom('presence').selectAll().execute()
  const cells = await handle.cells()
  return rows.map((row) => [
    row.subject,
    {
      sharedAt: row.shared_at === null ? undefined : Number(row.shared_at),
      allowedBy: row.allowed_by ?? undefined,
      place:
        row.whereabouts === null ? {} : cells.open('presence', 'whereabouts', row.subject, row.whereabouts),
    },
  ])
}

/** As it is written; nothing where nothing is known. */
export async function wordsOf(
  handle: Pick<HomeHandle<Facts>, 'seal'>,
  subject: SubjectId,
  place: Place,
): Promise<Sealed<Place> | null> {
  return Object.keys(place).length === 0 ? null : handle.seal('presence', 'whereabouts', subject, place)
}

export async function savePresence(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  { sharedAt, allowedBy, place }: Shared,
): Promise<void> {
  const handle = facts.as(byPerson(home, subject))
  const set = {
    shared_at: sharedAt ?? null,
    allowed_by: allowedBy ?? null,
    whereabouts: await wordsOf(handle, subject, place),
  }
  await handle
    .insertInto('presence')
    .values({ home_id: home, subject, ...set })
    .onConflict((on) => on.columns(['home_id', 'subject']).doUpdateSet(set))
    .execute()
}

export async function deletePresence(facts: FactsDb, home: HomeId, subject: SubjectId): Promise<void> {
  await facts.as(byPerson(home, subject)).deleteFrom('presence').where('subject', '=', subject).execute()
}
