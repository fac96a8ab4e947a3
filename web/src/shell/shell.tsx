import { Navigate, Outlet, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { useCurrentHome, useHomes } from '../data/homes.ts'
import { hasPoints, onPoints } from '../data/phone/shelf.ts'
import { useProofAsked } from '../data/step-up.ts'
import { paths } from '../paths.ts'
import { later } from './later.ts'
import { Nav } from './nav.tsx'
import { useFailureToasts } from './failures.ts'
import { Proofs } from './proofs.tsx'
import { search, useSearching } from './searching.ts'
import { useShortcuts } from './shortcuts.ts'
import { UpdatePrompt } from './update-prompt.tsx'

const StepUp = lazy(() =>
  later(() => import('../screens/step-up/layer.tsx')).then((module) => ({ default: module.StepUp })),
)
const PolicyNotice = lazy(() =>
  later(() => import('./policy-notice.tsx')).then((module) => ({ default: module.PolicyNotice })),
)
const SearchPanel = lazy(() =>
  later(() => import('../screens/search/panel.tsx')).then((module) => ({ default: module.SearchPanel })),
)

/** Where somebody has their phone tell whether it is at home, and nowhere else, it begins once the page stands. */
function usePhone(): void {
  useEffect(() => {
    let end: (() => void) | undefined
    let isOver = false
    const begin = async () => {
      if (end !== undefined || !(await hasPoints())) return
      const { startPhone } = await import('../data/phone/here.ts')
      if (!isOver) end ??= startPhone()
    }
    const wake = () => void begin().catch(() => undefined)
    const unlisten = onPoints(wake)
    wake()
    return () => {
      isOver = true
      unlisten()
      end?.()
    }
  }, [])
}

/** The frame around every screen of a signed-in person. */
export function Shell() {
  const { home: fromPath } = useParams({ strict: false })
  const homes = useHomes().data
  const last = useCurrentHome()
  const current = homes?.find(({ id }) => id === fromPath) ?? last
  const home = fromPath ?? current?.id
  useFailureToasts(home)
  useShortcuts(home)
  usePhone()
  const proofAsked = useProofAsked()
  const searching = useSearching()
  // A wall panel has no page but its own.
  if (current?.role === 'kiosk') return <Navigate to={paths.wall} replace />
  return (
    <div className="pb-20 md:grid md:grid-cols-[5rem_minmax(0,1fr)] md:pb-0 xl:grid-cols-[14rem_minmax(0,1fr)]">
      <UpdatePrompt />
      <Nav home={home} current={current} />
      <Outlet />
      {proofAsked && (
        <Suspense fallback={null}>
          <StepUp />
        </Suspense>
      )}
      {searching && (
        <Suspense fallback={null}>
          <SearchPanel onClose={search.close} />
        </Suspense>
      )}
      <Suspense fallback={null}>
        <PolicyNotice />
      </Suspense>
      <Proofs home={home} />
    </div>
  )
}
