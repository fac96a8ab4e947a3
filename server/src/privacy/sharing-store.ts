import { newId, type Purpose, type SubjectId } from '@eaves/model'
import type { Db, Facts, InstanceHandle, PersonHandle } from '../store/stores.ts'
import type { DisclosureOutcomeTable, DisclosureTable, RecipientVersionTable, ReleaseTable } from './data.ts'

export const asSharing = (facts: Db<Facts>): InstanceHandle<Facts> =>
  facts.as({ scope: { instance: true }, actor: { kind: 'system', part: 'sharing' }, purpose: 'service.core' })
export const forPerson = (facts: Db<Facts>, subject: SubjectId): PersonHandle<Facts> =>
  facts.as({
    scope: { person: subject },
    actor: { kind: 'system', part: 'sharing' },
    purpose: 'service.core',
  })

export const versionsOf = (handle: InstanceHandle<Facts>): Promise<RecipientVersionTable[]> =>
  handle.selectFrom('recipient_version').selectAll().orderBy('seen_at').execute()
export async function addVersion(handle: InstanceHandle<Facts>, row: RecipientVersionTable): Promise<void> {
  await handle.insertInto('recipient_version').values(row).execute()
}

/** Who has ever been asked for whom: the daily reports begin from here. */
export function askedPairs(
  handle: InstanceHandle<Facts>,
  purposes: readonly Purpose[],
): Promise<{ subject: SubjectId; recipient: string; purpose: Purpose }[]> {
  return handle
    .selectFrom('consent_event')
    .select(['subject', 'recipient', 'purpose'])
    .distinct()
    .where('purpose', 'in', purposes)
    .where('event', 'in', ['given', 'renewed'])
    .where('recipient', '!=', '')
    .execute()
}

export type NewRelease = Omit<ReleaseTable, 'id' | 'attempts' | 'locked_until' | 'done_at'>

