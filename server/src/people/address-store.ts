import type { SubjectId } from '@eaves/model'
import type { AccountTable, AddressUndoTable } from './data.ts'
import type { asSelf, asSignIn } from './store.ts'

type System = ReturnType<typeof asSignIn>
type Own = ReturnType<typeof asSelf>
type Column = 'email' | 'phone'
export interface Written {
  readonly sealed: AccountTable['email']
  readonly verifiedAt: number | null
  readonly changedAt: number | null
}
export const noAddress: Written = { sealed: null, verifiedAt: null, changedAt: null }

const cells = (column: Column, { sealed, verifiedAt, changedAt }: Written) =>
  column === 'email'
    ? { email: sealed, email_verified_at: verifiedAt }
    : { phone: sealed, phone_verified_at: verifiedAt, phone_changed_at: changedAt }

/** Sets or empties one of the two addresses. */
export async function writeAddress(
  handle: System,
  subject: SubjectId,
  column: Column,
  written: Written,
): Promise<void> {
  await handle.updateTable('account').set(cells(column, written)).where('subject', '=', subject).execute()
}

/** Empties one of the two; false when the other is not proved: of two tries at once only one finds it so. */
export async function emptyAddress(handle: System, subject: SubjectId, column: Column): Promise<boolean> {
  const emptied = await handle
    .updateTable('account')
    .set(cells(column, noAddress))
    .where('subject', '=', subject)
    .where(column === 'email' ? 'phone_verified_at' : 'email_verified_at', 'is not', null)
    .returning('subject')
    .executeTakeFirst()
  return emptied !== undefined
}

export async function addUndo(handle: System, row: AddressUndoTable): Promise<void> {
  await handle.insertInto('address_undo').values(row).execute()
}

export const undoByHash = (
  handle: System,
  hash: string,
  now: number,
): Promise<AddressUndoTable | undefined> =>
  handle
    .selectFrom('address_undo')
    .selectAll()
    .where('hash', '=', hash)
    .where('expires_at', '>', now)
    .executeTakeFirst()

/** A person's ways back, in the order of the changes. */
export const ownUndos = (handle: Own, now: number): Promise<AddressUndoTable[]> =>
  handle.selectFrom('address_undo').selectAll().where('expires_at', '>', now).orderBy('changed_at').execute()

export async function removeUndos(handle: System, subject: SubjectId, ids: readonly string[]): Promise<void> {
  await handle
    .deleteFrom('address_undo')
    .where('subject', '=', subject)
    .where('id', 'in', [...ids])
    .execute()
}

export const untoldUndos = (handle: System, now: number): Promise<AddressUndoTable[]> =>
  handle
    .selectFrom('address_undo')
    .selectAll()
    .where('told_at', 'is', null)
    .where('expires_at', '>', now)
    .execute()

export async function editUndo(
  handle: System,
  { subject, id }: AddressUndoTable,
  edit: Partial<Pick<AddressUndoTable, 'hash' | 'told_at'>>,
): Promise<void> {
  await handle
    .updateTable('address_undo')
    .set(edit)
    .where('subject', '=', subject)
    .where('id', '=', id)
    .execute()
}

/** Takes away every way in that was set since: whoever changed the address may have left one. */
export async function removeWaysSince(handle: System, subject: SubjectId, since: number): Promise<void> {
  await handle.deleteFrom('passkey').where('subject', '=', subject).where('created_at', '>=', since).execute()
  // Beginning tells nobody, so an app that was begun long before counts from when it was turned on.
  await handle
    .deleteFrom('totp')
    .where('subject', '=', subject)
    .where((eb) => eb.or([eb('created_at', '>=', since), eb('confirmed_at', '>=', since)]))
    .execute()
  await handle.deleteFrom('recovery_code').where('subject', '=', subject).execute()
  await handle
    .updateTable('account')
    .set({ password: null, password_set_at: null })
    .where('subject', '=', subject)
    .where('password_set_at', '>=', since)
    .execute()
}
