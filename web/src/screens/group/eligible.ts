import { groupCapabilities, type DeviceView } from '@eaves/model'

/** What a group can drive: something one can switch or move, and no group itself. */
export const canJoin = (device: DeviceView): boolean =>
  device.kind !== 'group' &&
  device.parts.some((part) => groupCapabilities.some((capability) => capability in part.capabilities))
