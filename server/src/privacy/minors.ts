import {
  AppError,
  newId,
  type Actor,
  type AgeBand,
  type HomeId,
  type Locale,
  type Region,
  type SubjectId,
} from '@eaves/model'
import type { GuardianAct, GuardianNotice, GuardianState } from '@eaves/model/api'
import {
  ageCoolingDays,
  guardianNeed,
  guardianText,
  isMinor,
  isOlder,
  type GuardianNeed,
} from '@eaves/policy'
import type { Activity } from '../activity/activity.ts'
import { isoInstant, type Clock } from '../deps.ts'
import type { Db, Facts, PersonHandle } from '../store/stores.ts'
import { sha256, type Catalogue } from './catalogue.ts'
import {
  addEvents,
  ageOf,
  asPerson,
  asGuardianOf,
  eventsOf,
  lastActAt,
  setAge,
  type AgeOfPerson,
} from './store.ts'

const dayMs = 86_400_000
const rememberMs = 5_000
const mostRemembered = 10_000

/** Who answers for whom in the homes of this moment. */
export interface GuardianLinks {
  /** Adults whom somebody hangs on as a child of a home. */
  readonly guardiansOf: (child: SubjectId) => readonly SubjectId[]
  readonly childrenOf: (
    guardian: SubjectId,
  ) => readonly { readonly home: HomeId; readonly subject: SubjectId; readonly name?: string | undefined }[]
}
export interface MinorDeps {
  readonly facts: Db<Facts>
  readonly clock: Clock
  readonly catalogue: Pick<Catalogue, 'current' | 'entries'>
  readonly activity: Pick<Activity, 'noteWithin'>
  readonly links: GuardianLinks
}
export type GuardianActor = Extract<Actor, { readonly kind: 'guardian' }>
interface Known extends AgeOfPerson {
  readonly last:
    | { readonly given: boolean; readonly guardian: SubjectId | null; readonly at: number }
    | undefined
  readonly actedAt: number
}

export interface Minors {
  readonly state: (subject: SubjectId) => Promise<GuardianState>
  /** For every request: `missing` closes the account. // pp.6 */
  readonly standing: (subject: SubjectId) => Promise<GuardianState['state']>
  readonly isMinor: (subject: SubjectId) => Promise<boolean>
  /** Whether somebody has come of age and not yet agreed themselves. */
  readonly mustActAnew: (subject: SubjectId) => Promise<boolean>
  readonly notice: (locale: Locale) => GuardianNotice
  readonly act: (
    guardian: SubjectId,
    child: SubjectId,
    act: GuardianAct,
    surface: string,
  ) => Promise<GuardianState>
  /** Says one's own age; a higher one is not taken from somebody whose guardian decides, or has lately refused. */
  readonly stateOwnAge: (subject: SubjectId, age: AgeBand) => Promise<GuardianState>
  readonly stateChildAge: (guardian: SubjectId, child: SubjectId, age: AgeBand) => Promise<GuardianState>
  readonly children: (guardian: SubjectId) => ReturnType<GuardianLinks['childrenOf']>
  /** The actor by which an adult reads and erases what is held of a child they answer for; nobody else gets one. */
  readonly asGuardian: (guardian: SubjectId, child: SubjectId) => GuardianActor
  /** Whether this adult has decided about a child that is still too young: what is held of it is then theirs to see and end, also once they took their consent back. // pp.6 */
  readonly answersFor: (guardian: SubjectId, child: SubjectId) => Promise<boolean>
  readonly forget: (subject: SubjectId) => void
  readonly onChanged: (listener: (subject: SubjectId) => void) => () => void
}

