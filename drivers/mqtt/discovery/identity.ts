import { isJson, listField, textField, textList } from '../payload.ts'
import { deviceAbbreviations, expand } from './abbreviations.ts'

export interface DeviceInfo {
  readonly nativeId: string
  readonly name?: string
  readonly manufacturer?: string
  readonly model?: string
  readonly firmware?: string
  /** What of a unique id tells this very device and not what the entity is. */
  readonly marks: readonly string[]
}

/** Who a device is, by its block in a config; without one the entity is a device of its own. */
export function describe(block: unknown, alone: string, ownName: string | undefined): DeviceInfo {
  if (!isJson(block))
    return {
      nativeId: `entity:${alone}`.slice(0, 200),
      marks: [],
      ...(ownName === undefined ? {} : { name: ownName }),
    }
  const device = expand(block, deviceAbbreviations)
  const identifiers = textList(device, 'identifiers', 16).concat(textField(device, 'identifiers', 256) ?? [])
  const connections = listField(device, 'connections')
    .slice(0, 16)
    .flatMap((pair) =>
      Array.isArray(pair) && typeof pair[1] === 'string'
        ? [[String(pair[0]), pair[1].slice(0, 256)] as const]
        : [],
    )
  const address = hardwareAddress(identifiers, connections)
  const short = (key: string): string | undefined => textField(device, key, 512)?.slice(0, 128)
  const told = Object.entries({
    name: short('name'),
    manufacturer: short('manufacturer'),
    model: short('model') ?? short('model_id'),
    firmware: short('sw_version'),
  }).filter(([, value]) => value !== undefined)
  // Of several identifiers the announcer may change the order: the first by the alphabet is always the same.
  const [first] = identifiers.toSorted()
  return {
    nativeId: address ?? `id:${first ?? connections[0]?.[1] ?? alone}`.slice(0, 200),
    marks: [...identifiers, ...(address === undefined ? [] : [address.replace(/^mac:/, '')])],
    ...Object.fromEntries(told),
  }
}

/** The address burnt into a device, written in one way: `0x` and 16 digits for Zigbee, `mac:` and 12 for the rest. */
export function hardwareAddress(
  identifiers: readonly string[],
  connections: readonly (readonly [string, string])[],
): string | undefined {
  for (const text of [...identifiers, ...connections.map(([, value]) => value)]) {
    // A bridge names itself by its coordinator's address: it is the bridge, not that radio.
    const zigbee = /bridge/i.test(text) ? null : /(?:^|[^0-9a-z])(0x[0-9a-f]{16})(?![0-9a-f])/i.exec(text)
    if (zigbee?.[1] !== undefined) return zigbee[1].toLowerCase()
  }
  for (const [kind, value] of connections) {
    const digits = value.toLowerCase().replace(/[:.-]/g, '')
    if (kind === 'zigbee' && /^[0-9a-f]{16}$/.test(digits)) return `0x${digits}`
    if (kind === 'mac' && /^[0-9a-f]{12}$/.test(digits)) return `mac:${digits}`
  }
  for (const text of identifiers)
    if (/^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i.test(text))
      return `mac:${text.toLowerCase().replace(/[:-]/g, '')}`
  return undefined
}

const edges = /^[\s._:-]+|[\s._:-]+$/g
/**
 * What an entity is called inside its device: its unique id without what tells the device, so that the same model has the same names
 * on every device, in both formats of announcement and after every restart.
 */
export function keyOf(uniqueId: string | undefined, objectId: string, marks: readonly string[]): string {
  if (uniqueId === undefined) return plainKey(objectId)
  let rest = uniqueId
  for (const mark of marks.toSorted((a, b) => b.length - a.length)) {
    if (mark.length < 3) continue
    const wanted = mark.toLowerCase()
    for (let at = rest.toLowerCase().indexOf(wanted); at >= 0; at = rest.toLowerCase().indexOf(wanted, at))
      rest = `${rest.slice(0, at)}_${rest.slice(at + mark.length)}`
  }
  const clean = rest.replace(/_{2,}/g, '_').replace(edges, '')
  return plainKey(clean === '' ? objectId.slice(objectId.lastIndexOf('.') + 1) : clean)
}
/** Without control characters, and never a name that an object has by itself. */
export function plainKey(text: string): string {
  const key = text.replace(/\p{Cc}/gu, '').slice(0, 100)
  return key === '' || key === '__proto__' || key === 'constructor' || key === 'prototype'
    ? `entity ${key}`
    : key
}
