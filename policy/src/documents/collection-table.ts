import {
  categories,
  purposes as purposeIds,
  type Category,
  type Locale,
  type Purpose,
  type Recipient,
  type Retention,
} from '@eaves/model'
import { purposes } from '../purposes.ts'
import { retentionWords } from '../retention-words.ts'
import { categoryLabels, recipientLabels, tableWords } from '../vocabulary.ts'
import { table, type Block, type PolicyDocument } from './ast.ts'

/** One fact of the data map; the caller joins its tables and columns into these. */
export interface MapFact {
  readonly category: Category
  readonly purpose: Purpose
  readonly mandatory: boolean
  readonly retention: Retention
  readonly recipients: readonly Recipient[]
}

/**
 * Builds the table of what is collected, what for and how long, from the facts of the data map.
 * A category or purpose without words cannot be shown and therefore cannot be collected: it throws. // pp.0
 */
export function collectionTable(facts: readonly MapFact[], locale: Locale): Block {
  const byUse = new Map<string, MapFact[]>()
  for (const fact of facts) {
    const { category, purpose } = fact
    if (!Object.hasOwn(categoryLabels, category))
      throw new Error(`The documents have no words for the category "${String(category)}".`)
    if (!Object.hasOwn(purposes, purpose))
      throw new Error(`The documents have no words for the purpose "${String(purpose)}".`)
    const use = `${category} ${purpose}`
    const known = byUse.get(use)
    if (known === undefined) byUse.set(use, [fact])
    else known.push(fact)
  }
  const rows: string[][] = []
  for (const category of categories) {
    for (const purpose of purposeIds) {
      const matching = byUse.get(`${category} ${purpose}`)
      if (matching !== undefined) rows.push(row(category, purpose, matching, locale))
    }
  }
  return table(tableWords.head[locale], ...rows)
}

function row(category: Category, purpose: Purpose, facts: readonly MapFact[], locale: Locale): string[] {
  const kept = distinct(facts.map(({ retention }) => retentionWords(retention, locale))) // pp.ret.1
  const recipients = distinct(
    facts.flatMap((fact) => fact.recipients.map((recipient) => recipientLabels[recipient][locale])), // pp.3.1
  )
  return [
    categoryLabels[category][locale],
    purposes[purpose].texts[locale].name,
    facts.some(({ mandatory }) => mandatory) ? tableWords.needed[locale] : tableWords.optional[locale], // pp.lb.3
    kept.join(tableWords.join[locale]),
    recipients.length === 0 ? tableWords.nobody[locale] : recipients.join(tableWords.join[locale]),
  ]
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].toSorted()
}

/** The document as it is shown and hashed: the generated table in its place. The contact stays a mark, for it differs from server to server. */
export function withCollection(document: PolicyDocument, facts: readonly MapFact[]): PolicyDocument {
  const isMark = (block: Block): boolean => block.kind === 'generated' && block.table === 'collection'
  if (!document.sections.some(({ blocks }) => blocks.some(isMark))) return document
  const collection = collectionTable(facts, document.locale)
  return {
    ...document,
    sections: document.sections.map((section) => ({
      ...section,
      blocks: section.blocks.map((block) => (isMark(block) ? collection : block)),
    })),
  }
}
