import type { SubjectId } from '@eaves/model'
import type { TotpTable } from './data.ts'
import type { asSelf, asSignIn } from './store.ts'

type System = ReturnType<typeof asSignIn>
type Own = ReturnType<typeof asSelf>

export const ownTotp = (handle: Own): Promise<TotpTable | undefined> =>
  handle.selectFrom('totp').selectAll().executeTakeFirst()

/** An authenticator app that is being set up; one that is on stays. */
export async function beginTotp(handle: Own, row: TotpTable): Promise<boolean> {
  const begun = await handle
    .insertInto('totp')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('subject')
        .doUpdateSet({ secret: row.secret, created_at: row.created_at, last_step: null })
        .where('totp.confirmed_at', 'is', null),
    )
    .returning('subject')
    .executeTakeFirst()
  return begun !== undefined
}

/** One statement, so that of two uses of one time step only one finds it unused. */
export async function takeStep(handle: System, subject: SubjectId, step: number): Promise<boolean> {
  const taken = await handle
    .updateTable('totp')
    .set({ last_step: step })
    .where('subject', '=', subject)
    .where((eb) => eb.or([eb('last_step', 'is', null), eb('last_step', '<', step)]))
    .returning('subject')
    .executeTakeFirst()
  return taken !== undefined
}

export async function confirmTotp(handle: Own, at: number): Promise<boolean> {
  const confirmed = await handle
    .updateTable('totp')
    .set({ confirmed_at: at })
    .where('confirmed_at', 'is', null)
    .returning('subject')
    .executeTakeFirst()
  return confirmed !== undefined
}
export async function removeTotp(handle: Own): Promise<boolean> {
  return (await handle.deleteFrom('totp').returning('subject').executeTakeFirst()) !== undefined
}
