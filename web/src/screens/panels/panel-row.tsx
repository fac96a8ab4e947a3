import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Panel, PanelCode } from '@eaves/model/api'
import { useState } from 'react'
import { useDevices } from '../../data/devices.ts'
import { useNewCode, usePanelPin, useRemovePanel } from '../../data/panels.ts'
import { useScenes } from '../../data/scenes.ts'
import { rightsOn, type Standing } from '../../devices/rights.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { TextField } from '../../ui/field.tsx'
import { toasts } from '../../ui/toasts.ts'
import { dateAndTime, list } from '../../words/time.ts'
import { movesWhole } from '../scenes/whole.ts'

const states: Readonly<Record<Panel['state'], () => string>> = {
  waiting: () => t`Waits for its tablet`,
  paired: () => t`On the wall`,
  unpaired: () => t`No tablet`,
}

/** One panel: how it stands, a new code, its PIN, and its end. */
export function PanelRow({
  home,
  panel,
  onCode,
}: {
  readonly home: string
  readonly panel: Panel
  readonly onCode: (code: PanelCode) => void
}) {
  const [asking, setAsking] = useState<'remove' | 'pin'>()
  const renew = useNewCode(home)
  const remove = useRemovePanel(home)
  return (
    <li className="grid gap-3 p-4">
      <div className="flex flex-wrap items-center gap-y-1">
        <h2 className="text-card wrap-anywhere">{panel.name}</h2>
        <Badge>{states[panel.state]()}</Badge>
      </div>
      <p className="text-state font-normal text-muted">
        {panel.limits?.reach === 'listed' ? <Trans>Some rooms</Trans> : <Trans>All rooms</Trans>}
        {' · '}
        {panel.hasPin ? <Trans>with a PIN</Trans> : <Trans>without a PIN</Trans>}
        {panel.pairedAt !== undefined && (
          <>
            {' · '}
            <Trans>paired {dateAndTime(panel.pairedAt)}</Trans>
          </>
        )}
      </p>
      <PanelScenes home={home} panel={panel} />
      <Failure error={renew.error ?? remove.error} />
      <div className="flex flex-wrap gap-3">
        <Button
          isDisabled={renew.isPending}
          aria-label={t`New code for ${panel.name}`}
          onPress={() => renew.mutate(panel.id, { onSuccess: onCode })}
        >
          <Trans context="pairing">New code</Trans>
        </Button>
        <Button
          aria-label={panel.hasPin ? t`Change PIN of ${panel.name}` : t`Set PIN of ${panel.name}`}
          onPress={() => setAsking('pin')}
        >
          {panel.hasPin ? <Trans>Change PIN</Trans> : <Trans>Set PIN</Trans>}
        </Button>
        <LinkButton to={paths.member(home, panel.id)}>
          <Trans>What it reaches</Trans>
          <span className="sr-only">{panel.name}</span>
        </LinkButton>
        <Button variant="danger" aria-label={t`Remove ${panel.name}`} onPress={() => setAsking('remove')}>
          <Trans>Remove</Trans>
        </Button>
      </div>
      {asking === 'pin' && <PinForm home={home} panel={panel} onClose={() => setAsking(undefined)} />}
      <Confirm
        open={asking === 'remove'}
        title={t`Remove ${panel.name}?`}
        verb={t`Remove`}
        busy={remove.isPending}
        onClose={() => setAsking(undefined)}
        onConfirm={() =>
          remove.mutate(panel.id, {
            onSuccess: () => void toasts.show(t`${panel.name} removed`),
            onSettled: () => setAsking(undefined),
          })
        }
      >
        <p>
          <Trans>Its tablet shows nothing of the home from that moment on.</Trans>
        </p>
      </Confirm>
    </li>
  )
}

/** The scenes that stand on it: those of which it may move every device. */
function PanelScenes({ home, panel }: { readonly home: string; readonly panel: Panel }) {
  const scenes = useScenes(home).data ?? []
  const devices = useDevices(home).data
  if (devices === undefined || scenes.length === 0) return null
  const standing: Standing = {
    role: 'kiosk',
    verbs: ['device.read', 'device.command'],
    limits: panel.limits as Standing['limits'],
  }
  const shown = scenes.filter((scene) => movesWhole(scene, devices, (device) => rightsOn(standing, device)))
  const names = list(shown.map(({ name }) => name))
  return (
    <p className="text-state wrap-anywhere text-muted">
      {shown.length === 0 ? (
        <Trans>No scene: it may not move all of any</Trans>
      ) : (
        <Trans>Scenes: {names}</Trans>
      )}
    </p>
  )
}

function PinForm({
  home,
  panel,
  onClose,
}: {
  readonly home: string
  readonly panel: Panel
  readonly onClose: () => void
}) {
  const [pin, setPin] = useState('')
  const set = usePanelPin(home)
  const save = (next: string | null): void =>
    set.mutate({ panel: panel.id, pin: next }, { onSuccess: onClose })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`PIN of ${panel.name}`}
      actions={
        <>
          {panel.hasPin && (
            <Button variant="danger" isDisabled={set.isPending} onPress={() => save(null)}>
              <Trans>Take it away</Trans>
            </Button>
          )}
          <Button variant="primary" isDisabled={pin.length < 4 || set.isPending} onPress={() => save(pin)}>
            <Trans>Set PIN</Trans>
          </Button>
        </>
      }
    >
      <Failure error={set.error} />
      <TextField
        label={t`New PIN`}
        hint={t`Four to eight digits; whoever knows it opens the locks named for this panel`}
        value={pin}
        onChange={(text) => setPin(text.replaceAll(/\D/g, '').slice(0, 8))}
        onSubmit={() => {
          if (pin.length >= 4) save(pin)
        }}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={8}
        autoFocus
      />
    </Dialog>
  )
}
