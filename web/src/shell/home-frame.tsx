import { Outlet, useLocation, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { useGone, useLiveHome } from '../data/connection.ts'
import { rememberHome, useHomes } from '../data/homes.ts'
import { Screen as HomeScreen } from '../screens/home/screen.tsx'
import { paths } from '../paths.ts'
import { CardSkeletons } from '../ui/skeleton.tsx'
import { loadLaterWords } from '../words/locale.ts'
import { ConnectionBanner } from './connection-banner.tsx'
import { NotFound } from './not-found.tsx'

/** A part of the app with its words. */
const later = async <M,>(load: () => Promise<M>): Promise<M> =>
  (await Promise.all([load(), loadLaterWords()]))[0]
const RoomsScreen = lazy(() =>
  later(() => import('../screens/rooms/screen.tsx')).then((module) => ({ default: module.Screen })),
)
const RoomScreen = lazy(() =>
  later(() => import('../screens/room/screen.tsx')).then((module) => ({ default: module.Screen })),
)
const DeviceLayer = lazy(() =>
  later(() => import('../screens/device/layer.tsx')).then((module) => ({ default: module.DeviceLayer })),
)

const Closed = lazy(() =>
  later(() => import('../screens/members/closed.tsx')).then((module) => ({ default: module.Closed })),
)
const Gone = lazy(() =>
  later(() => import('../screens/members/gone.tsx')).then((module) => ({ default: module.Gone })),
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
  const { home } = useParams({ strict: false }) as { home: string }
  const { pathname } = useLocation()
  const homes = useHomes().data
  const gone = useGone(home)
  const found = homes?.find((entry) => entry.id === home)
  const known = found !== undefined
  useEffect(() => {
    if (known) rememberHome(home)
  }, [home, known])
  if (homes !== undefined && !known)
    return (
      <main id="main">
        <Suspense fallback={null}>{gone ? <Gone /> : <NotFound />}</Suspense>
      </main>
    )
  if (found?.access?.isOpen === false)
    return (
      <main id="main" tabIndex={-1} className="page-gutter min-w-0 max-w-[48rem] py-6 md:py-8">
        <Suspense fallback={<CardSkeletons />}>
          {/* One's own place, and leaving, are open at any hour. */}
          {pathname === paths.place(home) ? <Outlet /> : <Closed home={found} />}
        </Suspense>
      </main>
    )
  return <OpenHome home={home} />
}

/** Nothing is asked of a home, and nothing of it arrives, while it is not open to the person. // pp.5.1 */
function OpenHome({ home }: { readonly home: string }) {
  const { device } = useParams({ strict: false })
  const place = usePlace(home)
  useLiveHome(home)
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
