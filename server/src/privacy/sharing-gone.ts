import { AppError, type SubjectId } from '@eaves/model'
import type { SharingChosen, SharingSet } from '@eaves/model/api'
import { sharingPurposes, type SharedCategory, type SharingPurpose } from '@eaves/policy'
import type { Activity } from '../activity/activity.ts'
import { isoInstant, type Clock } from '../deps.ts'
import type { Db, Facts } from '../store/stores.ts'
import type { ConsentEventTable } from './data.ts'
import { endedBy, isYes, lastSaid, sharingEvent, stateOf, type Place } from './sharing-consents.ts'
import { askedPairs, asSharing, dropReports, forPerson } from './sharing-store.ts'
import { accountOf, addEvents, eventsOf } from './store.ts'

/** A recipient that the register no longer names, or not for that purpose. */
export interface Gone {
  readonly id: string
  readonly purpose: SharingPurpose
}
interface GoneDeps {
  readonly facts: Db<Facts>
  readonly clock: Clock
  readonly activity: Pick<Activity, 'noteWithin'>
}

/** Every yes to whom the register no longer names ends for good: registered again, it has to be given again. // pp.3.1.1 */
export async function endGone({ facts, clock }: Omit<GoneDeps, 'activity'>, gone: readonly Gone[]) {
  if (gone.length === 0) return
  for (const { subject, recipient, purpose: asked } of await askedPairs(asSharing(facts), sharingPurposes)) {
    const purpose = gone.find((each) => each.id === recipient && each.purpose === asked)?.purpose
    if (purpose === undefined) continue
    await forPerson(facts, subject).transaction(async (handle) => {
      const past = await eventsOf(handle)
      const yes = [...lastSaid(past, recipient, purpose)].flatMap(([category, event]) =>
        isYes(event) ? [{ category, event, state: 'superseded' as const }] : [],
      )
      await addEvents(handle, endedBy(yes, Math.max(clock.now(), (past.at(-1)?.at ?? 0) + 1)))
    })
  }
}

/** A no needs no register: whoever was answered once is told no, under the name of then. // pp.4.4.e */
export async function noToGone(
  { facts, clock, activity }: GoneDeps,
  subject: SubjectId,
  gone: Gone,
  { locale, choices }: SharingSet,
  surface: string,
): Promise<SharingChosen> {
  return forPerson(facts, subject).transaction(async (handle) => {
    const account = await accountOf(handle)
    const past = await eventsOf(handle)
    if (account === undefined || !lastSaid(past, gone.id, gone.purpose).size)
      throw new AppError('auth.not-found')
    const at = Math.max(clock.now(), (past.at(-1)?.at ?? 0) + 1)
    const added = noes(subject, past, gone, choices, { locale, region: account.region, surface }, at)
    await addEvents(handle, added)
    if (added.length > 0) await activity.noteWithin(handle, subject, 'choice-withdrawn')
    await dropReports(handle, gone.purpose, gone.id) // pp.4.4.e
    return goneRow([...past, ...added], gone, clock.now())
  })
}

function noes(
  subject: SubjectId,
  past: readonly ConsentEventTable[],
  { id, purpose }: Gone,
  choices: SharingSet['choices'],
  place: Place,
  at: number,
): ConsentEventTable[] {
  const said = lastSaid(past, id, purpose)
  const kinds = new Map<'withdrawn' | 'refused', SharedCategory[]>()
  for (const choice of choices) {
    const category = choice.category as SharedCategory
    const event = said.get(category)
    if (event === undefined) throw new AppError('auth.not-found')
    if (event.event === 'withdrawn' || event.event === 'refused') continue
    const kind = isYes(event) ? 'withdrawn' : 'refused'
    kinds.set(kind, [...(kinds.get(kind) ?? []), category])
  }
  return [...kinds].map(([kind, categories]) => ({
    ...sharingEvent(subject, kind, purpose, undefined, categories, place, at),
    recipient: id,
  }))
}

const goneRow = (
  events: readonly ConsentEventTable[],
  { id, purpose }: Gone,
  nowMs: number,
): SharingChosen => ({
  recipient: id,
  purpose,
  choices: [...lastSaid(events, id, purpose)].map(([category, event]) => ({
    category,
    given: false,
    state: stateOf(event, undefined, purpose, nowMs),
    at: isoInstant(event.at),
  })),
  mayAsk: false,
})
