import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import type { Room } from '@eaves/model/api'
import { Link } from '@tanstack/react-router'
import { ChevronRight, Search } from 'lucide-react'
import { Suspense } from 'react'
import { useDevices } from '../../data/devices.ts'
import { useHome } from '../../data/homes.ts'
import { useRooms } from '../../data/rooms.ts'
import { DeviceGrid } from '../../devices/card.tsx'
import { factsOf, inOrder } from '../../devices/facts.ts'
import { paths } from '../../paths.ts'
import { Bell, ModeChip, SceneRow } from '../../screens.ts'
import { CurrentHome } from '../../shell/current-home.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { search } from '../../shell/searching.ts'
import { useTitle } from '../../shell/title.ts'
import { IconButton } from '../../ui/native-button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Name } from '../../ui/name.tsx'
import { CardSkeletons } from '../../ui/skeleton.tsx'
import { hourIn } from '../../words/time.ts'
import { Alerts } from './alerts.tsx'
import { FirstSteps } from './first-steps.tsx'
import { sentenceOf } from './sentence.ts'
import { Summaries } from './summaries.tsx'

function greeting(zone: string | undefined): string {
  const hour = zone === undefined ? new Date().getHours() : hourIn(zone)
  return hour < 5
    ? t`Good night`
    : hour < 12
      ? t`Good morning`
      : hour < 18
        ? t`Good afternoon`
        : t`Good evening`
}

export function Screen({ home }: { readonly home: string }) {
  const place = useHome(home)
  const devices = useDevices(home)
  const rooms = useRooms(home)
  useTitle(place?.name)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
      <header>
        <div className="flex min-h-11 items-center justify-between gap-3 md:hidden">
          <CurrentHome current={place} place="page" />
          <IconButton icon={Search} label={t`Search`} onPress={search.open} />
        </div>
        <div className="flex min-h-11 items-center justify-between gap-3">
          <h1 className="text-display">{greeting(place?.zone)}</h1>
          <div className="flex min-h-11 shrink-0 items-center gap-1">
            <Suspense fallback={null}>
              <ModeChip home={home} />
            </Suspense>
            <Suspense fallback={null}>
              <Bell />
            </Suspense>
          </div>
        </div>
        {devices.data && devices.data.length > 0 && (
          <p className="mt-1 text-body wrap-anywhere text-muted">{sentenceOf(devices.data)}</p>
        )}
      </header>
      {devices.data ? (
        <Content home={home} devices={devices.data} rooms={rooms.data ?? []} />
      ) : devices.error ? (
        <QueryError error={devices.error} retry={devices.refetch} />
      ) : (
        <CardSkeletons />
      )}
    </div>
  )
}

function Content({
  home,
  devices,
  rooms,
}: {
  readonly home: string
  readonly devices: readonly DeviceView[]
  readonly rooms: readonly Room[]
}) {
  if (devices.length === 0) return <FirstSteps home={home} />
  const known = new Set(rooms.map((room) => room.id))
  const sections = rooms
    .map((room) => ({ room, devices: inOrder(devices.filter((device) => device.room === room.id)) }))
    .filter((section) => section.devices.length > 0)
  const elsewhere = inOrder(devices.filter((device) => device.room === null || !known.has(device.room)))
  return (
    <>
      <Alerts home={home} devices={devices} />
      <Summaries facts={factsOf(devices)} />
      <Suspense fallback={null}>
        <SceneRow home={home} devices={devices} />
      </Suspense>
      {sections.map(({ room, devices: inRoom }) => (
        <section
          key={room.id}
          aria-labelledby={`room-${room.id}`}
          className="grid grid-cols-[minmax(0,1fr)] gap-3"
        >
          <h2 id={`room-${room.id}`} className="text-section">
            <Link
              to={paths.room(home, room.id)}
              className="-mx-2 inline-flex min-h-11 max-w-full items-center gap-1 rounded-control px-2"
            >
              <Name of={room.name} />
              <Icon of={ChevronRight} className="shrink-0 text-muted rtl:-scale-x-100" />
            </Link>
          </h2>
          <DeviceGrid home={home} devices={inRoom} />
        </section>
      ))}
      {elsewhere.length > 0 && (
        <section aria-labelledby="elsewhere" className="grid gap-3">
          <h2 id="elsewhere" className="flex min-h-11 items-center text-section">
            {sections.length === 0 ? <Trans>Devices</Trans> : <Trans>Not in a room yet</Trans>}
          </h2>
          <DeviceGrid home={home} devices={elsewhere} />
        </section>
      )}
    </>
  )
}
