import { AppError, type HomeId, type Locale, type OperatingRole, type SubjectId } from '@eaves/model'
import type { ErasureView, Held } from '@eaves/model/api'
import { isoInstant, type Clock, type Log } from '../deps.ts'
import type { Homes } from '../homes/homes.ts'
import type { People } from '../people/people.ts'
import type { Privacy } from '../privacy/privacy.ts'
import type { Stores } from '../store/stores.ts'
import { createCorrections, saidOf, type Corrections } from './corrections.ts'
import { createBring, type Bring } from './bring.ts'
import { createEngine } from './engine.ts'
import { erasePerson, type ErasureDeps, type Progress } from './erasure.ts'
import { noticeViews, tellRecipients } from './erasure-notices.ts'
import { heldOf } from './held.ts'
import { homesSeen } from './homes-seen.ts'
import type { Members, NameRecipients } from './ports.ts'
import { createGuardianRights, type GuardianRights } from './guardian.ts'
import { createRequests, type Requests } from './requests.ts'
import { casesOf, erasureById } from './store.ts'

export { rightsEntries } from './routes.ts'
export { aboutOf, answerIn } from './corrections.ts'
export { removeRows } from './places.ts'
export type { NameRecipients } from './ports.ts'

export interface RightsDeps {
  readonly stores: Stores
  readonly privacy: Pick<Privacy, 'regionOf' | 'controller' | 'sharing' | 'minors'>
  readonly people: People
  readonly homes: Homes
  readonly members: Members
  readonly role: OperatingRole
  readonly clock: Clock
  readonly log: Log
  readonly recipients: NameRecipients
  readonly linkTo: ErasureDeps['linkTo']
  readonly tenant: string
  /** Whether somebody of age may make a home here. */
  readonly mayMakeHome: (subject: SubjectId) => boolean
  readonly onStep?: ErasureDeps['onStep']
  /** Tells whoever answers corrections that one waits. */
  readonly correctionWaits: (asker: SubjectId) => void
}
/** What people may ask about their own data, and how it is answered. */
export interface Rights extends Omit<Requests, 'start'> {
  /** Loads what people have stopped, and ends erasures that broke off. */
  readonly start: () => Promise<void>
  readonly run: () => Promise<void>
  readonly held: (subject: SubjectId, locale: Locale) => Promise<Held>
  /** The same for the children that an adult answers for. // pp.6 */
  readonly ofChild: GuardianRights
  readonly bring: Bring
  /** For the keepers of a household; nobody else finds a way to it. */
  readonly corrections: Corrections
  /** Everything of a person, now and for good. */
  readonly erasePerson: (subject: SubjectId) => Promise<void>
  readonly erasure: (id: string) => Promise<ErasureView>
  readonly cases: () => Promise<{ id: string; ground: string; region: string; openedAt: string }[]>
}

/** The front of the rights slice: the same rights for everyone, whatever region or role. // pp.1.3 */
export function createRights(deps: RightsDeps): Rights {
  const { stores, privacy, homes, role, clock, log, people } = deps
  const { facts, history, expiry } = stores
  const seen = (subject: SubjectId) => homesSeen(homes, role, subject)
  const requests = createRequests({
    stores,
    people,
    privacy,
    clock,
    log,
    correctionWaits: deps.correctionWaits,
  })
  const { members, linkTo, onStep, recipients } = deps
  const erasure: ErasureDeps = {
    hold: privacy.sharing.hold,
    notices: privacy.sharing,
    stores,
    homes,
    members,
    people,
    clock,
    log,
    linkTo,
    ...(onStep === undefined ? {} : { onStep }),
  }
  const { minors } = privacy
  const answeredIn = async (guardian: SubjectId, child: SubjectId) =>
    (await minors.answersFor(guardian, child))
      ? new Set(minors.children(guardian).flatMap(({ home, subject }) => (subject === child ? [home] : [])))
      : undefined
  const engine = createEngine({
    stores,
    people,
    privacy,
    clock,
    log,
    homesSeen: seen,
    recipients,
    erasure,
    answeredIn,
  })
  const heldIn = async (subject: SubjectId, locale: Locale, within?: ReadonlySet<HomeId>) =>
    heldOf({ facts, history, expiry, clock }, subject, {
      region: await privacy.regionOf(subject),
      locale,
      homes: seen(subject).filter(({ home }) => within?.has(home) ?? true),
      said: await saidOf(facts, subject),
      readBy: role === 'household' ? 'keepers' : 'staff',
    })
  return {
    ...requests,
    start: async () => {
      await requests.start()
      await engine.start()
    },
    run: engine.run,
    held: (subject, locale) => heldIn(subject, locale),
    ofChild: createGuardianRights({ minors, answeredIn, requests, held: heldIn, note: people.note }),
    corrections: createCorrections({ facts, people, clock }),
    bring: createBring({
      stores,
      homes,
      tenant: deps.tenant,
      clock,
      mayMakeHome: async (subject) =>
        (await minors.standing(subject)) === 'not-needed' && deps.mayMakeHome(subject), // pp.6
    }),
    erasePerson: async (subject) => {
      await erasePerson(erasure, subject)
      await tellRecipients(erasure)
    },
    erasure: async (id) => {
      const row = await erasureById(facts, id)
      if (row === undefined) throw new AppError('auth.not-found')
      const { places } = JSON.parse(row.progress) as Progress
      return {
        id,
        state: row.finished_at === null ? 'executing' : 'closed',
        startedAt: isoInstant(row.started_at),
        ...(row.finished_at === null ? {} : { finishedAt: isoInstant(row.finished_at) }),
        places: places.map(({ place, result, reason }) => ({
          place,
          result,
          ...(reason === undefined ? {} : { reason }),
        })),
        recipients: noticeViews(row.progress),
        ...(row.certificate === null ? {} : { certificate: row.certificate }),
      }
    },
    cases: async () =>
      (await casesOf(facts)).map(({ opened_at: at, ...rest }) => ({ ...rest, openedAt: isoInstant(at) })),
  }
}
