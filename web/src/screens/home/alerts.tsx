import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import { Link } from '@tanstack/react-router'
import { BatteryWarning, HardDrive, PlugZap, WifiOff } from 'lucide-react'
import { Fragment } from 'react'
import { useInstanceAlerts } from '../../data/instance.ts'
import { alarmsOf, batteryLow } from '../../devices/facts.ts'
import { alarmSentence } from '../../devices/state.ts'
import { paths } from '../../paths.ts'
import { Banner } from '../../ui/banner.tsx'

function Names({ home, devices }: { readonly home: string; readonly devices: readonly DeviceView[] }) {
  return devices.slice(0, 3).map((device, i) => (
    <Fragment key={device.id}>
      {i > 0 && t`, `}
      <Link to={paths.device(home, device.id)} className="underline underline-offset-2">
        {device.name}
      </Link>
      {i === 2 && devices.length > 3 && '…'}
    </Fragment>
  ))
}

/** What needs somebody: dangers first, then the server, then devices that are gone or nearly empty. */
export function Alerts({
  home,
  devices,
}: {
  readonly home: string
  readonly devices: readonly DeviceView[]
}) {
  const instance = useInstanceAlerts().data ?? []
  const dangers = devices.filter((device) => device.online && alarmsOf(device).length > 0)
  const gone = devices.filter((device) => !device.online)
  const empty = devices.filter((device) => device.online && batteryLow(device))
  if (instance.length + dangers.length + gone.length + empty.length === 0) return null
  return (
    <section aria-label={t`Alerts`} className="grid gap-2">
      {dangers.length > 0 && (
        <div role="alert" className="grid gap-2">
          {dangers.map((device) => (
            <Banner key={device.id} tone="alert">
              <Link to={paths.device(home, device.id)}>{alarmSentence(device)}</Link>
            </Banner>
          ))}
        </div>
      )}
      {instance.includes('disk-full') && (
        <Banner tone="alert" icon={HardDrive}>
          <Trans>
            The server’s disk is full. Devices can still be switched, but nothing new is recorded until there
            is space.
          </Trans>
        </Banner>
      )}
      {instance.includes('drivers-down') && (
        <Banner tone="warn" icon={PlugZap}>
          <Trans>The part of Eaves that talks to devices is restarting. Values may be a little old.</Trans>
        </Banner>
      )}
      {gone.length > 0 && (
        <Banner tone="warn" icon={WifiOff}>
          <Plural value={gone.length} one="# device can’t be reached" other="# devices can’t be reached" />
          {t`: `}
          <Names home={home} devices={gone} />
        </Banner>
      )}
      {empty.length > 0 && (
        <Banner tone="warn" icon={BatteryWarning}>
          <Plural value={empty.length} one="# battery is low" other="# batteries are low" />
          {t`: `}
          <Names home={home} devices={empty} />
        </Banner>
      )}
    </section>
  )
}
