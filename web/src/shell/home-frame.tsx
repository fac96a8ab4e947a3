import type { Home } from '@eaves/model/api'
import { useQueryClient } from '@tanstack/react-query'
import { Outlet, useLocation, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Fragment, lazy, Suspense, useEffect, useState } from 'react'
import { useEnding, useGone, useLiveHome } from '../data/connection.ts'
import { isProblem } from '../data/api.ts'
import { useDevices } from '../data/devices.ts'
import { homesQuery, useHomes } from '../data/homes.ts'
import { rememberHome, useLastHome } from '../data/last-home.ts'
import { Screen as HomeScreen } from '../screens/home/screen.tsx'
import { paths } from '../paths.ts'
import { CardSkeletons } from '../ui/skeleton.tsx'
import { toasts } from '../ui/toasts.ts'
import { ConnectionBanner } from './connection-banner.tsx'
import { Gone } from './gone.tsx'
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

const loadClosed = () => later(() => import('../screens/members/closed.tsx'))

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

/** Whether the home of the address is one's own; one that has gone makes room for the next. */
function useStanding(home: string): 'unknown' | 'own' | 'gone' | 'never' {
  const cache = useQueryClient()
  const homes = useHomes().data
  const last = useLastHome()
  const isLost = isProblem(useDevices(home).error, 'auth.not-found')
  const isOwn = homes?.some((entry) => entry.id === home)
  useEffect(() => {
    if (isLost) void cache.invalidateQueries(homesQuery)
  }, [cache, isLost])
  useEffect(() => {
    if (isOwn) rememberHome(home)
  }, [home, isOwn])
  return isOwn === undefined ? 'unknown' : isOwn ? 'own' : last === home ? 'gone' : 'never'
}

/** To the next home, or to making one. */
function NextHome() {
  const navigate = useNavigate()
  const homes = useHomes().data
  const to = homes?.[0] === undefined ? paths.createHome : paths.home(homes[0].id)
  useEffect(() => void navigate({ to, replace: true }), [navigate, to])
  return <main id="main" />
}

export function HomeFrame() {
  const { home } = useParams({ strict: false }) as { home: string }
  const { pathname } = useLocation()
  const found = useHomes().data?.find((entry) => entry.id === home)
  const isEnded = useGone(home)
  const isEnding = useEnding(home)
  const standing = useStanding(home)
  // A word about another home, or a way back in it, has no place here; outside every home it stays.
  useEffect(() => {
    toasts.enter(home)
    return () => toasts.enter(undefined)
  }, [home])
  // Nothing of it shows from here on; what shows instead is known in a moment.
  if (isEnding) return <main id="main" tabIndex={-1} />
  if (standing === 'gone' && !isEnded) return <NextHome />
  if (standing === 'gone' || standing === 'never')
    return (
      <main id="main" tabIndex={-1}>
        {isEnded ? <Gone /> : <NotFound />}
      </main>
    )
  if (found?.access?.isOpen === false)
    return (
      <main id="main" tabIndex={-1} className="page-gutter min-w-0 max-w-[48rem] py-6 md:py-8">
        <Suspense fallback={<CardSkeletons />}>
          {/* One's own place, and leaving, are open at any hour. */}
          {pathname === paths.place(home) ? <Outlet /> : <ClosedPage home={found} />}
        </Suspense>
      </main>
    )
  return <OpenHome home={home} />
}

/** Drawn as soon as it is here; a placeholder of React’s own would hold it back for 300 ms. */
function ClosedPage({ home }: { readonly home: Home }) {
  const [loaded, setLoaded] = useState<Partial<Awaited<ReturnType<typeof loadClosed>>>>({})
  const [error, setError] = useState<Error>()
  useEffect(() => void loadClosed().then(setLoaded, setError), [])
  if (error) throw error
  return loaded.Closed ? <loaded.Closed home={home} /> : <CardSkeletons />
}

/** Nothing is asked of a home, and nothing of it arrives, while it is not open to the person. // pp.5.1 */
function OpenHome({ home }: { readonly home: string }) {
  const { device } = useParams({ strict: false })
  const place = usePlace(home)
  useLiveHome(home)
  return (
    <div className={device === undefined ? '' : 'overflow-x-clip lg:grid lg:grid-cols-[minmax(0,1fr)_25rem]'}>
      <main id="main" tabIndex={-1} className="page-gutter min-w-0 max-w-[76rem] py-6 md:py-8">
        <ConnectionBanner />
        <Suspense fallback={<CardSkeletons />}>
          <Fragment key={home}>
            {place.kind === 'home' && <HomeScreen home={home} />}
            {place.kind === 'rooms' && <RoomsScreen home={home} />}
            {place.kind === 'room' && <RoomScreen home={home} room={place.room} />}
            {place.kind === 'other' && <Outlet />}
          </Fragment>
        </Suspense>
      </main>
      {device !== undefined && (
        <Suspense fallback={null}>
          <DeviceLayer key={`${home} ${device}`} home={home} device={device} />
        </Suspense>
      )}
    </div>
  )
}
