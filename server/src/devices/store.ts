import type { Access, ConnectionId, CredentialId, DeviceId, HomeId, SubjectId } from '@eaves/model'
import type { ConnectionConfig, CredentialScope } from '../drivers/data.ts'
import type { DeviceRecord } from '../homes/homes.ts'
import type { Db, Facts, HomeHandle } from '../store/stores.ts'

export type FactsDb = Db<Facts>
type HomeCells = Awaited<ReturnType<HomeHandle<Facts>['cells']>>
type HomeAccess = Access<{ readonly home: HomeId }>
const byRuntime = (home: HomeId): HomeAccess => ({
  scope: { home },
  actor: { kind: 'system', part: 'runtime' },
  purpose: 'service.core',
})
/** Null: the server itself, at its start. */
const by = (home: HomeId, subject: SubjectId | null): HomeAccess =>
  subject === null
    ? byRuntime(home)
    : { scope: { home }, actor: { kind: 'person', subject }, purpose: 'service.core' }

const rowsPerInsert = 100

export async function loadDevices(facts: FactsDb, home: HomeId): Promise<DeviceRecord[]> {
  const handle = facts.as(byRuntime(home))
  const cells = await handle.cells()
  const rows = await handle
    .selectFrom('device')
    .select(['id', 'driver', 'connection_id', 'room_id', 'is_new', 'added_at', 'details'])
    .orderBy('added_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    driver: row.driver,
    connection: row.connection_id ?? undefined,
    room: row.room_id,
    isNew: row.is_new === 1,
    addedAt: row.added_at,
    ...cells.open('device', 'details', row.id, row.details),
  }))
}

/** Writes the rows as they are now, new or not, in one transaction. */
export async function saveDevices(
  facts: FactsDb,
  home: HomeId,
  devices: readonly DeviceRecord[],
): Promise<void> {
  const handle = facts.as(byRuntime(home))
  const cells = await handle.cells()
  const rows = devices.map((device) => rowOf(home, cells, device))
  await handle.transaction(async (tx) => {
    for (let i = 0; i < rows.length; i += rowsPerInsert) await upsert(tx, rows.slice(i, i + rowsPerInsert))
  })
}

function rowOf(home: HomeId, cells: HomeCells, device: DeviceRecord): Facts['device'] {
  return {
    home_id: home,
    id: device.id,
    driver: device.driver,
    connection_id: device.connection ?? null,
    room_id: device.room,
    is_new: device.isNew ? 1 : 0,
    added_at: device.addedAt,
    kind: device.shape.kind,
    details: cells.seal('device', 'details', device.id, {
      shape: device.shape,
      name: device.name,
      ...(device.guarded === true ? { guarded: true } : {}),
      ...(device.openMinutes === undefined ? {} : { openMinutes: device.openMinutes }),
      ...(device.unkept === undefined ? {} : { unkept: device.unkept }),
    }),
  }
}

async function upsert(tx: HomeHandle<Facts>, rows: readonly Facts['device'][]): Promise<void> {
  await tx
    .insertInto('device')
    .values(rows)
    .onConflict((on) =>
      on.columns(['home_id', 'id']).doUpdateSet((eb) => ({
        driver: eb.ref('excluded.driver'),
        connection_id: eb.ref('excluded.connection_id'),
        room_id: eb.ref('excluded.room_id'),
        is_new: eb.ref('excluded.is_new'),
        kind: eb.ref('excluded.kind'),
        details: eb.ref('excluded.details'),
      })),
    )
    .execute()
}

/** The device's row and what was sent to it. // pp.ret.2 */
export async function deleteDevices(
  facts: FactsDb,
  home: HomeId,
  devices: readonly DeviceId[],
): Promise<void> {
  await facts.as(byRuntime(home)).transaction(async (tx) => {
    for (let i = 0; i < devices.length; i += rowsPerInsert) {
      const some = devices.slice(i, i + rowsPerInsert)
      await tx.deleteFrom('command').where('device_id', 'in', some).execute()
      await tx.deleteFrom('device').where('id', 'in', some).execute()
    }
  })
}

