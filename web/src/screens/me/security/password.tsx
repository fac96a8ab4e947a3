import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useGate } from '../../../data/gate.ts'
import { useSetPassword } from '../../../data/me.ts'
import { Failure } from '../../../shell/failure.tsx'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { toasts } from '../../../ui/toasts.ts'
import { pageLocale } from '../../../words/locale.ts'
import { PasswordField } from '../../sign-in/fields.tsx'
import { Part } from '../../../ui/part.tsx'

export function Password({ has }: { readonly has: boolean }) {
  const [next, setNext] = useState('')
  const [short, setShort] = useState(false)
  const [asked, setAsked] = useState(false)
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
    <Part
      id="password"
      title={t`Password`}
      lead={
        has ? (
          <Trans>Setting another one, or taking it away, signs out every other browser.</Trans>
        ) : (
          <Trans>You have none, and need none: passkeys and codes let you in.</Trans>
        )
      }
    >
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
          <Button variant="danger" isDisabled={set.isPending} onPress={() => setAsked(true)}>
            <Trans>Remove password</Trans>
          </Button>
        )}
      </div>
      <Confirm
        open={asked}
        title={t`Remove your password?`}
        verb={t`Remove it`}
        onClose={() => setAsked(false)}
        onConfirm={() => {
          setAsked(false)
          send(null)
        }}
      >
        <p>
          <Trans>
            Every other browser is signed out. From then on passkeys and codes sent to your addresses let you
            in.
          </Trans>
        </p>
      </Confirm>
    </Part>
  )
}
