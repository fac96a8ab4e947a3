import { Outlet, useLocation, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { useLiveHome } from '../data/connection.ts'
import { rememberHome, useHomes } from '../data/homes.ts'
import { Screen as HomeScreen } from '../screens/home/screen.tsx'
import { CardSkeletons } from '../ui/skeleton.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { later } from './later.ts'
import { NotFound } from './not-found.tsx'

const RoomsScreen = lazy(() =>
  later(() => import('../screens/rooms/screen.tsx')).then((module) => ({ default: module.Screen })),
)
const RoomScreen = lazy(() =>
  later(() => import('../screens/room/screen.tsx')).then((module) => ({ default: module.Screen })),
)
const DeviceLayer = lazy(() =>
  later(() => import('../screens/device/layer.tsx')).then((module) => ({ default: module.DeviceLayer })),
)

/** The page that shows, also behind a device's panel: a room if the panel was opened from one, else home. */
function usePlace(
  home: string,
): { readonly kind: 'home' | 'rooms' | 'other' } | { readonly kind: 'room'; readonly room: string } {
  const { pathname } = useLocation()
  const { room, device } = useParams({ strict: false })
  const { in: from } = useSearch({ strict: false }) as { in?: string }
  if (device !== undefined) return from === undefined ? { kind: 'home' } : { kind: 'room', room: from }
  if (room !== undefined) return { kind: 'room', room }
  const rest = pathname.slice(`/homes/${home}`.length).replace(/\/$/, '')
  return { kind: rest === '' ? 'home' : rest === '/rooms' ? 'rooms' : 'other' }
}

export function HomeFrame() {
  const { home, device } = useParams({ strict: false }) as { home: string; device?: string }
  const homes = useHomes()
  const place = usePlace(home)
  useLiveHome(home)
  const known = homes.data?.some((entry) => entry.id === home)
  useEffect(() => {
    if (known) rememberHome(home)
  }, [home, known])
  if (known === false)
    return (
      <main id="main">
        <NotFound />
      </main>
    )
  return (
    <div className={device === undefined ? '' : 'lg:grid lg:grid-cols-[minmax(0,1fr)_25rem]'}>
      <main id="main" tabIndex={-1} className="page-gutter min-w-0 max-w-[76rem] py-6 md:py-8">
        <ConnectionBanner />
        <Suspense fallback={<CardSkeletons />}>
          {place.kind === 'home' && <HomeScreen home={home} />}
          {place.kind === 'rooms' && <RoomsScreen home={home} />}
          {place.kind === 'room' && <RoomScreen home={home} room={place.room} />}
          {place.kind === 'other' && <Outlet />}
        </Suspense>
      </main>
      {device !== undefined && (
        <Suspense fallback={null}>
          <DeviceLayer key={device} home={home} device={device} />
        </Suspense>
      )}
    </div>
  )
}
