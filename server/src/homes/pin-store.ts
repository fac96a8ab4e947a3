import type { HomeId, SubjectId } from '@eaves/model'
import type { MemberPinTable } from './data.ts'
import { byRuntime, type FactsDb } from './access.ts'

export async function hasPin(facts: FactsDb, home: HomeId, subject: SubjectId): Promise<boolean> {
  const row = await facts
    .as(byRuntime(home))
    .selectFrom('member_pin')
    .select('subject')
    .where('subject', '=', subject)
    .executeTakeFirst()
  return row !== undefined
}

/** A new one starts with all its tries. */
export async function savePin(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  record: string,
): Promise<void> {
  const handle = facts.as(byRuntime(home))
  const set = {
    pin: await handle.seal('member_pin', 'pin', subject, record),
    tries: 0,
    locked_until: null,
  }
  await handle
    .insertInto('member_pin')
    .values({ home_id: home, subject, ...set })
    .onConflict((conflict) => conflict.columns(['home_id', 'subject']).doUpdateSet(set))
    .execute()
}

export async function deletePin(facts: FactsDb, home: HomeId, subject: SubjectId): Promise<boolean> {
  const gone = await facts
    .as(byRuntime(home))
    .deleteFrom('member_pin')
    .where('subject', '=', subject)
    .returning('subject')
    .executeTakeFirst()
  return gone !== undefined
}

export type Tried =
  | { readonly lockedUntil: number }
  | { readonly tries: number; readonly record: string; readonly sealed: MemberPinTable['pin'] }

/** Counts one try, and with the last that is let through locks; undefined when there is no PIN. */
export async function addTry(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  { now, most, restMs }: { readonly now: number; readonly most: number; readonly restMs: number },
): Promise<Tried | undefined> {
  const handle = facts.as(byRuntime(home))
  const cells = await handle.cells()
  return handle.transaction(async (tx) => {
    await tx
      .updateTable('member_pin')
      .set({ tries: 0, locked_until: null })
      .where('subject', '=', subject)
      // No rest is longer: a clock that says so was set back.
      .where((eb) => eb.or([eb('locked_until', '<=', now), eb('locked_until', '>', now + restMs)]))
      .execute()
    // One statement, so that no two tries read the same count.
    const row = await tx
      .updateTable('member_pin')
      .set((eb) => ({ tries: eb('tries', '+', 1) }))
      .where('subject', '=', subject)
      .where('locked_until', 'is', null)
      .returningAll()
      .executeTakeFirst()
    if (row === undefined) {
      const rest = await tx
        .selectFrom('member_pin')
        .select('locked_until')
        .where('subject', '=', subject)
        .executeTakeFirst()
      return rest === undefined ? undefined : { lockedUntil: rest.locked_until ?? now + restMs }
    }
    if (row.tries >= most)
      await tx
        .updateTable('member_pin')
        .set({ locked_until: now + restMs })
        .where('subject', '=', subject)
        .execute()
    return {
      tries: row.tries,
      record: cells.open('member_pin', 'pin', subject, row.pin),
      sealed: row.pin,
    }
  })
}

/** After the right one, unless another has been set meanwhile. */
export async function clearTries(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  sealed: MemberPinTable['pin'],
): Promise<void> {
  await facts
    .as(byRuntime(home))
    .updateTable('member_pin')
    .set({ tries: 0, locked_until: null })
    .where('subject', '=', subject)
    .where('pin', '=', sealed)
    .execute()
}
