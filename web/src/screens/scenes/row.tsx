import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { useScenes } from '../../data/scenes.ts'
import { paths } from '../../paths.ts'
import { Icon } from '../../ui/icon.tsx'
import { SceneTiles } from './tiles.tsx'

const mostOnHome = 8

/** The scenes of a room, or on Home those of the whole home and then the others; absent when there are none. */
export function SceneRow({
  home,
  room,
  devices,
}: {
  readonly home: string
  readonly room?: string
  readonly devices: readonly DeviceView[]
}) {
  const all = useScenes(home).data ?? []
  const scenes =
    room === undefined
      ? all.toSorted((a, b) => Number(a.room !== null) - Number(b.room !== null)).slice(0, mostOnHome)
      : all.filter((scene) => scene.room === room)
  if (scenes.length === 0) return null
  return (
    <section aria-labelledby="scenes" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 id="scenes" className={room === undefined ? 'text-section' : 'text-group text-muted'}>
        {room === undefined ? (
          <Link
            to={paths.scenes(home)}
            className="-mx-2 inline-flex min-h-11 items-center gap-1 rounded-control px-2"
          >
            <Trans>Scenes</Trans>
            <Icon of={ChevronRight} className="shrink-0 text-muted rtl:-scale-x-100" />
          </Link>
        ) : (
          <Trans>Scenes</Trans>
        )}
      </h2>
      <SceneTiles home={home} scenes={scenes} devices={devices} />
    </section>
  )
}
