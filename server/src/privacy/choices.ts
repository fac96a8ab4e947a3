import {
  AppError,
  newId,
  type AgeBand,
  type Locale,
  type Purpose,
  type Region,
  type SubjectId,
} from '@eaves/model'
import type { ChoiceRow, Choices } from '@eaves/model/api'
import { isLockedForMinors, isMinor, optionalPurposes, purposes } from '@eaves/policy'
import type { Activity } from '../activity/activity.ts'
import { isoInstant, type Clock } from '../deps.ts'
import type { Db, Facts, PersonHandle } from '../store/stores.ts'
import type { ConsentEventTable } from './data.ts'
import { heldOnlyFor, noticeHash } from './notices.ts'
import { accountOf, addEvents, asPerson, emptyColumns, eventsOf, type ActsHandle } from './store.ts'

export interface ChoiceDeps {
  readonly facts: Db<Facts>
  readonly clock: Clock
  readonly activity: Pick<Activity, 'noteWithin'>
}
export interface ChoiceLedger {
  readonly record: (
    handle: ActsHandle,
    subject: SubjectId,
    choices: Choices,
    given: { readonly locale: Locale; readonly region: Region; readonly age?: AgeBand | undefined },
    surface: string,
    at?: number,
  ) => Promise<void>
  readonly list: (subject: SubjectId) => Promise<ChoiceRow[]>
  readonly set: (subject: SubjectId, purpose: string, given: boolean, surface: string) => Promise<ChoiceRow>
  readonly has: (subject: SubjectId, purpose: Purpose) => Promise<boolean>
  readonly events: (subject: SubjectId, purpose: Purpose) => Promise<ConsentEventTable[]>
}

/** The ledger of choices: what holds is the fold of its events, and silence is a no. */
export function createChoices({ facts, clock, activity }: ChoiceDeps): ChoiceLedger {
  const event = (
    subject: SubjectId,
    purpose: Purpose,
    kind: ConsentEventTable['event'],
    place: { locale: Locale; region: Region },
    surface: string,
    at: number,
  ): ConsentEventTable => ({
    subject,
    id: newId(),
    purpose,
    recipient: '',
    categories: null,
    event: kind,
    region: place.region,
    notice_sha256: noticeHash(purpose, place.locale),
    locale: place.locale,
    at,
    surface,
    basis: purposes[purpose].bases[place.region].article,
    guardian: null,
  })
  const list = async (subject: SubjectId) => {
    const events = await eventsOf(asPerson(facts, subject))
    return optionalPurposes.map((purpose) => rowOf(purpose, events))
  }
  return {
    // Every switch that was shown gets a first answer: given, or shown and refused. // pp.lb.2
    record: async (handle, subject, choices, place, surface, at = clock.now()) => {
      const rows = optionalPurposes.flatMap((purpose) => [
        event(subject, purpose, 'shown', place, surface, at),
        event(
          subject,
          purpose,
          choices[purpose] === true && !isLocked(purpose, place.age) ? 'given' : 'refused',
          place,
          surface,
          at,
        ),
      ])
      await addEvents(handle, rows)
    },
    list,
    set: async (subject, asked, given, surface) => {
      const purpose = optional(asked)
      const events = await asPerson(facts, subject).transaction(async (handle) => {
        const past = await eventsOf(handle)
        const before = isGiven(purpose, past)
        const account = await accountOf(handle)
        if (account === undefined) throw new AppError('auth.not-found')
        if (given && isLocked(purpose, account.age_band)) throw new AppError('policy.minor') // pp.6
        const answered = past.some((each) => each.purpose === purpose && each.event !== 'shown')
        if (before === given && answered) return past
        const at = Math.max(clock.now(), (past.at(-1)?.at ?? 0) + 1)
        const added = event(
          subject,
          purpose,
          given ? 'given' : before ? 'withdrawn' : 'refused',
          { locale: account.locale ?? 'en', region: account.region },
          surface,
          at,
        )
        await addEvents(handle, [added])
        await activity.noteWithin(handle, subject, given ? 'choice-given' : 'choice-withdrawn')
        if (!given) await emptyColumns(handle, heldOnlyFor(purpose)) // pp.4.4.e pp.2.2.2
        return [...past, added]
      })
      return rowOf(purpose, events)
    },
    has: async (subject, purpose) =>
      !purposes[purpose].optional || (await holds(asPerson(facts, subject), purpose)),
    events: async (subject, purpose) =>
      (await eventsOf(asPerson(facts, subject))).filter((each) => each.purpose === purpose),
  }
}

/** What is locked for minors is off for them, whatever was chosen before. // pp.6 */
async function holds(handle: PersonHandle<Facts>, purpose: Purpose): Promise<boolean> {
  if (!isGiven(purpose, await eventsOf(handle))) return false
  return !isLocked(purpose, (await accountOf(handle))?.age_band)
}
function isLocked(purpose: Purpose, age: AgeBand | null | undefined): boolean {
  return (
    age !== null &&
    age !== undefined &&
    isMinor(age) &&
    isLockedForMinors(purpose, purposes[purpose].optional)
  )
}

/** Only a registered purpose that needs a choice can be chosen. // pp.2.3.5 */
export function optional(asked: string): Purpose {
  const purpose = optionalPurposes.find((each) => each === asked)
  if (purpose === undefined) throw new AppError('auth.not-found')
  return purpose
}

// A choice about a recipient is no choice about Eaves itself.
const isAbout = (event: ConsentEventTable, purpose: Purpose): boolean =>
  event.purpose === purpose && event.recipient === ''

function isGiven(purpose: Purpose, events: readonly ConsentEventTable[]): boolean {
  return events.findLast((each) => isAbout(each, purpose) && each.event !== 'shown')?.event === 'given'
}

function rowOf(purpose: Purpose, all: readonly ConsentEventTable[]): ChoiceRow {
  const events = all.filter((each) => isAbout(each, purpose))
  const last = events.at(-1)
  return {
    purpose,
    given: isGiven(purpose, events),
    ...(last === undefined ? {} : { at: isoInstant(last.at) }),
    events: events.map((each) => ({ event: each.event, at: isoInstant(each.at), surface: each.surface })),
  }
}
