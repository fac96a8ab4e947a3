import {
  compareVersions,
  EffectTooEarly,
  publicationOf,
  type Publication,
  type PublicationWish,
} from '@eaves/policy'
import type { Clock, Log } from '../deps.ts'
import { StartError } from '../start-error.ts'
import type { Db, Facts } from '../store/stores.ts'
import type { Catalogue } from './catalogue.ts'
import type { PolicyVersionTable } from './data.ts'
import { asGate, publish, publishedTexts } from './store.ts'

/** When the version of now takes effect on this server. */
export interface InForce {
  readonly effectiveAt: number
  /** The versions that the operator called a large change, up to that of now. */
  readonly raised: readonly string[]
}
export interface PublishDeps {
  readonly facts: Db<Facts>
  readonly catalogue: Catalogue
  readonly clock: Clock
  readonly log: Log
  readonly wish: PublicationWish
}

/**
 * Publishes the texts of this program on this server, once: over an older version with its notice, on a new server at once.
 * A text that changed under its version keeps its first row; the changed one is published under its hash, and people are
 * asked again. // fm.date pp.7.1 pp.7.3
 */
export async function publishTexts(deps: PublishDeps): Promise<readonly PolicyVersionTable[]> {
  const { facts, catalogue, clock, log } = deps
  const handle = asGate(facts)
  const before = await publishedTexts(handle)
  const { effectiveAt, noticeDays, changes } = publicationHere(deps, before)
  const rows = catalogue.entries().map(({ document, version, locale, sha256 }) => {
    const same = before.find(
      (each) => each.document === document && each.locale === locale && each.version === version,
    )
    const changed = same !== undefined && same.sha256 !== sha256
    if (changed) log.warn('a document differs from the one published here under its version')
    return {
      document,
      version: changed ? `${version}+${sha256.slice(0, 12)}` : version,
      locale,
      sha256,
      effective_at: effectiveAt,
      published_at: clock.now(),
      notice_days: noticeDays,
      is_raised: deps.wish.raise === true ? 1 : 0,
      changes: JSON.stringify(changes),
      body: JSON.stringify(catalogue.current(document, locale).document),
    }
  })
  await publish(handle, rows)
  return publishedTexts(handle)
}

/** What publishing comes to here. Over nothing there is nobody to tell. */
function publicationHere(
  { catalogue, clock, wish }: PublishDeps,
  before: readonly PolicyVersionTable[],
): Pick<Publication, 'effectiveAt' | 'noticeDays' | 'changes'> {
  const { now, versions } = catalogue
  const known = before.find(({ version }) => version === now.version)
  const [last] = before.map(({ version }) => version).toSorted((a, b) => compareVersions(b, a))
  const previous = versions.find((each) => last !== undefined && compareVersions(each.version, last) === 0)
  if (known !== undefined || previous === undefined || previous === now)
    return { effectiveAt: Math.min(Date.parse(now.publishedOn), clock.now()), noticeDays: 0, changes: [] }
  try {
    // A clock that stands before the day of the text is wrong: a notice counted from there would be over once it is set right. // pp.7.3
    const seenAt = Math.max(clock.now(), Date.parse(now.publishedOn))
    const publication = publicationOf(previous.promised, now.promised, seenAt, wish)
    // A version that comes during the notice of another, however small, does not cut that notice short. // pp.7.3
    const pending = Math.max(...before.map((row) => row.effective_at))
    return { ...publication, effectiveAt: Math.max(publication.effectiveAt, pending) }
  } catch (error) {
    if (!(error instanceof EffectTooEarly)) throw error
    throw new StartError(`EAVES_POLICY_EFFECTIVE is too early. ${error.message}`)
  }
}

/** When the version of now takes effect by what is published here. */
export function inForceOf(rows: readonly PolicyVersionTable[], version: string): InForce {
  const own = rows.filter((row) => row.version === version)
  return {
    effectiveAt: Math.max(0, ...own.map((row) => row.effective_at)),
    raised: rows
      .filter((row) => row.is_raised !== 0 && compareVersions(row.version, version) <= 0)
      .map((row) => row.version),
  }
}
