import { Trans } from '@lingui/react/macro'
import type { DeviceDetail, DeviceView } from '@eaves/model'
import { Link } from '@tanstack/react-router'
import { useDevices } from '../../data/devices.ts'
import { valueOf } from '../../devices/facts.ts'
import { iconOf } from '../../devices/icons.ts'
import { cardState } from '../../devices/state.ts'
import { paths } from '../../paths.ts'
import { Icon } from '../../ui/icon.tsx'

export function DeviceRows({
  home,
  devices,
}: {
  readonly home: string
  readonly devices: readonly DeviceView[]
}) {
  return (
    <ul className="divide-y divide-line rounded-card bg-surface-2 px-4">
      {devices.map((device) => {
        const on = valueOf(device, 'onOff', 'on')
        return (
          <li key={device.id} className="relative flex min-h-14 items-center gap-3 py-2">
            <Icon of={iconOf(device, on === undefined ? undefined : on === true)} className="text-muted" />
            <div className="min-w-0 flex-1">
              <Link
                to={paths.device(home, device.id)}
                className="block truncate text-card after:absolute after:inset-0 after:rounded-control"
              >
                {device.name}
              </Link>
              {device.roomName !== null && (
                <p className="truncate text-caption text-muted">{device.roomName}</p>
              )}
            </div>
            <span className="tabular text-state text-muted">{cardState(device, on).text}</span>
          </li>
        )
      })}
    </ul>
  )
}

/** The members of a group, or the groups a device is in. */
export function Kin({
  home,
  detail,
  of,
}: {
  readonly home: string
  readonly detail: DeviceDetail | undefined
  readonly of: 'members' | 'groups'
}) {
  const devices = useDevices(home).data ?? []
  const ids = detail?.[of] ?? []
  const found = devices.filter((device) => ids.includes(device.id))
  if (found.length === 0) return null
  return (
    <section className="grid gap-2">
      <h3 className="text-group">
        {of === 'members' ? <Trans>What is in it</Trans> : <Trans>Groups it is in</Trans>}
      </h3>
      <DeviceRows home={home} devices={found} />
    </section>
  )
}
