import type { SubjectId } from '@eaves/model'
import type { Db, Facts } from '../store/stores.ts'
import type { asSignIn } from './store.ts'
import { asSelf } from './store.ts'
import type { PasskeyTable } from './ways-data.ts'

type System = ReturnType<typeof asSignIn>
type Own = ReturnType<typeof asSelf>

export const passkeyByCredential = (handle: System, credential: string): Promise<PasskeyTable | undefined> =>
  handle.selectFrom('passkey').selectAll().where('credential_id', '=', credential).executeTakeFirst()
export const ownPasskeys = (handle: Own): Promise<PasskeyTable[]> =>
  handle.selectFrom('passkey').selectAll().orderBy('created_at').orderBy('id').execute()

/** False when an authenticator's key of that name stands already, whoever's it is. */
export async function addPasskey(handle: Own, row: PasskeyTable): Promise<boolean> {
  const added = await handle
    .insertInto('passkey')
    .values(row)
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

/** Notes a use; false when another use came in between. */
export async function usePasskey(
  handle: System,
  row: PasskeyTable,
  used: Pick<PasskeyTable, 'counter' | 'backed_up' | 'last_used_at'>,
): Promise<boolean> {
  const noted = await handle
    .updateTable('passkey')
    .set(used)
    .where('subject', '=', row.subject)
    .where('id', '=', row.id)
    .where('counter', '=', row.counter)
    .returning('id')
    .executeTakeFirst()
  return noted !== undefined
}

export async function renamePasskey(handle: Own, id: string, name: PasskeyTable['name']): Promise<boolean> {
  const renamed = await handle
    .updateTable('passkey')
    .set({ name })
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return renamed !== undefined
}

export const removePasskey = (handle: Own, id: string): Promise<PasskeyTable | undefined> =>
  handle.deleteFrom('passkey').where('id', '=', id).returningAll().executeTakeFirst()

/** The random name of the account at its authenticators; whoever comes first decides it. */
export async function keepPasskeyHandle(facts: Db<Facts>, subject: SubjectId, made: string): Promise<string> {
  const handle = asSelf(facts, subject)
  await handle
    .updateTable('account')
    .set({ passkey_handle: made })
    .where('passkey_handle', 'is', null)
    .execute()
  const row = await handle.selectFrom('account').select('passkey_handle').executeTakeFirstOrThrow()
  return row.passkey_handle ?? made
}
