import { newId, type Purpose, type SubjectId } from '@eaves/model'
import type { Db, Facts, InstanceHandle, PersonHandle } from '../store/stores.ts'
import type { Random } from './secrets.ts'
import type {
  AccountTable,
  RecoveryCodeTable,
  ReplacedSecretTable,
  SessionTable,
  SignInFlowTable,
  TokenTable,
} from './data.ts'

type System = InstanceHandle<Facts>
type Own = PersonHandle<Facts>

/** No id has this form: what is asked of nobody takes as long and finds nothing. */
export const nobody = 'nobody' as SubjectId

export const asSignIn = (facts: Db<Facts>, purpose: Purpose = 'security'): System =>
  facts.as({ scope: { instance: true }, actor: { kind: 'system', part: 'sign-in' }, purpose })
export const asSelf = (facts: Db<Facts>, subject: SubjectId, purpose: Purpose = 'service.core'): Own =>
  facts.as({ scope: { person: subject }, actor: { kind: 'person', subject }, purpose })

export async function instanceValue(handle: System, key: string): Promise<string | undefined> {
  return (await handle.selectFrom('instance').select('value').where('key', '=', key).executeTakeFirst())
    ?.value
}

/** False when the key stands already: whoever wrote it first keeps it. */
export async function setOnce(handle: System, key: string, value: string): Promise<boolean> {
  const row = await handle
    .insertInto('instance')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('key')
    .executeTakeFirst()
  return row !== undefined
}

/** Writes another value, or takes the key away. */
export async function replaceInstanceValue(
  handle: System,
  key: string,
  value: string | undefined,
): Promise<void> {
  if (value === undefined) await handle.deleteFrom('instance').where('key', '=', key).execute()
  else await handle.updateTable('instance').set({ value }).where('key', '=', key).execute()
}

export interface NewAccount {
  readonly account: AccountTable
  readonly recoveryCodes: readonly RecoveryCodeTable[]
}
export async function addAccount(handle: System, { account, recoveryCodes }: NewAccount): Promise<void> {
  await handle.insertInto('account').values(account).execute()
  if (recoveryCodes.length > 0) await handle.insertInto('recovery_code').values(recoveryCodes).execute()
}

/** Whether there is an account, open or closed. */
export async function accountExists(handle: System, subject: SubjectId): Promise<boolean> {
  return (
    (await handle
      .selectFrom('account')
      .select('subject')
      .where('subject', '=', subject)
      .executeTakeFirst()) !== undefined
  )
}

/** An account that has not been closed. */
export function openAccount(handle: System, subject: SubjectId): Promise<AccountTable | undefined> {
  return handle
    .selectFrom('account')
    .selectAll()
    .where('subject', '=', subject)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
}

export async function setVerified(
  handle: System,
  subject: SubjectId,
  kind: 'email' | 'phone',
  at: number,
): Promise<void> {
  if (kind === 'email')
    await handle
      .updateTable('account')
      .set({ email_verified_at: at })
      .where('subject', '=', subject)
      .where('email_verified_at', 'is', null)
      .execute()
  else
    await handle
      .updateTable('account')
      .set({ phone_verified_at: at })
      .where('subject', '=', subject)
      .where('phone_verified_at', 'is', null)
      .execute()
}

export async function setPasswordRecord(
  handle: Own | System,
  subject: SubjectId,
  password: AccountTable['password'],
  /** When the person set it; left out where the same password only gets a new record. */
  at?: number,
): Promise<void> {
  const set = { password, ...(at === undefined ? {} : { password_set_at: at }) }
  await (
    'sealFor' in handle
      ? handle.updateTable('account').set(set).where('subject', '=', subject)
      : handle.updateTable('account').set(set)
  ).execute()
}

export const ownAccount = (handle: Own): Promise<AccountTable | undefined> =>
  handle.selectFrom('account').selectAll().executeTakeFirst()

