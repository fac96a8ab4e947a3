import type { HomeId, SubjectId } from '@eaves/model'
import type { NamedPlace } from '@eaves/model/api'
import { byPerson, byRuntime } from '../store/stores.ts'
import { wordsOf, type FactsDb, type Shared } from './store.ts'

export async function loadPlaces(facts: FactsDb, home: HomeId): Promise<readonly NamedPlace[]> {
  const handle = facts.as(byRuntime(home))
  const row = await handle.selectFrom('home_place').selectAll().executeTakeFirst()
  return row === undefined ? [] : (await handle.cells()).open('home_place', 'places', home, row.places).places
}

export async function savePlaces(
  facts: FactsDb,
  home: HomeId,
  by: SubjectId,
  places: readonly NamedPlace[],
): Promise<void> {
  const handle = facts.as(byPerson(home, by))
  const sealed = await handle.seal('home_place', 'places', home, { places })
  await handle
    .insertInto('home_place')
    .values({ home_id: home, places: sealed })
    .onConflict((on) => on.column('home_id').doUpdateSet({ places: sealed }))
    .execute()
}

/** The names that stay, and with the one that went what was known of anybody there: all of it or nothing. */
export async function savePlacesWithout(
  facts: FactsDb,
  home: HomeId,
  places: readonly NamedPlace[],
  people: readonly (readonly [SubjectId, Shared])[],
): Promise<void> {
  const handle = facts.as(byRuntime(home))
  const sealed = await handle.seal('home_place', 'places', home, { places })
  const rows: (readonly [SubjectId, Awaited<ReturnType<typeof wordsOf>>])[] = []
  for (const [subject, { place }] of people) rows.push([subject, await wordsOf(handle, subject, place)])
  await handle.transaction(async (tx) => {
    await tx.updateTable('home_place').set({ places: sealed }).execute()
    for (const [subject, whereabouts] of rows)
      await tx.updateTable('presence').set({ whereabouts }).where('subject', '=', subject).execute()
  })
}
