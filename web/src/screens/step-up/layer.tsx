import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { isProblem } from '../../data/api.ts'
import { useMe } from '../../data/me.ts'
import { passkeysWork } from '../../data/passkeys.ts'
import { endProof } from '../../data/step-up.ts'
import { useSignOut } from '../../data/sign-out.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
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
  // Without the agreement there is one way left: signing in is a proof too. // sa.1
  const isShut = isProblem(me.error, 'policy.agreement-required')
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
      {me.error && !isShut && <QueryError error={me.error} retry={me.refetch} />}
      {isShut && <SignInAgain />}
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

function SignInAgain() {
  const out = useSignOut()
  const navigate = useNavigate()
  const next = useLocation({ select: ({ href }) => href })
  const again = () => {
    endProof(false)
    void navigate({ to: paths.signIn, search: { next }, replace: true })
  }
  return (
    <>
      <Failure error={out.error} />
      <p>
        <Trans>Sign in once more: that proves it, and leads back to this page.</Trans>
      </p>
      <Button
        variant="primary"
        full
        isDisabled={out.isPending}
        onPress={() => out.mutate('here', { onSuccess: again })}
      >
        <Trans>Sign in again</Trans>
      </Button>
    </>
  )
}
