import type { AutomationId, CommandId, CommandStatus, DeviceId, HomeId, RunId, SubjectId } from '@eaves/model'
import type { RunResult } from '@eaves/model/api'
import type { Trace } from '../automations/data.ts'
import type { CommandPayload } from '../commands/data.ts'
import { byPerson } from '../store/access.ts'
import type { Db } from '../store/handle.ts'
import type { Facts } from '../store/schema.ts'

export type FactsDb = Db<Facts>
export interface Span {
  readonly from: number
  readonly to: number
}
export interface CommandLine {
  readonly id: CommandId
  readonly device: DeviceId
  readonly at: number
  readonly endedAt: number | undefined
  readonly status: CommandStatus
  readonly reason: string | undefined
  readonly actor: SubjectId | undefined
  readonly payload: CommandPayload
}
export interface RunLine {
  readonly id: RunId
  readonly automation: AutomationId
  readonly at: number
  readonly endedAt: number | undefined
  readonly result: RunResult
  readonly trace: Trace
}

/** The newest commands of a span, newest first. */
export async function commandsIn(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  { from, to }: Span,
  limit: number,
): Promise<CommandLine[]> {
  const handle = facts.as(byPerson(home, subject))
  const cells = await handle.cells()
  const rows = await handle
    .selectFrom('command')
    .select(['id', 'device_id', 'accepted_at', 'ended_at', 'status', 'reason', 'actor_subject', 'payload'])
    .where('accepted_at', '>=', from)
    .where('accepted_at', '<', to)
    .orderBy('accepted_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    device: row.device_id,
    at: row.accepted_at,
    endedAt: row.ended_at ?? undefined,
    status: row.status,
    reason: row.reason ?? undefined,
    actor: row.actor_subject ?? undefined,
    payload: cells.open('command', 'payload', row.id, row.payload),
  }))
}

/** The newest runs of a span that a condition did not stop, newest first. */
export async function runsIn(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  { from, to }: Span,
  limit: number,
): Promise<RunLine[]> {
  const handle = facts.as(byPerson(home, subject))
  const cells = await handle.cells()
  const rows = await handle
    .selectFrom('automation_run')
    .select(['id', 'automation_id', 'at', 'ended_at', 'result', 'trace'])
    .where('at', '>=', from)
    .where('at', '<', to)
    .where('result', '<>', 'skipped')
    .orderBy('at', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    automation: row.automation_id,
    at: row.at,
    endedAt: row.ended_at ?? undefined,
    result: row.result,
    trace: cells.open('automation_run', 'trace', row.id, row.trace),
  }))
}
