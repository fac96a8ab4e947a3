import { Navigate, Outlet, useParams } from '@tanstack/react-router'
import { lastHome, useHomes } from '../data/homes.ts'
import { Nav } from './nav.tsx'
import { useFailureToasts } from './failures.ts'
import { paths } from '../paths.ts'
import { Proofs } from './proofs.tsx'
import { useShortcuts } from './shortcuts.ts'

/** The frame around every screen of a signed-in person. */
export function Shell() {
  const { home: fromPath } = useParams({ strict: false })
  const homes = useHomes().data
  const current = homes?.find((home) => home.id === (fromPath ?? lastHome())) ?? homes?.[0]
  const home = fromPath ?? current?.id
  useFailureToasts(home)
  useShortcuts(home)
  // A wall panel has no page but its own.
  if (current?.role === 'kiosk') return <Navigate to={paths.wall} replace />
  return (
    <div className="pb-20 md:grid md:grid-cols-[5rem_minmax(0,1fr)] md:pb-0 xl:grid-cols-[14rem_minmax(0,1fr)]">
      <Nav home={home} homeName={current?.name} />
      <Outlet />
      <Proofs home={home} />
    </div>
  )
}
