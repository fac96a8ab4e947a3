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
  const last = lastSaid(events, recipient.id, purpose)
  return new Map(
    offeredCategories(recipient, purpose).map((category) => {
      const event = last.get(category)
      return [category, { event, state: stateOf(event, recipient, purpose, nowMs) }]
    }),
  )
}

/** The last event of each kind of information, whether or not the recipient is registered. */
export function lastSaid(
  events: readonly ConsentEventTable[],
  recipient: string,
  purpose: SharingPurpose,
): Map<SharedCategory, ConsentEventTable> {
  const last = new Map<SharedCategory, ConsentEventTable>()
  for (const event of events)
    if (event.event !== 'shown' && concerns(event, purpose, recipient))
      for (const category of categoriesIn(event)) last.set(category as SharedCategory, event)
  return last
}

export const isYes = (event: ConsentEventTable): boolean =>
  event.event === 'given' || event.event === 'renewed'

/** A yes to whom the register does not name rests. */
export function stateOf(
  event: ConsentEventTable | undefined,
  recipient: Registered | undefined,
  purpose: SharingPurpose,
  nowMs: number,
): SharingState {
  if (event === undefined || event.event === 'shown') return 'never'
  if (event.event === 'guardian_given' || event.event === 'guardian_withdrawn') return 'never'
  if (event.event !== 'given' && event.event !== 'renewed') return event.event
  if (recipient === undefined) return 'superseded'
  if (event.notice_sha256 !== sharingNotice(recipient, purpose, event.locale).sha256) return 'superseded'
  return event.at <= periodBefore(nowMs, rulesAt(nowMs).yesLasts) ? 'expired' : 'given'
}

export const rulesAt = (nowMs: number) => sharingRules(isoInstant(nowMs).slice(0, 10))

export interface Place {
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
  const said = lastSaid(past, recipient.id, purpose)
  const kinds = new Map<Event, SharedCategory[]>()
  for (const { category, given } of choices) {
    const state =
      now.get(category as SharedCategory)?.state ?? goneState(said.get(category as SharedCategory))
    if (state === undefined || (given && !now.has(category as SharedCategory)))
      throw new AppError('auth.not-found')
    const kind = eventOf(state, given)
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

/** A kind of information that is offered no longer can still be answered with no. // pp.4.4.e */
const goneState = (event: ConsentEventTable | undefined): SharingState | undefined =>
  event === undefined
    ? undefined
    : isYes(event)
      ? 'given'
      : stateOf(event, undefined, 'sharing.manufacturer-quality', 0)

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
  // Without a contract in the register nobody can say whether it is the one that the yes was given under. // pp.3.1.a
  if (recipient.agreement === undefined) return []
  const over = [...standings(past, recipient, purpose, at)].flatMap(([category, { state, event }]) =>
    event !== undefined && isYes(event) && (state === 'expired' || state === 'superseded')
      ? [{ category, event, state } as const]
      : [],
  )
  return endedBy(over, at)
}

/** One line for each yes that ended, with the kinds of information it ended for. */
export function endedBy(
  over: readonly {
    readonly category: SharedCategory
    readonly event: ConsentEventTable
    readonly state: 'expired' | 'superseded'
  }[],
  at: number,
): ConsentEventTable[] {
  const ended = new Map<string, ConsentEventTable>()
  for (const { category, event, state } of over) {
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
