import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { HomeRole } from '@eaves/model'
import { useMembers } from '../../data/homes.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { Badge } from '../../ui/badge.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { dateAndTime } from '../../words/time.ts'
import { Page, Row, Rows } from './page.tsx'

const roles: Readonly<Record<HomeRole, () => string>> = {
  owner: () => t`Owner`,
  admin: () => t`Administrator`,
  adult: () => t`Adult`,
  child: () => t`Child`,
  guest: () => t`Guest`,
  kiosk: () => t`Wall panel`,
}

export function Members({ home }: { readonly home: string }) {
  const members = useMembers(home)
  return (
    <Page title={t`Members`}>
      {members.error ? (
        <QueryError error={members.error} retry={members.refetch} />
      ) : !members.data ? (
        <BlockSkeleton />
      ) : (
        <Rows>
          {members.data.map((member) => (
            <Row key={member.accountId}>
              <span className="text-card">
                {roles[member.role]()}
                {member.you && (
                  <Badge>
                    <Trans>You</Trans>
                  </Badge>
                )}
              </span>
              <span className="text-state font-normal text-muted">
                <Trans>Since {dateAndTime(member.since)}</Trans>
              </span>
            </Row>
          ))}
        </Rows>
      )}
    </Page>
  )
}
