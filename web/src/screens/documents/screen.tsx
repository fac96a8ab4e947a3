import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DocumentEntry, DocumentText } from '@eaves/model/api'
import { Link, useLocation, useParams, useSearch } from '@tanstack/react-router'
import { ChevronRight, FileText } from 'lucide-react'
import { useEffect } from 'react'
import { useDocument, useDocuments } from '../../data/documents.ts'
import { useVersions } from '../../data/versions.ts'
import { paths } from '../../paths.ts'
import { Front } from '../../shell/front.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { NotFound } from '../../shell/not-found.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Icon } from '../../ui/icon.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { pageLocale } from '../../words/locale.ts'
import { longDate } from '../../words/dates.ts'
import { Kept } from './kept.tsx'
import { FullText } from './text.tsx'

export function Screen() {
  const { document } = useParams({ strict: false }) as { document?: string }
  const documents = useDocuments()
  const mine = documents.data?.filter((entry) => entry.locale === pageLocale())
  // Behind a v, for a bare 2.0 in an address would be read as a number.
  const search: { readonly version?: string } = useSearch({ strict: false })
  const version = search.version?.replace(/^v/, '')
  // Most never look for an older text, so the list of versions is asked for only then.
  const isOlder = version !== undefined && mine?.every((each) => each.version !== version) === true
  if (isOlder && document !== undefined) return <Older document={document} version={version} />
  const entry = mine?.find((each) => each.document === document)
  if (document !== undefined && entry) return <Reader entry={entry} />
  if (document !== undefined && mine)
    return (
      <Front title={t`Documents`}>
        <NotFound />
      </Front>
    )
  return (
    <Front
      title={t`Documents`}
      lead={
        <Trans>
          Two texts say what holds between you and whoever runs this server. You can read them at any time,
          whether or not you have agreed.
        </Trans>
      }
    >
      {mine ? (
        <>
          <ul className="grid gap-3">
            {mine.map((each) => (
              <li key={each.document}>
                <Row entry={each} />
              </li>
            ))}
          </ul>
          <p>
            <Link
              to={paths.versions}
              className="inline-flex min-h-11 items-center text-card text-accent underline underline-offset-2"
            >
              <Trans>Versions and changes</Trans>
            </Link>
          </p>
        </>
      ) : documents.error ? (
        <QueryError error={documents.error} retry={documents.refetch} />
      ) : (
        <BlockSkeleton />
      )}
    </Front>
  )
}

function Row({ entry }: { readonly entry: DocumentEntry }) {
  return (
    <Link
      to={paths.document(entry.document)}
      className="press flex min-h-20 items-center gap-4 rounded-card border border-line bg-surface p-4"
    >
      <Icon of={FileText} size={28} className="shrink-0 text-muted" />
      <span className="grid flex-1">
        <span className="text-group">{entry.title}</span>
        <span className="text-state font-normal text-muted">
          <Trans>
            Version {entry.version} of {longDate(entry.publishedAt)}
          </Trans>
        </span>
      </span>
      <Icon of={ChevronRight} className="shrink-0 text-muted rtl:-scale-x-100" />
    </Link>
  )
}

/** A text that is no longer offered, word for word as it was. // fm.date */
function Older({ document, version }: { readonly document: string; readonly version: string }) {
  const versions = useVersions(pageLocale())
  const entry = versions.data
    ?.find((each) => each.version === version)
    ?.documents.find((each) => each.document === document)
  if (entry) return <Reader entry={entry} isOlder />
  return (
    <Front title={t`Documents`}>
      {versions.error ? (
        <QueryError error={versions.error} retry={versions.refetch} />
      ) : versions.data ? (
        <NotFound />
      ) : (
        <BlockSkeleton />
      )}
    </Front>
  )
}

function Reader({ entry, isOlder }: { readonly entry: DocumentEntry; readonly isOlder?: boolean }) {
  const text = useDocument(entry)
  const { hash } = useLocation()
  useEffect(() => {
    if (text.data && hash !== '') document.getElementById(hash)?.scrollIntoView()
  }, [text.data, hash])
  return (
    <Front
      wide
      title={entry.title}
      lead={
        <Trans>
          Version {entry.version} of {longDate(entry.publishedAt)}. Terms that weigh most are bold and
          underlined.
        </Trans>
      }
    >
      <p>
        <Link
          to={paths.documents}
          className="inline-flex min-h-11 items-center text-card text-accent underline underline-offset-2"
        >
          <Trans>All documents</Trans>
        </Link>
      </p>
      {isOlder && (
        <Banner>
          <Trans>This is an earlier version. It is kept so that what was agreed to stays readable.</Trans>
        </Banner>
      )}
      {text.data ? (
        <>
          <Contents document={text.data} />
          <FullText
            document={text.data}
            {...(isOlder
              ? {}
              : { beside: ({ clauses, heading }) => <Kept clauses={clauses} heading={heading} /> })}
          />
          <Fingerprint sha256={entry.sha256} />
        </>
      ) : text.error ? (
        <QueryError error={text.error} retry={text.refetch} />
      ) : (
        <BlockSkeleton />
      )}
    </Front>
  )
}

function Contents({ document }: { readonly document: DocumentText }) {
  return (
    <nav aria-label={t`Contents`} className="rounded-card bg-surface-2 p-4">
      <ol className="gap-x-8 md:columns-2">
        {document.sections.map((section, i) => (
          <li key={section.id} className="break-inside-avoid">
            <Link
              to={paths.document(document.document)}
              hash={section.id}
              className="flex min-h-9 items-center gap-2 rounded-control text-state"
            >
              <span className="tabular w-5 text-muted">{i + 1}</span>
              <span className="underline underline-offset-2">{section.heading}</span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
function Fingerprint({ sha256 }: { readonly sha256: string }) {
  return (
    <p className="border-t border-line pt-4 text-caption text-muted">
      <Trans>
        Fingerprint of this text (SHA-256), as your agreement names it:{' '}
        <code className="break-all select-all">{sha256}</code>
      </Trans>
    </p>
  )
}
