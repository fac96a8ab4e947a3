import type { Confirmers, FloorId, HomeId, Purpose, RoomId, SubjectId } from '@eaves/model'
import type { Vault } from '../privacy/vault.ts'
import type { HomeTables } from '../store/handle.ts'
import { dataMap, type Facts } from '../store/schema.ts'
import { byRuntime, type FactsDb, type HomeAccess } from './access.ts'
import { memberRow } from './member-store.ts'

export type { FactsDb } from './access.ts'

const byStart = {
  scope: { instance: true },
  actor: { kind: 'system', part: 'start' },
  purpose: 'service.core',
} as const
const byPerson = (home: HomeId, subject: SubjectId): HomeAccess => ({
  scope: { home },
  actor: { kind: 'person', subject },
  purpose: 'service.core',
})

export interface HomeFacts {
  readonly id: HomeId
  readonly name: string
  readonly zone: string
  readonly createdAt: number
  readonly confirm: Confirmers
  readonly floors: readonly { readonly id: FloorId; readonly name: string; readonly position: number }[]
  readonly rooms: readonly {
    readonly id: RoomId
    readonly name: string
    readonly floor: FloorId | null
    readonly position: number
  }[]
}

export async function listHomeIds(facts: FactsDb): Promise<HomeId[]> {
  return (await facts.as(byStart).selectFrom('home').select(['home_id', 'n']).orderBy('n').execute()).map(
    (row) => row.home_id,
  )
}

export async function loadHome(facts: FactsDb, home: HomeId): Promise<HomeFacts | undefined> {
  const handle = facts.as(byRuntime(home))
  const row = await handle.selectFrom('home').selectAll().executeTakeFirst()
  if (row === undefined) return undefined
  const cells = await handle.cells()
  const floors = await handle
    .selectFrom('floor')
    .select(['id', 'name', 'position'])
    .orderBy('position')
    .execute()
  const rooms = await handle
    .selectFrom('room')
    .select(['id', 'name', 'floor_id', 'position'])
    .orderBy('position')
    .execute()
  return {
    id: home,
    name: cells.open('home', 'name', home, row.name),
    zone: row.zone,
    createdAt: row.created_at,
    confirm: row.confirm,
    floors: floors.map((each) => ({
      id: each.id,
      position: each.position,
      name: cells.open('floor', 'name', each.id, each.name),
    })),
    rooms: rooms.map((each) => ({
      id: each.id,
      position: each.position,
      floor: each.floor_id,
      name: cells.open('room', 'name', each.id, each.name),
    })),
  }
}

export interface NewHome {
  readonly id: HomeId
  readonly tenant: string
  readonly name: string
  readonly zone: string
  readonly owner: SubjectId
  readonly at: number
}

/** The home's key first, then its rows. // pp.5.1 */
export async function insertHome(facts: FactsDb, vault: Vault, home: NewHome): Promise<void> {
  await vault.createKey({ home: home.id })
  const last = await facts
    .as(byStart)
    .selectFrom('home')
    .select('n')
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst()
  const handle = facts.as(byPerson(home.id, home.owner))
  const name = await handle.seal('home', 'name', home.id, home.name)
  await handle.transaction(async (tx) => {
    await tx
      .insertInto('home')
      .values({
        home_id: home.id,
        tenant: home.tenant,
        n: (last?.n ?? 0) + 1,
        name,
        zone: home.zone,
        created_at: home.at,
        confirm: 'guests',
      })
      .execute()
    await tx
      .insertInto('member')
      .values(memberRow(home.id, home.owner, { role: 'owner', since: home.at }))
      .execute()
  })
}

export async function updateHome(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  edit: {
    readonly name?: string | undefined
    readonly zone?: string | undefined
    readonly confirm?: Confirmers | undefined
  },
): Promise<void> {
  const handle = facts.as(byPerson(home, subject))
  const name = edit.name === undefined ? undefined : await handle.seal('home', 'name', home, edit.name)
  const { zone, confirm } = edit
  const set = {
    ...(name === undefined ? {} : { name }),
    ...(zone === undefined ? {} : { zone }),
    ...(confirm === undefined ? {} : { confirm }),
  }
  if (Object.keys(set).length > 0) await handle.updateTable('home').set(set).execute()
}

