import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useGate } from '../../data/gate.ts'
import { useMe, useNewRecoveryCodes, useSetPassword } from '../../data/me.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { toasts } from '../../ui/toasts.ts'
import { pageLocale } from '../../words/locale.ts'
import { PasswordField } from '../sign-in/fields.tsx'
import { RecoveryCodes } from '../sign-in/recovery-codes.tsx'
import { Page } from './page.tsx'

export function Security() {
  const me = useMe()
  return (
    <Page title={t`Password and recovery codes`}>
      {me.error ? (
        <QueryError error={me.error} retry={me.refetch} />
      ) : !me.data ? (
        <BlockSkeleton />
      ) : (
        <>
          <Password has={me.data.hasPassword} />
          <Codes left={me.data.recoveryCodesLeft} />
        </>
      )}
    </Page>
  )
}

function Password({ has }: { readonly has: boolean }) {
  const [next, setNext] = useState('')
  const [short, setShort] = useState(false)
  const set = useSetPassword()
  const notices = useGate(pageLocale()).data?.notices ?? []
  const send = (password: string | null): void => {
    const tooShort = password !== null && password.length < 10
    setShort(tooShort)
    if (tooShort || set.isPending) return
    set.mutate(password, {
      onSuccess: () => {
        setNext('')
        toasts.show(password === null ? t`The password is gone.` : t`The password is set.`)
      },
    })
  }
  return (
    <section aria-labelledby="password" className="grid gap-4">
      <h2 id="password" className="text-section">
        <Trans>Password</Trans>
      </h2>
      <p className="text-muted">
        {has ? (
          <Trans>Setting another one, or taking it away, signs out every other browser.</Trans>
        ) : (
          <Trans>You have none, and need none: codes and recovery codes let you in.</Trans>
        )}
      </p>
      <Failure error={set.error} />
      <PasswordField
        fresh
        label={t`New password`}
        notices={notices}
        value={next}
        onChange={setNext}
        onSubmit={() => send(next)}
        error={short ? t`Use at least 10 characters.` : undefined}
      />
      <div className="flex flex-wrap gap-3">
        <Button variant="primary" isDisabled={set.isPending} onPress={() => send(next)}>
          {has ? <Trans>Change password</Trans> : <Trans>Set password</Trans>}
        </Button>
        {has && (
          <Button variant="danger" isDisabled={set.isPending} onPress={() => send(null)}>
            <Trans>Remove password</Trans>
          </Button>
        )}
      </div>
    </section>
  )
}

function Codes({ left }: { readonly left: number }) {
  const make = useNewRecoveryCodes()
  return (
    <section aria-labelledby="codes" className="grid gap-4">
      <h2 id="codes" className="text-section">
        <Trans>Recovery codes</Trans>
      </h2>
      <p className="text-muted">
        <Trans>Left: {left}. Making new ones ends those you have.</Trans>
      </p>
      <Failure error={make.error} />
      {make.data ? (
        <RecoveryCodes
          codes={make.data.recoveryCodes}
          done={t`I have saved them`}
          onDone={() => make.reset()}
        />
      ) : (
        <div>
          <Button isDisabled={make.isPending} onPress={() => make.mutate()}>
            <Trans>Make new codes</Trans>
          </Button>
        </div>
      )}
    </section>
  )
}
