import { Outlet, useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useCurrentHome, useHomes } from '../data/homes.ts'
import { loadLaterWords } from '../words/locale.ts'
import { Nav } from './nav.tsx'
import { useFailureToasts } from './failures.ts'
import { search, useSearching } from './searching.ts'
import { useShortcuts } from './shortcuts.ts'

const SearchPanel = lazy(async () => {
  const [{ SearchPanel: panel }] = await Promise.all([
    import('../screens/search/panel.tsx'),
    loadLaterWords(),
  ])
  return { default: panel }
})

/** The frame around every screen of a signed-in person. */
export function Shell() {
  const { home: fromPath } = useParams({ strict: false })
  const homes = useHomes().data
  const last = useCurrentHome()
  const current = homes?.find(({ id }) => id === fromPath) ?? last
  const home = fromPath ?? current?.id
  useFailureToasts(home)
  useShortcuts(home)
  return (
    <div className="pb-20 md:grid md:grid-cols-[5rem_minmax(0,1fr)] md:pb-0 xl:grid-cols-[14rem_minmax(0,1fr)]">
      <Nav home={home} current={current} />
      <Outlet />
      {useSearching() && (
        <Suspense fallback={null}>
          <SearchPanel onClose={search.close} />
        </Suspense>
      )}
    </div>
  )
}
