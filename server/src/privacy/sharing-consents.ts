import { AppError, newId, type Locale, type Region, type SubjectId } from '@eaves/model'
import type { SharingRow, SharingSet, SharingState } from '@eaves/model/api'
import {
  purposes,
  sharedCategories,
  sharingPurposes,
  sharingRules,
  type SharedCategory,
  type SharingPurpose,
} from '@eaves/policy'
import { isoInstant } from '../deps.ts'
import type { ConsentEventTable } from './data.ts'
import { periodAfter, periodBefore } from './period.ts'
import type { Registered } from './recipients.ts'
import { offeredCategories, sharingNotice } from './sharing-notice.ts'

type Event = ConsentEventTable['event']
/** What the ledger says of one kind of information for one recipient. */
export interface Standing {
  readonly state: SharingState
  /** The event that says so; undefined while nobody was asked. */
  readonly event: ConsentEventTable | undefined
}
const no: readonly Event[] = ['refused', 'withdrawn']

/** Only a registered purpose by which something leaves can be chosen so. // pp.2.3.5 */
export function sharingPurpose(asked: string): SharingPurpose {
  const found = sharingPurposes.find((each) => each === asked)
  if (found === undefined) throw new AppError('auth.not-found')
  return found
}

const concerns = (event: ConsentEventTable, purpose: SharingPurpose, recipient: string) =>
  event.purpose === purpose && (event.recipient === recipient || event.recipient === '')
const categoriesIn = (event: ConsentEventTable): readonly string[] =>
  event.categories === null
    ? sharedCategories(event.purpose as SharingPurpose)
    : (JSON.parse(event.categories) as string[])

/**
 * The state of each kind of information: the fold of the events about this recipient and about everybody. A yes holds for
 * the text it was given to, and for its time. // pp.3.1.1
 */
export function standings(
  events: readonly ConsentEventTable[],
  recipient: Registered,
  purpose: SharingPurpose,
  nowMs: number,
): Map<SharedCategory, Standing> {
  const last = new Map<string, ConsentEventTable>()
  for (const event of events)
    if (event.event !== 'shown' && concerns(event, purpose, recipient.id))
      for (const category of categoriesIn(event)) last.set(category, event)
  return new Map(
    offeredCategories(recipient, purpose).map((category) => {
      const event = last.get(category)
      return [category, { event, state: stateOf(event, recipient, purpose, nowMs) }]
    }),
  )
}

function stateOf(
  event: ConsentEventTable | undefined,
  recipient: Registered,
  purpose: SharingPurpose,
  nowMs: number,
): SharingState {
  if (event === undefined || event.event === 'shown') return 'never'
  if (event.event === 'guardian_given' || event.event === 'guardian_withdrawn') return 'never'
  if (event.event !== 'given' && event.event !== 'renewed') return event.event
  if (event.notice_sha256 !== sharingNotice(recipient, purpose, event.locale).sha256) return 'superseded'
  return event.at <= periodBefore(nowMs, rulesAt(nowMs).yesLasts) ? 'expired' : 'given'
}

export const rulesAt = (nowMs: number) => sharingRules(isoInstant(nowMs).slice(0, 10))

interface Place {
  readonly locale: Locale
  readonly region: Region
  readonly surface: string
}
/** A line of the ledger; without a recipient it is about every one of the purpose. */
export function sharingEvent(
  subject: SubjectId,
  kind: Event,
  purpose: SharingPurpose,
  recipient: Registered | undefined,
  categories: readonly SharedCategory[] | undefined,
  { locale, region, surface }: Place,
  at: number,
): ConsentEventTable {
  return {
    subject,
    id: newId(),
    purpose,
    recipient: recipient?.id ?? '',
    categories: categories === undefined ? null : JSON.stringify(categories),
    event: kind,
    region,
    notice_sha256: recipient === undefined ? '' : sharingNotice(recipient, purpose, locale).sha256,
    locale,
    at,
    surface,
    basis: purposes[purpose].bases[region].article,
    guardian: null,
  }
}

