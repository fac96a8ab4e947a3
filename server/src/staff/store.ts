import type { Category, Purpose, SubjectId } from '@eaves/model'
import type { CorrectionAnswer } from '@eaves/model/api'
import { answerIn } from '../rights/rights.ts'
import type { Db, Facts, InstanceHandle, PersonHandle } from '../store/stores.ts'
import type { AccessLogTable, StaffTable, SupportCaseTable } from './data.ts'

type Own = PersonHandle<Facts>

const asOffice = (facts: Db<Facts>): InstanceHandle<Facts> =>
  facts.as({
    scope: { instance: true },
    actor: { kind: 'system', part: 'staff' },
    purpose: 'service.core',
  })
const asRegister = (facts: Db<Facts>, subject: SubjectId): Own =>
  facts.as({
    scope: { person: subject },
    actor: { kind: 'system', part: 'staff' },
    purpose: 'service.core',
  })
const asOwn = (facts: Db<Facts>, subject: SubjectId): Own =>
  facts.as({ scope: { person: subject }, actor: { kind: 'person', subject }, purpose: 'service.core' })

// --- Staff

export interface StaffMember {
  readonly row: StaffTable
  readonly name: string
}
/** Everybody who works here now, by name. */
export async function everybody(facts: Db<Facts>): Promise<StaffMember[]> {
  const handle = asOffice(facts)
  const rows = await handle.selectFrom('staff').selectAll().where('ended_at', 'is', null).execute()
  const members = await Promise.all(
    rows.map(async (row) => ({
      row,
      name: await handle.openFor(row, 'staff', 'name', row.subject, row.name),
    })),
  )
  return members.toSorted((one, other) => one.name.localeCompare(other.name))
}
export interface NewStaff extends Omit<StaffTable, 'name' | 'secret'> {
  readonly name: string
  readonly secret: string
}
export async function addStaff(facts: Db<Facts>, row: NewStaff): Promise<void> {
  const handle = asRegister(facts, row.subject)
  const cells = await handle.cells()
  await handle
    .insertInto('staff')
    .values({
      ...row,
      name: cells.seal('staff', 'name', row.subject, row.name),
      secret: cells.seal('staff', 'secret', row.subject, row.secret),
    })
    .execute()
}
/** Somebody who works here now. */
export const memberOf = (facts: Db<Facts>, subject: SubjectId): Promise<StaffTable | undefined> =>
  asRegister(facts, subject).selectFrom('staff').selectAll().where('ended_at', 'is', null).executeTakeFirst()
export const memberByLink = (
  facts: Db<Facts>,
  hash: string,
  nowMs: number,
): Promise<StaffTable | undefined> =>
  asOffice(facts)
    .selectFrom('staff')
    .selectAll()
    .where('enrol_hash', '=', hash)
    .where('enrol_until', '>', nowMs)
    .where('ended_at', 'is', null)
    .executeTakeFirst()

