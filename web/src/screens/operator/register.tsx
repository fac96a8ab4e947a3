import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Share2 } from 'lucide-react'
import type { VersionEntry } from '@eaves/model/api'
import { useRegister } from '../../data/console.ts'
import { useVersions } from '../../data/versions.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { pageLocale } from '../../words/locale.ts'
import { dateAndTime } from '../../words/time.ts'
import { Row, Rows } from '../me/page.tsx'

const heading = 'text-section'

/** Who may get something, by which contract, and which texts have been published: to read; the files of the server say it. */
export function Register() {
  return (
    <>
      <section aria-labelledby="register" className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <h2 id="register" className={heading}>
          <Trans>Recipients</Trans>
        </h2>
        <Recipients />
      </section>
      <section aria-labelledby="versions" className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <h2 id="versions" className={heading}>
          <Trans>Versions published</Trans>
        </h2>
        <Versions />
      </section>
    </>
  )
}

function Recipients() {
  const register = useRegister(pageLocale())
  if (register.error && !register.data) return <QueryError error={register.error} retry={register.refetch} />
  if (register.data === undefined) return <BlockSkeleton />
  if (register.data.recipients.length === 0)
    return <EmptyState icon={Share2} title={t`Nobody is registered`} />
  return (
    <Rows>
      {register.data.recipients.map(({ id, name, region, state, agreement, purposes }) => (
        <Row key={id}>
          <h3 className="text-card">
            <bdi>{name}</bdi>
          </h3>
          <p className="text-state font-normal">{purposes.map((each) => each.name).join(' · ')}</p>
          <p className="text-state font-normal text-muted">
            {region} ·{' '}
            {state === 'in-force' && agreement !== null ? (
              <Trans>contract until {agreement.expiresAt.slice(0, 10)}</Trans>
            ) : (
              <Trans>no contract in force: gets nothing</Trans>
            )}
          </p>
        </Row>
      ))}
    </Rows>
  )
}

const standings: Readonly<Record<Exclude<VersionEntry['standing'], 'source'>, () => string>> = {
  past: () => t({ context: 'version', message: 'past' }),
  announced: () => t({ context: 'version', message: 'announced' }),
  current: () => t({ context: 'version', message: 'in force' }),
}
function Versions() {
  const versions = useVersions(pageLocale())
  if (versions.error && !versions.data) return <QueryError error={versions.error} retry={versions.refetch} />
  if (versions.data === undefined) return <BlockSkeleton />
  return (
    <Rows>
      {versions.data.map(({ version, standing, publishedAt, effectiveAt }) =>
        standing === 'source' ? null : (
          <Row key={version}>
            <h3 className="text-card">
              {version} · {standings[standing]()}
            </h3>
            {publishedAt !== undefined && (
              <p className="text-state font-normal text-muted">
                <Trans>published {dateAndTime(publishedAt)}</Trans>
                {effectiveAt !== undefined && (
                  <>
                    {' · '}
                    <Trans>in effect from {dateAndTime(effectiveAt)}</Trans>
                  </>
                )}
              </p>
            )}
          </Row>
        ),
      )}
    </Rows>
  )
}
