import type { CommandId, CommandRecord, CommandStatus, DeviceId, HomeId, SubjectId } from '@eaves/model'
import { isoInstant } from '../deps.ts'
import { byPerson, byRuntime } from '../store/access.ts'
import type { Db } from '../store/handle.ts'
import type { Facts } from '../store/schema.ts'
import type { CommandPayload } from './data.ts'

export type FactsDb = Db<Facts>
export interface NewCommand {
  readonly id: CommandId
  readonly device: DeviceId
  readonly status: CommandStatus
  readonly confirmable: boolean
  readonly acceptedAt: number
  readonly endedAt: number | undefined
  readonly reason: string | undefined
  readonly keyHash: string | undefined
  readonly bodyHash: string | undefined
  readonly payload: CommandPayload
}
export interface StoredCommand {
  readonly record: CommandRecord
  readonly bodyHash: string | null
}

const columns = [
  'id',
  'device_id',
  'status',
  'confirmable',
  'accepted_at',
  'sent_at',
  'ended_at',
  'reason',
  'body_hash',
  'payload',
] as const

/** All of them in one statement. */
export async function insertCommands(
  facts: Db<Facts>,
  home: HomeId,
  subject: SubjectId,
  commands: readonly NewCommand[],
): Promise<void> {
  const handle = facts.as(byPerson(home, subject))
  const cells = await handle.cells()
  await handle
    .insertInto('command')
    .values(
      commands.map((command) => ({
        home_id: home,
        id: command.id,
        device_id: command.device,
        status: command.status,
        confirmable: command.confirmable ? 1 : 0,
        accepted_at: command.acceptedAt,
        sent_at: null,
        ended_at: command.endedAt ?? null,
        reason: command.reason ?? null,
        actor_subject: subject,
        key_hash: command.keyHash ?? null,
        body_hash: command.bodyHash ?? null,
        payload: cells.seal('command', 'payload', command.id, command.payload),
      })),
    )
    .execute()
}

/** How a command ended; `payload` only when the driver said why it failed. */
export interface EndedCommand {
  readonly id: CommandId
  readonly status: CommandStatus
  readonly sentAt: number | undefined
  readonly endedAt: number
  readonly reason: string | undefined
  readonly payload: CommandPayload | undefined
}

/** Stores how they ended: all of them, or none. */
export async function endCommands(
  facts: Db<Facts>,
  home: HomeId,
  commands: readonly EndedCommand[],
): Promise<void> {
  const handle = facts.as(byRuntime(home))
  const cells = await handle.cells()
  const write = async (on: typeof handle, { id, payload, ...end }: EndedCommand): Promise<void> => {
    await on
      .updateTable('command')
      .set({
        status: end.status,
        sent_at: end.sentAt ?? null,
        ended_at: end.endedAt,
        reason: end.reason ?? null,
        ...(payload === undefined ? {} : { payload: cells.seal('command', 'payload', id, payload) }),
      })
      .where('id', '=', id)
      .execute()
  }
  const [only, ...more] = commands
  if (only !== undefined && more.length === 0) return write(handle, only)
  await handle.transaction(async (tx) => {
    for (const each of commands) await write(tx, each)
  })
}

export async function findCommand(
  facts: Db<Facts>,
  home: HomeId,
  subject: SubjectId,
  id: CommandId,
): Promise<CommandRecord | undefined> {
  const handle = facts.as(byPerson(home, subject))
  const row = await handle.selectFrom('command').select(columns).where('id', '=', id).executeTakeFirst()
  return row === undefined
    ? undefined
    : toRecord(row, await handle.open('command', 'payload', row.id, row.payload))
}

export async function findByKey(
  facts: Db<Facts>,
  home: HomeId,
  subject: SubjectId,
  device: DeviceId,
  keyHash: string,
): Promise<StoredCommand | undefined> {
  const handle = facts.as(byPerson(home, subject))
  const row = await handle
    .selectFrom('command')
    .select(columns)
    .where('device_id', '=', device)
    .where('key_hash', '=', keyHash)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    record: toRecord(row, await handle.open('command', 'payload', row.id, row.payload)),
    bodyHash: row.body_hash,
  }
}

/** What was on its way when the server stopped can no longer be confirmed by a report of after sending. */
export async function endOpenCommands(facts: Db<Facts>, now: number): Promise<void> {
  await facts
    .as({ scope: { instance: true }, actor: { kind: 'system', part: 'start' }, purpose: 'service.core' })
    .updateTable('command')
    .set({ status: 'timed-out', ended_at: now, reason: 'device.timed-out' })
    .where('ended_at', 'is', null)
    .execute()
}

interface Row {
  readonly id: CommandId
  readonly device_id: DeviceId
  readonly status: CommandStatus
  readonly confirmable: number
  readonly accepted_at: number
  readonly sent_at: number | null
  readonly ended_at: number | null
  readonly reason: string | null
}

function toRecord(row: Row, payload: CommandPayload): CommandRecord {
  return {
    id: row.id,
    device: row.device_id,
    status: row.status,
    at: {
      accepted: isoInstant(row.accepted_at),
      ...(row.sent_at === null ? {} : { sent: isoInstant(row.sent_at) }),
      ...(row.status === 'confirmed' && row.ended_at !== null ? { confirmed: isoInstant(row.ended_at) } : {}),
      ...(row.ended_at === null ? {} : { ended: isoInstant(row.ended_at) }),
    },
    ...(row.reason === null
      ? {}
      : {
          reason: { code: row.reason, ...(payload.detail === undefined ? {} : { detail: payload.detail }) },
        }),
    confirmable: row.confirmable === 1,
  }
}

export function isDiskFullError(error: unknown): boolean {
  const { code, errcode } = (error ?? {}) as { code?: unknown; errcode?: unknown }
  return code === 'ENOSPC' || code === 'server.disk-full' || errcode === 13 || code === '53100'
}

/** How often the person told each device of the home something since then: numbers for a report that they chose, read for that purpose and no other. // pp.3.1.3 */
export async function commandCounts(
  facts: Db<Facts>,
  home: HomeId,
  subject: SubjectId,
  sinceMs: number,
): Promise<ReadonlyMap<DeviceId, number>> {
  const rows = await facts
    .as({
      scope: { home },
      actor: { kind: 'system', part: 'sharing' },
      purpose: 'sharing.manufacturer-quality',
    })
    .selectFrom('command')
    .select(({ fn }) => ['device_id', fn.countAll<number | string>().as('n')])
    .where('accepted_at', '>=', sinceMs)
    .where('actor_subject', '=', subject)
    .groupBy('device_id')
    .execute()
  return new Map(rows.map(({ device_id, n }) => [device_id, Number(n)]))
}
