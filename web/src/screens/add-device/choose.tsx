import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { Cable, ChevronRight, Cpu, FlaskConical, RadioTower } from 'lucide-react'
import { useBridges } from '../../data/care.ts'
import { useDrivers } from '../../data/connections.ts'
import { useDevices } from '../../data/devices.ts'
import { paths } from '../../paths.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { Icon, type LucideIcon } from '../../ui/icon.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { driverName } from './driver-name.ts'
import { NewDevicesLater } from './new-devices-later.tsx'

export function Choose({ home }: { readonly home: string }) {
  const drivers = useDrivers()
  const bridges = useBridges(home).data
  const fresh = (useDevices(home).data ?? []).filter((device) => device.isNew)
  return (
    <div className="grid max-w-[52rem] gap-8">
      <header>
        <h1 className="text-display">
          <Trans>Add devices</Trans>
        </h1>
        <p className="mt-1 text-body text-muted">
          <Trans>Link where your devices already are. They come in by themselves.</Trans>
        </p>
      </header>
      {fresh.length > 0 && <NewDevicesLater home={home} devices={fresh} />}
      {drivers.error && !drivers.data ? (
        <QueryError error={drivers.error} retry={drivers.refetch} />
      ) : drivers.data ? (
        <ul className="grid gap-3">
          {(bridges ?? []).some((bridge) => bridge.acts.includes('permitJoin')) && (
            <Way
              home={home}
              way="zigbee"
              icon={RadioTower}
              tint="secure"
              title={t`Bring in Zigbee devices`}
              text={t`Your bridge lets new devices in for a while.`}
            />
          )}
          {drivers.data.some((driver) => driver.id === 'mqtt') && (
            <>
              <Way
                home={home}
                way="mqtt"
                icon={Cable}
                tint="light"
                title={t`Link your MQTT broker`}
                text={t`For Zigbee2MQTT and everything that Home Assistant would discover: lights, plugs, switches, sensors, blinds, locks, heating.`}
              />
              <Way
                home={home}
                way="built-in"
                icon={Cpu}
                tint="cool"
                title={t`A device without a broker`}
                text={t`Eaves brings a broker of its own. Give the device a user name and password for it.`}
              />
            </>
          )}
          {drivers.data
            .filter((driver) => driver.id !== 'mqtt')
            .map((driver) => (
              <Way
                key={driver.id}
                home={home}
                way={driver.id}
                icon={FlaskConical}
                tint="media"
                title={driverName(driver)}
                text={
                  driver.id === 'simulated'
                    ? t`For trying Eaves out without devices of your own.`
                    : driver.reach === 'local'
                      ? t`Stays in your home.`
                      : t`Talks to a service outside your home.`
                }
              />
            ))}
        </ul>
      ) : (
        <BlockSkeleton />
      )}
    </div>
  )
}

function Way({
  home,
  way,
  icon,
  tint,
  title,
  text,
}: {
  readonly home: string
  readonly way: string
  readonly icon: LucideIcon
  readonly tint: string
  readonly title: string
  readonly text: string
}) {
  return (
    <li className="press relative flex items-center gap-4 rounded-card border border-line bg-surface p-4">
      <span
        data-tint={tint}
        className="flex size-12 shrink-0 items-center justify-center rounded-control bg-tint text-tint-ink"
      >
        <Icon of={icon} size={24} />
      </span>
      <span className="grid min-w-0 flex-1 gap-0.5">
        <Link
          to={paths.add(home)}
          search={{ with: way }}
          className="text-group after:absolute after:inset-0 after:rounded-card"
        >
          {title}
        </Link>
        <span className="text-state font-normal text-muted">{text}</span>
      </span>
      <Icon of={ChevronRight} className="shrink-0 text-muted rtl:-scale-x-100" />
    </li>
  )
}
