import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import type { PanelSelf } from '@eaves/model/api'
import { LogOut, Tablet, WifiOff } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useConnection, useLiveHome } from '../../data/connection.ts'
import { useDevices } from '../../data/devices.ts'
import { useHome } from '../../data/homes.ts'
import { useRooms } from '../../data/rooms.ts'
import { useFailureToasts } from '../../shell/failures.ts'
import { Proofs } from '../../shell/proofs.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { UpdatePrompt } from '../../shell/update-prompt.tsx'
import { Banner } from '../../ui/banner.tsx'
import { IconButton } from '../../ui/button.tsx'
import { CardSkeletons } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { clockTime } from '../../words/time.ts'
import { ModeMark } from '../modes/mark.tsx'
import { Leave } from './leave.tsx'
import { useDim, useMinute, useShift } from './looks.ts'
import { WallCard } from './wall-card.tsx'
import { formatLocale } from '../../words/formats.ts'

const WallAlarm = lazy(() => import('./alarm.tsx').then((module) => ({ default: module.WallAlarm })))
const WallScenes = lazy(() => import('./scenes.tsx').then((module) => ({ default: module.WallScenes })))
const loadDetail = () => import('./detail.tsx')
const Detail = lazy(() => loadDetail().then((module) => ({ default: module.Detail })))

/** The rooms and devices of one panel; there is no way from here to any other page. */
export function Board({
  self,
  onShown,
  onLeft,
}: {
  readonly self: PanelSelf
  readonly onShown: () => void
  readonly onLeft: () => void
}) {
  const { home } = self
  const devices = useDevices(home)
  const [open, setOpen] = useState<string>()
  const { dim, wake } = useDim()
  const shift = useShift()
  useLiveHome(home)
  useFailureToasts(home)
  useTitle(self.name)
  useEffect(onShown, [onShown])
  // A panel stays on for weeks: what a touch opens is there before it.
  useEffect(() => void loadDetail().catch(() => undefined), [])
  // A dialogue would take the touch that wakes it.
  useEffect(() => {
    if (dim) setOpen(undefined)
  }, [dim])
  const shown = devices.data?.find((device) => device.id === open)
  return (
    <>
      <main
        id="main"
        tabIndex={-1}
        style={{ translate: shift }}
        className="page-gutter grid min-h-dvh content-start gap-6 py-6 motion-safe:transition-[translate] motion-safe:duration-1000"
      >
        <Header self={self} dim={dim} onLeft={onLeft} />
        <Lost />
        {!dim && (
          <Suspense fallback={null}>
            <WallAlarm home={home} />
          </Suspense>
        )}
        {devices.data && (
          <Suspense fallback={null}>
            <WallScenes home={home} devices={devices.data} />
          </Suspense>
        )}
        {devices.data ? (
          <Rooms home={home} devices={devices.data} onOpen={setOpen} />
        ) : devices.error ? (
          <QueryError error={devices.error} retry={devices.refetch} />
        ) : (
          <CardSkeletons count={6} />
        )}
      </main>
      {shown && (
        <Suspense fallback={null}>
          <Detail home={home} device={shown} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
      <Proofs home={home} isAway={dim} />
      <UpdatePrompt />
      {dim && (
        // The touch that wakes it does nothing else.
        <button
          type="button"
          autoFocus
          aria-label={t`Wake the panel`}
          onPointerDown={(event) => event.preventDefault()}
          onClick={wake}
          className="fade-in fixed inset-0 z-70 cursor-none bg-black/80"
        />
      )}
    </>
  )
}

function Header({
  self,
  dim,
  onLeft,
}: {
  readonly self: PanelSelf
  readonly dim: boolean
  readonly onLeft: () => void
}) {
  const home = useHome(self.home)
  const now = useMinute()
  const [leaving, setLeaving] = useState(false)
  useEffect(() => {
    if (dim) setLeaving(false)
  }, [dim])
  const day = new Intl.DateTimeFormat(formatLocale(), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(now)
  return (
    <header className="flex items-start justify-between gap-4">
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-6 gap-y-1">
        <p className="tabular text-[3.5rem] leading-none font-semibold">
          <time dateTime={new Date(now).toISOString()}>{clockTime(now)}</time>
        </p>
        <div>
          <h1 className="text-section wrap-anywhere">{home?.name ?? self.name}</h1>
          <p className="text-state text-muted">{day}</p>
        </div>
        <ModeMark home={self.home} />
      </div>
      <IconButton icon={LogOut} label={t`Leave the wall panel`} onPress={() => setLeaving(true)} />
      {leaving && <Leave self={self} onClose={() => setLeaving(false)} onLeft={onLeft} />}
    </header>
  )
}

function Lost() {
  const { lost } = useConnection()
  return (
    <div role="status" className="empty:hidden">
      {lost && (
        <Banner tone="warn" icon={WifiOff}>
          <Trans>
            No connection to the Eaves server. This is the last known state; nothing can be switched until it
            is back.
          </Trans>
        </Banner>
      )}
    </div>
  )
}

function Rooms({
  home,
  devices,
  onOpen,
}: {
  readonly home: string
  readonly devices: readonly DeviceView[]
  readonly onOpen: (device: string) => void
}) {
  const rooms = useRooms(home).data ?? []
  // A panel gets no pictures, so a camera would be an empty frame.
  const usable = devices.filter((device) => device.kind !== 'camera')
  const groups = [
    ...rooms.map((room) => ({
      id: room.id,
      name: room.name,
      in: usable.filter(({ room: at }) => at === room.id),
    })),
    {
      id: 'none',
      name: t({ context: 'rooms', message: 'Elsewhere' }),
      in: usable.filter(({ room: at }) => !rooms.some((room) => room.id === at)),
    },
  ].filter((group) => group.in.length > 0)
  if (groups.length === 0)
    return (
      <EmptyState icon={Tablet} title={t`Nothing to show yet`}>
        <Trans>An owner or administrator chooses in the app what this panel reaches.</Trans>
      </EmptyState>
    )
  return (
    <div className="grid gap-8">
      {groups.map((group) => (
        <section key={group.id} aria-labelledby={`wall-${group.id}`} className="grid gap-3">
          <h2 id={`wall-${group.id}`} className="text-group text-muted">
            {group.name}
          </h2>
          <ul className="card-grid">
            {group.in.map((device) => (
              <li key={device.id} className="grid">
                <WallCard home={home} device={device} onOpen={() => onOpen(device.id)} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
