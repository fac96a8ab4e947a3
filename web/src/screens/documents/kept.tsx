import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { PromiseEntry } from '@eaves/model/api'
import { useState } from 'react'
import { usePromises } from '../../data/versions.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { LineSkeleton } from '../../ui/skeleton.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import { pageLocale } from '../../words/locale.ts'
import { dateAndTime } from '../../words/time.ts'

/** Beside each section: by which lines each of its promises is kept, which tests show it, and what this server did last. */
export function Kept({
  clauses,
  heading,
}: {
  readonly clauses: readonly string[]
  readonly heading: string
}) {
  const [open, setOpen] = useState(false)
  const promises = usePromises(pageLocale(), open)
  if (clauses.length === 0) return null
  return (
    <Disclosure
      open={open}
      onChange={setOpen}
      title={
        <span className="text-state font-normal">
          <Trans>How this is kept</Trans>
          <VisuallyHidden>: {heading}</VisuallyHidden>
        </span>
      }
    >
      <div className="pt-1">
        {promises.error && !promises.data ? (
          <QueryError error={promises.error} retry={promises.refetch} />
        ) : !promises.data ? (
          <LineSkeleton wide />
        ) : (
          <ul className="grid gap-4">
            {promises.data
              .filter(({ clause }) => clauses.includes(clause))
              .map((entry) => (
                <li key={entry.clause} className="grid gap-2 rounded-control bg-surface-2 p-3">
                  <One entry={entry} />
                </li>
              ))}
          </ul>
        )}
      </div>
    </Disclosure>
  )
}

function One({ entry }: { readonly entry: PromiseEntry }) {
  const { clause, title, state, lines, tests, reason, refused, evidence } = entry
  return (
    <>
      <p className="text-card">
        {title} <span className="text-caption text-muted">{clause}</span>
      </p>
      {state === 'kept' && <Files title={t`Kept by these files`} files={lines} />}
      {state === 'kept' && <Files title={t`Shown by these tests`} files={tests} />}
      {state === 'statement' && (
        <p className="text-state font-normal text-muted">
          <Trans>A statement that no program can carry out.</Trans> <span lang="en">{reason}</span>
        </p>
      )}
      {state === 'later' && (
        <p className="text-state font-normal text-muted">
          <Trans>Not promised yet.</Trans>{' '}
          <span lang="en">
            {reason} {refused}
          </span>
        </p>
      )}
      {evidence.map(({ kind, at, count }) => (
        <p key={kind + at} className="text-state font-normal">
          {kind === 'retention' ? (
            <Trans>
              On this server: last clean-up on {dateAndTime(at)}, {count} entries removed.
            </Trans>
          ) : (
            <Trans>
              On this server: last published on {dateAndTime(at)}, {count} versions kept.
            </Trans>
          )}
        </p>
      ))}
    </>
  )
}

function Files({ title, files }: { readonly title: string; readonly files: readonly string[] }) {
  return (
    <div className="grid gap-1">
      <p className="text-caption text-muted">{title}</p>
      <ul className="grid gap-1">
        {files.map((file) => (
          <li key={file}>
            <code className="text-caption break-all">{file}</code>
          </li>
        ))}
      </ul>
    </div>
  )
}
