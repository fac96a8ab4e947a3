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
import type { Db, Facts } from '../store/stores.ts'
import type { AgreementTable, ConsentEventTable } from './data.ts'
import { heldOnlyFor, noticeHash } from './notices.ts'
import { accountOf, actsOf, addEvents, asPerson, emptyColumns, eventsOf, type ActsHandle } from './store.ts'

export interface ChoiceDeps {
  readonly facts: Db<Facts>
  readonly clock: Clock
  readonly activity: Pick<Activity, 'noteWithin'>
  /** Whether a yes of that moment, after these acts, speaks of the purpose as it is now. // pp.5.6 */
  readonly isStillTold: (past: readonly AgreementTable[], purpose: Purpose, atMs: number) => boolean
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
  /** Whether the purpose is chosen as it is now. */
  readonly has: (subject: SubjectId, purpose: Purpose) => Promise<boolean>
  /** Whether a yes was given and not taken back, also to the purpose as it was. */
  readonly isKept: (subject: SubjectId, purpose: Purpose) => Promise<boolean>
  readonly events: (subject: SubjectId, purpose: Purpose) => Promise<ConsentEventTable[]>
}

/** The ledger of choices: what holds is the fold of its events, and silence is a no. */
export function createChoices({ facts, clock, activity, isStillTold }: ChoiceDeps): ChoiceLedger {
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
  const holds = (purpose: Purpose, events: readonly ConsentEventTable[], acts: readonly AgreementTable[]) => {
    const yes = yesTo(purpose, events)
    return yes !== undefined && isStillTold(acts, purpose, yes.at)
  }
  const list = async (subject: SubjectId) => {
    const handle = asPerson(facts, subject)
    const [events, acts] = [await eventsOf(handle), await actsOf(handle)]
    return optionalPurposes.map((purpose) => rowOf(purpose, events, holds(purpose, events, acts)))
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
      return asPerson(facts, subject).transaction(async (handle) => {
        const [past, acts] = [await eventsOf(handle), await actsOf(handle)]
        const before = yesTo(purpose, past) !== undefined
        const isAsItIs = before === given && (!given || holds(purpose, past, acts))
        const account = await accountOf(handle)
        if (account === undefined) throw new AppError('auth.not-found')
        if (given && isLocked(purpose, account.age_band)) throw new AppError('policy.minor') // pp.6
        const answered = past.some((each) => isAbout(each, purpose) && each.event !== 'shown')
        if (isAsItIs && answered) return rowOf(purpose, past, given)
        const at = Math.max(clock.now(), (past.at(-1)?.at ?? 0) + 1)
        const added = event(
          subject,
          purpose,
          given ? (before ? 'renewed' : 'given') : before ? 'withdrawn' : 'refused',
          { locale: account.locale ?? 'en', region: account.region },
          surface,
          at,
        )
        await addEvents(handle, [added])
        await activity.noteWithin(handle, subject, given ? 'choice-given' : 'choice-withdrawn')
        if (!given) await emptyColumns(handle, heldOnlyFor(purpose)) // pp.4.4.e pp.2.2.2
        return rowOf(purpose, [...past, added], given)
      })
    },
    has: async (subject, purpose) => {
      if (!purposes[purpose].optional) return true
      const handle = asPerson(facts, subject)
      if (!holds(purpose, await eventsOf(handle), await actsOf(handle))) return false
      return !isLocked(purpose, (await accountOf(handle))?.age_band) // pp.6
    },
    isKept: async (subject, purpose) =>
      !purposes[purpose].optional || yesTo(purpose, await eventsOf(asPerson(facts, subject))) !== undefined,
    events: async (subject, purpose) =>
      (await eventsOf(asPerson(facts, subject))).filter((each) => each.purpose === purpose),
  }
}

/** What is locked for minors is off for them, whatever was chosen before. // pp.6 */
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

/** The yes that stands: the last answer, if it is one. */
function yesTo(purpose: Purpose, events: readonly ConsentEventTable[]): ConsentEventTable | undefined {
  const last = events.findLast((each) => isAbout(each, purpose) && each.event !== 'shown')
  return last?.event === 'given' || last?.event === 'renewed' ? last : undefined
}

function rowOf(purpose: Purpose, all: readonly ConsentEventTable[], given: boolean): ChoiceRow {
  const events = all.filter((each) => isAbout(each, purpose))
  const last = events.at(-1)
  return {
    purpose,
    given,
    ...(last === undefined ? {} : { at: isoInstant(last.at) }),
    events: events.map((each) => ({ event: each.event, at: isoInstant(each.at), surface: each.surface })),
  }
}
