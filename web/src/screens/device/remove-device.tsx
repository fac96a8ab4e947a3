import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import { useRemoveDevice } from '../../data/device-changes.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toasts } from '../../ui/toasts.ts'
import { errorWords } from '../../words/errors.ts'

/** Says what is erased and what is not before anything happens. */
export function RemoveDevice({
  home,
  device,
  onClose,
  onRemoved,
}: {
  readonly home: string
  readonly device: DeviceView
  readonly onClose: () => void
  readonly onRemoved: () => void
}) {
  const remove = useRemoveDevice(home)
  const run = (): void =>
    remove.mutate(device.id, {
      onSuccess: () => {
        onRemoved()
        toasts.show(t`${device.name} removed`)
      },
    })
  return (
    <Dialog
      alert
      open
      onClose={onClose}
      title={t`Remove ${device.name}?`}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            <Trans>Keep it</Trans>
          </Button>
          <Button variant="danger" isDisabled={remove.isPending} onPress={run}>
            <Trans>Remove and erase</Trans>
          </Button>
        </>
      }
    >
      <p>
        <Trans>Erased from this home: its name, its room, its present values and its history.</Trans>
      </p>
      <p className="text-muted">
        <Trans>
          Not touched: the device itself and what its maker or your broker keeps. If it still announces itself
          there, it comes back as a new device.
        </Trans>
      </p>
      {remove.error && <Banner tone="alert">{errorWords(remove.error).title}</Banner>}
    </Dialog>
  )
}
