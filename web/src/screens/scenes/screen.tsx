import { useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { SceneList } from './list.tsx'

export { SceneRow } from './row.tsx'

// Home and the rooms fetch this file for its row, so what is heavy comes when it is opened.
const SceneEditor = lazy(() => import('./editor.tsx').then((module) => ({ default: module.SceneEditor })))

/** All scenes of a home; or one, to be made or changed. */
export function Screen() {
  const { home, scene } = useParams({ strict: false }) as { home: string; scene?: string }
  return scene === undefined ? (
    <SceneList home={home} />
  ) : (
    <Suspense fallback={<BlockSkeleton />}>
      <SceneEditor key={scene} home={home} scene={scene === 'new' ? undefined : scene} />
    </Suspense>
  )
}
