import { AppError, type SubjectId } from '@eaves/model'
import type { Db, Facts, InstanceHandle, PersonHandle } from '../store/stores.ts'
import type { PushSubscriptionTable } from './data.ts'

type System = InstanceHandle<Facts>
type Own = PersonHandle<Facts>

export const asNotices = (facts: Db<Facts>): System =>
  facts.as({ scope: { instance: true }, actor: { kind: 'system', part: 'notices' }, purpose: 'service.core' })
export const asSelf = (facts: Db<Facts>, subject: SubjectId): Own =>
  facts.as({ scope: { person: subject }, actor: { kind: 'person', subject }, purpose: 'service.core' })

export const ownSubscriptions = (handle: Own): Promise<PushSubscriptionTable[]> =>
  handle.selectFrom('push_subscription').selectAll().orderBy('created_at', 'desc').execute()

/** Puts it in the place of what this sign-in had, and of what anybody had for the same browser: that one shows notices of one person only. */
export async function putSubscription(handle: System, row: PushSubscriptionTable): Promise<void> {
  // Another put at the same moment takes the place that was just made free: then once more, and the last one stands.
  for (let tries = 0; tries < mostPuts; tries++) if (await putOnce(handle, row)) return
  throw new AppError('server.busy')
}

const mostPuts = 8
async function putOnce(handle: System, row: PushSubscriptionTable): Promise<boolean> {
  return handle.transaction(async (tx) => {
    await tx
      .deleteFrom('push_subscription')
      .where((eb) =>
        eb.or([
          eb('hash', '=', row.hash),
          eb.and([eb('subject', '=', row.subject), eb('session', '=', row.session)]),
        ]),
      )
      .execute()
    const put = await tx
      .insertInto('push_subscription')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    return put !== undefined
  })
}

export async function removeSubscription(handle: Own, id: string): Promise<boolean> {
  return (
    (await handle.deleteFrom('push_subscription').where('id', '=', id).returning('id').executeTakeFirst()) !==
    undefined
  )
}

export async function removeOfSession(handle: System, session: string): Promise<void> {
  await handle.deleteFrom('push_subscription').where('session', '=', session).execute()
}

export interface LiveLimits {
  readonly nowMs: number
  /** A sign-in last seen before this has ended. */
  readonly idleBeforeMs: number
}

/** Subscriptions whose sign-in lives at this moment: all of a person, or one. // T14 */
export function liveSubscriptions(
  handle: System,
  subject: SubjectId,
  { nowMs, idleBeforeMs }: LiveLimits,
  only?: string,
): Promise<PushSubscriptionTable[]> {
  let query = handle
    .selectFrom('push_subscription')
    .innerJoin('session', (join) =>
      join
        .onRef('session.id', '=', 'push_subscription.session')
        .onRef('session.subject', '=', 'push_subscription.subject'),
    )
    .selectAll('push_subscription')
    .where('push_subscription.subject', '=', subject)
    .where('session.expires_at', '>', nowMs)
    .where('session.last_seen_at', '>', idleBeforeMs)
  if (only !== undefined) query = query.where('push_subscription.id', '=', only)
  return query.execute()
}

export async function noteSent(handle: System, subject: SubjectId, id: string, at: number): Promise<void> {
  await handle
    .updateTable('push_subscription')
    .set({ sent_at: at })
    .where('subject', '=', subject)
    .where('id', '=', id)
    .execute()
}

/** What a message to a person needs: addresses still sealed, whether they are proved, and the language. */
export function addressesOf(handle: System, subject: SubjectId) {
  return handle
    .selectFrom('account')
    .select(['email', 'phone', 'email_verified_at', 'phone_verified_at', 'locale'])
    .where('subject', '=', subject)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
}
