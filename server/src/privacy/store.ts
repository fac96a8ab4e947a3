import type { Actor, AgeBand, Locale, Region, SubjectId } from '@eaves/model'
import type { MapRow } from '../store/schema.ts'
import type { Db, Facts, InstanceHandle, PersonHandle } from '../store/stores.ts'
import type { AgreementTable, ConsentEventTable, PolicyNoticeTable, PolicyVersionTable } from './data.ts'

export type ActsHandle = InstanceHandle<Facts> | PersonHandle<Facts>

export const asPerson = (facts: Db<Facts>, subject: SubjectId): PersonHandle<Facts> =>
  facts.as({ scope: { person: subject }, actor: { kind: 'person', subject }, purpose: 'service.core' })
/** What is held of a child, for the adult who answers for it. // pp.6 */
export const asGuardianOf = (
  facts: Db<Facts>,
  actor: Extract<Actor, { readonly kind: 'guardian' }>,
): PersonHandle<Facts> => facts.as({ scope: { person: actor.child }, actor, purpose: 'service.core' })
export const asGate = (facts: Db<Facts>): InstanceHandle<Facts> =>
  facts.as({ scope: { instance: true }, actor: { kind: 'system', part: 'gate' }, purpose: 'service.core' })

export async function addActs(handle: ActsHandle, rows: readonly AgreementTable[]): Promise<void> {
  if (rows.length === 0) return
  await (
    'sealFor' in handle
      ? handle.insertInto('agreement').values(rows)
      : handle.insertInto('agreement').values(rows)
  ).execute()
}

export async function addEvents(handle: ActsHandle, rows: readonly ConsentEventTable[]): Promise<void> {
  if (rows.length === 0) return
  await (
    'sealFor' in handle
      ? handle.insertInto('consent_event').values(rows)
      : handle.insertInto('consent_event').values(rows)
  ).execute()
}

/** Every act of the person, oldest first. */
export function actsOf(handle: PersonHandle<Facts>): Promise<AgreementTable[]> {
  return handle.selectFrom('agreement').selectAll().orderBy('at').execute()
}

/** Every event of the person's choices, oldest first; of one instant, what was shown before what was answered. */
export function eventsOf(handle: PersonHandle<Facts>): Promise<ConsentEventTable[]> {
  return handle.selectFrom('consent_event').selectAll().orderBy('at').orderBy('event', 'desc').execute()
}

export interface AgeOfPerson {
  readonly age: AgeBand | undefined
  readonly region: Region
  readonly statedAt: number | undefined
  /** When the guardian’s part ended with the age. */
  readonly ofAgeAt: number | undefined
  readonly locale: Locale | undefined
}
export async function ageOf(handle: PersonHandle<Facts>): Promise<AgeOfPerson | undefined> {
  const row = await handle
    .selectFrom('account')
    .select(['age_band', 'age_stated_at', 'of_age_at', 'region', 'locale'])
    .executeTakeFirst()
  return (
    row && {
      age: row.age_band ?? undefined,
      region: row.region,
      statedAt: row.age_stated_at ?? undefined,
      ofAgeAt: row.of_age_at ?? undefined,
      locale: row.locale ?? undefined,
    }
  )
}

export async function setAge(
  handle: PersonHandle<Facts>,
  {
    age,
    statedAt,
    ofAgeAt,
  }: { readonly age: AgeBand; readonly statedAt: number; readonly ofAgeAt: number | undefined },
): Promise<void> {
  await handle
    .updateTable('account')
    .set({ age_band: age, age_stated_at: statedAt, of_age_at: ofAgeAt ?? null })
    .execute()
}

/** When the person last agreed or refused themselves. */
export async function lastActAt(handle: PersonHandle<Facts>): Promise<number> {
  const row = await handle
    .selectFrom('agreement')
    .select('at')
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.at ?? 0
}

export function accountOf(handle: PersonHandle<Facts>) {
  return handle.selectFrom('account').select(['locale', 'region', 'age_band', 'closed_at']).executeTakeFirst()
}

/** Empties columns of the person that lived by a choice alone; a table that is for the choice alone loses its rows. // pp.4.4.e */
export async function emptyColumns(handle: PersonHandle<Facts>, columns: readonly MapRow[]): Promise<void> {
  for (const { table, column } of columns) {
    if (table === 'search_log') {
      await handle.for('account.search-history').deleteFrom(table).execute() // pp.2.2.3
      continue
    }
    if (table !== 'session' || column !== 'label')
      throw new Error(`Nobody has said how ${table}.${column} is emptied.`)
    await handle
      .updateTable(table)
      .set({ [column]: null })
      .where(column, 'is not', null)
      .execute()
  }
}

/** Accounts that have not been told of a version, by random id. */
export async function untold(
  handle: InstanceHandle<Facts>,
  version: string,
  after: string,
  most: number,
): Promise<SubjectId[]> {
  const rows = await handle
    .selectFrom('account')
    .select('subject')
    .where('closed_at', 'is', null)
    .where('subject', '>', after as SubjectId)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('policy_notice')
            .select('policy_notice.version')
            .whereRef('policy_notice.subject', '=', 'account.subject')
            .where('policy_notice.version', '=', version),
        ),
      ),
    )
    .orderBy('subject')
    .limit(most)
    .execute()
  return rows.map(({ subject }) => subject)
}

export async function noteTold(handle: InstanceHandle<Facts>, row: PolicyNoticeTable): Promise<void> {
  await handle
    .insertInto('policy_notice')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export const publishedTexts = (handle: InstanceHandle<Facts>): Promise<PolicyVersionTable[]> =>
  handle.selectFrom('policy_version').selectAll().execute()

export async function publish(
  handle: InstanceHandle<Facts>,
  rows: readonly PolicyVersionTable[],
): Promise<void> {
  for (const row of rows)
    await handle
      .insertInto('policy_version')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

/** The address of whoever claimed this home; opened for signed-in members only. */
export async function claimantAddress(handle: InstanceHandle<Facts>): Promise<string | undefined> {
  const claimed = await handle
    .selectFrom('instance')
    .select('value')
    .where('key', '=', 'claimed_by')
    .executeTakeFirst()
  if (claimed === undefined) return undefined
  const subject = claimed.value as SubjectId
  const account = await handle
    .selectFrom('account')
    .select(['email', 'phone'])
    .where('subject', '=', subject)
    .executeTakeFirst()
  if (account?.email) return handle.openFor({ subject }, 'account', 'email', subject, account.email)
  if (account?.phone) return handle.openFor({ subject }, 'account', 'phone', subject, account.phone)
  return undefined
}
