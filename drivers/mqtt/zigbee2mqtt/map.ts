import type { DeviceKind, PartShape } from '@eaves/driver-kit'
import { ShapeDraft, type Mapped } from '../draft.ts'
import { mapClimate, mapCover, mapFan, mapLock } from './actuators.ts'
import type { Expose } from './exposes.ts'
import { mapLight, mapOnOff } from './light.ts'
import { mapGeneric, type Facts, type Watcher } from './map-generic.ts'
import { mapVendor } from './map-vendor.ts'
import type { EventPlace, Mapping, Payload, Reader } from './places.ts'

/** What `bridge/devices` says of one device, checked. */
export interface Described {
  readonly ieee: string
  readonly name: string
  readonly sleepy: boolean
  readonly manufacturer?: string
  readonly model?: string
  readonly firmware?: string
  readonly description: string
  readonly supported: boolean
  readonly exposes: readonly Expose[]
}
export interface MappedDevice extends Mapped<Payload> {
  readonly readers: readonly Reader[]
  readonly actions: ReadonlyMap<string, EventPlace>
  readonly actionEndpoint: string | undefined
  readonly askable: readonly string[]
  /** Properties that are never read, for they hold secrets. */
  readonly withheld: ReadonlySet<string>
}

const groups = new Set(['light', 'switch', 'cover', 'lock', 'climate', 'fan'])

export function mapDevice(device: Described, watcher?: Watcher): MappedDevice {
  const map: Mapping = {
    draft: new ShapeDraft(),
    readers: [],
    writers: new Map(),
    actions: new Map(),
    askable: [],
    withheld: new Set(),
  }
  const facts = factsOf(device)
  const grouped = device.exposes.filter((expose) => groups.has(expose.type))
  // What a device is for goes first, so that no place is taken by a setting that merely looks alike.
  for (const expose of grouped) mapGroup(map, facts, expose, watcher)
  for (const expose of device.exposes) if (!groups.has(expose.type)) mapGeneric(map, facts, expose, watcher)
  return {
    shape: {
      nativeId: device.ieee,
      name: device.name,
      kind: kindOf(map, facts, grouped, device.description),
      confirmable: true,
      parts: sharedParts(device.exposes, facts, map),
      ...(device.sleepy ? { sleepy: true } : {}),
      ...(device.manufacturer === undefined ? {} : { manufacturer: device.manufacturer }),
      ...(device.model === undefined ? {} : { model: device.model }),
      ...(device.firmware === undefined ? {} : { firmware: device.firmware }),
      ...(device.supported
        ? {}
        : { problems: ['Zigbee2MQTT does not know this model, so none of its functions can be used.'] }),
    },
    targets: map.draft.targets,
    writers: map.writers,
    readers: map.readers,
    actions: map.actions,
    actionEndpoint: device.exposes.find((expose) => expose.name === 'action')?.endpoint,
    askable: map.askable,
    withheld: map.withheld,
  }
}

function factsOf({ exposes, description }: Described): Facts {
  const has = (type: string): boolean => exposes.some((expose) => expose.type === type)
  const named = (name: RegExp): boolean => exposes.some((expose) => name.test(expose.name))
  return {
    // What measures power hangs on the mains, though its clock may have a cell.
    battery: named(/^battery(_low)?$/) && !named(/^(power|current|energy)$/),
    climate: has('climate'),
    light: has('light'),
    cover: has('cover'),
    valve: /\bvalve\b/i.test(description) && !/thermostat|radiator/i.test(description) && !has('climate'),
    garage: /\b(garage|gate)\b/i.test(description),
    contact: exposes.find((expose) => expose.name === 'garage_door_contact')?.property,
  }
}

/** Parts of devices of one model are the same object: thousands of them cost the memory of one. Exposes read once are the key. */
const partsOf = new WeakMap<readonly Expose[], Map<string, readonly PartShape[]>>()
function sharedParts(exposes: readonly Expose[], facts: Facts, map: Mapping): readonly PartShape[] {
  const made = partsOf.get(exposes) ?? new Map<string, readonly PartShape[]>()
  partsOf.set(exposes, made)
  // All else that rows ask of a device follows from its exposes; these two are read from the description.
  const key = `${facts.garage} ${facts.valve}`
  const held = made.get(key) ?? map.draft.parts()
  made.set(key, held)
  return held
}

const dangers = ['smoke', 'carbonMonoxide', 'gasAlarm', 'waterLeak'] as const
function kindOf(map: Mapping, facts: Facts, grouped: readonly Expose[], description: string): DeviceKind {
  if (grouped.some((expose) => expose.type === 'light')) return 'light'
  const kind = map.draft.kind()
  // What detects a danger is an alarm, though it can be told to sound.
  if (kind === 'siren' && dangers.some((capability) => map.draft.has('main', capability))) return 'alarm'
  if (kind === 'switch' && facts.valve) return 'valve'
  return kind === 'switch' && /\b(plug|outlet|socket)\b/i.test(description) ? 'plug' : kind
}

function mapGroup(map: Mapping, facts: Facts, group: Expose, watcher: Watcher | undefined): void {
  for (const raw of group.features) {
    const feature: Expose =
      group.endpoint !== undefined && raw.endpoint === undefined ? { ...raw, endpoint: group.endpoint } : raw
    if (isSetting(group, feature)) {
      const label = group.label === group.name ? feature.property : group.label
      mapGeneric(map, facts, { ...feature, name: feature.property, label }, watcher)
      continue
    }
    const found = mapFeature(map, facts, group, feature) || mapBeside(map, facts, group, feature)
    if (found === 'partly') mapVendor(map, feature.endpoint ?? 'main', feature)
    else if (!found) mapGeneric(map, facts, feature, watcher)
  }
}
/** What is no power though it is told on and off: all lamps off must not set a meter to zero. */
const otherUse = /\b(zero|mute)\b/i
export const isPower = ({ description }: Expose): boolean => !otherUse.test(description ?? '')
/** A switch or lock over another property than `state` is a setting of the device, a child lock for one: it is no lock of a door. */
const isSetting = (group: Expose, feature: Expose): boolean =>
  (group.type === 'switch' || group.type === 'lock') &&
  feature.name === 'state' &&
  (!/^state(_|$)/.test(feature.property) || !isPower(feature))

/** The switch of a lamp in a fan, or of a fan on a lamp, where the other took the place: a part of its own. */
function mapBeside(map: Mapping, facts: Facts, group: Expose, feature: Expose): Found {
  if (feature.name !== 'state' || (group.type !== 'light' && group.type !== 'fan')) return false
  const endpoint = feature.endpoint === undefined ? group.type : `${feature.endpoint}_${group.type}`
  return mapFeature(map, facts, group, { ...feature, endpoint })
}

/** How far a feature of a group found its place; what is covered in part keeps an attribute of the maker's for the rest. */
export type Found = boolean | 'partly'
function mapFeature(map: Mapping, facts: Facts, group: Expose, feature: Expose): Found {
  const part = feature.endpoint ?? 'main'
  switch (group.type) {
    case 'light':
      return mapLight(map, part, feature)
    case 'switch':
      return feature.name === 'state' && mapOnOff(map, part, feature)
    case 'cover':
      return mapCover(map, part, feature, group.features, facts.garage)
    case 'lock':
      return mapLock(map, part, feature)
    case 'climate':
      return mapClimate(map, part, feature)
    case 'fan':
      return mapFan(map, part, feature)
    default:
      return false
  }
}
