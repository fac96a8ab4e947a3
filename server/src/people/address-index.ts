import { AppError, type SubjectId } from '@eaves/model'
import type { AccountDeps } from './accounts.ts'
import { readIdentifier, type KnownIdentifier } from './identifiers.ts'
import { accountExists, asSelf, asSignIn, ownAccount } from './store.ts'

export type Column = 'email' | 'phone'
export const columns: readonly Column[] = ['email', 'phone']
export type IndexDeps = Pick<AccountDeps, 'facts' | 'vault' | 'turn'>

/** An index entry of the person's own id, which stands while index and row may differ. */
const mark = (column: Column) => `unfinished.${column}`

/**
 * Changes addresses in the vault's index and in the rows, which no one transaction holds. The index is only added to
 * before the rows are written, and brought in line with them afterwards: also when writing failed, and at the next
 * start when the program ended in between.
 */
export async function changingIndex<T>(
  deps: IndexDeps,
  subject: SubjectId,
  changed: readonly Column[],
  work: () => Promise<T>,
): Promise<T> {
  for (const column of changed) await deps.vault.blind.put(mark(column), subject, subject)
  try {
    return await work()
  } finally {
    for (const column of changed) await settleIndex(deps, subject, column)
  }
}

/** Whether an address is nobody else's. */
export async function isFree(
  { vault, facts }: IndexDeps,
  subject: SubjectId,
  { kind, lookup }: KnownIdentifier,
): Promise<boolean> {
  const holder = await vault.blind.find(kind, lookup)
  return (
    holder === undefined ||
    holder === subject ||
    !(await accountExists(asSignIn(facts, 'service.core'), holder))
  )
}

/** Lets an address lead to the person, beside the one that still does; one that somebody else proved in the meantime is refused. */
export async function addToIndex(
  deps: IndexDeps,
  subject: SubjectId,
  identifier: KnownIdentifier,
): Promise<void> {
  const { blind } = deps.vault
  const { kind, lookup } = identifier
  if (!(await isFree(deps, subject, identifier))) throw new AppError('auth.code-wrong')
  const holder = await blind.find(kind, lookup)
  if (holder !== undefined && holder !== subject) await blind.remove(holder)
  if (!(await blind.put(kind, lookup, subject))) throw new AppError('auth.code-wrong')
}

/** Lets the address in the row lead to the person, and no other. */
async function settleIndex({ vault, facts }: IndexDeps, subject: SubjectId, column: Column): Promise<void> {
  const handle = asSelf(facts, subject)
  const sealed = (await ownAccount(handle))?.[column] ?? null
  const kept = sealed === null ? undefined : await handle.open('account', column, subject, sealed)
  const lookup =
    kept === undefined
      ? undefined
      : (await readIdentifier(column === 'email' ? { email: kept } : { phone: kept })).lookup
  if (lookup !== undefined) await vault.blind.put(column, lookup, subject)
  await vault.blind.remove(subject, column, lookup)
  await vault.blind.remove(subject, mark(column))
}

/** What a stop in between left unfinished. */
export async function settleUnfinished(deps: IndexDeps): Promise<void> {
  for (const column of columns)
    for (const subject of await deps.vault.blind.holders(mark(column)))
      await deps.turn(() => settleIndex(deps, subject, column))
}
