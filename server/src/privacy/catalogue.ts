import { createHash } from 'node:crypto'
import { AppError, locales, type Locale } from '@eaves/model'
import type { Acts, DocumentEntry } from '@eaves/model/api'
import {
  canonicalText,
  documentIds,
  purposes as registry,
  documentsOf,
  promisedBy,
  publishedVersions,
  summariesOf,
  withCollection,
  type DocumentId,
  type MapFact,
  type PolicyDocument,
  type PublishedVersion,
} from '@eaves/policy'
import { mapRows, type MapRow } from '../store/schema.ts'

export interface Published {
  readonly document: PolicyDocument
  readonly sha256: string
}
/** A version with its texts. */
export interface TextVersion extends PublishedVersion {
  readonly texts: readonly PolicyDocument[]
  readonly summaries: Readonly<Record<Locale, readonly string[]>>
}
/** The documents offered for agreement, each named by the hash of its exact text, and those before them. // fm.date */
export interface Catalogue {
  readonly entries: (locale?: Locale) => DocumentEntry[]
  /** A text of any published version. */
  readonly find: (id: string, version: string, locale: string) => Published | undefined
  readonly current: (id: DocumentId, locale: Locale) => Published
  /** Whether this is the hash of a current text in any language. */
  readonly isCurrent: (id: DocumentId, sha256: string) => boolean
  /** Refuses acts that name any other text than the current one in their own language. // sa.1 */
  readonly check: (acts: Acts) => void
  /** Oldest first; the last is the one of now. */
  readonly versions: readonly TextVersion[]
  readonly now: TextVersion
  /** Takes the versions as they stand on this server. */
  readonly use: (versions: readonly TextVersion[]) => void
}

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** What the data map says is collected, as the documents and notices want it. // pp.0 */
export function mapFacts(rows: readonly MapRow[] = mapRows()): MapFact[] {
  return rows.flatMap((row) => factsOf(row))
}

function factsOf({ entry, field }: MapRow): MapFact[] {
  if (field.class === 'personal' || field.class === 'content') {
    const categories = new Set([
      field.category,
      ...Object.values(field.leaves ?? {}).map((leaf) => leaf.category),
    ])
    return purposesIn(field.purposes).flatMap((purpose) =>
      [...categories].map((category) => ({
        category,
        purpose,
        mandatory: field.mandatory.required,
        retention: field.retention,
        recipients: recipientsFor(purpose, field.recipients),
      })),
    )
  }
  const { retention } = entry
  if ((field.class !== 'linked' && field.class !== 'credential') || 'reason' in retention) return []
  const category = field.class === 'linked' ? field.category : 'user.credentials'
  const leaves =
    field.class === 'linked' ? Object.values(field.leaves ?? {}).map((leaf) => leaf.category) : []
  return purposesIn(entry.purposes).flatMap((purpose) =>
    [...new Set([category, ...leaves])].map((each) => ({
      category: each,
      purpose,
      mandatory: registry[purpose].recipient === undefined,
      retention,
      recipients: recipientsFor(purpose, []),
    })),
  )
}

/** A purpose that lets something leave says to whom, whatever the column says. // pp.3.1 */
function recipientsFor(purpose: MapFact['purpose'], known: MapFact['recipients']): MapFact['recipients'] {
  const { recipient } = registry[purpose]
  return recipient === undefined ? known : [...known, recipient]
}

function purposesIn(purposes: MapRow['entry']['purposes']): MapFact['purpose'][] {
  return Object.keys(purposes) as MapFact['purpose'][]
}

/** Every published version; the one of now promises what the program does, which the check holds to the frozen words. // pp.0 */
export function ownVersions(facts: readonly MapFact[] = mapFacts()): readonly TextVersion[] {
  return publishedVersions.map((each, i, all) => ({
    ...each,
    ...(i === all.length - 1 ? { facts, promised: promisedBy(facts) } : {}),
    texts: documentIds.flatMap((id) => locales.map((locale) => documentsOf(each.version)[id][locale])),
    summaries: summariesOf(each.version),
  }))
}

export function createCatalogue(versions: readonly TextVersion[] = ownVersions()): Catalogue {
  let held = textsOf(versions)
  const current = (id: DocumentId, locale: Locale) =>
    held.offered.find((each) => each.document.id === id && each.document.locale === locale)!
  return {
    entries: (locale) =>
      held.offered.filter((each) => locale === undefined || each.document.locale === locale).map(entryOf),
    find: (id, version, locale) =>
      held.every.find(
        ({ document }) => document.id === id && document.version === version && document.locale === locale,
      ),
    current,
    isCurrent: (id, hash) => held.offered.some((each) => each.document.id === id && each.sha256 === hash),
    check: (acts) => {
      for (const id of documentIds)
        if (acts[id].sha256 !== current(id, acts.locale).sha256) throw new AppError('policy.document-changed') // sa.1
    },
    get versions() {
      return held.versions
    },
    get now() {
      return held.now
    },
    use: (others) => (held = textsOf(others)),
  }
}

function textsOf(versions: readonly TextVersion[]) {
  const now = versions.at(-1)
  if (now === undefined) throw new Error('No version of the texts is published.')
  const every = versions.flatMap(({ texts, facts }) =>
    texts.map((text) => published(withCollection(text, facts))),
  )
  return { versions, now, every, offered: every.filter(({ document }) => document.version === now.version) }
}

function published(document: PolicyDocument): Published {
  return { document, sha256: sha256(canonicalText(document)) }
}

export function entryOf({ document, sha256: hash }: Published): DocumentEntry {
  return {
    document: document.id,
    version: document.version,
    locale: document.locale,
    sha256: hash,
    title: document.title,
    publishedAt: document.publishedOn,
  }
}