export async function opened(
  facts: Db<Facts>,
  { subject, name, secret, password }: StaffTable,
): Promise<{ readonly name: string; readonly secret: string; readonly password: string | undefined }> {
  const cells = await asRegister(facts, subject).cells()
  return {
    name: cells.open('staff', 'name', subject, name),
    secret: cells.open('staff', 'secret', subject, secret),
    password: password === null ? undefined : cells.open('staff', 'password', subject, password),
  }
}
/** False when the link was used meanwhile. */
export async function renewSecret(
  facts: Db<Facts>,
  subject: SubjectId,
  hash: string,
  secret: string,
): Promise<boolean> {
  const handle = asRegister(facts, subject)
  const row = await handle
    .updateTable('staff')
    .set({ secret: await handle.seal('staff', 'secret', subject, secret) })
    .where('enrol_hash', '=', hash)
    .returning('subject')
    .executeTakeFirst()
  return row !== undefined
}
/** Takes the link with a password: of two who come with it at once, one finds it. */
export async function enrol(
  facts: Db<Facts>,
  subject: SubjectId,
  { hash, password, step }: { readonly hash: string; readonly password: string; readonly step: number },
): Promise<boolean> {
  const handle = asRegister(facts, subject)
  const row = await handle
    .updateTable('staff')
    .set({
      enrol_hash: null,
      enrol_until: null,
      password: await handle.seal('staff', 'password', subject, password),
      last_step: step,
    })
    .where('enrol_hash', '=', hash)
    .returning('subject')
    .executeTakeFirst()
  return row !== undefined
}
/** Each code works once. */
export async function takeStep(facts: Db<Facts>, subject: SubjectId, step: number): Promise<boolean> {
  const row = await asRegister(facts, subject)
    .updateTable('staff')
    .set({ last_step: step })
    .where((eb) => eb.or([eb('last_step', 'is', null), eb('last_step', '<', step)]))
    .returning('subject')
    .executeTakeFirst()
  return row !== undefined
}
export async function endStaff(facts: Db<Facts>, subject: SubjectId, nowMs: number): Promise<void> {
  await asRegister(facts, subject).updateTable('staff').set({ ended_at: nowMs }).execute()
}
/** Whose removal began and did not end. */
export async function leftBehind(facts: Db<Facts>): Promise<readonly SubjectId[]> {
  const rows = await asOffice(facts)
    .selectFrom('staff')
    .select('subject')
    .where('ended_at', 'is not', null)
    .execute()
  return rows.map(({ subject }) => subject)
}
export async function removeStaff(facts: Db<Facts>, subject: SubjectId): Promise<void> {
  await asRegister(facts, subject).deleteFrom('staff').execute()
}

// --- Cases

export async function addCase(facts: Db<Facts>, row: SupportCaseTable): Promise<void> {
  await asOwn(facts, row.subject).insertInto('support_case').values(row).execute()
}
export const casesOf = (facts: Db<Facts>, subject: SubjectId): Promise<SupportCaseTable[]> =>
  asOwn(facts, subject).selectFrom('support_case').selectAll().orderBy('opened_at', 'desc').execute()
