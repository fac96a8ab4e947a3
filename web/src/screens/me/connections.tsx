import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { Connection } from '@eaves/model/api'
import { useState } from 'react'
import { useConnections, useRemoveConnection } from '../../data/connections.ts'
import { useCan } from '../../data/homes.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { codeWords } from '../../words/errors.ts'
import { ago } from '../../words/time.ts'
import { CredentialList } from '../add-device/credential-list.tsx'
import { driverName } from '../add-device/driver-name.ts'
import { Page, Row, Rows } from './page.tsx'

const states = {
  connecting: () => t`Connecting`,
  online: () => t`Connected`,
  offline: () => t`Not reachable, tried again by itself`,
  failed: () => t`Needs you`,
} as const

export function Connections({ home }: { readonly home: string }) {
  const connections = useConnections(home)
  const can = useCan(home)
  const remove = useRemoveConnection(home)
  const [asked, setAsked] = useState<Connection>()
  return (
    <Page title={t`Connections`} lead={<Trans>What this home is linked to.</Trans>}>
      <Failure error={remove.error} />
      {connections.error && !connections.data ? (
        <QueryError error={connections.error} retry={connections.refetch} />
      ) : !connections.data ? (
        <BlockSkeleton />
      ) : connections.data.length === 0 ? (
        <p className="text-muted">
          <Trans>Nothing is linked yet.</Trans>
        </p>
      ) : (
        <Rows>
          {connections.data.map((connection) => (
            <Entry
              key={connection.id}
              connection={connection}
              onRemove={can('connection.manage') ? () => setAsked(connection) : undefined}
            />
          ))}
        </Rows>
      )}
      {can('device.onboard') && (
        <div>
          <LinkButton to={paths.add(home)} variant="primary">
            <Trans>Link something</Trans>
          </LinkButton>
        </div>
      )}
      {can('credential.manage') && <CredentialList home={home} />}
      <Confirm
        open={asked !== undefined}
        title={t`Remove this connection?`}
        verb={t`Remove`}
        onClose={() => setAsked(undefined)}
        onConfirm={() => {
          if (asked) remove.mutate(asked.id)
          setAsked(undefined)
        }}
      >
        <p>
          <Trans>
            Eaves disconnects, forgets the settings and erases the devices that came in through it alone, with
            their history. The devices themselves stay as they are.
          </Trans>
        </p>
      </Confirm>
    </Page>
  )
}

function Entry({
  connection,
  onRemove,
}: {
  readonly connection: Connection
  readonly onRemove: (() => void) | undefined
}) {
  const name = driverName({ id: connection.driver, name: connection.name })
  const words = connection.error && (codeWords(connection.error.code) ?? connection.error)
  return (
    <Row
      {...(connection.source === 'person' && onRemove !== undefined
        ? {
            action: (
              <Button variant="danger" aria-label={t`Remove the connection ${name}`} onPress={onRemove}>
                <Trans>Remove</Trans>
              </Button>
            ),
          }
        : {})}
    >
      <span className="text-card wrap-anywhere">{name}</span>
      <span className="text-state font-normal text-muted">
        {states[connection.state]()} · <Trans>linked {ago(connection.since)}</Trans> ·{' '}
        <Plural value={connection.devices} one="# device" other="# devices" />
      </span>
      {connection.source === 'environment' && (
        <span className="text-state font-normal text-muted">
          <Trans>Set by the server’s settings</Trans>
        </span>
      )}
      {words && connection.state !== 'online' && (
        <span className="text-state text-alert">
          {words.title} {words.todo}
        </span>
      )}
    </Row>
  )
}