/** Minors and the adults who answer for them: what holds is the fold of the ledger, and only while the link stands. // pp.6 */
export function createMinors(deps: MinorDeps): Minors {
  const { facts, clock, catalogue, activity, links } = deps
  const remembered = new Map<SubjectId, { readonly known: Known; readonly until: number }>()
  const listeners = new Set<(subject: SubjectId) => void>()
  let changes = 0
  const forget = (subject: SubjectId) => {
    changes += 1
    remembered.delete(subject)
  }
  const changed = (subject: SubjectId) => {
    forget(subject)
    for (const listener of listeners) listener(subject)
  }
  const known = async (subject: SubjectId): Promise<Known> => {
    const before = remembered.get(subject)
    if (before !== undefined && before.until > clock.now()) return before.known
    const begun = changes
    const read = await readKnown(asPerson(facts, subject))
    if (begun !== changes) return read
    if (remembered.size >= mostRemembered) remembered.clear()
    remembered.set(subject, { known: read, until: clock.now() + rememberMs })
    return read
  }
  const needOf = ({ age, region }: Known): GuardianNeed =>
    age === undefined ? 'none' : guardianNeed(region, age, isoInstant(clock.now()).slice(0, 10))
  const stateOf = (subject: SubjectId, each: Known): GuardianState => {
    const need = needOf(each)
    const guardians = links.guardiansOf(subject)
    // A consent holds while the adult who gave it answers for the child, and not an instant longer.
    const holds = each.last?.given === true && guardians.some((guardian) => guardian === each.last?.guardian)
    return {
      ...(each.age === undefined ? {} : { age: each.age }),
      need,
      state: need !== 'consent' ? 'not-needed' : holds ? 'given' : 'missing',
      linked: guardians.length > 0,
      ...(holds && each.last !== undefined ? { since: isoInstant(each.last.at) } : {}),
    }
  }
  const state = async (subject: SubjectId) => stateOf(subject, await known(subject))
  const asGuardian: Minors['asGuardian'] = (guardian, child) => {
    if (guardian === child || !links.guardiansOf(child).includes(guardian))
      throw new AppError('auth.not-found')
    return { kind: 'guardian', subject: guardian, child }
  }
  const isUnderAge = async (subject: SubjectId) => {
    const { age } = await known(subject)
    return age !== undefined && isMinor(age)
  }
  const notice = (locale: Locale): GuardianNotice => {
    const paragraphs = [...guardianText[locale]]
    const documents = catalogue.entries(locale)
    return {
      locale,
      sha256: sha256([...paragraphs, ...documents.map((each) => each.sha256)].join('\n')),
      paragraphs,
      documents,
    }
  }
  const write = async (
    subject: SubjectId,
    handle: PersonHandle<Facts>,
    age: AgeBand,
  ): Promise<GuardianState> => {
    const before = await readKnown(handle)
    const now = clock.now()
    // Whoever needs no guardian any more decides themselves from now on. // pp.6
    const comes =
      needOf(before) === 'consent' && needOf({ ...before, age }) !== 'consent' ? now : before.ofAgeAt
    await setAge(handle, { age, statedAt: now, ofAgeAt: comes })
    changed(subject)
    return state(subject)
  }
  return {
    state,
    standing: async (subject) => (await state(subject)).state,
    isMinor: isUnderAge,
    mustActAnew: async (subject) => {
      const { ofAgeAt, actedAt } = await known(subject)
      return ofAgeAt !== undefined && actedAt <= ofAgeAt
    },
    notice,
    act: async (guardian, child, act, surface) => {
      const actor = asGuardian(guardian, child)
      if (await isUnderAge(guardian)) throw new AppError('policy.guardian-adult') // pp.6
      const theirs = await known(child)
      if (act.given && theirs.age !== undefined && needOf(theirs) !== 'consent')
        throw new AppError('input.conflict', { detail: 'At this age they decide themselves.' }) // pp.6
      if (act.given && act.sha256 !== notice(act.locale).sha256) throw new AppError('policy.document-changed') // sa.1
      await asGuardianOf(facts, actor).transaction(async (tx) => {
        const past = await eventsOf(tx)
        const { region, last } = await readKnown(tx)
        if (!act.given && last?.given !== true) return
        const locale = act.given ? act.locale : ((await ageOf(tx))?.locale ?? 'en')
        await addEvents(tx, [
          {
            subject: child,
            id: newId(),
            purpose: 'service.core',
            recipient: '',
            categories: null,
            event: act.given ? 'guardian_given' : 'guardian_withdrawn',
            region,
            notice_sha256: notice(locale).sha256,
            locale,
            at: Math.max(clock.now(), (past.at(-1)?.at ?? 0) + 1),
            surface,
            basis: basisOf(region),
            guardian,
          },
        ])
        await activity.noteWithin(tx, child, act.given ? 'guardian-given' : 'guardian-withdrawn')
      })
      changed(child)
      return state(child)
    },
    stateOwnAge: async (subject, age) => {
      const handle = asPerson(facts, subject)
      const before = await readKnown(handle)
      // Also from sixteen or seventeen: what is locked for minors is not opened by saying so. // pp.6
      if (before.age !== undefined && isOlder(age, before.age) && isMinor(before.age)) {
        if (stateOf(subject, before).state === 'given') throw new AppError('policy.guardian-decides') // pp.6
        const since = Math.max(before.statedAt ?? 0, before.last?.at ?? 0)
        if (clock.now() < since + ageCoolingDays * dayMs) throw new AppError('policy.age-cooling') // pp.6
      }
      return write(subject, handle, age)
    },
    stateChildAge: async (guardian, child, age) => {
      const actor = asGuardian(guardian, child)
      if ((await state(child)).state !== 'given') throw new AppError('policy.guardian-required')
      return write(child, asGuardianOf(facts, actor), age)
    },
    children: links.childrenOf,
    asGuardian,
    answersFor: async (guardian, child) => {
      if (guardian === child || !links.guardiansOf(child).includes(guardian)) return false
      const each = await known(child)
      // Somebody hung on as a child, but of age or of no stated age, is nobody's to look into.
      return needOf(each) === 'consent' && each.last?.guardian === guardian && !(await isUnderAge(guardian))
    },
    forget,
    onChanged: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Whether somebody of this age needs a guardian's consent there today. */
export function needsGuardian(region: Region, age: AgeBand, atMs: number): boolean {
  return guardianNeed(region, age, isoInstant(atMs).slice(0, 10)) === 'consent'
}

const basisOf = (region: Region): string =>
  ({ EU: 'GDPR 8(1)', CN: 'PIPL 31', US: 'COPPA 1303', other: 'consent of a guardian' })[region]

async function readKnown(handle: PersonHandle<Facts>): Promise<Known> {
  const account = await ageOf(handle)
  const last = (await eventsOf(handle)).findLast(
    ({ event }) => event === 'guardian_given' || event === 'guardian_withdrawn',
  )
  return {
    age: account?.age,
    region: account?.region ?? 'other',
    statedAt: account?.statedAt,
    ofAgeAt: account?.ofAgeAt,
    locale: account?.locale,
    last:
      last === undefined
        ? undefined
        : { given: last.event === 'guardian_given', guardian: last.guardian, at: last.at },
    actedAt: await lastActAt(handle),
  }
}
