import type { Confirmers, FamilyStatus, FloorId, HomeId, Locale, RoomId, SubjectId } from '@eaves/model'
import type { Db, Facts } from '../store/stores.ts'
import { byRights } from './store.ts'

export interface NewFloor {
  readonly id: FloorId
  readonly name: string
  readonly position: number
}
export interface NewRoom {
  readonly id: RoomId
  readonly name: string
  readonly floor: FloorId | null
  readonly position: number
}
export interface About {
  readonly floorArea: string | null
  readonly familyStatus: FamilyStatus | null
  readonly address: string | null
}
export interface BroughtHome {
  readonly id: HomeId
  readonly name: string
  readonly zone: string
  readonly confirm: Confirmers
  readonly floors: readonly NewFloor[]
  readonly rooms: readonly NewRoom[]
  readonly about: About | undefined
}
export interface ToWrite {
  readonly preferences: {
    readonly locale?: Locale
    readonly theme?: 'system' | 'light' | 'dark'
    readonly insights?: number
  }
  readonly homes: readonly BroughtHome[]
}

type Tx = Parameters<Parameters<ReturnType<typeof byRights>['transaction']>[0]>[0]

/** Writes all that comes, or nothing of it. Keys of new homes are there already. // pp.4.4.c */
export async function writeBrought(
  facts: Db<Facts>,
  owner: { readonly subject: SubjectId; readonly tenant: string; readonly at: number },
  { preferences, homes }: ToWrite,
): Promise<void> {
  await byRights(facts).transaction(async (tx) => {
    const { subject } = owner
    if (Object.keys(preferences).length > 0)
      await tx
        .within({ scope: { person: subject }, actor: { kind: 'person', subject }, purpose: 'service.core' })
        .updateTable('account')
        .set(preferences)
        .execute()
    const last = await tx.selectFrom('home').select('n').orderBy('n', 'desc').limit(1).executeTakeFirst()
    let n = last?.n ?? 0
    for (const home of homes) {
      await writeHome(tx, owner, home, (n += 1))
      await writePlaces(tx, subject, home)
    }
  })
}

async function writeHome(
  tx: Tx,
  { subject, tenant, at }: { readonly subject: SubjectId; readonly tenant: string; readonly at: number },
  { id, name, zone, confirm }: BroughtHome,
  n: number,
): Promise<void> {
  const handle = within(tx, id, subject)
  const sealed = await handle.seal('home', 'name', id, name)
  await handle
    .insertInto('home')
    .values({ home_id: id, tenant, n, name: sealed, zone, created_at: at, confirm })
    .execute()
  await handle
    .insertInto('member')
    .values({
      home_id: id,
      subject,
      role: 'owner',
      since: at,
      name: null,
      limits: null,
      starts_at: null,
      ends_at: null,
      guardian: null,
      shares: null,
    })
    .execute()
}

async function writePlaces(
  tx: Tx,
  subject: SubjectId,
  { id: home, floors, rooms, about }: BroughtHome,
): Promise<void> {
  const handle = within(tx, home, subject)
  const cells = await handle.cells()
  for (const { id, name, position } of floors)
    await handle
      .insertInto('floor')
      .values({ home_id: home, id, position, name: cells.seal('floor', 'name', id, name) })
      .execute()
  for (const { id, name, floor, position } of rooms)
    await handle
      .insertInto('room')
      .values({ home_id: home, id, floor_id: floor, position, name: cells.seal('room', 'name', id, name) })
      .execute()
  if (about === undefined) return
  const noted = within(tx, home, subject, 'home.about')
  const own = await noted.cells()
  const seal = <C extends 'floor_area' | 'family_status' | 'address'>(column: C, text: string | null) =>
    text === null ? null : own.seal('home_about', column, home, text as never)
  await noted
    .insertInto('home_about')
    .values({
      home_id: home,
      floor_area: seal('floor_area', about.floorArea),
      family_status: seal('family_status', about.familyStatus),
      address: seal('address', about.address),
    })
    .execute()
}

const within = (
  tx: Tx,
  home: HomeId,
  subject: SubjectId,
  purpose: 'service.core' | 'home.about' = 'service.core',
) => tx.within({ scope: { home }, actor: { kind: 'person', subject }, purpose })
