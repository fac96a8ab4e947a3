import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import { Link } from '@tanstack/react-router'
import {
  ArchiveX,
  BatteryWarning,
  ChevronRight,
  HardDrive,
  MessageSquareOff,
  PlugZap,
  WifiOff,
} from 'lucide-react'
import { Fragment } from 'react'
import { useInstanceAlerts } from '../../data/instance.ts'
import { useCan } from '../../data/homes.ts'
import { useMaintenance } from '../../data/maintenance.ts'
import { alarmsOf, batteryLow, withoutGroups } from '../../devices/facts.ts'
import { alarmSentence } from '../../devices/state.ts'
import { paths } from '../../paths.ts'
import { Banner } from '../../ui/banner.tsx'
import { Icon } from '../../ui/icon.tsx'

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

const textAlerts = ['sms-ceiling', 'sms-unused', 'sms-failing'] as const
const textWords: Readonly<Record<(typeof textAlerts)[number], () => string>> = {
  'sms-ceiling': () =>
    t`Today’s ceiling for text messages is reached. Codes go out by e-mail only until tomorrow.`,
  'sms-unused': () =>
    t`Few of the codes sent by text message are entered, as when somebody abuses them. Text messages with codes rest until tomorrow.`,
  'sms-failing': () => t`Text messages do not get through: the service for them refuses or does not answer.`,
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
  const texts = textAlerts.find((alert) => instance.includes(alert))
  const care = useMaintenance(home, useCan(home)('connection.read')).data?.count ?? 0
  const own = withoutGroups(devices)
  const dangers = own.filter((device) => device.online && alarmsOf(device).length > 0)
  const gone = own.filter((device) => !device.online)
  const empty = own.filter((device) => device.online && batteryLow(device))
  if (instance.length + dangers.length + gone.length + empty.length + care === 0) return null
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
      {instance.includes('retention-failing') && (
        <Banner tone="alert" icon={ArchiveX}>
          <Trans>
            Some data that should be gone by now could not be deleted. Nothing new of its kind is kept until
            it can. Whoever runs the server finds what and why with “eaves retention”.
          </Trans>
        </Banner>
      )}
      {texts !== undefined && (
        <Banner tone="warn" icon={MessageSquareOff}>
          {textWords[texts]()}
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
      {care > 0 && (
        <p>
          <Link
            to={paths.maintenance(home)}
            className="inline-flex min-h-11 items-center gap-1 rounded-control text-card text-accent"
          >
            <Plural value={care} one="# thing needs care" other="# things need care" />
            <Icon of={ChevronRight} size={18} className="rtl:-scale-x-100" />
          </Link>
        </p>
      )}
    </section>
  )
}
