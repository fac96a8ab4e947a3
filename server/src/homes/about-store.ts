import type { FamilyStatus, HomeId, SubjectId } from '@eaves/model'
import type { HomeAboutTable } from './data.ts'
import type { FactsDb } from './access.ts'

/** What is noted about a home, opened. */
export interface Noted {
  readonly floorArea: string | null
  readonly familyStatus: FamilyStatus | null
  readonly address: string | null
}
type Sealable = Omit<HomeAboutTable, 'home_id'>
const nothing: Noted = Object.freeze({ floorArea: null, familyStatus: null, address: null })
const empty: Sealable = { floor_area: null, family_status: null, address: null }

/** For the page about the home and for nothing else: no other purpose opens the table. // pp.4.1 */
const forPage = (facts: FactsDb, home: HomeId, subject: SubjectId) =>
  facts.as({ scope: { home }, actor: { kind: 'person', subject }, purpose: 'home.about' })

export async function loadAbout(facts: FactsDb, home: HomeId, subject: SubjectId): Promise<Noted> {
  const handle = forPage(facts, home, subject)
  const row = await handle.selectFrom('home_about').selectAll().executeTakeFirst()
  if (row === undefined) return nothing
  const cells = await handle.cells()
  const { floor_area: area, family_status: status, address } = row
  return {
    floorArea: area === null ? null : cells.open('home_about', 'floor_area', home, area),
    familyStatus: status === null ? null : cells.open('home_about', 'family_status', home, status),
    address: address === null ? null : cells.open('home_about', 'address', home, address),
  }
}

/** Writes what is named, null being nothing, and answers whether something that stood there is now gone. */
export async function saveAbout(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  edit: Partial<Noted>,
): Promise<boolean> {
  const handle = forPage(facts, home, subject)
  const cells = await handle.cells()
  const { floorArea: area, familyStatus: status, address } = edit
  const set: Partial<Sealable> = {
    ...(area === undefined
      ? {}
      : { floor_area: area === null ? null : cells.seal('home_about', 'floor_area', home, area) }),
    ...(status === undefined
      ? {}
      : { family_status: status === null ? null : cells.seal('home_about', 'family_status', home, status) }),
    ...(address === undefined
      ? {}
      : { address: address === null ? null : cells.seal('home_about', 'address', home, address) }),
  }
  const named = Object.keys(set) as (keyof Sealable)[]
  if (named.length === 0) return false
  return handle.transaction(async (tx) => {
    const before = await tx.selectFrom('home_about').selectAll().executeTakeFirst()
    await tx
      .insertInto('home_about')
      .values({ ...empty, ...set, home_id: home })
      .onConflict((conflict) => conflict.column('home_id').doUpdateSet(set))
      .execute()
    await tx
      .deleteFrom('home_about')
      .where('floor_area', 'is', null)
      .where('family_status', 'is', null)
      .where('address', 'is', null)
      .execute()
    return before !== undefined && named.some((each) => before[each] !== null)
  })
}
