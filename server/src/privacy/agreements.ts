import { newId, type Category, type Locale, type Purpose, type Region, type SubjectId } from '@eaves/model'
import type { Acts } from '@eaves/model/api'
import {
  compareVersions,
  isCovered,
  standingOf,
  type AgreementStanding,
  type VersionPromise,
} from '@eaves/policy'
import type { Activity } from '../activity/activity.ts'
import type { Clock } from '../deps.ts'
import type { Db, Facts } from '../store/stores.ts'
import type { Catalogue } from './catalogue.ts'
import type { AgreementTable } from './data.ts'
import type { InForce } from './publish.ts'
import { actsOf, addActs, asPerson, type ActsHandle } from './store.ts'

export interface AgreementDeps {
  readonly facts: Db<Facts>
  readonly clock: Clock
  readonly catalogue: Catalogue
  readonly activity: Pick<Activity, 'noteWithin'>
  /** When the version of now takes effect on this server. */
  readonly inForce: () => InForce
}
/** Where a person stands, and under which text they are. */
export interface Stand {
  readonly standing: AgreementStanding
  readonly agreed: VersionPromise | undefined
}
/** One use of what is known about a person. */
export interface Use {
  readonly purpose: Purpose
  readonly category?: Category | undefined
}
export interface Agreements {
  readonly record: (
    handle: ActsHandle,
    subject: SubjectId,
    acts: Acts,
    surface: string,
    at?: number,
  ) => Promise<void>
  readonly stand: (subject: SubjectId) => Promise<Stand>
  /** Whether the acts open anything: all of it, or in the limited state what `opensWhenLimited` names. */
  readonly isCurrent: (subject: SubjectId) => Promise<boolean>
  /** Whether this use is one that the person was told of; what it is for finds no one else. // pp.5.6 */
  readonly covers: (subject: SubjectId, use: Use) => Promise<boolean>
  /** The version whose texts a person was under at a moment. */
  readonly versionAt: (subject: SubjectId, atMs: number) => Promise<string | undefined>
  /** `anew`: also when the same act is there, as of somebody who has come of age since. */
  readonly act: (subject: SubjectId, acts: Acts, surface: string, anew?: boolean) => Promise<void>
  readonly refuse: (subject: SubjectId, locale: Locale, region: Region, surface: string) => Promise<void>
  readonly list: (subject: SubjectId) => Promise<AgreementTable[]>
  /** Called after a person has agreed or refused. */
  readonly onChanged: (listener: (subject: SubjectId) => void) => () => void
}

const documentIds = ['agreement', 'privacy'] as const
/** Other processes may record a refusal; what this one remembers is never older. */
const rememberMs = 5_000
const mostRemembered = 10_000

