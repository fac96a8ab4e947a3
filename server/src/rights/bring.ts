import { createHash } from 'node:crypto'
import {
  AppError,
  base32,
  mostArchiveBytes,
  type FloorId,
  type HomeId,
  type RoomId,
  type SubjectId,
} from '@eaves/model'
import { type BringAsk, type Brought, type BringReport, type BringWhy } from '@eaves/model/api'
import type { Clock } from '../deps.ts'
import type { Homes } from '../homes/homes.ts'
import type { Stores } from '../store/stores.ts'
import { copyShape, isRead, leftBecause, type CopyRead } from './bring-shape.ts'
import { writeBrought, type BroughtHome, type ToWrite } from './bring-store.ts'
import { fileIn, refuseArchive } from './unpack.ts'

export interface BringDeps {
  readonly stores: Pick<Stores, 'facts' | 'vault'>
  readonly homes: Pick<Homes, 'bring' | 'find' | 'rolesOf'>
  readonly tenant: string
  readonly clock: Clock
  /** Whether this person may make homes here; a minor never. */
  readonly mayMakeHome: (subject: SubjectId) => Promise<boolean>
}
/** Takes over a copy that another server gave out; a `dryRun` says the same and writes nothing. // pp.4.4.c */
export type Bring = (subject: SubjectId, ask: BringAsk) => Promise<BringReport>

const mostTextBytes = 32 * 1024 * 1024
const mostHomes = 20
const mostFloors = 50
const mostRooms = 200
/** How often a home may have been brought and removed again. */
const mostTurns = 100

export function createBring(deps: BringDeps): Bring {
  return async (subject, { archive, dryRun }) => {
    const copy = readCopy(archive)
    const { items, write } = await planned(deps, subject, copy)
    const report = { items, left: leftIn(copy) }
    if (dryRun || items.every(({ does }) => does === 'stays')) return { applied: false, ...report }
    await carriedOut(deps, subject, write)
    return { applied: true, ...report }
  }
}

function readCopy(archive: string): CopyRead {
  const bytes = Buffer.from(archive, 'base64')
  if (bytes.length > mostArchiveBytes) return refuseArchive('too-large')
  const value = jsonOf(fileIn(bytes, 'data.json', mostTextBytes))
  if (typeof value !== 'object' || value === null || !('format' in value)) return refuseArchive('not-a-copy')
  if (value.format !== 'eaves-copy-1') return refuseArchive('other-version')
  const read = copyShape.safeParse(value)
  if (read.success) return read.data
  throw new AppError('input.archive', {
    errors: read.error.issues
      .slice(0, 20)
      .map(({ path, code }) => ({ path: path.map(String).join('.'), code: code.replaceAll('_', '-') })),
  })
}
/** No value of it has a prototype of the sender's choice; only a text that may hold the name pays for being looked through. */
function jsonOf(text: string): unknown {
  try {
    if (!/__proto__|\\u00/.test(text)) return JSON.parse(text)
    return JSON.parse(text, (key, value: unknown) =>
      key === '__proto__' ? refuseArchive('not-a-copy') : value,
    )
  } catch {
    return refuseArchive('not-a-copy')
  }
}

const leftIn = ({ tables, live, histories }: CopyRead): BringReport['left'] =>
  Object.entries({ ...tables, live, histories }).flatMap(([table, rows]) =>
    isRead.has(table) || rows.length === 0 ? [] : [{ table, rows: rows.length, why: leftBecause(table) }],
  )

/** An id of this server for one of the other: always the same, so that what was brought is known again, and never one that the archive chose. */
function idFor<I extends string>(...parts: readonly string[]): I {
  const hash = createHash('sha256')
    .update(JSON.stringify(['eaves-bring', ...parts]))
    .digest()
  return base32(hash.subarray(0, 16)) as I
}

