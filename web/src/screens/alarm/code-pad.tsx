import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { ApiProblem, isProblem } from '../../data/api.ts'
import { useUseAlarm } from '../../data/alarm.ts'
import { askForProof } from '../../data/step-up.ts'
import { Failure } from '../../shell/failure.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Keypad } from '../device/controls/keypad.tsx'

/** Asks for a code, disarms with it, and forgets it. Whoever lives here may sign in again instead; a wall panel cannot. */
export function CodePad({
  home,
  maySignIn,
  onClose,
}: {
  readonly home: string
  readonly maySignIn: boolean
  readonly onClose: () => void
}) {
  const [code, setCode] = useState('')
  const { disarm } = useUseAlarm(home)
  const { error, isPending } = disarm
  const send = (): void => {
    if (code.length < 4 || isPending) return
    disarm.mutate({ code }, { onSuccess: onClose })
    setCode('')
  }
  const signIn = async (): Promise<void> => {
    if (await askForProof()) disarm.mutate({}, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      alert
      onClose={onClose}
      title={t`Disarm the alarm`}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          {maySignIn && (
            <Button isDisabled={isPending} onPress={() => void signIn()}>
              <Trans>Sign in again instead</Trans>
            </Button>
          )}
          <Button variant="primary" isDisabled={code.length < 4 || isPending} onPress={send}>
            <Trans>Disarm</Trans>
          </Button>
        </>
      }
    >
      <Why error={error} />
      <Keypad
        label={t({ context: 'alarm', message: 'Code' })}
        value={code}
        onChange={(next) => setCode(next.replaceAll(/\D/g, '').slice(0, 8))}
        onSubmit={send}
        disabled={isPending || isProblem(error, 'alarm.code-locked')}
        autoFocus
      />
    </Dialog>
  )
}

function Why({ error }: { readonly error: Error | null }) {
  if (error === null || isProblem(error, 'alarm.code-required')) return null
  if (!(error instanceof ApiProblem)) return <Failure error={error} />
  const minutes = Math.max(1, Math.ceil((error.retryAfterSeconds ?? 900) / 60))
  const left = error.triesLeft ?? 0
  const said =
    error.code === 'alarm.code-locked'
      ? plural(minutes, {
          one: 'Too many wrong codes. Try again in a minute.',
          other: 'Too many wrong codes. Try again in # minutes.',
        })
      : error.code === 'alarm.code-wrong'
        ? plural(left, {
            one: 'That was not right. # try is left.',
            other: 'That was not right. # tries are left.',
          })
        : undefined
  if (said === undefined) return <Failure error={error} />
  return (
    <div role="alert">
      <Banner tone="warn">{said}</Banner>
    </div>
  )
}
