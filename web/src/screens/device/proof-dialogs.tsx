import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { Question } from '../../data/ask-first.ts'
import { useConfirm } from '../../data/confirm.ts'
import { useWish } from '../../data/control.ts'
import { useDevice } from '../../data/devices.ts'
import { useHome } from '../../data/homes.ts'
import { controls } from '../../data/session.ts'
import { spokenName } from '../../devices/state.ts'
import { paths } from '../../paths.ts'
import { Keypad } from './controls/keypad.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import type { Asked } from '../../shell/proofs.tsx'

/** A question belongs to the page it was asked on: on another, come to by its own link or by going back, it would only be in the way. */
function useLeftPage(leave: () => void): void {
  const pathname = useLocation({ select: (location) => location.pathname })
  const [askedOn] = useState(pathname)
  useEffect(() => {
    if (pathname !== askedOn) leave()
  })
}

/** Asks for the PIN that the home wants, sends it with the wish, and forgets it. */
export function PinDialog({
  home,
  asked,
  onClose,
}: {
  readonly home: string
  readonly asked: Asked
  readonly onClose: () => void
}) {
  const [pin, setPin] = useState('')
  const [sentTurn, setSentTurn] = useState(0)
  const device = useDevice(home, asked.target.device).data
  const state = useConfirm(home).data
  const wish = useWish(asked.key)
  const checking = sentTurn === asked.turn
  // The server took it: what follows is told by the control itself.
  const done = checking && (wish === undefined || (wish.failure === undefined && wish.status !== 'sending'))
  const failedOtherwise = checking && wish?.failure !== undefined && !wish.failure.code.startsWith('home.')
  useEffect(() => {
    if (done || failedOtherwise) onClose()
  }, [done, failedOtherwise, onClose])
  const locked = asked.failure.code === 'home.pin-locked'
  const without = state?.hasPin === false
  const send = (): void => {
    if (pin.length < 4 || checking) return
    setSentTurn(asked.turn)
    controls.retry(asked.key, { confirm: { pin } })
    setPin('')
  }
  const leave = (): void => {
    controls.dismiss(asked.key)
    onClose()
  }
  useLeftPage(leave)
  return (
    <Dialog
      open
      alert
      onClose={leave}
      title={device ? t`PIN for ${spokenName(device)}` : t`PIN`}
      actions={
        <>
          <Button variant="quiet" onPress={leave}>
            <Trans>Cancel</Trans>
          </Button>
          {!locked && !without && (
            <Button variant="primary" isDisabled={pin.length < 4 || checking} onPress={send}>
              <Trans>Confirm</Trans>
            </Button>
          )}
        </>
      }
    >
      {!checking && <Why asked={asked} />}
      {without ? (
        <Without home={home} />
      ) : (
        !locked && (
          <Keypad
            label={t`PIN`}
            value={pin}
            onChange={(next) => setPin(next.replaceAll(/\D/g, '').slice(0, 8))}
            onSubmit={send}
            disabled={checking}
            autoFocus
          />
        )
      )}
    </Dialog>
  )
}

function Why({ asked: { failure } }: { readonly asked: Asked }) {
  if (failure.code === 'home.pin-locked') {
    const minutes = Math.max(1, Math.ceil((failure.retryAfterSeconds ?? 900) / 60))
    return (
      <div role="alert">
        <Banner tone="warn">
          {plural(minutes, {
            one: 'Too many wrong PINs. Try again in a minute.',
            other: 'Too many wrong PINs. Try again in # minutes.',
          })}
        </Banner>
      </div>
    )
  }
  if (failure.code !== 'home.pin-wrong') return null
  const left = failure.triesLeft ?? 0
  return (
    <div role="alert">
      <Banner tone="warn">
        {plural(left, {
          one: 'That was not right. # try is left.',
          other: 'That was not right. # tries are left.',
        })}
      </Banner>
    </div>
  )
}

/** No PIN has been set: what to do differs between a person and a panel. */
function Without({ home }: { readonly home: string }) {
  if (useHome(home)?.role === 'kiosk')
    return (
      <p>
        <Trans>
          This panel has no PIN yet. An owner or administrator sets one in the app, under Wall panels.
        </Trans>
      </p>
    )
  return (
    <>
      <p>
        <Trans>
          You have no PIN in this home yet. Set one, or sign in again and repeat it within five minutes.
        </Trans>
      </p>
      <div className="flex flex-wrap gap-3">
        <LinkButton to={paths.mine('locks')}>
          <Trans>Set a PIN</Trans>
        </LinkButton>
        <LinkButton to={paths.signIn} search={{ next: location.pathname }}>
          <Trans>Sign in again</Trans>
        </LinkButton>
      </div>
    </>
  )
}

/** Before an act on what is treated as a lock, where the control has no hold of its own. */
export function AskDialog({
  question: { device, run },
  onClose,
}: {
  readonly question: Question
  readonly onClose: () => void
}) {
  useLeftPage(onClose)
  return (
    <Dialog
      open
      alert
      onClose={onClose}
      title={t`Change ${spokenName(device)}?`}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            variant="primary"
            onPress={() => {
              onClose()
              run()
            }}
          >
            <Trans>Change it</Trans>
          </Button>
        </>
      }
    >
      <p className="text-muted">
        <Trans>It is treated as a lock in this home, so it asks first.</Trans>
      </p>
    </Dialog>
  )
}
