import type { Locale } from '@eaves/model'
import type { Contact, DocumentEntry, DocumentText } from '@eaves/model/api'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, at } from './api.ts'

export type Block = DocumentText['sections'][number]['blocks'][number]
export type Span = Extract<Block, { kind: 'paragraph' }>['text'][number]

/** The texts offered for agreement now, in every language. */
export const useDocuments = () =>
  useQuery({
    queryKey: ['documents'],
    queryFn: ({ signal }) => api.get<DocumentEntry[]>('/api/documents', { signal }),
  })

export const documentQuery = (document: string, version: string, locale: Locale) =>
  queryOptions({
    queryKey: ['documents', document, version, locale],
    queryFn: ({ signal }) =>
      api.get<DocumentText>(at`/api/documents/${document}/${version}/${locale}`, { signal }),
    staleTime: Infinity,
  })
/** One text of one version. */
export const useDocument = (entry: Pick<DocumentEntry, 'document' | 'version' | 'locale'> | undefined) =>
  useQuery({
    ...documentQuery(entry?.document ?? '', entry?.version ?? '', entry?.locale ?? 'en'),
    enabled: entry !== undefined,
  })

export const useContact = (locale: Locale) =>
  useQuery({
    queryKey: ['contact', locale],
    queryFn: ({ signal }) => api.get<Contact>(`/api/contact?locale=${locale}`, { signal, stay: true }),
  })

/** The terms that weigh most, with the section they stand in. // sa.2 */
export interface WeightyTerm {
  readonly section: string
  readonly heading: string
  readonly about: string
  readonly text: string
}
export function weightyTerms(document: Pick<DocumentText, 'sections'>): WeightyTerm[] {
  return document.sections.flatMap(({ id, heading, blocks }) =>
    blocks
      .flatMap(spansIn)
      .flatMap((span) =>
        typeof span === 'object' && 'important' in span
          ? [{ section: id, heading, about: span.about, text: span.important }]
          : [],
      ),
  )
}
function spansIn(block: Block): readonly Span[] {
  if (block.kind === 'paragraph') return block.text
  if (block.kind === 'list') return block.items.flat()
  return block.kind === 'table' ? block.rows.flat(2) : []
}
