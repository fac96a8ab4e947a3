import type { DeviceShape, PartShape } from '@eaves/driver-kit'
import { put, type Outgoing, type Target } from '../draft.ts'
import { clamp, field, isJson, toNumber, type Json } from '../payload.ts'
import type { MappedDevice } from './map.ts'
import type { Reader } from './places.ts'

const attributes = ['state', 'progressPercent', 'installed', 'available'] as const
const states: Readonly<Record<string, string>> = {
  idle: 'current',
  available: 'available',
  scheduled: 'scheduled',
  updating: 'updating',
}
/** The commands by the end of their topic. */
const requests: Readonly<Record<string, string>> = { check: 'check', install: 'update' }

/** Adds a device's firmware to what its exposes gave; Zigbee2MQTT tells it beside them. */
export function withFirmware(mapped: MappedDevice): MappedDevice {
  const { shape } = mapped
  const part = shape.parts.find((one) => one.id === 'main') ?? shape.parts[0]
  if (part === undefined || shape.parts.some((one) => one.capabilities.firmware !== undefined)) return mapped
  const targets = Object.fromEntries(attributes.map((name) => [name, targetOf(part.id, name)])) as Record<
    (typeof attributes)[number],
    Target
  >
  return {
    ...mapped,
    shape: { ...shape, parts: partsWith(shape, part) },
    targets: [...mapped.targets, ...Object.values(targets)],
    readers: [...mapped.readers, firmwareReader(targets)],
  }
}
function partsWith(shape: DeviceShape, part: PartShape): readonly PartShape[] {
  const firmware = { attributes: [...attributes], commands: Object.keys(requests) }
  return shape.parts.map((one) =>
    one === part ? { ...one, capabilities: { ...one.capabilities, firmware } } : one,
  )
}
const targetOf = (part: string, attribute: string): Target => ({
  part,
  capability: 'firmware',
  attribute,
  slot: undefined,
  handle: undefined,
})

function firmwareReader(targets: Record<(typeof attributes)[number], Target>): Reader {
  return (message) => {
    const { update } = message
    if (!isJson(update)) {
      // Before there was an object there was a flag; beside the object it says nothing more.
      const flag = message.update_available
      if (update === undefined && typeof flag === 'boolean')
        put(targets.state, flag ? 'available' : 'current')
      return
    }
    const state = field(update, 'state')
    if (typeof state !== 'string' || !Object.hasOwn(states, state)) return
    put(targets.state, states[state])
    const progress = toNumber(field(update, 'progress'))
    if (state !== 'updating') forget(targets.progressPercent)
    else if (progress !== undefined) put(targets.progressPercent, Math.round(clamp(progress, 0, 100)))
    put(targets.installed, versionOf(update, 'installed_version'))
    put(targets.available, versionOf(update, 'latest_version'))
  }
}
function forget({ handle, slot }: Target): void {
  if (slot !== undefined) handle?.forget(slot)
}
/** Versions are numbers of the firmware file; some say -1 for unknown. */
function versionOf(update: Json, key: string): string | undefined {
  const version = field(update, key)
  if (typeof version === 'number')
    return Number.isFinite(version) && version >= 0 ? String(version) : undefined
  return typeof version === 'string' && version !== '' ? version.slice(0, 128) : undefined
}

/** What is sent for a command of the firmware; undefined for a command it does not have. */
export function firmwareRequest(base: string, address: string, command: string): Outgoing | undefined {
  if (!Object.hasOwn(requests, command)) return undefined
  return {
    topic: `${base}/bridge/request/device/ota_update/${requests[command]}`,
    payload: JSON.stringify({ id: address }),
    qos: 0,
    retain: false,
  }
}
