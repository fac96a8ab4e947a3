import type { Block, PolicyDocument, Span, Text } from './ast.ts'

/**
 * Writes a document as one deterministic text: equal documents give equal bytes, and any change of word, mark, link or order gives others.
 * Callers hash its UTF-8 bytes with SHA-256 to name the exact text somebody agreed to. // fm.date
 */
export function canonicalText(document: PolicyDocument): string {
  const { id, version, locale, title, publishedOn, sections } = document
  return JSON.stringify([
    'eaves-document',
    1,
    id,
    version,
    locale,
    title,
    publishedOn,
    sections.map((section) => [section.id, section.clauses, section.heading, section.blocks.map(blockParts)]),
  ])
}

function blockParts(block: Block): readonly unknown[] {
  switch (block.kind) {
    case 'paragraph':
      return ['paragraph', textParts(block.text)]
    case 'list':
      return ['list', block.items.map(textParts)]
    case 'table':
      return ['table', block.head, block.rows.map((row) => row.map(textParts))]
    case 'generated':
      return ['generated', block.table]
  }
}

const textParts = (text: Text): readonly unknown[] => text.map(spanParts)

function spanParts(span: Span): unknown {
  if (typeof span === 'string') return span
  if ('important' in span) return ['important', span.about, span.important]
  return 'page' in span.to
    ? ['link', span.link, span.to.page]
    : ['link', span.link, span.to.document, span.to.section]
}

const notes = {
  en: 'Terms between *** and *** are important and stand bold and underlined in the app.',
  'zh-Hans': '以 *** 标出的内容是重要条款，在应用中以粗体加下划线显示。',
} as const

/** Writes a document as plain text for a terminal or an e-mail; important terms stand between asterisks, and it says so. // sa.2 */
export function plainText(document: PolicyDocument): string {
  const sections = document.sections.map(({ heading, blocks }) =>
    [heading, ...blocks.map(plainBlock).filter((text) => text !== '')].join('\n\n'),
  )
  return (
    [
      `${document.title} ${document.version} (${document.publishedOn})`,
      notes[document.locale],
      ...sections,
    ].join('\n\n') + '\n'
  )
}

function plainBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return plain(block.text)
    case 'list':
      return block.items.map((item) => `- ${plain(item)}`).join('\n')
    case 'table':
      return [block.head.join(' | '), ...block.rows.map((row) => row.map(plain).join(' | '))].join('\n')
    case 'generated':
      return ''
  }
}

function plain(text: Text): string {
  return text
    .map((span) =>
      typeof span === 'string' ? span : 'important' in span ? `*** ${span.important} ***` : span.link,
    )
    .join('')
}
