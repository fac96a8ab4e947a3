import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useBeginTotp, useRemoveTotp } from '../../../data/totp.ts'
import { Failure } from '../../../shell/failure.tsx'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { toasts } from '../../../ui/toasts.ts'
import { AuthenticatorSetUp } from './authenticator-set-up.tsx'
import { Part } from '../../../ui/part.tsx'

export function Authenticator({ on }: { readonly on: boolean }) {
  const begin = useBeginTotp()
  const remove = useRemoveTotp()
  const [asked, setAsked] = useState(false)
  return (
    <Part
      id="authenticator"
      title={t`Authenticator app`}
      lead={
        on ? (
          <Trans>On: signing in by code or password also asks for a code of the app.</Trans>
        ) : (
          <Trans>
            A second factor: signing in by code or password then also asks for a code that an app on your
            phone shows. A passkey is both in one and does not ask.
          </Trans>
        )
      }
    >
      <Failure error={begin.error ?? remove.error} />
      {begin.data !== undefined && !on ? (
        <AuthenticatorSetUp begun={begin.data} onDone={() => begin.reset()} />
      ) : (
        <div>
          {on ? (
            <Button variant="danger" isDisabled={remove.isPending} onPress={() => setAsked(true)}>
              <Trans>Turn off</Trans>
            </Button>
          ) : (
            <Button isDisabled={begin.isPending} onPress={() => begin.mutate()}>
              <Trans>Set up an authenticator app</Trans>
            </Button>
          )}
        </div>
      )}
      <Confirm
        open={asked}
        title={t`Turn off the authenticator app?`}
        verb={t`Turn off`}
        onClose={() => setAsked(false)}
        onConfirm={() => {
          setAsked(false)
          remove.mutate(undefined, { onSuccess: () => toasts.show(t`The authenticator app is off.`) })
        }}
      >
        <p>
          <Trans>A code or the password alone then lets in whoever has it.</Trans>
        </p>
      </Confirm>
    </Part>
  )
}
