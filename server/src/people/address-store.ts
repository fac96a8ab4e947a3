import type { SubjectId } from '@eaves/model'
import type { AccountTable, AddressUndoTable } from './data.ts'
import type { asSelf, asSignIn } from './store.ts'

type System = ReturnType<typeof asSignIn>
type Own = ReturnType<typeof asSelf>
type Column = 'email' | 'phone'

/** Sets or empties one of the two addresses. */
export async function writeAddress(
  handle: System,
  subject: SubjectId,
  column: Column,
  sealed: AccountTable['email'],
  verifiedAt: number | null,
  changedAt: number | null,
): Promise<void> {
  await handle
    .updateTable('account')
    .set(
      column === 'email'
        ? { email: sealed, email_verified_at: verifiedAt }
        : { phone: sealed, phone_verified_at: verifiedAt, phone_changed_at: changedAt },
    )
    .where('subject', '=', subject)
    .execute()
}

export async function addUndo(handle: Own, row: AddressUndoTable): Promise<void> {
  await handle.insertInto('address_undo').values(row).execute()
}

/** For the one caller that takes it; whoever comes later finds nothing. */
export const takeUndo = (handle: System, hash: string, now: number): Promise<AddressUndoTable | undefined> =>
  handle
    .deleteFrom('address_undo')
    .where('hash', '=', hash)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()

/** Takes away every way in that was set since: whoever changed the address may have left one. */
export async function removeWaysSince(handle: System, subject: SubjectId, since: number): Promise<void> {
  await handle.deleteFrom('passkey').where('subject', '=', subject).where('created_at', '>=', since).execute()
  await handle.deleteFrom('totp').where('subject', '=', subject).where('created_at', '>=', since).execute()
  await handle.deleteFrom('recovery_code').where('subject', '=', subject).execute()
  await handle
    .updateTable('account')
    .set({ password: null, password_set_at: null })
    .where('subject', '=', subject)
    .where('password_set_at', '>=', since)
    .execute()
  await handle
    .deleteFrom('address_undo')
    .where('subject', '=', subject)
    .where('changed_at', '>=', since)
    .execute()
}
