import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Gate } from '@eaves/model/api'
import { useDocument, weightyTerms } from '../../data/documents.ts'
import { LineSkeleton } from '../../ui/skeleton.tsx'
import { pageLocale } from '../../words/locale.ts'
import { Important } from '../documents/text.tsx'

/** The first layer: six plain points, then the terms that weigh most in their own words. // fm.read sa.2 */
export function Summary({ documents }: { readonly documents: Gate['documents'] }) {
  const find = (id: string) => documents.find((each) => each.document === id && each.locale === pageLocale())
  const privacy = useDocument(find('privacy'))
  const agreement = useDocument(find('agreement'))
  // All of them or none: half a list would read as the whole.
  const terms = agreement.data && privacy.data ? [agreement.data, privacy.data].flatMap(weightyTerms) : []
  return (
    <>
      <section
        aria-labelledby="short"
        className="grid grid-cols-1 gap-4 rounded-card bg-surface p-4 outline outline-line md:p-6"
      >
        <h2 id="short" className="text-section">
          <Trans>In short</Trans>
        </h2>
        {privacy.data ? (
          <ol className="grid gap-3">
            {privacy.data.summary.map((point, i) => (
              <li key={point} className="flex gap-3">
                <span
                  aria-hidden
                  className="tabular flex size-7 shrink-0 items-center justify-center rounded-pill bg-surface-2 text-state"
                >
                  {i + 1}
                </span>
                <span className="min-w-0 flex-1 hyphens-auto pt-0.5">{point}</span>
              </li>
            ))}
          </ol>
        ) : (
          <LineSkeleton wide />
        )}
      </section>
      {terms.length > 0 && (
        <section aria-labelledby="weighty" className="grid gap-3">
          <h2 id="weighty" className="text-section">
            <Trans>What weighs most</Trans>
          </h2>
          <p className="text-muted">
            <Trans>These sentences stand in the full texts as they stand here.</Trans>
          </p>
          <ul className="grid gap-3" aria-label={t`Important terms`}>
            {terms.map((term) => (
              <li key={term.text} className="border-s-2 border-control ps-4">
                <Important text={term.text} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