/** The rows become what `records` say, the first of them in the place of `gone`: what was sent to that was sent to it. */
export async function replaceDevice(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  records: readonly DeviceRecord[],
  gone: DeviceId,
): Promise<void> {
  const handle = facts.as(by(home, subject))
  const cells = await handle.cells()
  const rows = records.map((record) => rowOf(home, cells, record))
  const [first] = rows
  if (first === undefined) return
  await handle.transaction(async (tx) => {
    // A key is the wish of one device: two of the same would clash.
    await tx
      .updateTable('command')
      .set({ device_id: first.id, key_hash: null })
      .where('device_id', '=', gone)
      .execute()
    await tx.deleteFrom('device').where('id', '=', gone).execute()
    await upsert(tx, rows)
  })
}

/** How many commands are kept of the device. */
export async function countCommands(facts: FactsDb, home: HomeId, device: DeviceId): Promise<number> {
  const rows = await facts
    .as(byRuntime(home))
    .selectFrom('command')
    .select((eb) => eb.fn.countAll<number | string>().as('n'))
    .where('device_id', '=', device)
    .execute()
  return Number(rows[0]?.n ?? 0)
}

export interface ConnectionRecord {
  readonly id: ConnectionId
  readonly driver: string
  readonly source: 'person' | 'environment'
  readonly config: ConnectionConfig
  readonly createdAt: number
}

export async function loadConnections(facts: FactsDb, home: HomeId): Promise<ConnectionRecord[]> {
  const handle = facts.as(byRuntime(home))
  const cells = await handle.cells()
  const rows = await handle
    .selectFrom('connection')
    .select(['id', 'driver', 'source', 'config', 'created_at'])
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    driver: row.driver,
    source: row.source,
    createdAt: row.created_at,
    config: cells.open('connection', 'config', row.id, row.config),
  }))
}

export async function saveConnection(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId | null,
  connection: ConnectionRecord,
): Promise<void> {
  const handle = facts.as(by(home, subject))
  const config = await handle.seal('connection', 'config', connection.id, connection.config)
  await handle
    .insertInto('connection')
    .values({
      home_id: home,
      id: connection.id,
      driver: connection.driver,
      source: connection.source,
      config,
      created_at: connection.createdAt,
    })
    .onConflict((on) => on.columns(['home_id', 'id']).doUpdateSet({ config }))
    .execute()
}

/** Removes the row; devices that stay behind belong to no connection. */
export async function deleteConnection(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId | null,
  id: ConnectionId,
): Promise<void> {
  await facts.as(by(home, subject)).transaction(async (tx) => {
    await tx.updateTable('device').set({ connection_id: null }).where('connection_id', '=', id).execute()
    await tx.deleteFrom('connection').where('id', '=', id).execute()
  })
}

export interface CredentialRecord {
  readonly id: CredentialId
  readonly name: string
  readonly username: string
  readonly hash: string
  readonly createdAt: number
  readonly scope: CredentialScope
  readonly madeBy: SubjectId | undefined
}

export async function loadCredentials(facts: FactsDb, home: HomeId): Promise<CredentialRecord[]> {
  const handle = facts.as(byRuntime(home))
  const cells = await handle.cells()
  const rows = await handle
    .selectFrom('credential')
    .select(['id', 'name', 'username', 'hash', 'created_at', 'scope', 'made_by'])
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    username: row.username,
    hash: row.hash,
    createdAt: row.created_at,
    madeBy: row.made_by ?? undefined,
    name: cells.open('credential', 'name', row.id, row.name),
    scope: row.scope === null ? { kind: 'everything' } : cells.open('credential', 'scope', row.id, row.scope),
  }))
}

export async function insertCredential(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  credential: CredentialRecord,
): Promise<void> {
  const handle = facts.as(by(home, subject))
  const name = await handle.seal('credential', 'name', credential.id, credential.name)
  const scope = await handle.seal('credential', 'scope', credential.id, credential.scope)
  await handle
    .insertInto('credential')
    .values({
      home_id: home,
      id: credential.id,
      name,
      username: credential.username,
      hash: credential.hash,
      created_at: credential.createdAt,
      scope,
      made_by: credential.madeBy ?? null,
    })
    .execute()
}

export async function deleteCredentials(
  facts: FactsDb,
  home: HomeId,
  ids: readonly CredentialId[],
): Promise<void> {
  await facts.as(byRuntime(home)).transaction(async (tx) => {
    for (const id of ids) await tx.deleteFrom('credential').where('id', '=', id).execute()
  })
}
