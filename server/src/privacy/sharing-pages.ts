import { AppError, type Category, type Locale, type SubjectId } from '@eaves/model'
import type { DisclosureRow, MyRecipients, RecipientRow } from '@eaves/model/api'
import { categoryLabels, purposes, sharedFields, sharingPurposes, type SharingPurpose } from '@eaves/policy'
import { isoInstant, type Clock } from '../deps.ts'
import type { Db, Facts } from '../store/stores.ts'
import type { ConsentEventTable, ReleaseTable } from './data.ts'
import { periodAfter } from './period.ts'
import type { Registered } from './recipients.ts'
import type { Names, Register } from './register.ts'
import { rulesAt, sharingRow } from './sharing-consents.ts'
import {
  askingsOf,
  deletionsOf,
  forPerson,
  receivedBy,
  toldOf,
  type Received,
  type Told,
} from './sharing-store.ts'
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
    brands: [...recipient.brands],
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
  const [events, received, told, asked, askings, names] = [
    await eventsOf(handle),
    await receivedBy(handle),
    await toldOf(handle, { before: cursorOf(before), limit: pageSize + 1 }),
    await deletionsOf(handle),
    await askingsOf(handle),
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
      const deletion = deletionOf(id, asked, askings, nowMs)
      return {
        id,
        name: names.now(id),
        ...(recipient === undefined ? {} : { registered: rowOf(recipient, register, locale) }),
        sharing: (recipient?.purposes ?? [])
          .filter(isPromised)
          .map((purpose) => sharingRow(events, recipient!, purpose, place)),
        received: count?.n ?? 0,
        ...(count === undefined ? {} : { lastAt: isoInstant(count.last) }),
        ...(deletion === undefined ? {} : { deletion }),
        canAsk: recipient?.endpoint !== undefined && isOpenQuestion(count, deletion),
      }
    }),
    received: told.slice(0, pageSize).map((row) => disclosureRow(row, { names, events, locale, nowMs })),
    ...(told.length > pageSize && last !== undefined ? { older: `${last.intent_at}.${last.id}` } : {}),
  }
}

function cursorOf(text: string | undefined): { readonly at: number; readonly id: string } | undefined {
  if (text === undefined) return undefined
  const [at = '', id = ''] = text.split('.')
  return { at: Number(at), id }
}

const list = (text: string) => JSON.parse(text) as string[]
function disclosureRow(
  row: Told,
  {
    names,
    events,
    locale,
    nowMs,
  }: {
    readonly names: Names
    readonly events: readonly ConsentEventTable[]
    readonly locale: Locale
    readonly nowMs: number
  },
): DisclosureRow {
  const basis = list(row.basis)
  const outcome = row.outcome ?? (nowMs - row.intent_at < onItsWayMs ? 'sending' : 'unknown')
  return {
    id: row.id,
    recipient: row.recipient,
    name: names.atThatTime(row.recipient, row.agreement_sha256, row.intent_at),
    kind: row.kind,
    purpose: row.purpose,
    why: purposes[row.purpose].texts[locale].why,
    categories: list(row.categories).map((category) => categoryLabels[category as Category][locale]),
    fields: fieldWords(list(row.fields), locale),
    at: isoInstant(row.intent_at),
    outcome,
    ...(row.outcome_at === null ? {} : { outcomeAt: isoInstant(row.outcome_at) }),
    // After a kill nobody knows how much left.
    ...(row.bytes === null || (row.outcome === 'unknown' && row.bytes === 0) ? {} : { bytes: row.bytes }),
    consents: basis,
    consentedAt: events.filter(({ id }) => basis.includes(id)).map(({ at }) => isoInstant(at)),
  }
}

type Deletion = MyRecipients['recipients'][number]['deletion']
/** Whether there is something to delete, and nobody is being asked already or has said that it is done. */
function isOpenQuestion(count: Received | undefined, deletion: Deletion): boolean {
  if (count?.namedAt === undefined) return false
  if (deletion === undefined) return true
  if (deletion.state === 'waiting' || deletion.state === 'asked') return false
  // What came after the answer is not what was answered.
  return deletion.state !== 'done' || count.namedAt > Date.parse(deletion.askedAt)
}

/** How the last request to delete stands: what was answered, that nobody did, or that nobody could be asked. */
export function deletionOf(
  recipient: string,
  asked: readonly Told[],
  askings: readonly ReleaseTable[],
  nowMs: number,
): Deletion {
  const open = askings.findLast((row) => row.recipient === recipient)
  const lastRelease = asked.findLast((row) => row.recipient === recipient)?.release_id
  const release = open?.id ?? lastRelease
  if (release === undefined) return undefined
  const tries = asked.filter((row) => row.release_id === release)
  const askedAt = open?.created_at ?? tries[0]!.intent_at
  const answered = tries.find(({ answer }) => answer !== null)
  const at = isoInstant(askedAt)
  if (answered !== undefined && answered.answer !== null)
    return { state: answered.answer, askedAt: at, answeredAt: isoInstant(answered.outcome_at ?? askedAt) }
  if (periodAfter(askedAt, rulesAt(nowMs).silentAfter) <= nowMs)
    return { state: tries.every(({ outcome }) => outcome === 'failed') ? 'unreached' : 'silent', askedAt: at }
  return { state: tries.some(({ outcome }) => outcome === 'sent') ? 'asked' : 'waiting', askedAt: at }
}
