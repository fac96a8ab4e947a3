import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useContact } from '../../data/documents.ts'
import { paths } from '../../paths.ts'
import { Front } from '../../shell/front.tsx'
import { pageLocale } from '../../words/locale.ts'
import { regionName } from '../../words/regions.ts'
import { ContactFacts } from './facts.tsx'

/** Reachable by anybody, agreed or not. // sa.3 */
export function Screen() {
  const contact = useContact(pageLocale())
  return (
    <Front
      title={t`Contact`}
      lead={
        <Trans>
          Who answers for this Eaves server, and where else you can turn. You need not sign in or agree to
          anything to read this.
        </Trans>
      }
    >
      <section aria-labelledby="who" className="grid gap-3">
        <h2 id="who" className="text-section">
          <Trans>Who answers here</Trans>
        </h2>
        <ContactFacts />
      </section>
      {contact.data && (
        <section aria-labelledby="complain" className="grid gap-3">
          <h2 id="complain" className="text-section">
            <Trans>Where to complain</Trans>
          </h2>
          <p className="text-muted">
            <Trans>
              You may complain to a public authority at any time, whatever the answer here. The links lead out
              of Eaves.
            </Trans>
          </p>
          <ul className="grid gap-3">
            {contact.data.complaints.map(({ region, name, url }) => (
              <li key={region} className="grid gap-1 rounded-card border border-line bg-surface p-4">
                <span className="text-state font-normal text-muted">{regionName(region)}</span>
                <a
                  href={url}
                  rel="noreferrer external"
                  className="wrap-anywhere text-accent underline underline-offset-2"
                >
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p>
        <Link
          to={paths.documents}
          className="inline-flex min-h-11 items-center text-card text-accent underline underline-offset-2"
        >
          <Trans>Read the agreement and the privacy statement</Trans>
        </Link>
      </p>
    </Front>
  )
}
