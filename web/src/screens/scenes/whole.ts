import type { DeviceView } from '@eaves/model'
import type { SceneView } from '@eaves/model/api'
import type { Rights } from '../../devices/rights.ts'

/** Whether whoever has these rights sees all of a scene and may move everything of it. The server decides again at each run. // pp.5.1 */
export const movesWhole = (
  { partial, settings }: Pick<SceneView, 'partial' | 'settings'>,
  devices: readonly DeviceView[],
  rightsOf: (device: DeviceView) => Pick<Rights, 'commands'>,
): boolean =>
  partial !== true &&
  settings.length > 0 &&
  settings.every(({ device: id, capability }) => {
    const device = devices.find((each) => each.id === id)
    return device !== undefined && rightsOf(device).commands(capability)
  })
