import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import type { Control } from '../../data/control.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { codeWords } from '../../words/errors.ts'
import { clockTime } from '../../words/time.ts'

/** Under a control: why it failed and how to try again, or that nobody has confirmed it. */
export function ControlNotes({
  device,
  control,
}: {
  readonly device: DeviceView
  readonly control: Control
}) {
  if (control.failure) {
    const reason =
      codeWords(control.failure.code)?.title ?? control.failure.detail ?? t`The device didn’t do it.`
    return (
      <div role="status">
        <Banner
          tone="alert"
          action={
            <>
              <Button variant="tint" onPress={control.retry}>
                <Trans>Retry</Trans>
              </Button>
            </>
          }
        >
          {reason}
          {device.lastSeen !== undefined && (
            <>
              {' '}
              <Trans>Last seen {clockTime(Date.parse(device.lastSeen))}.</Trans>
            </>
          )}
        </Banner>
      </div>
    )
  }
  if (control.assumed)
    return (
      <p className="text-state text-muted">
        <Trans>Sent. This device never reports back, so nobody knows for sure.</Trans>
      </p>
    )
  return null
}
