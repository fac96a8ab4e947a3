import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import { X } from 'lucide-react'
import { useState } from 'react'
import type { SceneRunWish } from '../../data/scenes.ts'
import { iconOf } from '../../devices/icons.ts'
import { Icon } from '../../ui/icon.tsx'
import { Button, IconButton } from '../../ui/native-button.tsx'
import { codeWords } from '../../words/errors.ts'
import { TextField } from '../../ui/field.tsx'
import type { Failures } from './use-run.ts'

/** Trying again helps nothing there. */
const final: readonly string[] = ['scene.device-gone', 'auth.forbidden']

/** The devices that did not follow, each with its reason, and the way to try those alone once more. */
export function FailureNote({
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
  const again = failed.filter(({ reason }) => !final.includes(reason?.code ?? ''))
  const ready = !wantsPin || pin.length >= 4
  const retry = (): void => {
    if (ready) onRetry({ devices: again.map(({ device }) => device), ...(pin === '' ? {} : { pin }) })
  }
  return (
    <div
      role="alert"
      data-tint="alert"
      className="grid grid-cols-[minmax(0,1fr)] gap-3 rounded-card bg-tint p-4 text-ink forced-colors:border"
    >
      <div className="flex items-start justify-between gap-3">
        <p className="min-w-0 py-2.5 text-card wrap-anywhere">
          <bdi>{scene.name}</bdi>
          {': '}
          {plural(failed.length, { one: '# device did not follow', other: '# devices did not follow' })}
        </p>
        <IconButton icon={X} label={t`Close`} onPress={onClose} />
      </div>
      <ul className="grid gap-2">
        {failed.map(({ device: id, reason }) => {
          const device = devices.find((each) => each.id === id)
          return (
            <li key={id} className="flex items-start gap-3">
              {device && <Icon of={iconOf(device)} className="mt-0.5 shrink-0 text-tint-ink" />}
              <span className="min-w-0 wrap-anywhere">
                <bdi className="block">{device?.name ?? t`A device that is gone`}</bdi>
                <span className="block text-state text-tint-ink">
                  {codeWords(reason?.code ?? '')?.title ?? t`The device didn’t do it.`}
                  {reason?.detail !== undefined && ` (${reason.detail})`}
                </span>
              </span>
            </li>
          )
        })}
      </ul>
      {wantsPin && (
        <TextField
          label={t`PIN`}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          value={pin}
          onChange={(next) => setPin(next.replaceAll(/\D/g, '').slice(0, 8))}
          onSubmit={retry}
        />
      )}
      {again.length > 0 && (
        <Button isDisabled={!ready} onPress={retry}>
          <Trans>Retry</Trans>
        </Button>
      )}
    </div>
  )
}
