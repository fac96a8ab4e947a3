import type { DocumentEntry } from '@eaves/model/api'
import { canonicalText, type PolicyDocument } from '@eaves/policy'
import { entryOf, sha256, type Published, type TextVersion } from './catalogue.ts'
import type { PolicyVersionTable } from './data.ts'

/** A document as it is shown: its parts in order, the table of what is collected filled in. */
export interface ShownDocument extends DocumentEntry {
  readonly sections: PolicyDocument['sections']
  readonly summary: readonly string[]
}

export function shown(found: Published, versions: readonly TextVersion[]): ShownDocument {
  const { document } = found
  const version = versions.find((each) => each.version === document.version)
  return {
    ...entryOf(found),
    sections: document.sections,
    summary: version?.summaries[document.locale] ?? [],
  }
}

/** A text that was published here and stands in no version of this program any more, as it was. // fm.date */
export function keptText(
  rows: readonly PolicyVersionTable[],
  id: string,
  version: string,
  locale: string,
): ShownDocument | undefined {
  const row = rows.find((each) => each.document === id && each.version === version && each.locale === locale)
  if (row === undefined || row.body === null) return undefined
  const document = JSON.parse(row.body) as PolicyDocument
  if (sha256(canonicalText(document)) !== row.sha256) return undefined
  return {
    ...entryOf({ document, sha256: row.sha256 }),
    version,
    sections: document.sections,
    summary: [],
  }
}