export async function editAccount(
  handle: Own,
  edit: { readonly [K in 'locale' | 'theme' | 'insights']?: AccountTable[K] },
): Promise<void> {
  if (Object.keys(edit).length > 0) await handle.updateTable('account').set(edit).execute()
}

export async function replaceRecoveryCodes(handle: Own, rows: readonly RecoveryCodeTable[]): Promise<void> {
  await handle.transaction(async (tx) => {
    await tx.deleteFrom('recovery_code').execute()
    await tx.insertInto('recovery_code').values(rows).execute()
  })
}

export async function unusedRecoveryCodes(handle: Own): Promise<number> {
  return (await handle.selectFrom('recovery_code').select('id').where('used_at', 'is', null).execute()).length
}

/** One statement, so that of two tries with one code only one finds it unused. */
export async function useRecoveryCode(
  handle: System,
  subject: SubjectId,
  hash: string,
  at: number,
): Promise<boolean> {
  const used = await handle
    .updateTable('recovery_code')
    .set({ used_at: at })
    .where('subject', '=', subject)
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return used !== undefined
}

export async function addFlow(handle: System, flow: SignInFlowTable): Promise<void> {
  await handle.insertInto('sign_in_flow').values(flow).execute()
}

/** Counts the try before anything is compared: tries in parallel count as many as they are. // T13 */
export function countTry(handle: System, id: string, now: number): Promise<SignInFlowTable | undefined> {
  return handle
    .updateTable('sign_in_flow')
    .set((eb) => ({ tries: eb('tries', '+', 1) }))
    .where('id', '=', id)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()
}

/** True for the one caller that takes the flow; its code is dead for everybody else. */
export async function takeFlow(handle: System, id: string): Promise<boolean> {
  return (
    (await handle.deleteFrom('sign_in_flow').where('id', '=', id).returning('id').executeTakeFirst()) !==
    undefined
  )
}

/** Removes what has expired; answers whose flows those were. // pp.ret.1 */
export async function removeExpired(
  handle: System,
  now: number,
  idleBefore: number,
  tokensBefore: number,
): Promise<SubjectId[]> {
  const flows = await handle
    .deleteFrom('sign_in_flow')
    .where('expires_at', '<=', now)
    .returning('subject')
    .execute()
  await handle
    .deleteFrom('session')
    .where((eb) => eb.or([eb('expires_at', '<=', now), eb('last_seen_at', '<=', idleBefore)]))
    .execute()
  // With their sign-in, whichever way that ended.
  await handle
    .deleteFrom('replaced_secret')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('session')
            .select('session.id')
            .whereRef('session.subject', '=', 'replaced_secret.subject')
            .whereRef('session.id', '=', 'replaced_secret.session_id'),
        ),
      ),
    )
    .execute()
  await handle.deleteFrom('address_undo').where('expires_at', '<=', now).execute()
  await handle.deleteFrom('token').where('expires_at', '<=', tokensBefore).execute()
  return flows.map(({ subject }) => subject)
}

export async function addSession(handle: System, session: SessionTable): Promise<void> {
  await handle.insertInto('session').values(session).execute()
}

export const sessionByHash = (handle: System, hash: string): Promise<SessionTable | undefined> =>
  handle.selectFrom('session').selectAll().where('hash', '=', hash).executeTakeFirst()
export const ownSessions = (handle: Own): Promise<SessionTable[]> =>
  handle.selectFrom('session').selectAll().orderBy('last_seen_at', 'desc').execute()

export async function touchSession(handle: System, { subject, id }: SessionTable, at: number): Promise<void> {
  await handle
    .updateTable('session')
    .set({ last_seen_at: at })
    .where('subject', '=', subject)
    .where('id', '=', id)
    .execute()
}

export interface NewSecret {
  readonly hash: string
  readonly at: number
  readonly provedAt: number | undefined
  /** Until when the old one is still taken; null until the new one has been seen. */
  readonly oldUntil: number | null
  readonly random: Random
}
/** Whoever asks for a new secret holds this one, and gets it if the present one is older than that. */
export interface HeldSecret {
  readonly hash: string
  readonly dueBefore: number
}
/**
 * Puts a new secret in the place of the present one and remembers that one. False when what is held is neither the present
 * one nor one after which none has been seen, and when the present one is not due: of two that ask at once one gets it. // T14
 */
