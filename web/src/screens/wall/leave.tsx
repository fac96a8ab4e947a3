import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { PanelSelf } from '@eaves/model/api'
import { useState } from 'react'
import { useLeave } from '../../data/panels.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Keypad } from '../device/controls/keypad.tsx'

/** The way out of the wall: the panel's PIN, or a keeper who removes it. */
export function Leave({
  self,
  onClose,
  onLeft,
}: {
  readonly self: PanelSelf
  readonly onClose: () => void
  readonly onLeft: () => void
}) {
  const [pin, setPin] = useState('')
  const leave = useLeave()
  const send = (): void => {
    if (pin.length >= 4 && !leave.isPending)
      leave.mutate(pin, { onSuccess: onLeft, onError: () => setPin('') })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Leave the wall panel?`}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            <Trans>Stay</Trans>
          </Button>
          {self.hasPin && (
            <Button variant="danger" isDisabled={pin.length < 4 || leave.isPending} onPress={send}>
              <Trans>Leave</Trans>
            </Button>
          )}
        </>
      }
    >
      {self.hasPin ? (
        <>
          <p className="text-muted">
            <Trans>This browser is then no panel of the home any more. Its PIN is needed.</Trans>
          </p>
          <Failure error={leave.error} />
          <Keypad
            label={t`PIN`}
            value={pin}
            onChange={(next) => setPin(next.replaceAll(/\D/g, '').slice(0, 8))}
            onSubmit={send}
            disabled={leave.isPending}
            autoFocus
          />
        </>
      ) : (
        <p>
          <Trans>
            This panel has no PIN, so an owner or administrator ends it in the app, under Wall panels.
          </Trans>
        </p>
      )}
    </Dialog>
  )
}
