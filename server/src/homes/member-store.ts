import type { HomeId, PersonalAct, SubjectId } from '@eaves/model'
import type { MemberTable } from './data.ts'
import type { Membership } from './relations.ts'
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

/** Writes somebody's place in a home, new or changed. */
export async function saveMember(
  facts: FactsDb,
  home: HomeId,
  subject: SubjectId,
  membership: Membership,
): Promise<void> {
  const handle = facts.as(byRuntime(home))
  const { name, limits } = membership
  const row = memberRow(home, subject, membership, {
    name: name === undefined ? null : await handle.seal('member', 'name', subject, name),
    limits: limits === undefined ? null : await handle.seal('member', 'limits', subject, limits),
  })
  const { home_id: _home, subject: _subject, ...rest } = row
  await handle
    .insertInto('member')
    .values(row)
    .onConflict((conflict) => conflict.columns(['home_id', 'subject']).doUpdateSet(rest))
    .execute()
}

export async function deleteMember(facts: FactsDb, home: HomeId, subject: SubjectId): Promise<void> {
  await facts.as(byRuntime(home)).transaction(async (tx) => {
    await tx.deleteFrom('member_pin').where('subject', '=', subject).execute()
    await tx.deleteFrom('member').where('subject', '=', subject).execute()
  })
}
