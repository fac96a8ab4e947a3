import type { Facts, InstanceHandle } from '../store/stores.ts'
import type { InboxTable } from './data.ts'

type System = InstanceHandle<Facts>
const mostAtOnce = 500
const minuteMs = 60_000

/** What nobody has seen, answered or ended, and whose time to be told again has come. */
export const dueAgain = (handle: System, at: number): Promise<InboxTable[]> =>
  handle
    .selectFrom('inbox')
    .selectAll()
    .where('again_at', '<=', at)
    .where('seen_at', 'is', null)
    .where('over_at', 'is', null)
    .orderBy('again_at')
    .limit(mostAtOnce)
    .execute()

/** Once less, and not again after the last time. */
export async function movedOn(handle: System, rows: readonly InboxTable[], at: number): Promise<void> {
  for (const { subject, id, again_left: left, again_minutes: minutes } of rows)
    await handle
      .updateTable('inbox')
      .set({
        again_left: (left ?? 1) - 1,
        again_at: (left ?? 1) > 1 && minutes !== null ? at + minutes * minuteMs : null,
      })
      .where('subject', '=', subject)
      .where('id', '=', id)
      .execute()
}
