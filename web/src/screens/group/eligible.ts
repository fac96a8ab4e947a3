import type { DeviceView } from '@eaves/model'

/** What can be asked of several devices at once; the server knows the same list. */
const together: readonly string[] = [
  'onOff',
  'level',
  'color',
  'effect',
  'cover',
  'garageDoor',
  'lock',
  'thermostat',
  'fan',
  'swing',
  'humidifier',
  'preset',
  'valve',
  'siren',
]
/** What a group can drive: something one can switch or move, and no group itself. */
export const canJoin = (device: DeviceView): boolean =>
  device.kind !== 'group' &&
  device.parts.some((part) => together.some((capability) => capability in part.capabilities))
