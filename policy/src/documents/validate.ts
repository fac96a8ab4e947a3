import { clauseIds, clauses, isClauseId } from '../clauses.ts'
import {
  documentIds,
  sectionIds,
  type Block,
  type DocumentId,
  type Emphasis,
  type LinkTarget,
  type PolicyDocument,
  type Span,
} from './ast.ts'

/** What each document must set in bold and underlined. // sa.2 */
export const requiredEmphases: Readonly<Record<DocumentId, readonly Emphasis[]>> = {
  agreement: ['liability', 'rights', 'minors'],
  privacy: ['sharing', 'transfer', 'rights', 'minors'],
}
const pages = ['contact', 'choices', 'sign-ins', 'activity', 'documents']

/** Every span of a document, in reading order. */
export function spansOf(document: PolicyDocument): readonly Span[] {
  return document.sections.flatMap(({ blocks }) => blocks.flatMap(blockSpans))
}

function blockSpans(block: Block): readonly Span[] {
  switch (block.kind) {
    case 'paragraph':
      return block.text
    case 'list':
      return block.items.flat()
    case 'table':
      return block.rows.flat(2)
    case 'generated':
      return []
  }
}

/** Lists what is wrong with a document, alone and beside its translations; an empty list means it may be offered for agreement. */
export function validateDocument(
  document: PolicyDocument,
  translations: readonly PolicyDocument[],
): readonly string[] {
  return [
    ...importantFaults(document),
    ...linkFaults(document),
    ...clauseFaults(document),
    ...translations.flatMap((other) => translationFaults(document, other)),
  ]
}

function importantFaults(document: PolicyDocument): string[] {
  const spans = spansOf(document)
  const present = new Set(
    spans.flatMap((span) =>
      typeof span === 'object' && 'important' in span && span.important.trim() !== '' ? [span.about] : [],
    ),
  )
  return requiredEmphases[document.id]
    .filter((about) => !present.has(about))
    .map((about) => `No important term speaks of "${about}".`) // sa.2
}

function linkFaults(document: PolicyDocument): string[] {
  return spansOf(document).flatMap((span) =>
    typeof span === 'object' && 'link' in span && !resolves(span.to)
      ? [`The link "${span.link}" leads nowhere.`]
      : [],
  )
}

function resolves(target: LinkTarget): boolean {
  if ('page' in target) return pages.includes(target.page)
  const sections: readonly string[] = documentIds.includes(target.document) ? sectionIds[target.document] : []
  return sections.includes(target.section)
}

function clauseFaults(document: PolicyDocument): string[] {
  const faults: string[] = []
  const expected = sectionIds[document.id].join(' ')
  const found = document.sections.map(({ id }) => id).join(' ')
  if (found !== expected) faults.push(`The sections are "${found}" and not "${expected}".`)
  for (const section of document.sections) {
    if (section.heading.trim() === '' || section.blocks.length === 0)
      faults.push(`The section "${section.id}" is empty.`)
    for (const id of section.clauses)
      if (!isClauseId(id))
        faults.push(`The section "${section.id}" names the unknown clause "${String(id)}".`)
  }
  for (const id of clauseIds) {
    const { anchor } = clauses[id]
    if (anchor.document !== document.id) continue
    if (document.sections.find((section) => section.id === anchor.section)?.clauses.includes(id) !== true)
      faults.push(`The clause "${id}" is not stated in "${anchor.section}".`)
  }
  return faults
}

function translationFaults(document: PolicyDocument, other: PolicyDocument): string[] {
  if (
    document.id !== other.id ||
    document.version !== other.version ||
    document.publishedOn !== other.publishedOn
  )
    return [`${other.locale} is a translation of another document.`]
  const skeleton = skeletonOf(document)
  const others = skeletonOf(other)
  return skeleton
    .flatMap((line, index) =>
      line === others[index]
        ? []
        : [`${document.locale} has "${line}" where ${other.locale} has "${others[index] ?? 'nothing'}".`],
    )
    .concat(
      others.length > skeleton.length
        ? [`${other.locale} has ${others.length - skeleton.length} sections more.`]
        : [],
    )
}

/** What must be equal in every language: sections, clauses, shape of blocks, subjects of important terms, targets of links. */
function skeletonOf(document: PolicyDocument): readonly string[] {
  return document.sections.map((section) => {
    const blocks = section.blocks.map((block) => {
      const marks = blockSpans(block).flatMap((span) =>
        typeof span === 'string' ? [] : ['important' in span ? `!${span.about}` : JSON.stringify(span.to)],
      )
      return [block.kind, size(block), ...marks.toSorted()].join(':')
    })
    return [section.id, section.clauses.join(','), ...blocks].join(' ')
  })
}

function size(block: Block): string {
  if (block.kind === 'list') return String(block.items.length)
  if (block.kind === 'table') return `${block.head.length}x${block.rows.length}`
  return block.kind === 'generated' ? block.table : ''
}
