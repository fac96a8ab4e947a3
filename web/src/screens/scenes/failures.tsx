import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import { useState } from 'react'
import type { SceneRunWish } from '../../data/scenes.ts'
import { iconOf } from '../../devices/icons.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { codeWords } from '../../words/errors.ts'
import { Keypad } from '../device/controls/keypad.tsx'
import type { Failures } from './use-run.ts'

/** The devices that did not follow, each with its reason, and the way to try those alone once more. */
export function FailureDialog({
  failures: { scene, devices: failed },
  devices,
  onRetry,
  onClose,
}: {
  readonly failures: Failures
  readonly devices: readonly DeviceView[]
  readonly onRetry: (wish: SceneRunWish) => void
  readonly onClose: () => void
}) {
  const [pin, setPin] = useState('')
  const wantsPin = failed.some(({ reason }) => reason?.code === 'home.confirm-required')
  const again = failed.filter(
    ({ reason }) => !['scene.device-gone', 'auth.forbidden'].includes(reason?.code ?? ''),
  )
  const retry = (): void =>
    onRetry({ devices: again.map(({ device }) => device), ...(pin === '' ? {} : { pin }) })
  return (
    <Dialog
      open
      alert
      onClose={onClose}
      title={plural(failed.length, {
        one: '# device did not follow',
        other: '# devices did not follow',
      })}
      actions={
        <>
          <Button onPress={onClose}>
            <Trans>Close</Trans>
          </Button>
          {again.length > 0 && (
            <Button variant="primary" isDisabled={wantsPin && pin.length < 4} onPress={retry}>
              <Trans>Retry</Trans>
            </Button>
          )}
        </>
      }
    >
      <p className="text-muted">
        <Trans>
          The rest of “<bdi>{scene.name}</bdi>” is set.
        </Trans>
      </p>
      <ul className="divide-y divide-line rounded-card border border-line px-4">
        {failed.map(({ device: id, reason }) => {
          const device = devices.find((each) => each.id === id)
          return (
            <li key={id} className="flex items-start gap-3 py-3">
              {device && <Icon of={iconOf(device)} className="mt-0.5 shrink-0 text-muted" />}
              <span className="min-w-0">
                <span className="block wrap-anywhere">
                  <bdi>{device?.name ?? t`A device that is gone`}</bdi>
                </span>
                <span className="block text-state text-alert">
                  {codeWords(reason?.code ?? '')?.title ?? t`The device didn’t do it.`}
                  {reason?.detail !== undefined && ` (${reason.detail})`}
                </span>
              </span>
            </li>
          )
        })}
      </ul>
      {wantsPin && (
        <Keypad
          label={t`PIN`}
          value={pin}
          onChange={(next) => setPin(next.replaceAll(/\D/g, '').slice(0, 8))}
          disabled={false}
        />
      )}
    </Dialog>
  )
}