/** The lines that a person's choice adds; what is so already adds none. */
export function eventsFor(
  subject: SubjectId,
  past: readonly ConsentEventTable[],
  recipient: Registered,
  purpose: SharingPurpose,
  choices: SharingSet['choices'],
  place: Place,
  at: number,
): ConsentEventTable[] {
  const now = standings(past, recipient, purpose, at)
  const kinds = new Map<Event, SharedCategory[]>()
  for (const { category, given } of choices) {
    const standing = now.get(category as SharedCategory)
    if (standing === undefined) throw new AppError('auth.not-found')
    const kind = eventOf(standing.state, given)
    if (kind !== undefined) kinds.set(kind, [...(kinds.get(kind) ?? []), category as SharedCategory])
  }
  if (kinds.size === 0) return []
  const asked = choices.map(({ category }) => category as SharedCategory)
  return [
    sharingEvent(subject, 'shown', purpose, recipient, asked, place, at),
    ...[...kinds].map(([kind, categories]) =>
      sharingEvent(subject, kind, purpose, recipient, categories, place, at + 1),
    ),
  ]
}

function eventOf(state: SharingState, given: boolean): Event | undefined {
  if (given)
    return state === 'given' ? undefined : state === 'expired' || state === 'superseded' ? 'renewed' : 'given'
  if (state === 'given') return 'withdrawn'
  return state === 'refused' || state === 'withdrawn' ? undefined : 'refused'
}

/** What has ended by itself is written down once: a yes that is too old, or to a text that is no longer shown. */
export function endedEvents(
  past: readonly ConsentEventTable[],
  recipient: Registered,
  purpose: SharingPurpose,
  at: number,
): ConsentEventTable[] {
  const ended = new Map<string, ConsentEventTable>()
  for (const [category, { state, event }] of standings(past, recipient, purpose, at)) {
    if (event === undefined || (event.event !== 'given' && event.event !== 'renewed')) continue
    if (state !== 'expired' && state !== 'superseded') continue
    const key = `${state} ${event.id}`
    const before = ended.get(key)
    const categories = [...(before === undefined ? [] : categoriesIn(before)), category]
    ended.set(key, {
      ...event,
      id: before?.id ?? newId(),
      event: state,
      at,
      surface: 'server',
      categories: JSON.stringify(categories),
    })
  }
  return [...ended.values()]
}

/** When the app may ask by itself again; undefined: it may now. A question that was answered by silence counts as a no. // pp.4.4.d pp.4.4.e */
export function askAgainAt(
  events: readonly ConsentEventTable[],
  recipient: string,
  purpose: SharingPurpose,
  region: Region,
  nowMs: number,
): number | undefined {
  const last = events.findLast(
    (event) => concerns(event, purpose, recipient) && (no.includes(event.event) || event.event === 'shown'),
  )
  if (last === undefined) return undefined
  const again = periodAfter(last.at, rulesAt(nowMs).noAskFor[region])
  return again > nowMs ? again : undefined
}

export function sharingRow(
  events: readonly ConsentEventTable[],
  recipient: Registered,
  purpose: SharingPurpose,
  { locale, region, nowMs }: { readonly locale: Locale; readonly region: Region; readonly nowMs: number },
): SharingRow {
  const again = askAgainAt(events, recipient.id, purpose, region, nowMs)
  return {
    recipient: recipient.id,
    purpose,
    notice: sharingNotice(recipient, purpose, locale),
    choices: [...standings(events, recipient, purpose, nowMs)].map(([category, { state, event }]) => ({
      category,
      given: state === 'given',
      state,
      ...(event === undefined ? {} : { at: isoInstant(event.at) }),
    })),
    mayAsk: again === undefined,
    ...(again === undefined ? {} : { askAgainAt: isoInstant(again) }),
  }
}
