import { field, isJson, listField, numberField, textField } from '../payload.ts'
import { addressOf } from './devices.ts'
import type { Expose } from './exposes.ts'
import { isPower, mapDevice, type Described, type MappedDevice } from './map.ts'
import { isTopicName } from './names.ts'

export const mostGroups = 1000
const mostMembers = 256

/** One entry of `bridge/groups`. */
export interface ListedGroup {
  readonly number: number
  readonly name: string
  /** Native ids. */
  readonly members: readonly string[]
}

export function readGroup(raw: unknown): ListedGroup | undefined {
  if (!isJson(raw)) return undefined
  const number = numberField(raw, 'id')
  const name = textField(raw, 'friendly_name')
  if (number === undefined || !Number.isInteger(number) || number < 0 || number > 0xffff) return undefined
  if (name === undefined || !isTopicName(name)) return undefined
  const members = listField(raw, 'members')
    .slice(0, mostMembers)
    .flatMap((member) => (isJson(member) ? (addressOf(field(member, 'ieee_address')) ?? []) : []))
  return { number, name, members: [...new Set(members)] }
}

/** Zigbee2MQTT's own discovery announces a group under this identifier: its base topic as numbers, and the group's. */
export const discoveredAs = (base: string, number: number): string =>
  `id:zigbee2mqtt_${Array.from(base, (letter) => letter.charCodeAt(0)).join('')}_${number}`

/** A group as a device of its own: what all of its members can do, under the properties a group answers to. */
export function mapGroup(
  nativeId: string,
  { name, members }: ListedGroup,
  described: readonly Described[],
): MappedDevice {
  const exposes = commonExposes(described.map((member) => member.exposes))
  const mapped = mapDevice({
    ieee: nativeId,
    name,
    sleepy: false,
    // Whether its members are doors one can walk through is in their descriptions.
    description: described
      .map((member) => member.description)
      .join(' ')
      .slice(0, 2000),
    supported: true,
    exposes,
  })
  const problem =
    members.length === 0
      ? 'The group has no members yet.'
      : exposes.length === 0
        ? 'The members of the group have no function in common that a group can have.'
        : undefined
  return {
    ...mapped,
    shape: {
      ...mapped.shape,
      kind: 'group',
      members,
      ...(problem === undefined ? {} : { problems: [problem] }),
    },
  }
}

type Features = ReadonlyMap<string, Expose>
const grouped = ['light', 'switch', 'cover'] as const
type Grouped = (typeof grouped)[number]

/** The functions that every member has, with the narrowest of their limits. */
export function commonExposes(members: readonly (readonly Expose[])[]): readonly Expose[] {
  if (members.length === 0) return []
  const tables = members.map(featureTables)
  const types = grouped.filter((type) => tables.every((table) => table.has(type)))
  const exposes = types.map((type) => exposeOf(type, common(tables.map((table) => table.get(type)!))))
  // Lamps and sockets of one group are switched together.
  if (!types.includes('light') && !types.includes('switch')) {
    const switched = tables.map((table) => table.get('light') ?? table.get('switch'))
    if (switched.every((features) => features !== undefined)) {
      const state = common(switched).get('state')
      if (state !== undefined) exposes.push(exposeOf('switch', new Map([['state', state]])))
    }
  }
  return exposes.filter((expose) => expose.features.length > 0)
}

/** What a member can do by type and name; a group knows no endpoints, so those of a member fall together. */
function featureTables(exposes: readonly Expose[]): ReadonlyMap<Grouped, Features> {
  const tables = new Map<Grouped, Map<string, Expose>>()
  for (const expose of exposes) {
    const type = grouped.find((one) => one === expose.type)
    if (type === undefined) continue
    const table = tables.get(type) ?? new Map<string, Expose>()
    for (const feature of expose.features) {
      const whole = withoutEndpoint(feature, feature.endpoint ?? expose.endpoint)
      // A switch over another property, or for another use, is a setting of the device, which no group has.
      if (feature.name === 'state' && (whole.property !== 'state' || !isPower(feature))) continue
      if (!table.has(feature.name)) table.set(feature.name, whole)
    }
    if (table.size > 0) tables.set(type, table)
  }
  return tables
}
function withoutEndpoint(feature: Expose, endpoint: string | undefined): Expose {
  if (endpoint === undefined) return feature
  const { endpoint: _own, ...rest } = feature
  const suffix = `_${endpoint}`
  const { property } = feature
  return { ...rest, property: property.endsWith(suffix) ? property.slice(0, -suffix.length) : property }
}

function common(tables: readonly Features[]): Features {
  const [first, ...others] = tables
  return new Map(
    [...(first ?? [])].flatMap(([name, feature]) => {
      const same = others.map((table) => table.get(name))
      if (!same.every((other) => other !== undefined && fits(feature, other))) return []
      return [[name, same.reduce<Expose>((one, other) => narrower(one, other!), feature)] as const]
    }),
  )
}
const fits = (one: Expose, other: Expose): boolean =>
  one.type === other.type &&
  one.property === other.property &&
  one.unit === other.unit &&
  one.on === other.on &&
  one.off === other.off
function narrower(one: Expose, other: Expose): Expose {
  const min = largest(Math.max, one.min, other.min)
  const max = largest(Math.min, one.max, other.max)
  return {
    ...one,
    settable: one.settable && other.settable,
    published: one.published && other.published,
    gettable: one.gettable && other.gettable,
    values: one.values.filter((value) => other.values.includes(value)),
    // Of a composite, too, only what both have.
    features: one.features.flatMap((feature) => {
      const same = other.features.find((each) => each.name === feature.name)
      return same !== undefined && fits(feature, same) ? [narrower(feature, same)] : []
    }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  }
}
const largest = (
  choose: (a: number, b: number) => number,
  a: number | undefined,
  b: number | undefined,
): number | undefined => (a === undefined ? b : b === undefined ? a : choose(a, b))

const exposeOf = (type: Grouped, features: Features): Expose => ({
  type,
  name: type,
  property: '',
  label: type,
  category: 'state',
  published: true,
  settable: true,
  gettable: false,
  values: [],
  presets: [],
  features: [...features.values()],
})
