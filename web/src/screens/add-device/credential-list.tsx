import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Credential } from '@eaves/model/api'
import { useState } from 'react'
import { useCredentials, useRevokeCredential } from '../../data/credentials.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { longDate } from '../../words/dates.ts'

function scopeWord({ scope }: Credential): string {
  if (scope.kind === 'everything') return t`Everything in this home`
  return scope.kind === 'bridge' ? t`A bridge, under ${scope.base}` : t`One device, under ${scope.topic}`
}

/** Who has a way into the broker that comes with Eaves; absent while nobody has. */
export function CredentialList({ home }: { readonly home: string }) {
  const credentials = useCredentials(home)
  const [asked, setAsked] = useState<Credential>()
  const revoke = useRevokeCredential(home)
  if (credentials.error && !credentials.data)
    return <QueryError error={credentials.error} retry={credentials.refetch} />
  if (!credentials.data) return <BlockSkeleton />
  if (credentials.data.length === 0) return null
  return (
    <section aria-labelledby="existing" className="grid gap-3">
      <h2 id="existing" className="text-section">
        <Trans>Access data so far</Trans>
      </h2>
      <Failure error={revoke.error} />
      <ul className="divide-y divide-line rounded-card border border-line bg-surface">
        {credentials.data.map((credential) => (
          <li key={credential.id} className="flex flex-wrap items-center justify-between gap-3 p-4">
            <div className="grid min-w-0 gap-0.5">
              <span className="text-card wrap-anywhere">
                {credential.name}
                {credential.connected && (
                  <Badge>
                    <Trans>Connected</Trans>
                  </Badge>
                )}
              </span>
              <span className="text-state font-normal wrap-anywhere text-muted">
                {scopeWord(credential)} · <Trans>made on {longDate(credential.createdAt)}</Trans>
              </span>
              <span className="font-mono text-state break-all text-muted">{credential.username}</span>
            </div>
            <Button
              variant="danger"
              aria-label={t`Revoke the access of ${credential.name}`}
              onPress={() => setAsked(credential)}
            >
              <Trans>Revoke</Trans>
            </Button>
          </li>
        ))}
      </ul>
      <Confirm
        open={asked !== undefined}
        title={t`Revoke this access?`}
        verb={t`Revoke`}
        onClose={() => setAsked(undefined)}
        onConfirm={() => {
          if (asked) revoke.mutate(asked.id)
          setAsked(undefined)
        }}
      >
        <p>
          <Trans>
            {asked?.name ?? ''} is disconnected at once and cannot come back with this password. What it left
            at the broker is taken away.
          </Trans>
        </p>
      </Confirm>
    </section>
  )
}
