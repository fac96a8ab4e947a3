import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceView, PartView } from '@eaves/model'
import { useMatchRoute } from '@tanstack/react-router'
import { useControl, type CapabilityControl } from '../data/control.ts'
import { useRights } from '../data/rights.ts'
import { paths } from '../paths.ts'
import { Badge } from '../ui/badge.tsx'
import { Card } from '../ui/card.tsx'
import { Switch } from '../ui/switch.tsx'
import { switchParts } from './facts.ts'
import { iconOf } from './icons.ts'
import { cardNote, cardState, spokenName } from './state.ts'

export interface DeviceCardProps {
  readonly home: string
  readonly device: DeviceView
  /** The room this card is shown in: stays behind the device's panel. */
  readonly room?: string
}

export function DeviceCard({ home, device, room }: DeviceCardProps) {
  const parts = switchParts(device)
  const [part] = parts
  return part && parts.length === 1 ? (
    <SwitchCard home={home} device={device} part={part} {...(room ? { room } : {})} />
  ) : (
    <PlainCard home={home} device={device} {...(room ? { room } : {})} />
  )
}

function SwitchCard({ part, ...props }: DeviceCardProps & { readonly part: PartView }) {
  const control = useControl(props.device, part, 'onOff')
  return <PlainCard {...props} control={control} />
}

function PlainCard({
  home,
  device,
  room,
  control,
}: DeviceCardProps & { readonly control?: CapabilityControl }) {
  const on = control?.shown.on
  const state = cardState(device, on as boolean | undefined)
  const note = cardNote(device)
  const mayAct = useRights(home)(device).commands('onOff')
  const current = useMatchRoute()({ to: paths.device(home, device.id) }) !== false
  const name = spokenName(device)
  return (
    <Card
      to={paths.device(home, device.id)}
      {...(room ? { search: { in: room } } : {})}
      id={device.id}
      icon={iconOf(device, on as boolean | undefined)}
      name={device.name}
      label={`${name}: ${state.text}`}
      state={state.text}
      note={note}
      tint={state.tint}
      hue={state.hue}
      faded={!device.online || device.stale === true || device.silentSince !== undefined}
      ring={control?.slow ?? false}
      current={current}
      {...(device.isNew
        ? {
            badge: (
              <Badge>
                <Trans>New</Trans>
              </Badge>
            ),
          }
        : {})}
      {...(control && mayAct && device.online
        ? {
            control: (
              <Switch
                label={t`${name} power`}
                selected={on === true}
                onChange={(next) => control.act(next ? 'turnOn' : 'turnOff')}
                disabled={control.blocked !== undefined}
                tinted={state.tint !== undefined}
              />
            ),
          }
        : {})}
    />
  )
}

export function DeviceGrid({
  home,
  devices,
  room,
}: {
  readonly home: string
  readonly devices: readonly DeviceView[]
  readonly room?: string
}) {
  return (
    <ul className="card-grid">
      {devices.map((device) => (
        <li key={device.id} className="grid">
          <DeviceCard home={home} device={device} {...(room ? { room } : {})} />
        </li>
      ))}
    </ul>
  )
}
