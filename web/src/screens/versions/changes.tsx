import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { PolicyChange, VersionChanges } from '@eaves/model/api'
import { Link } from '@tanstack/react-router'
import { useVersionChanges } from '../../data/versions.ts'
import { paths } from '../../paths.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { pageLocale } from '../../words/locale.ts'
import { Part } from '../documents/text.tsx'

/** What is large, in plain sentences; a kind that comes often stands once, with all that it is about. // pp.7.3 */
export function LargeChanges({ changes }: { readonly changes: readonly PolicyChange[] }) {
  if (changes.length === 0)
    return (
      <p className="text-muted">
        <Trans>Nothing large: no new use, no new recipient, no longer time, no right less.</Trans>
      </p>
    )
  return (
    <ul className="grid list-disc gap-2 ps-5">
      {changes.map(({ clause, text }) => (
        <li key={clause + text}>
          {text} <span className="text-caption text-muted">{clause}</span>
        </li>
      ))}
    </ul>
  )
}

type Section = VersionChanges['documents'][number]['sections'][number]

/** What two versions say differently, words that went and words that came, by section and clause. // pp.7.1 */
export function TextChanges({ from, to }: { readonly from: string; readonly to: string }) {
  const changes = useVersionChanges(from, to, pageLocale())
  if (changes.error && !changes.data) return <QueryError error={changes.error} retry={changes.refetch} />
  if (!changes.data) return <BlockSkeleton />
  const documents = changes.data.documents.filter(({ sections }) => sections.length > 0)
  if (changes.data.clauses.length > 0) return <FromSource clauses={changes.data.clauses} />
  if (documents.length === 0)
    return (
      <p className="text-muted">
        <Trans>The words are the same.</Trans>
      </p>
    )
  return (
    <div className="grid gap-8">
      {documents.map(({ document, title, sections }) => (
        <section key={document} className="grid gap-5" aria-label={title}>
          <p className="text-group">{title}</p>
          {sections.map((section) => (
            <SectionChanges key={section.id} section={section} />
          ))}
        </section>
      ))}
    </div>
  )
}

function SectionChanges({ section }: { readonly section: Section }) {
  return (
    <div className="grid gap-2 border-s-2 border-line ps-4">
      <p className="text-card">{section.heading}</p>
      {section.clauses.length > 0 && <p className="text-caption text-muted">{section.clauses.join(' · ')}</p>}
      {section.blocks.map(({ change, block }, i) => (
        <div
          key={i}
          data-tint={change === 'added' ? 'secure' : 'alert'}
          className="grid gap-1 rounded-control bg-tint p-3 text-state font-normal text-ink"
        >
          <p className="text-caption font-medium">
            {change === 'added' ? t`New in this version` : t`No longer in this version`}
          </p>
          <Part block={block} />
        </div>
      ))}
    </div>
  )
}

/** Of the policy that ours was made from only summaries are kept. */
function FromSource({ clauses }: { readonly clauses: VersionChanges['clauses'] }) {
  return (
    <ul className="grid gap-4">
      {clauses.map(({ clause, title, was, document, section }) => (
        <li key={clause} className="grid gap-1 border-s-2 border-line ps-4">
          <p className="text-card">
            {title} <span className="text-caption text-muted">{clause}</span>
          </p>
          <p className="text-state font-normal text-muted">
            <Trans>The source said: {was}</Trans>
          </p>
          <p className="text-state font-normal">
            <Link
              to={paths.document(document)}
              hash={section}
              className="inline-flex min-h-6 items-center text-accent underline underline-offset-2"
              aria-label={t`Where it stands now: ${title}`}
            >
              <Trans>Where it stands now</Trans>
            </Link>
          </p>
        </li>
      ))}
    </ul>
  )
}
