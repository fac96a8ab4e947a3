import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { VersionEntry } from '@eaves/model/api'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useVersions } from '../../data/versions.ts'
import { paths } from '../../paths.ts'
import { Front } from '../../shell/front.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { longDate } from '../../words/dates.ts'
import { pageLocale } from '../../words/locale.ts'
import { LargeChanges, TextChanges } from './changes.tsx'

const standings = {
  current: () => t`In force`,
  announced: () => t`Announced`,
  past: () => t`Earlier version`,
  source: () => t`Source, never offered for agreement`,
} as const

/** The public page of changes: every version with its date, what was large about it, and its words against those before. // pp.7.1 pp.7.2 */
export function Screen() {
  const versions = useVersions(pageLocale())
  return (
    <Front
      wide
      title={t`Versions and changes`}
      lead={
        <Trans>
          Every version stays readable. A large change is announced before it takes effect, and nobody is
          under a new text before saying yes to it.
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
      {versions.data ? (
        versions.data.map((entry, i) => (
          <Version key={entry.version} entry={entry} before={versions.data[i + 1]} />
        ))
      ) : versions.error ? (
        <QueryError error={versions.error} retry={versions.refetch} />
      ) : (
        <BlockSkeleton />
      )}
    </Front>
  )
}

function Version({
  entry,
  before,
}: {
  readonly entry: VersionEntry
  readonly before: VersionEntry | undefined
}) {
  const { version, standing, publishedOn, effectiveAt, noticeDays, documents, errata } = entry
  return (
    <article
      aria-labelledby={`version-${version}`}
      className="grid gap-3 rounded-card border border-line bg-surface p-4 md:p-6"
    >
      <p className="text-caption text-muted">{standings[standing]()}</p>
      <h2 id={`version-${version}`} className="text-section">
        <Trans>
          Version {version} of {longDate(publishedOn)}
        </Trans>
      </h2>
      {standing === 'announced' && effectiveAt !== undefined && (
        <p>
          <Trans>
            Takes effect on {longDate(effectiveAt)}, after a notice of {noticeDays} days.
          </Trans>
        </p>
      )}
      {standing === 'source' ? (
        <Source entry={entry} />
      ) : (
        <ul className="flex flex-wrap gap-x-6">
          {documents.map(({ document, title, sha256 }) => (
            <li key={sha256}>
              <Link
                to={paths.document(document)}
                search={{ version: `v${version}` }}
                className="inline-flex min-h-11 items-center text-card text-accent underline underline-offset-2"
              >
                {title}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {before !== undefined && <Changes entry={entry} before={before} />}
      {errata.length > 0 && (
        <Disclosure title={t`Defects of the source, and what became of them`}>
          <ul className="grid gap-3 pt-2">
            {errata.map(({ clauses, defect, mended }) => (
              <li key={defect} className="grid gap-1 border-s-2 border-line ps-4 text-state font-normal">
                <p className="text-muted">{defect}</p>
                <p>{mended}</p>
                <p className="text-caption text-muted">{clauses.join(' · ')}</p>
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </article>
  )
}

function Source({ entry: { title, sha256 } }: { readonly entry: VersionEntry }) {
  return (
    <>
      <p lang="en">{title}</p>
      <p className="text-muted">
        <Trans>
          The policy that ours was made from. It names another company as responsible and is not shown here;
          only its title, its date, its fingerprint and our summary of each clause are kept.
        </Trans>
      </p>
      <code className="text-caption break-all text-muted">{sha256}</code>
    </>
  )
}

function Changes({ entry, before }: { readonly entry: VersionEntry; readonly before: VersionEntry }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      {before.standing !== 'source' && (
        <section aria-label={t`What is large about it`} className="grid gap-2">
          <LargeChanges changes={entry.changes} />
        </section>
      )}
      <Disclosure
        open={open}
        onChange={setOpen}
        title={t`What changed from version ${before.version} to ${entry.version}`}
      >
        <div className="border-t border-line pt-4">
          {open && <TextChanges from={before.version} to={entry.version} />}
        </div>
      </Disclosure>
    </>
  )
}