/** The ledger of acts: rows are only added, and the last one on each document counts. // sa.1 */
export function createAgreements(deps: AgreementDeps): Agreements {
  const { facts, clock, catalogue, activity } = deps
  const remembered = new Map<SubjectId, Stand & { readonly until: number }>()
  const listeners = new Set<(subject: SubjectId) => void>()
  /** Rises with every act, so that a look-up which began before it is not remembered after it. */
  let changes = 0
  const forget = (subject: SubjectId) => {
    changes += 1
    remembered.delete(subject)
  }
  const row = (
    subject: SubjectId,
    document: AgreementTable['document'],
    act: AgreementTable['act'],
    given: { locale: Locale; region: Region },
    surface: string,
    at: number,
  ): AgreementTable => {
    const { document: text, sha256 } = catalogue.current(document, given.locale)
    return {
      subject,
      id: newId(),
      document,
      version: text.version,
      sha256,
      locale: given.locale,
      region: given.region,
      act,
      at,
      surface,
    }
  }
  const write = async (
    subject: SubjectId,
    rows: (at: number) => AgreementTable[],
    isDone: (past: readonly AgreementTable[]) => boolean,
  ) => {
    await asPerson(facts, subject).transaction(async (handle) => {
      const past = await actsOf(handle)
      if (isDone(past)) return
      const added = rows(Math.max(clock.now(), (past.at(-1)?.at ?? 0) + 1))
      await addActs(handle, added)
      const isRefusal = added.every(({ act }) => act === 'refuse')
      await activity.noteWithin(handle, subject, isRefusal ? 'agreement-refused' : 'agreement') // pp.2.2.3
    })
    forget(subject)
    for (const listener of listeners) listener(subject)
  }
  const standBy = (past: readonly AgreementTable[]) => standNow(catalogue, deps.inForce(), past, clock.now())
  const stand = async (subject: SubjectId): Promise<Stand> => {
    const known = remembered.get(subject)
    if (known !== undefined && known.until > clock.now()) return known
    const before = changes
    const found = standBy(await actsOf(asPerson(facts, subject)))
    if (before !== changes) return found
    if (remembered.size >= mostRemembered) remembered.clear()
    remembered.set(subject, { ...found, until: clock.now() + rememberMs })
    return found
  }
  return {
    record: async (handle, subject, acts, surface, at = clock.now()) => {
      catalogue.check(acts)
      await addActs(
        handle,
        documentIds.map((document) => row(subject, document, acts[document].act, acts, surface, at)),
      )
      forget(subject)
    },
    stand,
    isCurrent: async (subject) => {
      const { standing } = await stand(subject)
      return standing !== 'none' && standing !== 'leaving' // sa.1
    },
    covers: async (subject, use) => isUseCovered(catalogue, await stand(subject), use),
    versionAt: async (subject, atMs) =>
      olderOf(lastActs(await actsOf(asPerson(facts, subject)), atMs))?.version,
    act: async (subject, acts, surface, anew = false) => {
      catalogue.check(acts)
      const same = (past: readonly AgreementTable[]) =>
        !anew &&
        standBy(past).standing === 'current' &&
        documentIds.every(
          (document) => past.findLast((each) => each.document === document)?.sha256 === acts[document].sha256,
        )
      await write(
        subject,
        (at) => documentIds.map((document) => row(subject, document, acts[document].act, acts, surface, at)),
        same,
      )
    },
    refuse: (subject, locale, region, surface) =>
      write(
        subject,
        (at) =>
          documentIds.map((document) => row(subject, document, 'refuse', { locale, region }, surface, at)),
        (past) =>
          documentIds.every(
            (document) => past.findLast((each) => each.document === document)?.act === 'refuse',
          ),
      ), // sa.4
    list: (subject) => actsOf(asPerson(facts, subject)),
    onChanged: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Where the last acts on the two documents leave somebody at this moment. // sa.1 pp.7.3 */
function standNow(
  catalogue: Catalogue,
  inForce: InForce,
  past: readonly AgreementTable[],
  atMs: number,
): Stand {
  const made = lastActs(past)
  const older = olderOf(made)
  const agreed = older && promiseOf(catalogue, older.version)
  const { version, promised } = catalogue.now
  const { effectiveAt, raised } = inForce
  return {
    agreed,
    standing: standingOf({
      agreed,
      isExact: made.every((act) => catalogue.isCurrent(act.document, act.sha256)),
      isRefused: made.some(({ act }) => act === 'refuse'),
      // What one version was raised to, none after it takes back. // pp.7.3
      now: {
        version,
        promised,
        effectiveAt,
        isRaised: raised.some((each) => compareVersions(each, agreed?.version ?? version) > 0),
      },
      atMs,
    }),
  }
}

function lastActs(past: readonly AgreementTable[], atMs = Infinity): AgreementTable[] {
  return documentIds
    .map((document) => past.findLast((each) => each.document === document && each.at <= atMs))
    .filter((each) => each !== undefined)
}

/** Of the last acts on both documents, the one on the older version. */
function olderOf(made: readonly AgreementTable[]): AgreementTable | undefined {
  if (made.length < documentIds.length) return undefined
  return made.toSorted((a, b) => compareVersions(a.version, b.version))[0]
}

/**
 * Whether a yes of that moment speaks of the purpose as it is now: another kind of information, period or recipient under
 * the same name needs a yes of its own, also from whoever has agreed to the text that names it. // pp.5.6
 */
export function isStillTold(
  catalogue: Catalogue,
  past: readonly AgreementTable[],
  purpose: Purpose,
  atMs: number,
): boolean {
  const told = olderOf(lastActs(past, atMs))
  const under = told && promiseOf(catalogue, told.version)
  return under !== undefined && isCovered(under.promised, catalogue.now.promised, { purpose })
}

/** What the version of an act promised; one that this program never published promised nothing that it could keep. */
function promiseOf({ versions, now }: Catalogue, version: string): VersionPromise | undefined {
  if (compareVersions(version, now.version) > 0) return { version, promised: now.promised }
  const found = versions.find((each) => compareVersions(each.version, version) === 0)
  return found === undefined ? undefined : { version, promised: found.promised }
}

function isUseCovered({ now }: Catalogue, { standing, agreed }: Stand, use: Use): boolean {
  // Whoever is under no text is kept out of everything at the door; what they have chosen before is theirs to take back.
  if (agreed === undefined || standing === 'none' || standing === 'leaving') return true
  if (standing === 'current') return isCovered(now.promised, now.promised, use)
  if (standing === 'limited' && now.promised.purposes[use.purpose]?.optional === true) return false // pp.7.3
  return isCovered(agreed.promised, now.promised, use) // pp.5.6
}
