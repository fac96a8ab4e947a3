import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { HomeAbout } from '@eaves/model/api'
import { useParams } from '@tanstack/react-router'
import { useAbout, useHomeNotices } from '../../data/about.ts'
import { useHome } from '../../data/homes.ts'
import { paths } from '../../paths.ts'
import { Back } from '../../shell/back.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { Name } from '../../ui/name.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { pageLocale } from '../../words/locale.ts'
import { withUnit } from '../../words/numbers.ts'
import { AddressField, AreaField, StatusField } from './fields.tsx'
import { statusWord } from './statuses.ts'

/** What people noted about their home: seen, changed and deleted one by one. // pp.4.1 */
export function Screen() {
  const { home } = useParams({ strict: false }) as { home: string }
  const place = useHome(home)
  const about = useAbout(home)
  const notices = useHomeNotices(pageLocale())
  const error = about.error ?? notices.error
  useTitle(t`About the home`)
  return (
    <div className="grid max-w-[48rem] gap-6">
      <header className="grid gap-1">
        <Back to={paths.me}>
          <Trans>Me</Trans>
        </Back>
        <h1 className="text-display">
          <Trans>About the home</Trans>
        </h1>
        <p className="text-body text-muted">{place && <Name of={place.name} lines={2} />}</p>
        <p className="text-body text-muted">
          <Trans>All of it is optional. It is shown on this page and used for nothing else.</Trans>
        </p>
      </header>
      {error && (!about.data || !notices.data) ? (
        <QueryError error={error} retry={() => Promise.all([about.refetch(), notices.refetch()])} />
      ) : !about.data || !notices.data || !place ? (
        <BlockSkeleton />
      ) : place.verbs.includes('home.edit') ? (
        <>
          <AreaField home={home} about={about.data} notices={notices.data} />
          <StatusField home={home} about={about.data} notices={notices.data} />
          <AddressField home={home} about={about.data} notices={notices.data} />
        </>
      ) : (
        <Reading about={about.data} />
      )}
      {place?.verbs.includes('member.read') && <People home={home} />}
    </div>
  )
}

/** For adults who see it and may not change it. */
function Reading({ about }: { readonly about: HomeAbout }) {
  const none = t`Not noted`
  const lines = [
    [t`Floor area`, about.floorAreaM2 === null ? none : withUnit(about.floorAreaM2, 'm²')],
    [t`Family status`, about.familyStatus === null ? none : statusWord(about.familyStatus)],
    [t({ context: 'of a home', message: 'Address' }), about.address ?? none],
  ] as const
  return (
    <>
      <dl className="divide-y divide-line rounded-card border border-line bg-surface">
        {lines.map(([name, value]) => (
          <div key={name} className="grid gap-0.5 p-4">
            <dt className="text-state text-muted">{name}</dt>
            <dd className="text-body wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="text-state text-muted">
        <Trans>Owners and administrators of this home can change it.</Trans>
      </p>
    </>
  )
}

function People({ home }: { readonly home: string }) {
  return (
    <section aria-labelledby="people" className="grid gap-3 border-t border-line pt-6">
      <h2 id="people" className="text-section">
        <Trans>Members</Trans>
      </h2>
      <p className="text-muted">
        <Trans>Who belongs to it, what the home calls them, and what each may do.</Trans>
      </p>
      <div>
        <LinkButton to={paths.members(home)}>
          <Trans>See the members</Trans>
        </LinkButton>
      </div>
    </section>
  )
}
