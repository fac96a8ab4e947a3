import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DocumentEntry, Gate } from '@eaves/model/api'
import { useState, type ReactNode } from 'react'
import { useDocument } from '../../data/documents.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { longDate } from '../../words/dates.ts'
import { pageLocale } from '../../words/locale.ts'
import { errorWords } from '../../words/errors.ts'
import { FullText } from '../documents/text.tsx'

/** Two documents, two acts of different kind: one is accepted, of the other one takes note. // sa.1 */
export function Acts({ documents }: { readonly documents: Gate['documents'] }) {
  const find = (id: string) => documents.find((each) => each.document === id && each.locale === pageLocale())
  const agreement = find('agreement')
  const privacy = find('privacy')
  return (
    <section aria-labelledby="texts" className="grid gap-3">
      <h2 id="texts" className="text-section">
        <Trans>The full texts</Trans>
      </h2>
      {agreement && (
        <Act entry={agreement} kind={t`You accept this`}>
          <Trans>A contract between you and whoever runs this server.</Trans>
        </Act>
      )}
      {privacy && (
        <Act entry={privacy} kind={t`You take note of this`}>
          <Trans>
            It tells you what is kept, why, for how long, and what you can do. Taking note is not consent:
            nothing optional follows from it.
          </Trans>
        </Act>
      )}
    </section>
  )
}

function Act({
  entry,
  kind,
  children,
}: {
  readonly entry: DocumentEntry
  readonly kind: string
  readonly children: ReactNode
}) {
  const [open, setOpen] = useState(false)
  const text = useDocument(entry)
  return (
    <article className="grid gap-2 rounded-card border border-line bg-surface p-4 md:p-6">
      <p className="text-caption text-muted">{kind}</p>
      <h3 className="text-group">{entry.title}</h3>
      <p>{children}</p>
      <p className="text-state font-normal text-muted">
        <Trans>
          Version {entry.version} of {longDate(entry.publishedAt)}
        </Trans>
      </p>
      <Disclosure
        open={open}
        onChange={setOpen}
        title={open ? t`Close the full text` : t`Read the full text`}
      >
        <div className="border-t border-line pt-6">
          {text.data ? (
            <FullText document={text.data} within={entry.document} level={3} />
          ) : text.error ? (
            <p role="alert">
              {errorWords(text.error).title} {errorWords(text.error).todo}
            </p>
          ) : (
            <BlockSkeleton />
          )}
        </div>
      </Disclosure>
    </article>
  )
}