const homeTables = Object.entries(dataMap.facts)
  .filter(([, entry]) => entry.path.to === 'home')
  .map(([table]) => table) as (keyof HomeTables<Facts>)[]

/** Removes every row of the home from every table of facts that has a path to it; a new table is covered on arrival. // pp.ret.2 */
export async function deleteHomeRows(facts: FactsDb, home: HomeId, subject: SubjectId): Promise<void> {
  await facts.as(byStart).transaction(async (tx) => {
    for (const table of homeTables) {
      // What ends a row is what it was there for.
      const purpose = Object.keys(dataMap.facts[table].purposes)[0] as Purpose
      const handle = tx.within({ ...byPerson(home, subject), purpose })
      await handle.deleteFrom(table as 'room').execute()
    }
  })
}

export async function insertFloor(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  floor: { id: FloorId; name: string; position: number },
): Promise<void> {
  const handle = facts.as(byPerson(home, subject))
  await handle
    .insertInto('floor')
    .values({
      home_id: home,
      id: floor.id,
      position: floor.position,
      name: await handle.seal('floor', 'name', floor.id, floor.name),
    })
    .execute()
}

export async function insertRoom(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  room: { id: RoomId; name: string; floor: FloorId | null; position: number },
): Promise<void> {
  const handle = facts.as(byPerson(home, subject))
  await handle
    .insertInto('room')
    .values({
      home_id: home,
      id: room.id,
      floor_id: room.floor,
      position: room.position,
      name: await handle.seal('room', 'name', room.id, room.name),
    })
    .execute()
}

type Renamed<I> = { readonly id: I; readonly name?: string | undefined }

/** Writes what changed of one floor or room, and the order of all in the same transaction. */
export async function updateFloor(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  floor: Renamed<FloorId>,
  order: readonly FloorId[],
): Promise<void> {
  const handle = facts.as(byPerson(home, subject))
  const name = floor.name === undefined ? undefined : await handle.seal('floor', 'name', floor.id, floor.name)
  await handle.transaction(async (tx) => {
    if (name !== undefined) await tx.updateTable('floor').set({ name }).where('id', '=', floor.id).execute()
    for (const [position, id] of order.entries())
      await tx.updateTable('floor').set({ position }).where('id', '=', id).execute()
  })
}

export async function updateRoom(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  room: Renamed<RoomId> & { readonly floor?: FloorId | null | undefined },
  order: readonly RoomId[],
): Promise<void> {
  const handle = facts.as(byPerson(home, subject))
  const name = room.name === undefined ? undefined : await handle.seal('room', 'name', room.id, room.name)
  const set = {
    ...(name === undefined ? {} : { name }),
    ...(room.floor === undefined ? {} : { floor_id: room.floor }),
  }
  await handle.transaction(async (tx) => {
    if (Object.keys(set).length > 0) await tx.updateTable('room').set(set).where('id', '=', room.id).execute()
    for (const [position, id] of order.entries())
      await tx.updateTable('room').set({ position }).where('id', '=', id).execute()
  })
}

export async function deleteFloor(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  floor: FloorId,
): Promise<void> {
  await facts.as(byPerson(home, subject)).transaction(async (tx) => {
    await tx.updateTable('room').set({ floor_id: null }).where('floor_id', '=', floor).execute()
    await tx.deleteFrom('floor').where('id', '=', floor).execute()
  })
}

/** The devices of a deleted room stand in no room. */
export async function deleteRoom(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  room: RoomId,
): Promise<void> {
  await facts.as(byPerson(home, subject)).transaction(async (tx) => {
    await tx.updateTable('device').set({ room_id: null }).where('room_id', '=', room).execute()
    await tx.deleteFrom('room').where('id', '=', room).execute()
  })
}