export async function rotateSession(
  handle: Own,
  id: string,
  held: HeldSecret | undefined,
  { hash, at, provedAt, oldUntil, random }: NewSecret,
): Promise<boolean> {
  return handle.transaction(async (tx) => {
    const old = await tx.selectFrom('session').selectAll().where('id', '=', id).executeTakeFirst()
    if (old === undefined) return false
    if (held !== undefined) {
      if ((old.secret_at ?? old.created_at) > held.dueBefore) return false
      if (old.hash !== held.hash && !(await isUnclosed(tx, id, held.hash))) return false
    }
    const changed = await tx
      .updateTable('session')
      .set({ hash, secret_at: at, ...(provedAt === undefined ? {} : { proved_at: provedAt }) })
      .where('id', '=', id)
      .where('hash', '=', old.hash)
      .returning('id')
      .executeTakeFirst()
    if (changed === undefined) return false
    await tx
      .insertInto('replaced_secret')
      .values({
        subject: old.subject,
        id: newId(random),
        session_id: id,
        hash: old.hash,
        until: oldUntil,
        expires_at: old.expires_at,
      })
      .execute()
    return true
  })
}

async function isUnclosed(handle: Own, id: string, hash: string): Promise<boolean> {
  const row = await handle
    .selectFrom('replaced_secret')
    .select('id')
    .where('session_id', '=', id)
    .where('hash', '=', hash)
    .where('until', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

export const replacedByHash = (handle: System, hash: string): Promise<ReplacedSecretTable | undefined> =>
  handle.selectFrom('replaced_secret').selectAll().where('hash', '=', hash).executeTakeFirst()
export const sessionById = (
  handle: System,
  subject: SubjectId,
  id: string,
): Promise<SessionTable | undefined> =>
  handle
    .selectFrom('session')
    .selectAll()
    .where('subject', '=', subject)
    .where('id', '=', id)
    .executeTakeFirst()

/** The new secret has been seen: from here on the old ones are taken a moment longer and then never again. */
export async function closeReplaced(handle: System, session: SessionTable, until: number): Promise<void> {
  await handle
    .updateTable('replaced_secret')
    .set({ until })
    .where('subject', '=', session.subject)
    .where('session_id', '=', session.id)
    .where('until', 'is', null)
    .execute()
}

/** Ends the sessions that the filter names; answers with their ids. */
export async function endSessions(
  handle: Own,
  which: { readonly only?: string; readonly except?: string },
): Promise<string[]> {
  let query = handle.deleteFrom('session').returning('id')
  if (which.only !== undefined) query = query.where('id', '=', which.only)
  if (which.except !== undefined) query = query.where('id', '!=', which.except)
  return (await query.execute()).map(({ id }) => id)
}

export async function addToken(handle: Own, token: TokenTable): Promise<void> {
  await handle.insertInto('token').values(token).execute()
}

export const tokenByHash = (handle: System, hash: string): Promise<TokenTable | undefined> =>
  handle.selectFrom('token').selectAll().where('hash', '=', hash).executeTakeFirst()
export const ownTokens = (handle: Own): Promise<TokenTable[]> =>
  handle.selectFrom('token').selectAll().orderBy('created_at', 'desc').execute()

export async function touchToken(handle: System, { subject, id }: TokenTable, at: number): Promise<void> {
  await handle
    .updateTable('token')
    .set({ last_used_at: at })
    .where('subject', '=', subject)
    .where('id', '=', id)
    .execute()
}

export async function endTokens(handle: Own, only?: string): Promise<string[]> {
  let query = handle.deleteFrom('token').returning('id')
  if (only !== undefined) query = query.where('id', '=', only)
  return (await query.execute()).map(({ id }) => id)
}
