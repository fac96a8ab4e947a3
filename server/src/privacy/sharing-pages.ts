import { AppError, type Category, type Locale, type SubjectId } from '@eaves/model'
import type { DisclosureRow, MyRecipients, RecipientRow } from '@eaves/model/api'
import { categoryLabels, purposes, sharedFields, sharingPurposes, type SharingPurpose } from '@eaves/policy'
import { isoInstant, type Clock } from '../deps.ts'
import type { Db, Facts } from '../store/stores.ts'
import type { ReleaseTable } from './data.ts'
import { periodAfter } from './period.ts'
import type { Registered } from './recipients.ts'
import type { Register } from './register.ts'
import { rulesAt, sharingRow } from './sharing-consents.ts'
import { deletionsOf, forPerson, receivedBy, toldOf, waitingOf, type Told } from './sharing-store.ts'
import { accountOf, eventsOf } from './store.ts'

/** What anybody may know of a recipient: the register itself, without its secrets. // pp.3.1.p */
export function rowOf(recipient: Registered, register: Register, locale: Locale): RecipientRow {
  const { id, name, kind, contact, policyUrl, region, mechanism, agreement } = recipient
  const day = (atMs: number) => isoInstant(atMs).slice(0, 10)
  return {
    id,
    name,
    kind,
    contact,
    policyUrl,
    region,
    mechanism: mechanism?.kind ?? null,
    purposes: recipient.purposes.map((purpose) => ({ purpose, name: purposes[purpose].texts[locale].name })),
    fields: fieldWords(recipient.fields, locale),
    agreement:
      agreement === undefined
        ? null
        : {
            sha256: agreement.sha256,
            signedAt: day(agreement.signedAt),
            expiresAt: day(agreement.expiresAt),
          },
    state: register.agreementState(recipient),
  }
}

function fieldWords(fields: readonly string[], locale: Locale): string[] {
  const known = sharingPurposes.flatMap((purpose) => Object.entries(sharedFields[purpose]))
  return fields.map((field) => known.find(([name]) => name === field)?.[1].words[locale] ?? field)
}

interface PageDeps {
  readonly facts: Db<Facts>
  readonly clock: Clock
  readonly register: Register
  readonly isPromised: (purpose: SharingPurpose) => boolean
}
/** A try without an end is still on its way for so long; later it is told as what nobody knows the end of. */
const onItsWayMs = 60_000
const pageSize = 50

/** Who got what, who may get what, and what is asked of them. // pp.3.1 pp.4.4.a */
export async function mineOf(
  { facts, clock, register, isPromised }: PageDeps,
  subject: SubjectId,
  {
    locale,
    gpc,
    before,
  }: { readonly locale: Locale; readonly gpc: boolean; readonly before?: string | undefined },
): Promise<MyRecipients> {
  const handle = forPerson(facts, subject)
  const account = await accountOf(handle)
  if (account === undefined) throw new AppError('auth.not-found')
  const [events, received, told, asked, waiting, names] = [
    await eventsOf(handle),
    await receivedBy(handle),
    await toldOf(handle, { before: cursorOf(before), limit: pageSize + 1 }),
    await deletionsOf(handle),
    await waitingOf(handle),
    await register.names(),
  ]
  const nowMs = clock.now()
  const place = { locale, region: account.region, nowMs }
  const gpcAt = events.findLast(({ surface }) => surface === 'gpc')?.at
  const ids = new Set([...register.all.map(({ id }) => id), ...received.map(({ recipient }) => recipient)])
  const last = told[pageSize - 1]
  return {
    gpc,
    ...(gpcAt === undefined ? {} : { gpcAt: isoInstant(gpcAt) }),
    recipients: [...ids].map((id) => {
      const recipient = register.find(id)
      const count = received.find((each) => each.recipient === id)
      const deletion = deletionOf(id, asked, waiting, nowMs)
      return {
        id,
        name: names.get(id) ?? id,
        ...(recipient === undefined ? {} : { registered: rowOf(recipient, register, locale) }),
        sharing: (recipient?.purposes ?? [])
          .filter(isPromised)
          .map((purpose) => sharingRow(events, recipient!, purpose, place)),
        received: count?.n ?? 0,
        ...(count === undefined ? {} : { lastAt: isoInstant(count.last) }),
        ...(deletion === undefined ? {} : { deletion }),
      }
    }),
    received: told.slice(0, pageSize).map((row) => disclosureRow(row, names, locale, nowMs)),
    ...(told.length > pageSize && last !== undefined ? { older: `${last.intent_at}.${last.id}` } : {}),
  }
}

function cursorOf(text: string | undefined): { readonly at: number; readonly id: string } | undefined {
  if (text === undefined) return undefined
  const [at = '', id = ''] = text.split('.')
  return { at: Number(at), id }
}

function disclosureRow(
  row: Told,
  names: ReadonlyMap<string, string>,
  locale: Locale,
  nowMs: number,
): DisclosureRow {
  const list = (text: string) => JSON.parse(text) as string[]
  const outcome = row.outcome ?? (nowMs - row.intent_at < onItsWayMs ? 'sending' : 'unknown')
  return {
    id: row.id,
    recipient: row.recipient,
    name: names.get(row.recipient) ?? row.recipient,
    kind: row.kind,
    purpose: row.purpose,
    why: purposes[row.purpose].texts[locale].why,
    categories: list(row.categories).map((category) => categoryLabels[category as Category][locale]),
    fields: fieldWords(list(row.fields), locale),
    at: isoInstant(row.intent_at),
    outcome,
    ...(row.outcome_at === null ? {} : { outcomeAt: isoInstant(row.outcome_at) }),
    ...(row.bytes === null ? {} : { bytes: row.bytes }),
    consents: list(row.basis),
  }
}

/** How the last request to delete stands: what was answered, or that nobody did. */
export function deletionOf(
  recipient: string,
  asked: readonly Told[],
  waiting: readonly ReleaseTable[],
  nowMs: number,
): MyRecipients['recipients'][number]['deletion'] {
  const open = waiting.findLast((row) => row.kind === 'deletion' && row.recipient === recipient)
  const lastRelease = asked.findLast((row) => row.recipient === recipient)?.release_id
  const release = open?.id ?? lastRelease
  if (release === undefined) return undefined
  const tries = asked.filter((row) => row.release_id === release)
  const askedAt = open?.created_at ?? tries[0]!.intent_at
  const answered = tries.find(({ answer }) => answer !== null)
  const at = isoInstant(askedAt)
  if (answered !== undefined && answered.answer !== null)
    return { state: answered.answer, askedAt: at, answeredAt: isoInstant(answered.outcome_at ?? askedAt) }
  if (periodAfter(askedAt, rulesAt(nowMs).silentAfter) <= nowMs) return { state: 'silent', askedAt: at }
  return { state: tries.some(({ outcome }) => outcome === 'sent') ? 'asked' : 'waiting', askedAt: at }
}
