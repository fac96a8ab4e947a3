import type { DeviceView } from '@eaves/model'
import type { SceneView } from '@eaves/model/api'
import { useConnection } from '../../data/connection.ts'
import { FailureNote } from './failures.tsx'
import { SceneTile } from './tile.tsx'
import { useSceneRun } from './use-run.ts'

/** Scenes to be run with one touch, and above them what did not follow the last one. */
export function SceneTiles({
  home,
  scenes,
  devices,
}: {
  readonly home: string
  readonly scenes: readonly SceneView[]
  readonly devices: readonly DeviceView[]
}) {
  const { live } = useConnection()
  const { run, busy, failures, dismiss } = useSceneRun(home)
  return (
    <>
      {failures && (
        <FailureNote
          failures={failures}
          devices={devices}
          onRetry={(wish) => void run(failures.scene, wish)}
          onClose={dismiss}
        />
      )}
      <ul className="card-grid">
        {scenes.map((scene) => (
          <li key={scene.id} className="grid">
            <SceneTile
              scene={scene}
              devices={devices}
              busy={busy === scene.id}
              disabled={!live}
              onRun={() => void run(scene)}
            />
          </li>
        ))}
      </ul>
    </>
  )
}
