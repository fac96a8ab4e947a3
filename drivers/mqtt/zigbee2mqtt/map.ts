import type { DeviceKind, VendorAttribute, VendorValue } from '@eaves/driver-kit'
import { ShapeDraft, writerKey, type Mapped } from '../draft.ts'
import { plain, toNumber } from '../payload.ts'
import { scaleOf, spellUnit } from '../units.ts'
import { placeAction } from './actions.ts'
import { mapClimate, mapCover, mapFan, mapFanMode, mapLock, mapMotion, mapSpeed } from './actuators.ts'
import type { Expose } from './exposes.ts'
import { mapLight, mapOnOff } from './light.ts'
import {
  reader,
  readInto,
  write,
  type EventPlace,
  type Mapping,
  type Payload,
  type Reader,
} from './places.ts'
import { flagReader, rules, scaledReader, type Rule } from './rules.ts'

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
}

const groups = new Set(['light', 'switch', 'cover', 'lock', 'climate', 'fan'])

export function mapDevice(device: Described): MappedDevice {
  const map: Mapping = {
    draft: new ShapeDraft(),
    readers: [],
    writers: new Map(),
    actions: new Map(),
    askable: [],
  }
  const garage = /\b(garage|gate)\b/i.test(device.description)
  const batteryDevice = device.exposes.some(
    (expose) => expose.name === 'battery' || expose.name === 'battery_low',
  )
  const grouped = device.exposes.filter((expose) => groups.has(expose.type))
  for (const expose of grouped) mapGroup(map, expose, batteryDevice, garage)
  const action = device.exposes.find((expose) => expose.name === 'action')
  // Exposes for which a capability exists go first, so that none is taken by an attribute that merely looks alike.
  for (const expose of device.exposes)
    if (!groups.has(expose.type)) mapGeneric(map, expose, batteryDevice, garage)
  return {
    shape: {
      nativeId: device.ieee,
      name: device.name,
      kind: kindOf(map, grouped, device.description),
      confirmable: true,
      parts: map.draft.parts(),
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
    actionEndpoint: action?.endpoint,
    askable: map.askable,
  }
}

function kindOf(map: Mapping, grouped: readonly Expose[], description: string): DeviceKind {
  if (grouped.some((expose) => expose.type === 'light')) return 'light'
  const kind = map.draft.kind()
  return kind === 'switch' && /\b(plug|outlet|socket)\b/i.test(description) ? 'plug' : kind
}

function mapGroup(map: Mapping, group: Expose, batteryDevice: boolean, garage: boolean): void {
  for (const raw of group.features) {
    const feature: Expose =
      group.endpoint !== undefined && raw.endpoint === undefined ? { ...raw, endpoint: group.endpoint } : raw
    const part = feature.endpoint ?? 'main'
    if (isSetting(group, feature)) {
      const label = group.label === group.name ? feature.property : group.label
      mapGeneric(map, { ...feature, name: feature.property, label }, batteryDevice, garage)
    } else if (!mapFeature(map, group, part, feature, garage)) vendor(map, feature)
  }
}
/** A switch or lock over another property than `state` is a setting of the device, a child lock for one: it is no lock of a door. */
const isSetting = (group: Expose, feature: Expose): boolean =>
  (group.type === 'switch' || group.type === 'lock') &&
  feature.name === 'state' &&
  !/^state(_|$)/.test(feature.property)
function mapFeature(map: Mapping, group: Expose, part: string, feature: Expose, garage: boolean): boolean {
  switch (group.type) {
    case 'light':
      return mapLight(map, part, feature)
    case 'switch':
      return feature.name === 'state' && mapOnOff(map, part, feature)
    case 'cover':
      return mapCover(map, part, feature, group.features, garage)
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

function mapGeneric(map: Mapping, expose: Expose, batteryDevice: boolean, garage: boolean): void {
  const part = expose.endpoint ?? 'main'
  if (expose.name === 'action') return mapActions(map, expose)
  if (expose.property === '') {
    for (const feature of expose.features) mapGeneric(map, feature, batteryDevice, garage)
    return
  }
  if (expose.name === 'identify' && expose.settable && expose.type === 'enum') {
    const word = expose.values[0] ?? 'identify'
    return write(map, part, 'identify', 'identify', () => ({ [expose.property]: word }))
  }
  const cover = garage ? 'garageDoor' : 'cover'
  if (
    (expose.name === 'moving' || expose.name === 'motor_state') &&
    expose.type === 'enum' &&
    map.draft.has(part, cover) &&
    mapMotion(map, part, expose, cover)
  )
    return
  if (expose.name === 'fan_mode' && expose.type === 'enum' && mapFanMode(map, part, expose)) return
  if (expose.name === 'fan_speed' && expose.type === 'numeric' && mapSpeed(map, part, expose)) return
  for (const rule of rules)
    if (fits(rule, map, part, expose, batteryDevice) && applyRule(map, rule.part ?? part, rule, expose))
      return
  vendor(map, expose)
}

function fits(rule: Rule, map: Mapping, part: string, expose: Expose, batteryDevice: boolean): boolean {
  const { type, name, unit, on } = rule.match
  if (type !== expose.type || !(typeof name === 'string' ? name === expose.name : name.test(expose.name)))
    return false
  if (on === 'batteryDevices' && !batteryDevice) return false
  if (on === 'onOffParts' && !map.draft.has(part, 'onOff')) return false
  return unit === undefined || scaleOf(expose.unit)?.unit === unit
}

function applyRule(map: Mapping, part: string, rule: Rule, expose: Expose): boolean {
  const [capability, attribute] = rule.to
  const { convert } = rule
  const { property } = expose
  if (convert === 'flag' || convert === 'not') {
    const flag = flagReader(expose.on, expose.off)
    const turned = (value: unknown): boolean | undefined => {
      const is = flag(value)
      return is === undefined ? undefined : !is
    }
    if (!readInto(map, part, capability, attribute, property, convert === 'flag' ? flag : turned))
      return false
    writeRule(
      map,
      part,
      rule,
      expose,
      (value) => (value === true ? (expose.on ?? true) : (expose.off ?? false)) as VendorValue,
    )
    return true
  }
  if ('words' in convert) return applyWords(map, part, rule, expose, convert.words)
  if ('number' in convert) return readInto(map, part, capability, attribute, property, toNumber)
  const scale = scaleOf(expose.unit ?? rule.assume)
  return (
    scale?.unit === convert.unit &&
    readInto(map, part, capability, attribute, property, scaledReader(scale.toOurs))
  )
}

function applyWords(
  map: Mapping,
  part: string,
  rule: Rule,
  expose: Expose,
  table: Readonly<Record<string, unknown>>,
): boolean {
  if (!expose.values.every((value) => Object.hasOwn(table, value))) return false
  const theirs = new Map(expose.values.map((value) => [table[value] as VendorValue, value]))
  const read = (value: unknown): VendorValue | undefined =>
    typeof value === 'string' && Object.hasOwn(table, value) ? (table[value] as VendorValue) : undefined
  if (
    !readInto(map, part, rule.to[0], rule.to[1], expose.property, read, {
      values: [...theirs.keys()] as string[],
    })
  )
    return false
  writeRule(map, part, rule, expose, (value) => theirs.get(value) ?? null)
  return true
}
function writeRule(
  map: Mapping,
  part: string,
  rule: Rule,
  expose: Expose,
  toTheirs: (value: VendorValue) => VendorValue,
): void {
  const { write: how } = rule
  if (how !== undefined && expose.settable)
    write(map, part, rule.to[0], how.command, (args) => ({
      [expose.property]: toTheirs(args[how.arg] ?? null),
    }))
}

function mapActions(map: Mapping, expose: Expose): void {
  for (const raw of expose.values) {
    const place = placeAction(raw, expose.endpoint)
    map.actions.set(raw, place)
    map.draft.event(place.part, place.capability, place.event)
  }
  // Some remotes name no values in advance: what they send later is placed then, on the one part that is certain.
  if (expose.values.length === 0) map.draft.event(expose.endpoint ?? 'main', 'button', 'other')
}

const types = {
  numeric: 'number',
  binary: 'boolean',
  enum: 'enum',
  text: 'text',
  list: 'list',
  composite: 'composite',
} as const

/** What no capability covers: typed, with its unit and limits, never dropped. */
function vendor(map: Mapping, expose: Expose): void {
  if (expose.property === '' || !Object.hasOwn(types, expose.type)) return
  const type = types[expose.type as keyof typeof types]
  const unit = spellUnit(expose.unit)
  const attribute: VendorAttribute = {
    type,
    name: expose.label,
    readable: expose.published || expose.gettable,
    writable: expose.settable,
    category: expose.category,
    ...(expose.description === undefined ? {} : { description: expose.description }),
    ...(unit === undefined ? {} : { unit }),
    ...(expose.min === undefined ? {} : { min: expose.min }),
    ...(expose.max === undefined ? {} : { max: expose.max }),
    ...(expose.step === undefined ? {} : { step: expose.step }),
    ...(type === 'enum' ? { values: expose.values } : {}),
  }
  const part = expose.endpoint ?? 'main'
  const target = map.draft.vendor(part, expose.property, attribute)
  if (target === undefined) return
  if (attribute.readable) map.readers.push(reader(target, expose.property, vendorReader(type, expose)))
  if (expose.settable)
    map.writers.set(writerKey(part, 'vendor', expose.property), (args) => ({
      [expose.property]: vendorWrite(type, expose, args.value ?? null),
    }))
}
function vendorReader(
  type: VendorAttribute['type'],
  expose: Expose,
): (value: unknown) => VendorValue | undefined {
  if (type === 'number') return toNumber
  if (type === 'boolean') return flagReader(expose.on, expose.off)
  if (type === 'enum' || type === 'text')
    return (value) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? String(value).slice(0, 4096)
        : undefined
  return (value) => (typeof value === 'object' ? plain(value) : undefined)
}
function vendorWrite(type: VendorAttribute['type'], expose: Expose, value: VendorValue): VendorValue {
  return type === 'boolean'
    ? ((value === true ? (expose.on ?? true) : (expose.off ?? false)) as VendorValue)
    : value
}
