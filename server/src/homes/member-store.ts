import { roles, type HomeId, type HomeRole, type PersonalAct, type SubjectId } from '@eaves/model'
import { mayGrant } from '../privacy/privacy.ts'
import type { MemberTable } from './data.ts'
import type { Membership } from './relations.ts'
import type { Facts, HomeHandle } from '../store/stores.ts'
import { byRuntime, type FactsDb } from './access.ts'

type Sealable = Pick<MemberTable, 'name' | 'limits'>
const unsealed: Sealable = { name: null, limits: null }

/** A member's row; its sealed columns come sealed. */
export function memberRow(
  home: HomeId,
  subject: SubjectId,
  { role, since, startsAt, endsAt, guardian, shares }: Membership,
  { name, limits }: Sealable = unsealed,
): MemberTable {
  return {
    home_id: home,
    subject,
    role,
    since,
    name,
    limits,
    starts_at: startsAt ?? null,
    ends_at: endsAt ?? null,
    guardian: guardian ?? null,
    shares: shares === undefined || shares.length === 0 ? null : JSON.stringify(shares),
  }
}

/** Everybody of a home, with what the home calls them and what narrows them. */
export async function loadMembers(
  facts: FactsDb,
  home: HomeId,
): Promise<readonly (readonly [SubjectId, Membership])[]> {
  const handle = facts.as(byRuntime(home))
  const rows = await handle.selectFrom('member').selectAll().execute()
  const cells = await handle.cells()
  return rows.map((row) => [
    row.subject,
    {
      role: row.role,
      since: row.since,
      ...(row.name === null ? {} : { name: cells.open('member', 'name', row.subject, row.name) }),
      ...(row.limits === null ? {} : { limits: cells.open('member', 'limits', row.subject, row.limits) }),
      ...(row.starts_at === null ? {} : { startsAt: row.starts_at }),
      ...(row.ends_at === null ? {} : { endsAt: row.ends_at }),
      ...(row.guardian === null ? {} : { guardian: row.guardian }),
      ...(row.shares === null ? {} : { shares: JSON.parse(row.shares) as PersonalAct[] }),
    },
  ])
}

/** A member's row with its sealed columns sealed. */
export async function sealedRow(
  handle: HomeHandle<Facts>,
  home: HomeId,
  subject: SubjectId,
  membership: Membership,
): Promise<MemberTable> {
  const { name, limits } = membership
  return memberRow(home, subject, membership, {
    name: name === undefined ? null : await handle.seal('member', 'name', subject, name),
    limits: limits === undefined ? null : await handle.seal('member', 'limits', subject, limits),
  })
}

/** Writes somebody's place in a home, new or changed. */
export async function saveMember(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  membership: Membership,
): Promise<void> {
  const handle = facts.as(byRuntime(home))
  const row = await sealedRow(handle, home, subject, membership)
  const { home_id: _home, subject: _subject, ...rest } = row
  await handle
    .insertInto('member')
    .values(row)
    .onConflict((conflict) => conflict.columns(['home_id', 'subject']).doUpdateSet(rest))
    .execute()
}

/** Writes another place for somebody who has one; false when they have none (any more), and nobody comes back by it. */
export async function updateMember(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  membership: Membership,
): Promise<boolean> {
  const handle = facts.as(byRuntime(home))
  const { home_id: _home, subject: _subject, ...set } = await sealedRow(handle, home, subject, membership)
  return (
    (await handle
      .updateTable('member')
      .set(set)
      .where('subject', '=', subject)
      .returning('subject')
      .executeTakeFirst()) !== undefined
  )
}

/** All that a place in a home is: it, its PIN, its codes of the alarm, the invitations its holder made, the offers of the home they are part of. */
async function endPlace(tx: HomeHandle<Facts>, subject: SubjectId): Promise<void> {
  await tx.deleteFrom('member_pin').where('subject', '=', subject).execute()
  await tx.deleteFrom('presence').where('subject', '=', subject).execute()
  await tx.deleteFrom('alarm_code').where('subject', '=', subject).execute()
  await tx.deleteFrom('member').where('subject', '=', subject).execute()
  await tx.deleteFrom('invitation').where('invited_by', '=', subject).execute()
  await tx
    .deleteFrom('transfer')
    .where((eb) => eb.or([eb('from_subject', '=', subject), eb('to_subject', '=', subject)]))
    .execute()
}

export async function endPlaces(facts: FactsDb, home: HomeId, subjects: readonly SubjectId[]): Promise<void> {
  if (subjects.length === 0) return
  await facts.as(byRuntime(home)).transaction(async (tx) => {
    for (const subject of subjects) await endPlace(tx, subject)
  })
}

/** Takes away every place but the owners', and all invitations and offers of the home; answers how many invitations. */
export async function lockOutRows(facts: FactsDb, home: HomeId): Promise<number> {
  return facts.as(byRuntime(home)).transaction(async (tx) => {
    const invitations = await tx.deleteFrom('invitation').returning('id').execute()
    await tx.deleteFrom('transfer').execute()
    const out = await tx.selectFrom('member').select('subject').where('role', '!=', 'owner').execute()
    for (const { subject } of out) await endPlace(tx, subject)
    return invitations.length
  })
}

/** Ends the invitations of somebody who no longer gives such roles: none comes alive when they do so once more. */
export async function endInvitations(
  facts: FactsDb,
  home: HomeId,
  { subject, role }: { readonly subject: SubjectId; readonly role: HomeRole },
): Promise<void> {
  const gone = roles.filter((each) => !mayGrant(role, each))
  await facts
    .as(byRuntime(home))
    .deleteFrom('invitation')
    .where('invited_by', '=', subject)
    .where('role', 'in', gone)
    .execute()
}
