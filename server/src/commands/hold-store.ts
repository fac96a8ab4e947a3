import type { DeviceId, HomeId, SubjectId } from '@eaves/model'
import type { HoldEnds } from '@eaves/model/api'
import { byPerson, byRuntime, type Db, type Facts } from '../store/stores.ts'

export interface Held {
  readonly id: string
  readonly device: DeviceId
  readonly part: string | undefined
  readonly capability: string | undefined
  readonly ends: HoldEnds
  readonly until: number | undefined
  readonly since: number
  readonly by: SubjectId | undefined
}

export async function loadHolds(facts: Db<Facts>, home: HomeId): Promise<Held[]> {
  const rows = await facts.as(byRuntime(home)).selectFrom('device_hold').selectAll().execute()
  return rows.map((row) => ({
    id: row.id,
    device: row.device_id,
    part: row.part ?? undefined,
    capability: row.capability ?? undefined,
    ends: row.ends,
    until: row.until ?? undefined,
    since: row.since,
    by: row.by_subject ?? undefined,
  }))
}

export async function insertHold(
  facts: Db<Facts>,
  home: HomeId,
  subject: SubjectId,
  held: Held,
): Promise<void> {
  await facts
    .as(byPerson(home, subject))
    .insertInto('device_hold')
    .values({
      home_id: home,
      id: held.id,
      device_id: held.device,
      part: held.part ?? null,
      capability: held.capability ?? null,
      ends: held.ends,
      until: held.until ?? null,
      since: held.since,
      by_subject: held.by ?? null,
    })
    .execute()
}

export async function deleteHolds(facts: Db<Facts>, home: HomeId, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await facts.as(byRuntime(home)).deleteFrom('device_hold').where('id', 'in', ids).execute()
}
