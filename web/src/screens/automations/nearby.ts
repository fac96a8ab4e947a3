import type { DeviceKind, DeviceView } from '@eaves/model'
import type { Aim } from './shape.ts'

const having = (devices: readonly DeviceView[], capability: string): readonly DeviceView[] =>
  devices.filter((device) => device.parts.some((part) => capability in part.capabilities))
/** The first device that has it, best in the room of `near`; else whatever has it anywhere. */
export function aimAt(
  devices: readonly DeviceView[],
  capability: string,
  kinds?: readonly DeviceKind[],
  near?: Aim,
): Aim {
  const has = having(devices, capability)
  const right = has.filter(({ kind }) => kinds === undefined || kinds.includes(kind))
  const room = devices.find(({ id }) => id === near?.device)?.room ?? null
  const found = right.find((device) => room !== null && device.room === room) ?? right[0] ?? has[0]
  if (found !== undefined) return { device: found.id }
  return { everywhere: true, ...(kinds?.[0] === undefined ? {} : { of: kinds[0] }) }
}

/** Whatever measures how warm it is, best in a room that can be heated: else another one would become warm. */
export function heatedAim(devices: readonly DeviceView[]): Aim {
  const heated = new Set(having(devices, 'thermostat').map(({ room }) => room))
  const inside = devices.filter(({ room }) => room !== null && heated.has(room))
  return aimAt(having(inside, 'temperature').length > 0 ? inside : devices, 'temperature')
}
