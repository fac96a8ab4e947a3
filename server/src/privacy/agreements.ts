import { newId, type Locale, type Region, type SubjectId } from '@eaves/model'
import type { Acts } from '@eaves/model/api'
import type { Activity } from '../activity/activity.ts'
import type { Clock } from '../deps.ts'
import type { Db, Facts } from '../store/stores.ts'
import type { Catalogue } from './catalogue.ts'
import type { AgreementTable } from './data.ts'
import { actsOf, addActs, asPerson, type ActsHandle } from './store.ts'

export interface AgreementDeps {
  readonly facts: Db<Facts>
  readonly clock: Clock
  readonly catalogue: Catalogue
  readonly activity: Pick<Activity, 'noteWithin'>
}
export interface Agreements {
  readonly record: (
    handle: ActsHandle,
    subject: SubjectId,
    acts: Acts,
    surface: string,
    at?: number,
  ) => Promise<void>
  readonly isCurrent: (subject: SubjectId) => Promise<boolean>
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
export function createAgreements({ facts, clock, catalogue, activity }: AgreementDeps): Agreements {
  const remembered = new Map<SubjectId, { readonly current: boolean; readonly until: number }>()
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
  const holds = (past: readonly AgreementTable[]) =>
    documentIds.every((document) => {
      const last = past.findLast((each) => each.document === document)
      return last !== undefined && last.act !== 'refuse' && covers(catalogue, last)
    })
  return {
    record: async (handle, subject, acts, surface, at = clock.now()) => {
      catalogue.check(acts)
      await addActs(
        handle,
        documentIds.map((document) => row(subject, document, acts[document].act, acts, surface, at)),
      )
      forget(subject)
    },
    isCurrent: async (subject) => {
      const known = remembered.get(subject)
      if (known !== undefined && known.until > clock.now()) return known.current
      const before = changes
      const current = holds(await actsOf(asPerson(facts, subject)))
      if (before !== changes) return current
      if (remembered.size >= mostRemembered) remembered.clear()
      remembered.set(subject, { current, until: clock.now() + rememberMs })
      return current
    },
    act: async (subject, acts, surface, anew = false) => {
      catalogue.check(acts)
      const same = (past: readonly AgreementTable[]) =>
        !anew &&
        holds(past) &&
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

/** A later text of the same major version needs no new act; the same version with another text does. */
function covers(catalogue: Catalogue, act: AgreementTable): boolean {
  const { version } = catalogue.current(act.document, act.locale).document
  if (act.version === version) return catalogue.isCurrent(act.document, act.sha256)
  return act.version.split('.')[0] === version.split('.')[0]
}
