import { createHash } from 'node:crypto'
import { AppError, locales, type Locale } from '@eaves/model'
import type { Acts, DocumentEntry } from '@eaves/model/api'
import {
  canonicalText,
  documentIds,
  documents,
  purposes as registry,
  withCollection,
  type DocumentId,
  type MapFact,
  type PolicyDocument,
} from '@eaves/policy'
import { mapRows, type MapRow } from '../store/schema.ts'

export interface Published {
  readonly document: PolicyDocument
  readonly sha256: string
}
/** The documents offered for agreement, each named by the hash of its exact text. // fm.date */
export interface Catalogue {
  readonly entries: (locale?: Locale) => DocumentEntry[]
  readonly find: (id: string, version: string, locale: string) => Published | undefined
  readonly current: (id: DocumentId, locale: Locale) => Published
  /** Whether this is the hash of a current text in any language. */
  readonly isCurrent: (id: DocumentId, sha256: string) => boolean
  /** Refuses acts that name any other text than the current one in their own language. // sa.1 */
  readonly check: (acts: Acts) => void
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

export function createCatalogue(facts: readonly MapFact[] = mapFacts()): Catalogue {
  const all = documentIds.flatMap((id) =>
    locales.map((locale) => published(withCollection(documents[id][locale], facts))),
  )
  const current = (id: DocumentId, locale: Locale) =>
    all.find((each) => each.document.id === id && each.document.locale === locale)!
  return {
    entries: (locale) =>
      all.filter((each) => locale === undefined || each.document.locale === locale).map(entryOf),
    find: (id, version, locale) =>
      all.find(
        ({ document }) => document.id === id && document.version === version && document.locale === locale,
      ),
    current,
    isCurrent: (id, hash) => all.some((each) => each.document.id === id && each.sha256 === hash),
    check: (acts) => {
      for (const id of documentIds)
        if (acts[id].sha256 !== current(id, acts.locale).sha256) throw new AppError('policy.document-changed') // sa.1
    },
  }
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