interface Planned {
  readonly items: Brought[]
  readonly write: ToWrite
}
async function planned(deps: BringDeps, subject: SubjectId, copy: CopyRead): Promise<Planned> {
  const items: Brought[] = []
  const [account] = copy.tables.account
  const preferences = {
    ...(account === undefined || account.locale === null ? {} : { locale: account.locale }),
    ...(account === undefined || account.theme === null ? {} : { theme: account.theme }),
    ...(account?.insights === 0 ? { insights: 0 } : {}),
  }
  if (Object.keys(preferences).length > 0) items.push({ kind: 'preferences', does: 'comes' })
  const own = new Set(copy.homes.flatMap(({ home, role }) => (role === 'owner' ? [home] : [])))
  const mayMake = await deps.mayMakeHome(subject)
  const gone = new Set((await deps.stores.vault.tombstones.after(0)).map(({ id }) => id))
  const homes: BroughtHome[] = []
  const seen = new Set<string>()
  for (const row of copy.tables.home) {
    if (seen.has(row.home_id)) return refuseArchive('not-a-copy')
    seen.add(row.home_id)
    const here = placeFor(deps, subject, row.home_id, gone)
    const why: BringWhy | undefined = !own.has(row.home_id)
      ? 'not-owner'
      : here === undefined
        ? 'here-already'
        : !mayMake
          ? 'may-not-make-home'
          : homes.length + deps.homes.rolesOf(subject).size >= mostHomes
            ? 'too-many'
            : undefined
    items.push({
      kind: 'home',
      name: row.name,
      ...(why === undefined ? { does: 'comes' } : { does: 'stays', why }),
    })
    if (why === undefined && here !== undefined) homes.push(insideOf(copy, row, here, items))
  }
  return { items, write: { preferences, homes } }
}

/** The id a home gets; undefined when it is here. One that was brought and removed since gets another. */
function placeFor(
  { homes }: BringDeps,
  subject: SubjectId,
  old: string,
  gone: ReadonlySet<string>,
): HomeId | undefined {
  const all = Array.from({ length: mostTurns }, (_, turn) => idFor<HomeId>(subject, old, String(turn)))
  const roles = homes.rolesOf(subject)
  if (roles.get(old as HomeId) === 'owner' || all.some((id) => roles.get(id) === 'owner')) return undefined
  return all.find((id) => homes.find(id) === undefined && !gone.has(id))
}

type HomeRow = CopyRead['tables']['home'][number]
function insideOf({ tables }: CopyRead, home: HomeRow, id: HomeId, items: Brought[]): BroughtHome {
  const { home_id: old, name, zone, confirm } = home
  const within = <R extends { readonly home_id: string }>(rows: readonly R[]) =>
    rows.filter((row) => row.home_id === old)
  const taken = <R extends { readonly id: string; readonly name: string; readonly position: number }>(
    kind: 'floor' | 'room',
    rows: readonly R[],
    most: number,
  ): readonly R[] => {
    const unique = [...new Map(rows.map((row) => [row.id, row])).values()].toSorted(
      (a, b) => a.position - b.position,
    )
    for (const [i, row] of unique.entries())
      items.push({
        kind,
        name: row.name,
        home: name,
        ...(i < most ? { does: 'comes' } : { does: 'stays', why: 'too-many' }),
      })
    return unique.slice(0, most)
  }
  const floors = taken('floor', within(tables.floor), mostFloors)
  const known = new Set(floors.map((each) => each.id))
  const rooms = taken('room', within(tables.room), mostRooms)
  const [about] = within(tables.home_about)
  if (about !== undefined) items.push({ kind: 'about', home: name, does: 'comes' })
  return {
    id,
    name,
    zone,
    confirm,
    floors: floors.map((each, position) => ({ id: idFor<FloorId>(id, each.id), name: each.name, position })),
    rooms: rooms.map((each, position) => ({
      id: idFor<RoomId>(id, each.id),
      name: each.name,
      floor: each.floor_id !== null && known.has(each.floor_id) ? idFor<FloorId>(id, each.floor_id) : null,
      position,
    })),
    about:
      about === undefined
        ? undefined
        : {
            floorArea: about.floor_area === null ? null : String(about.floor_area),
            familyStatus: about.family_status,
            address: about.address,
          },
  }
}

async function carriedOut(
  deps: BringDeps,
  subject: SubjectId,
  { preferences, homes }: ToWrite,
): Promise<void> {
  const { stores, tenant, clock } = deps
  const { facts, vault } = stores
  const ids = homes.map(({ id }) => id)
  await deps.homes.bring(subject, ids, async () => {
    // The same copy at once from two windows: the second one finds the first one's homes.
    if (ids.some((id) => deps.homes.find(id) !== undefined)) throw new AppError('input.conflict')
    const keyed: HomeId[] = []
    try {
      for (const id of ids) {
        await vault.createKey({ home: id })
        keyed.push(id)
      }
      await writeBrought(facts, { subject, tenant, at: clock.now() }, { preferences, homes })
    } catch (error) {
      // Without its rows a key opens nothing; it must not stay and look as if there were a home.
      for (const home of keyed) await vault.destroyKey({ home })
      throw error
    }
  })
}
