import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useMe } from '../../data/me.ts'
import { passkeysWork } from '../../data/passkeys.ts'
import { endProof } from '../../data/step-up.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { ByCode } from './by-code.tsx'
import { ByApp } from './by-app.tsx'
import { ByPasskey } from './by-passkey.tsx'
import { ByPassword } from './by-password.tsx'
import { waysOf, type Way } from './ways.ts'

/** Asked before a sensitive act: is it still you? The act that was refused goes on after it. // T14 */
export function StepUp() {
  const me = useMe()
  const [chosen, choose] = useState<Way>()
  const ways = me.data === undefined ? [] : waysOf(me.data, passkeysWork())
  const way = chosen ?? ways[0]
  const names: Readonly<Record<Way, string>> = {
    passkey: t`Use a passkey`,
    totp: t`Use the authenticator app`,
    password: t`Use the password`,
    email: t`Send a code by e-mail`,
    phone: t`Send a code by text message`,
  }
  return (
    <Dialog open onClose={() => endProof(false)} title={t`Is it you?`}>
      <p className="text-muted">
        <Trans>
          This step is sensitive, so confirm once more that it is you. It counts for five minutes.
        </Trans>
      </p>
      {me.error && <QueryError error={me.error} retry={me.refetch} />}
      {me.isPending && <BlockSkeleton />}
      {way === 'passkey' && <ByPasskey />}
      {way === 'totp' && <ByApp />}
      {way === 'password' && <ByPassword asksMore={me.data?.authenticator === true} />}
      {me.data !== undefined && (way === 'email' || way === 'phone') && (
        <ByCode key={way} to={way} address={me.data[way] ?? ''} asksMore={me.data.authenticator} />
      )}
      <div className="grid gap-1">
        {ways
          .filter((other) => other !== way)
          .map((other) => (
            <Button key={other} variant="quiet" full onPress={() => choose(other)}>
              {names[other]}
            </Button>
          ))}
        <Button variant="quiet" full onPress={() => endProof(false)}>
          <Trans>Leave it</Trans>
        </Button>
      </div>
    </Dialog>
  )
}
