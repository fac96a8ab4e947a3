import { useParams } from '@tanstack/react-router'
import { SceneEditor } from './editor.tsx'
import { SceneList } from './list.tsx'

/** All scenes of a home; or one, to be made or changed. */
export function Screen() {
  const { home, scene } = useParams({ strict: false }) as { home: string; scene?: string }
  return scene === undefined ? (
    <SceneList home={home} />
  ) : (
    <SceneEditor key={scene} home={home} scene={scene === 'new' ? undefined : scene} />
  )
}