/** False when it had ended, or is nobody's. */
export async function endCase(
  facts: Db<Facts>,
  subject: SubjectId,
  id: string,
  nowMs: number,
): Promise<boolean> {
  const row = await asOwn(facts, subject)
    .updateTable('support_case')
    .set({ until: nowMs })
    .where('id', '=', id)
    .where('until', '>', nowMs)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
export interface FoundCase {
  readonly kind: 'request' | 'support'
  readonly subject: SubjectId
  /** Until when it stands; a request has no such time. */
  readonly until: number | undefined
  readonly isOpen: boolean
  /** Whether it takes a human's answer. */
  readonly isCorrection: boolean
}
/** Whose case this is; found by its id alone, which only its person and the queue know. */
export async function caseById(facts: Db<Facts>, id: string, nowMs: number): Promise<FoundCase | undefined> {
  const handle = asOffice(facts)
  const support = await handle
    .selectFrom('support_case')
    .select(['subject', 'until'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (support !== undefined)
    return { kind: 'support', ...support, isOpen: support.until > nowMs, isCorrection: false }
  const request = await handle
    .selectFrom('request')
    .select(['subject', 'ended_at', 'kind'])
    .where('id', '=', id)
    .executeTakeFirst()
  return request === undefined
    ? undefined
    : {
        kind: 'request',
        subject: request.subject,
        until: undefined,
        isOpen: request.ended_at === null,
        isCorrection: request.kind === 'correction',
      }
}

// --- The log of who looked

export interface NewAccess extends Omit<AccessLogTable, 'reason'> {
  readonly reason: string | null
}
export async function addAccess(facts: Db<Facts>, row: NewAccess): Promise<void> {
  const handle = asRegister(facts, row.subject)
  const reason = row.reason === null ? null : await handle.seal('access_log', 'reason', row.id, row.reason)
  await handle
    .insertInto('access_log')
    .values({ ...row, reason })
    .execute()
}
/** The answer to a correction and the row that says who gave it: its person has both or neither. // pp.5.1 */
export async function answerRequest(
  facts: Db<Facts>,
  row: NewAccess,
  { reply, ...words }: CorrectionAnswer & { readonly atMs: number },
): Promise<void> {
  const handle = asRegister(facts, row.subject)
  const sealed = await handle.seal('request', 'reply', row.case_id, reply)
  await handle.transaction(async (tx) => {
    await answerIn(tx, row.case_id, { ...words, reply: sealed })
    await tx
      .insertInto('access_log')
      .values({ ...row, reason: null })
      .execute()
  })
}
export const accessById = (facts: Db<Facts>, id: string): Promise<AccessLogTable | undefined> =>
  asOffice(facts).selectFrom('access_log').selectAll().where('id', '=', id).executeTakeFirst()

/** Newest first, before this row. */
export async function accessesOf(
  facts: Db<Facts>,
  subject: SubjectId,
  {
    before,
    limit,
  }: { readonly before?: { readonly at: number; readonly id: string }; readonly limit: number },
): Promise<readonly NewAccess[]> {
  const handle = asOwn(facts, subject)
  let query = handle.selectFrom('access_log').selectAll()
  if (before !== undefined)
    query = query.where((eb) =>
      eb.or([eb('at', '<', before.at), eb.and([eb('at', '=', before.at), eb('id', '<', before.id)])]),
    )
  const rows = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute()
  const cells = rows.some(({ reason }) => reason !== null) ? await handle.cells() : undefined
  return rows.map((row) => ({
    ...row,
    reason: row.reason === null ? null : (cells?.open('access_log', 'reason', row.id, row.reason) ?? null),
  }))
}

// --- What staff see

/** What is due, by whom nobody knows: ids, kinds and days. // pp.5.1 */
export const queue = (facts: Db<Facts>, limit: number) =>
  asOffice(facts)
    .selectFrom('request')
    .select(['id', 'kind', 'state', 'regime', 'received_at', 'due_at', 'mark'])
    .where('ended_at', 'is', null)
    .where('answered_at', 'is', null)
    .orderBy('due_at')
    .limit(limit)
    .execute()

/** The account as staff with this case see it, no column beside its categories; rows of whoever stopped the purpose are not there. // pp.5.1 */
export async function accountFor(
  facts: Db<Facts>,
  subject: SubjectId,
  by: Parameters<typeof asStaff>[2],
  purpose: Purpose,
) {
  const handle = asStaff(facts, subject, by, purpose)
  const row = await handle
    .selectFrom('account')
    .select(['email', 'phone', 'locale'])
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const cells = await handle.cells()
  return {
    locale: row.locale,
    email: row.email === null ? undefined : cells.open('account', 'email', subject, row.email),
    phone: row.phone === null ? undefined : cells.open('account', 'phone', subject, row.phone),
  }
}
export async function requestFor(
  facts: Db<Facts>,
  subject: SubjectId,
  by: Parameters<typeof asStaff>[2],
  id: string,
) {
  const handle = asStaff(facts, subject, by, 'service.core')
  const request = await handle
    .selectFrom('request')
    .select(['kind', 'state', 'received_at', 'due_at', 'about_place', 'about_field', 'statement'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (request === undefined) return undefined
  const steps = await handle
    .selectFrom('request_step')
    .select(['place', 'result'])
    .where('request', '=', id)
    .orderBy('place')
    .execute()
  const text =
    request.statement === null ? undefined : await handle.open('request', 'statement', id, request.statement)
  return { request, steps, text }
}

/** One person's rows for one case: read alone, and opened in these categories alone. // pp.5.1 */
function asStaff(
  facts: Db<Facts>,
  subject: SubjectId,
  by: { readonly staff: SubjectId; readonly case: string; readonly categories: readonly Category[] },
  purpose: Purpose,
): Own {
  return facts.as({ scope: { person: subject }, actor: { kind: 'staff', ...by }, purpose })
}
