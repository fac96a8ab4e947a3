import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useControl } from '../../../data/control.ts'
import { spokenName } from '../../../devices/state.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { laterWord } from '../../../words/later/values.ts'
import { percent } from '../../../words/numbers.ts'
import { ControlNotes } from '../control-notes.tsx'
import type { PartProps } from '../part-controls.tsx'
import { chosen, numeric } from './numeric.ts'

/** What runs on the device, what is offered, and how far an update is; it installs only after a question. */
export function FirmwareControl({ device, part, shape }: PartProps) {
  const control = useControl(device, part, 'firmware')
  const [asking, setAsking] = useState(false)
  const own = shape?.capabilities.firmware
  const can = (command: string): boolean => own?.commands.includes(command) ?? false
  const installed = chosen(control.reported.installed)
  const available = chosen(control.reported.available)
  const state = chosen(control.shown.state)
  const progress = numeric(control.reported.progressPercent)
  const updating = state === 'updating'
  const blocked = control.blocked !== undefined || control.pending
  const offered =
    state === 'available' || (state === undefined && available !== undefined && available !== installed)
  return (
    <section
      aria-labelledby={`firmware-${part.id}`}
      className="grid gap-3 rounded-card border border-line p-4"
    >
      <h3
        id={`firmware-${part.id}`}
        className="flex flex-wrap items-baseline justify-between gap-3 text-group"
      >
        <Trans>Firmware update</Trans>
        {state !== undefined && <span className="text-state text-muted">{laterWord(state)}</span>}
      </h3>
      <dl className="grid gap-1">
        {installed !== undefined && (
          <div className="flex justify-between gap-4">
            <dt className="text-muted">
              <Trans>Installed</Trans>
            </dt>
            <dd className="min-w-0 text-end break-all">{installed}</dd>
          </div>
        )}
        {offered && available !== undefined && (
          <div className="flex justify-between gap-4">
            <dt className="text-muted">
              <Trans>Offered</Trans>
            </dt>
            <dd className="min-w-0 text-end break-all">{available}</dd>
          </div>
        )}
      </dl>
      {updating && (
        <div className="grid gap-2">
          <div
            role="progressbar"
            aria-label={t`Update of ${spokenName(device)}`}
            aria-valuemin={0}
            aria-valuemax={100}
            {...(progress === undefined ? {} : { 'aria-valuenow': progress })}
            className="h-2 overflow-hidden rounded-pill bg-surface-2"
          >
            <div className="h-full bg-accent" style={{ inlineSize: `${progress ?? 0}%` }} />
          </div>
          <p role="status" className="text-state text-muted">
            {progress === undefined ? (
              <Trans>Under way. Leave it powered; this can take half an hour.</Trans>
            ) : (
              <Trans>{percent(progress)} done. Leave it powered; this can take half an hour.</Trans>
            )}
          </p>
        </div>
      )}
      {!updating && (
        <div className="flex flex-wrap gap-3">
          {offered && can('install') && (
            <Button variant="primary" isDisabled={blocked} onPress={() => setAsking(true)}>
              <Trans>Install</Trans>
            </Button>
          )}
          {can('check') && (
            <Button isDisabled={blocked} onPress={() => control.act('check')}>
              <Trans>Look for updates</Trans>
            </Button>
          )}
        </div>
      )}
      <ControlNotes device={device} control={control} />
      <Dialog
        alert
        open={asking}
        onClose={() => setAsking(false)}
        title={t`Update ${device.name}?`}
        actions={
          <>
            <Button variant="quiet" autoFocus onPress={() => setAsking(false)}>
              <Trans>Not now</Trans>
            </Button>
            <Button
              variant="primary"
              onPress={() => {
                setAsking(false)
                control.act('install')
              }}
            >
              <Trans>Install</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>
            It may not answer while it installs, and it can take half an hour. Do not unplug it or take its
            battery out.
          </Trans>
        </p>
      </Dialog>
    </section>
  )
}