/** Puts something into the queue; what stands there already stays as it is. */
export async function addRelease(handle: PersonHandle<Facts>, row: NewRelease): Promise<string> {
  const id = newId()
  await handle
    .insertInto('release')
    .values({ ...row, id, attempts: 0, locked_until: null, done_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return id
}

/** Takes what waits for the person out of the queue: reports of a purpose, to one recipient or to all. */
export async function dropReports(
  handle: PersonHandle<Facts>,
  purpose: Purpose,
  recipient: string | undefined,
): Promise<void> {
  const all = handle
    .deleteFrom('release')
    .where('done_at', 'is', null)
    .where('kind', '=', 'report')
    .where('purpose', '=', purpose)
  await (recipient === undefined ? all : all.where('recipient', '=', recipient)).execute()
}

export async function endRelease(handle: PersonHandle<Facts>, id: string, atMs: number): Promise<void> {
  await handle
    .updateTable('release')
    .set({ done_at: atMs, locked_until: null })
    .where('id', '=', id)
    .execute()
}

export async function putOff(
  handle: PersonHandle<Facts>,
  id: string,
  dueAt: number,
  attempts: number,
): Promise<void> {
  await handle
    .updateTable('release')
    .set({ due_at: dueAt, attempts, locked_until: null })
    .where('id', '=', id)
    .execute()
}

/** Takes what is due, for a time, so that nobody else takes it meanwhile. */
export async function takeDue(
  handle: InstanceHandle<Facts>,
  nowMs: number,
  untilMs: number,
  most: number,
): Promise<ReleaseTable[]> {
  return handle.transaction(async (tx) => {
    const due = await tx
      .selectFrom('release')
      .selectAll()
      .where('done_at', 'is', null)
      .where('due_at', '<=', nowMs)
      .where((or) => or.or([or('locked_until', 'is', null), or('locked_until', '<=', nowMs)]))
      .orderBy('due_at')
      .limit(most)
      .execute()
    const ids = due.map(({ id }) => id)
    if (ids.length > 0)
      await tx.updateTable('release').set({ locked_until: untilMs }).where('id', 'in', ids).execute()
    return due
  })
}

export const hasReleases = async (handle: InstanceHandle<Facts>): Promise<boolean> =>
  (await handle
    .selectFrom('release')
    .select('id')
    .where('done_at', 'is', null)
    .limit(1)
    .executeTakeFirst()) !== undefined

export async function addDisclosure(handle: PersonHandle<Facts>, row: DisclosureTable): Promise<void> {
  await handle.insertInto('disclosure').values(row).execute()
}
export async function addOutcome(handle: PersonHandle<Facts>, row: DisclosureOutcomeTable): Promise<void> {
  await handle
    .insertInto('disclosure_outcome')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export type Told = DisclosureTable & {
  readonly outcome: DisclosureOutcomeTable['outcome'] | null
  readonly answer: DisclosureOutcomeTable['answer']
  readonly outcome_at: number | null
  readonly bytes: number | null
}

const told = (handle: PersonHandle<Facts>) =>
  handle
    .selectFrom('disclosure')
    .leftJoin('disclosure_outcome', 'disclosure_outcome.id', 'disclosure.id')
    .select([
      'disclosure.subject',
      'disclosure.id',
      'disclosure.release_id',
      'disclosure.kind',
      'disclosure.recipient',
      'disclosure.purpose',
      'disclosure.categories',
      'disclosure.fields',
      'disclosure.basis',
      'disclosure.agreement_sha256',
      'disclosure.intent_at',
      'disclosure_outcome.outcome',
      'disclosure_outcome.answer',
      'disclosure_outcome.outcome_at',
      'disclosure_outcome.bytes',
    ])

/** What left or was about to, newest first. */
export function toldOf(
  handle: PersonHandle<Facts>,
  {
    before,
    limit,
  }: { readonly before?: { readonly at: number; readonly id: string } | undefined; readonly limit: number },
): Promise<Told[]> {
  const all = told(handle)
  return (
    before === undefined
      ? all
      : all.where((is) =>
          is.or([
            is('disclosure.intent_at', '<', before.at),
            is.and([is('disclosure.intent_at', '=', before.at), is('disclosure.id', '<', before.id)]),
          ]),
        )
  )
    .orderBy('disclosure.intent_at', 'desc')
    .orderBy('disclosure.id', 'desc')
    .limit(limit)
    .execute()
}
export interface Received {
  readonly recipient: string
  /** How many reports reached it, or may have; neither what failed nor what it was asked counts. */
  readonly n: number
  readonly last: number
  /** When the last one went by which it could find the person. */
  readonly namedAt: number | undefined
}
export async function receivedBy(handle: PersonHandle<Facts>): Promise<Received[]> {
  const rows = await handle
    .selectFrom('disclosure')
    .leftJoin('disclosure_outcome', 'disclosure_outcome.id', 'disclosure.id')
    .select(({ fn }) => [
      'disclosure.recipient',
      'disclosure.fields',
      fn.countAll<number | string>().as('n'),
      fn.max('disclosure.intent_at').as('last'),
    ])
    .where('disclosure.kind', '=', 'report')
    .where((is) =>
      is.or([is('disclosure_outcome.outcome', 'is', null), is('disclosure_outcome.outcome', '!=', 'failed')]),
    )
    .groupBy(['disclosure.recipient', 'disclosure.fields'])
    .execute()
  const all = new Map<string, Received>()
  for (const { recipient, fields, n, last } of rows) {
    const before = all.get(recipient) ?? { recipient, n: 0, last: 0, namedAt: undefined }
    const named = (JSON.parse(fields) as string[]).includes('person') ? Number(last) : undefined
    all.set(recipient, {
      recipient,
      n: before.n + Number(n),
      last: Math.max(before.last, Number(last)),
      namedAt: named === undefined ? before.namedAt : Math.max(named, before.namedAt ?? 0),
    })
  }
  return [...all.values()]
}
/** Every try of one release. */
export const triesOf = (handle: PersonHandle<Facts>, release: string): Promise<Told[]> =>
  told(handle).where('disclosure.release_id', '=', release).orderBy('disclosure.intent_at').execute()
/** Every request to delete. */
export const deletionsOf = (handle: PersonHandle<Facts>): Promise<Told[]> =>
  told(handle).where('disclosure.kind', '=', 'deletion').orderBy('disclosure.intent_at').execute()
/** Every request to delete as it stands in the queue, those that are over among them. */
export const askingsOf = (handle: PersonHandle<Facts>): Promise<ReleaseTable[]> =>
  handle.selectFrom('release').selectAll().where('kind', '=', 'deletion').orderBy('created_at').execute()
/** Whether anything by which it could find the person ever left, or may have, to a recipient. */
export const everNamed = async (handle: PersonHandle<Facts>, recipient: string): Promise<boolean> =>
  (await receivedBy(handle)).some((each) => each.recipient === recipient && each.namedAt !== undefined)
