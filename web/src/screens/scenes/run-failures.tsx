import type { DeviceView } from '@eaves/model'
import type { SceneView } from '@eaves/model/api'
import { lazy, Suspense } from 'react'
import type { SceneRunWish } from '../../data/scenes.ts'
import type { Failures } from './use-run.ts'

const FailureDialog = lazy(() => import('./dialogs.ts').then((module) => ({ default: module.FailureDialog })))

/** What did not follow; its dialogue is fetched when there is something to say. */
export function RunFailures({
  failures,
  devices,
  run,
  onClose,
}: {
  readonly failures: Failures
  readonly devices: readonly DeviceView[]
  readonly run: (scene: SceneView, wish: SceneRunWish) => Promise<void>
  readonly onClose: () => void
}) {
  return (
    <Suspense fallback={null}>
      <FailureDialog
        failures={failures}
        devices={devices}
        onRetry={(wish) => void run(failures.scene, wish)}
        onClose={onClose}
      />
    </Suspense>
  )
}
