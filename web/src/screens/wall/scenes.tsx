import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import { useRights } from '../../data/rights.ts'
import { useScenes } from '../../data/scenes.ts'
import { SceneTiles } from '../scenes/tiles.tsx'
import { movesWhole } from '../scenes/whole.ts'

/** Nobody reloads a wall: what is made on a phone is there soon. */
const everyMs = 60_000

/** The scenes of which this panel may move every device. */
export function WallScenes({
  home,
  devices,
}: {
  readonly home: string
  readonly devices: readonly DeviceView[]
}) {
  const all = useScenes(home, everyMs).data ?? []
  const rightsOf = useRights(home)
  const scenes = all.filter((scene) => movesWhole(scene, devices, rightsOf))
  if (scenes.length === 0) return null
  return (
    <section aria-labelledby="wall-scenes" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 id="wall-scenes" className="text-group text-muted">
        <Trans>Scenes</Trans>
      </h2>
      <SceneTiles home={home} scenes={scenes} devices={devices} />
    </section>
  )
}
