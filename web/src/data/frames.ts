import type { DeviceView, LiveMessage, PartView, VendorValue } from '@eaves/model'

/** Reads one message of the live socket; undefined for anything this app does not know. */
export function readMessage(text: string): LiveMessage | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || !('type' in value)) return undefined
  const known = ['ready', 'snapshot', 'change', 'device', 'event', 'command', 'resync', 'ended', 'error']
  return typeof value.type === 'string' && known.includes(value.type) ? (value as LiveMessage) : undefined
}

function merge<V>(
  before: Readonly<Record<string, V>>,
  values: Readonly<Record<string, VendorValue>>,
): Readonly<Record<string, V>> {
  const next: Record<string, V> = { ...before }
  for (const [name, value] of Object.entries(values)) {
    if (value === null) delete next[name]
    else next[name] = value as V
  }
  return next
}

/**
 * Values with newer ones laid over them. A light shows a white or a colour, and reports the one it shows, so each takes the other's place.
 */
export function mergeValues<V>(
  capability: string,
  before: Readonly<Record<string, V>>,
  values: Readonly<Record<string, VendorValue>>,
): Readonly<Record<string, V>> {
  const next = { ...merge(before, values) }
  if (capability !== 'color') return next
  const given = (name: string): boolean => values[name] !== undefined && values[name] !== null
  if (given('kelvin') && !given('hue')) {
    delete next.hue
    delete next.saturation
  } else if (given('hue') && !given('kelvin')) delete next.kelvin
  return next
}

function mergePart(
  part: PartView,
  capability: string,
  values: Readonly<Record<string, VendorValue>>,
): PartView {
  if (capability === 'vendor') return { ...part, vendor: merge(part.vendor, values) }
  return {
    ...part,
    capabilities: {
      ...part.capabilities,
      [capability]: mergeValues(capability, part.capabilities[capability] ?? {}, values),
    },
  }
}

type Change = Extract<LiveMessage, { type: 'change' }>
/** The last change of each device that an automation or a scene asked for, or the next one of the same; in this page's memory alone. */
export const byRun = new Map<string, Change>()
/** The list with one report applied; the same list when the device is not in it. */
export function applyChange(devices: readonly DeviceView[], change: Change): readonly DeviceView[] {
  if (!devices.some((device) => device.id === change.device)) return devices
  const { cause } = change
  const isRun = cause.kind === 'automation' || (cause.kind === 'command' && cause.scene !== undefined)
  if (isRun || byRun.get(change.device)?.capability === change.capability) byRun.set(change.device, change)
  return devices.map((device) => {
    if (device.id !== change.device) return device
    const heard = change.cause.kind === 'device' ? { lastSeen: change.at, stale: false } : {}
    return {
      ...device,
      ...heard,
      parts: device.parts.map((part) =>
        part.id === change.part ? mergePart(part, change.capability, change.values) : part,
      ),
    }
  })
}

/** The list with one device put in, replaced or, when null, taken out. */
export function applyDevice(
  devices: readonly DeviceView[],
  id: string,
  device: DeviceView | null,
): readonly DeviceView[] {
  const others = devices.filter((other) => other.id !== id)
  if (device === null) return others
  const index = devices.findIndex((other) => other.id === id)
  return index < 0 ? [...devices, device] : devices.map((other) => (other.id === id ? device : other))
}
