import { t } from '@lingui/core/macro'
import { Link } from '@tanstack/react-router'
import { Fragment, type ReactNode } from 'react'
import type { DocumentText } from '@eaves/model/api'
import type { Block, Span } from '../../data/documents.ts'
import { paths } from '../../paths.ts'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import { ContactFacts } from '../contact/facts.tsx'

const pages = {
  contact: paths.contact,
  choices: paths.mine('choices'),
  'sign-ins': paths.mine('sign-ins'),
  activity: paths.mine('activity'),
  documents: paths.documents,
} as const
const linkLook = 'rounded-[0.25rem] text-accent underline underline-offset-2'

/** Bold, underlined and announced, whatever the theme: the terms that weigh most. // sa.2 */
export function Important({ text }: { readonly text: string }) {
  return (
    <strong className="important font-bold underline decoration-2 underline-offset-4">
      <VisuallyHidden>{t`Important: `}</VisuallyHidden>
      {text}
    </strong>
  )
}

function Piece({ span }: { readonly span: Span }) {
  if (typeof span === 'string') return span
  if ('important' in span) return <Important text={span.important} />
  if ('page' in span.to)
    return (
      <Link to={pages[span.to.page]} className={linkLook}>
        {span.link}
      </Link>
    )
  return (
    <Link to={paths.document(span.to.document)} hash={span.to.section} className={linkLook}>
      {span.link}
    </Link>
  )
}
const Running = ({ text }: { readonly text: readonly Span[] }) =>
  text.map((span, i) => (
    <Fragment key={i}>
      <Piece span={span} />
    </Fragment>
  ))

type TableBlock = Extract<Block, { kind: 'table' }>
/** Columns side by side where there is room; on a phone each row stands alone with its headings. */
function Table({ block }: { readonly block: TableBlock }) {
  return (
    <>
      <div className="grid gap-3 md:hidden">
        {block.rows.map((row, i) => (
          <Stacked key={i} head={block.head} row={row} />
        ))}
      </div>
      <div className="hidden rounded-control border border-line md:block">
        <table className="w-full border-collapse text-start text-state font-normal">
          <thead className="bg-surface-2">
            <tr>
              {block.head.map((cell) => (
                <th key={cell} scope="col" className="p-3 text-start align-top">
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row, i) => (
              <tr key={i} className="border-t border-line align-top">
                {row.map((cell, k) =>
                  k === 0 ? (
                    <th key={k} scope="row" className="p-3 text-start font-medium">
                      <Running text={cell} />
                    </th>
                  ) : (
                    <td key={k} className="p-3 text-muted">
                      <Running text={cell} />
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
function Stacked({
  head,
  row,
}: {
  readonly head: TableBlock['head']
  readonly row: TableBlock['rows'][number]
}) {
  return (
    <dl className="grid gap-2 rounded-control border border-line p-3 text-state font-normal">
      {row.map((cell, k) => (
        <div key={k} className="grid">
          <dt className="text-caption text-muted">{head[k]}</dt>
          <dd className={k === 0 ? 'font-medium' : ''}>
            <Running text={cell} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

export function Part({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          <Running text={block.text} />
        </p>
      )
    case 'list':
      return (
        <ul className="grid list-disc gap-2 ps-5">
          {block.items.map((item, i) => (
            <li key={i}>
              <Running text={item} />
            </li>
          ))}
        </ul>
      )
    case 'table':
      return <Table block={block} />
    case 'generated':
      return <ContactFacts />
  }
}

/** The full text of a document. `within` keeps its anchors apart when another text is on the page. */
export function FullText({
  document,
  within,
  level = 2,
  beside,
}: {
  readonly document: DocumentText
  readonly within?: string
  readonly level?: 2 | 3
  /** What stands below each section. */
  readonly beside?: (section: DocumentText['sections'][number]) => ReactNode
}) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <div className="grid gap-8" lang={document.locale}>
      {document.sections.map((section, i) => (
        <section
          key={section.id}
          id={within === undefined ? section.id : `${within}-${section.id}`}
          className="grid scroll-mt-6 gap-3"
        >
          <Heading className={level === 2 ? 'text-section' : 'text-group'}>
            <span className="tabular me-2 text-muted">{i + 1}</span>
            {section.heading}
          </Heading>
          {section.blocks.map((block, k) => (
            <Part key={k} block={block} />
          ))}
          {beside?.(section)}
        </section>
      ))}
    </div>
  )
}
