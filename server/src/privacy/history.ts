import { AppError, type Locale } from '@eaves/model'
import type { PolicyChange, PromiseEntry, VersionChanges, VersionEntry } from '@eaves/model/api'
import {
  changeWords,
  classify,
  clauseIds,
  clauses,
  clauseWords,
  documentChanges,
  documentIds,
  errata,
  errataInChinese,
  sourcePolicy,
  type Change,
  type ClauseId,
} from '@eaves/policy'
import { isoInstant } from '../deps.ts'
import { entryOf, type Catalogue, type TextVersion } from './catalogue.ts'
import type { PolicyVersionTable } from './data.ts'
import kept from './kept.json' with { type: 'json' }

const worded = (changes: readonly Change[], locale: Locale): PolicyChange[] =>
  changes.map((change) => ({ clause: change.clause, kind: change.kind, text: changeWords(change, locale) }))

/** What is large about going from one promise to another, in words. // pp.7.3 */
export const changesInWords = (
  before: Pick<TextVersion, 'promised'>,
  after: Pick<TextVersion, 'promised'>,
  locale: Locale,
): PolicyChange[] => worded(classify(before.promised, after.promised), locale)

/** Every version, the newest first, and at the end the source policy by its hash. // fm.date pp.7.1 */
export function versionsOf(
  catalogue: Catalogue,
  rows: readonly PolicyVersionTable[],
  locale: Locale,
  atMs: number,
): VersionEntry[] {
  const entries = catalogue.versions.map((version, i): VersionEntry => {
    const row = rows.find((each) => each.version === version.version)
    const previous = catalogue.versions[i - 1]
    return {
      version: version.version,
      standing:
        version !== catalogue.now
          ? 'past'
          : row !== undefined && row.effective_at > atMs
            ? 'announced'
            : 'current',
      publishedOn: version.publishedOn,
      ...(row === undefined
        ? {}
        : { publishedAt: isoInstant(row.published_at), effectiveAt: isoInstant(row.effective_at) }),
      noticeDays: row?.notice_days ?? 0,
      documents: documentIds.map((id) => entryOf(catalogue.find(id, version.version, locale)!)),
      changes: previous === undefined ? [] : changesInWords(previous, version, locale),
      errata: [],
    }
  })
  return [...entries.toReversed(), sourceEntry(locale)]
}

const sourceEntry = (locale: Locale): VersionEntry => ({
  version: sourcePolicy.version,
  standing: 'source',
  publishedOn: sourcePolicy.date,
  noticeDays: 0,
  title: sourcePolicy.title,
  sha256: sourcePolicy.sha256,
  documents: [],
  changes: [],
  errata: errata.map(({ clauses: ids, defect, mended }, i) => {
    const [inChinese, mendedSo] = errataInChinese[i] ?? [defect, mended]
    return {
      clauses: [...ids],
      defect: locale === 'en' ? defect : inChinese,
      mended: locale === 'en' ? mended : mendedSo,
    }
  }),
})

/** What two versions say differently; from the source policy, what our summary of each clause was and where it stands now. // pp.7.1 pp.7.2 */
export function changesBetween(
  catalogue: Catalogue,
  from: string,
  to: string,
  locale: Locale,
): VersionChanges {
  const after = catalogue.versions.find(({ version }) => version === to)
  const before = catalogue.versions.find(({ version }) => version === from)
  const isSource = from === sourcePolicy.version
  if (after === undefined || (before === undefined && !isSource)) throw new AppError('auth.not-found')
  return {
    from,
    to,
    locale,
    changes: before === undefined ? [] : changesInWords(before, after, locale),
    documents:
      before === undefined ? [] : documentIds.map((id) => between(catalogue, id, before, after, locale)),
    clauses: isSource ? sourceClauses(locale) : [],
  }
}

function between(
  catalogue: Catalogue,
  id: (typeof documentIds)[number],
  before: TextVersion,
  after: TextVersion,
  locale: Locale,
): VersionChanges['documents'][number] {
  const [old, now] = [before, after].map(({ version }) => catalogue.find(id, version, locale)!.document)
  return {
    document: id,
    title: now!.title,
    sections: JSON.parse(
      JSON.stringify(documentChanges(old!, now!)),
    ) as VersionChanges['documents'][number]['sections'],
  }
}

const sourceClauses = (locale: Locale): VersionChanges['clauses'] =>
  clauseIds.map((clause) => ({ clause, ...clauseWords(clause, locale), ...clauses[clause].anchor }))

export interface Evidence {
  readonly clauses: readonly ClauseId[]
  readonly kind: PromiseEntry['evidence'][number]['kind']
  readonly atMs: number
  readonly count: number
}
type Kept = Readonly<Record<string, { readonly lines: readonly string[]; readonly tests: readonly string[] }>>

/** How each promise is kept, by the list that is made from the comments of the sources, with what this server did last. */
export function promisesOf(locale: Locale, evidence: readonly Evidence[]): PromiseEntry[] {
  return clauseIds.map((clause) => {
    const { kind, anchor } = clauses[clause]
    const own = kind.is === 'executable' ? (kept as Kept)[clause] : undefined
    return {
      clause,
      title: clauseWords(clause, locale).title,
      ...anchor,
      state: kind.is === 'executable' ? 'kept' : kind.is === 'declaratory' ? 'statement' : 'later',
      lines: [...(own?.lines ?? [])],
      tests: [...(own?.tests ?? [])],
      ...(kind.is === 'declaratory' ? { reason: kind.reason } : {}),
      ...(kind.is === 'later' ? { reason: kind.missing, refused: kind.refused } : {}),
      evidence: evidence
        .filter((each) => each.clauses.includes(clause))
        .map((each) => ({ kind: each.kind, at: isoInstant(each.atMs), count: each.count })),
    }
  })
}
