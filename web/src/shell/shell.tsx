import { Outlet, useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { lastHome, useHomes } from '../data/homes.ts'
import { useProofAsked } from '../data/step-up.ts'
import { later } from './later.ts'
import { Nav } from './nav.tsx'
import { useFailureToasts } from './failures.ts'
import { useShortcuts } from './shortcuts.ts'

const StepUp = lazy(() =>
  later(() => import('../screens/step-up/layer.tsx')).then((module) => ({ default: module.StepUp })),
)

/** The frame around every screen of a signed-in person. */
export function Shell() {
  const { home: fromPath } = useParams({ strict: false })
  const homes = useHomes().data
  const current = homes?.find((home) => home.id === (fromPath ?? lastHome())) ?? homes?.[0]
  const home = fromPath ?? current?.id
  useFailureToasts(home)
  useShortcuts(home)
  const proofAsked = useProofAsked()
  return (
    <div className="pb-20 md:grid md:grid-cols-[5rem_minmax(0,1fr)] md:pb-0 xl:grid-cols-[14rem_minmax(0,1fr)]">
      <Nav home={home} homeName={current?.name} />
      <Outlet />
      {proofAsked && (
        <Suspense fallback={null}>
          <StepUp />
        </Suspense>
      )}
    </div>
  )
}
