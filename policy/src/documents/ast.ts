import type { Locale } from '@eaves/model'
import type { ClauseId } from '../clauses.ts'

export const documentIds = ['agreement', 'privacy'] as const
export type DocumentId = (typeof documentIds)[number]

/** Section ids are permanent: links, clause anchors and old receipts point at them. */
export const sectionIds = {
  agreement: [
    'parties',
    'agreeing',
    'service',
    'contact',
    'words',
    'your-content',
    'ownership',
    'conduct',
    'liability',
    'complaints',
    'leaving',
    'changes',
  ],
  privacy: [
    'who',
    'scope',
    'words',
    'collected',
    'device-information',
    'sign-in-records',
    'purposes',
    'bases',
    'retention',
    'sharing',
    'partners',
    'transfer',
    'handover',
    'disclosure',
    'authorities',
    'home-information',
    'rights',
    'rights-by-law',
    'identity',
    'protection',
    'incidents',
    'closing',
    'minors',
    'changes',
    'contact',
  ],
} as const satisfies Record<DocumentId, readonly string[]>
export type SectionId = (typeof sectionIds)[DocumentId][number]

/** Subjects that the law or the agreement wants a reader to notice; each must carry an important span somewhere in its document. */
export const emphases = ['liability', 'sharing', 'transfer', 'rights', 'minors'] as const
export type Emphasis = (typeof emphases)[number]

/** A piece of running text. `important` is shown bold and underlined and announced as such. // sa.2 */
export type Span =
  | string
  | { readonly important: string; readonly about: Emphasis }
  | { readonly link: string; readonly to: LinkTarget }
/** A section, the person's own pages in the app, or the contact page; never a free address. */
export type LinkTarget =
  | { readonly document: DocumentId; readonly section: SectionId }
  | { readonly page: 'contact' | 'choices' | 'sign-ins' | 'activity' | 'documents' }

export type Text = readonly Span[]
/** Which promises a block makes, and of which it says that they are not made yet; neither is shown or hashed. // pp.0 */
export interface Tags {
  readonly keeps?: readonly ClauseId[]
  readonly later?: readonly ClauseId[]
}
export type Block = Tags & Body
type Body =
  | { readonly kind: 'paragraph'; readonly text: Text }
  | { readonly kind: 'list'; readonly items: readonly Text[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly Text[])[] }
  /** The table that the caller generates from the data map with `collectionTable`. // pp.0 */
  | { readonly kind: 'generated'; readonly table: 'collection' }
  /** The contact of the operating role: the claiming person of a household, the operator of a hosted service. // pp.9 */
  | { readonly kind: 'generated'; readonly table: 'contact' }

export interface Section {
  readonly id: SectionId
  readonly clauses: readonly ClauseId[]
  readonly heading: string
  readonly blocks: readonly Block[]
}

export interface PolicyDocument {
  readonly id: DocumentId
  readonly version: string
  readonly locale: Locale
  readonly title: string
  /** Calendar day of publication, ISO 8601. // fm.date */
  readonly publishedOn: string
  readonly sections: readonly Section[]
}

export const paragraph = (...text: Text): Block => ({ kind: 'paragraph', text })
export const list = (...items: readonly (string | Text)[]): Block => ({
  kind: 'list',
  items: items.map((item) => (typeof item === 'string' ? [item] : item)),
})
export const table = (head: readonly string[], ...rows: readonly (readonly string[])[]): Block => ({
  kind: 'table',
  head,
  rows: rows.map((row) => row.map((cell) => [cell])),
})
/** The same block, which makes these promises. */
export const keeps = (clauses: readonly ClauseId[], block: Block): Block => ({ ...block, keeps: clauses })
/** The same block, which says that these promises are not made yet. */
export const notYet = (clauses: readonly ClauseId[], block: Block): Block => ({ ...block, later: clauses })
export const important = (about: Emphasis, text: string): Span => ({ important: text, about })
export const link = (text: string, document: DocumentId, section: SectionId): Span => ({
  link: text,
  to: { document, section },
})
export const page = (
  text: string,
  target: 'contact' | 'choices' | 'sign-ins' | 'activity' | 'documents',
): Span => ({
  link: text,
  to: { page: target },
})
