import { Navigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useCurrentHome, useHomes } from '../../data/homes.ts'
import { isProblem } from '../../data/api.ts'
import { lastHome } from '../../data/last-home.ts'
import { hasScreen } from '../../screens.ts'
import { paths } from '../../paths.ts'
import { loadFrame } from '../../shell/frame.ts'
import { Mark } from '../../shell/mark.tsx'
import { NotFound } from '../../shell/not-found.tsx'
import { QueryError } from '../../shell/query-error.tsx'

/** Where the app begins: the home opened last, else the first, else making one. */
export function Screen() {
  const homes = useHomes()
  const home = useCurrentHome()
  // Who was here before goes on into a home: its part of the app comes while the server is asked.
  useEffect(() => {
    if (lastHome() !== null) loadFrame().catch(() => undefined)
  }, [])
  if (homes.data) {
    if (home?.role === 'kiosk') return <Navigate to={paths.wall} replace />
    if (home) return <Navigate to={paths.home(home.id)} replace />
    return hasScreen('create-home') ? <Navigate to={paths.createHome} replace /> : <NotFound />
  }
  // The doors (sign-in, gate, claim) take over by themselves.
  if (
    homes.error &&
    !isProblem(homes.error, 'auth.required', 'policy.agreement-required', 'server.unclaimed')
  )
    return (
      <main id="main">
        <QueryError level={1} error={homes.error} retry={homes.refetch} />
      </main>
    )
  return (
    <main id="main" className="flex min-h-dvh items-center justify-center">
      <Mark size={64} />
    </main>
  )
}
