import {
  capabilities,
  isCapability,
  type AttributeSpec,
  type ConnectionId,
  type DeviceId,
  type DeviceShape,
  type PartShape,
  type RoomId,
  type VendorAttribute,
  type VendorValue,
} from '@eaves/model'
import type { LiveValues } from '../history/data.ts'
import type { Cause, CellListener } from './reactions.ts'
import { keptRhythm, newRhythm, type Rhythm } from './rhythm.ts'
import { rulesOf, vendorRules, type Rules } from './rules.ts'
import { isUnkept, unkeptBy } from './unkept.ts'
import { sharedParts, sharedText } from './shared.ts'
import type { DeviceRecord } from './sinks.ts'

/** A sample that is not written yet. */
export interface WaitingSample {
  ts: number
  value: number | boolean | string
  isWaiting: boolean
}

/** One value of one device. A report costs an array index to find it, a compare and a store. */
export interface Cell {
  readonly group: Group
  readonly attribute: string
  /** `"attribute":`, ready for JSON. */
  readonly label: string
  /** part/capability/attribute, the path of its history. */
  readonly path: string
  readonly type: AttributeSpec['type'] | VendorAttribute['type']
  readonly min: number
  readonly max: number
  readonly values: ReadonlySet<string> | undefined
  /** How far a number must move to be worth a sample; -1 when history keeps nothing of it. */
  step: number
  /** Values of the group that cannot hold beside this one. */
  replaces: readonly Cell[]
  value: VendorValue | undefined
  /** 0 until it has changed under this process. */
  changedAt: number
  sampledAt: number
  sampled: VendorValue | undefined
  waiting: WaitingSample | undefined
  /** Who is told of each change of it; undefined for a value that nobody watches, which then costs one comparison. */
  listeners: readonly CellListener[] | undefined
}

/** What an open command looks at: every report of its part and capability. True when the value is one it asked for. */
export interface ReportWatch {
  readonly cause: Cause
  readonly sees: (cell: Cell, value: VendorValue) => boolean
}

/** The values that change together in one frame: one capability of one part. */
export interface Group {
  readonly device: LiveDevice
  readonly part: string
  readonly capability: string
  /** Start of every change's JSON. */
  readonly head: string
  readonly cells: Cell[]
  open: Change | undefined
  watches: ReportWatch[] | undefined
}

/**
 * Something a home's watchers are told. The live socket writes its frame as
 * `{"type":"<kind>","home":"<home>","version":<its own count>` + `fragment()`; the text is built once, however many sockets there are.
 */
export interface LiveNote {
  readonly kind: 'change' | 'device' | 'event'
  readonly device: DeviceId
  /** The home's own version, epoch × 2^32 + n; never shown to a client. */
  readonly version: number
  readonly fragment: () => string
}
/** Values of one capability that changed in one batch of reports. */
export interface Change extends LiveNote {
  readonly kind: 'change'
  version: number
  readonly group: Group
  readonly at: number
  readonly cells: Cell[]
  readonly values: VendorValue[]
  /** What asked for it, when something did. */
  cause: Cause | undefined
  text: string | undefined
}

export interface LivePartState {
  readonly shape: PartShape
  readonly groups: Map<string, Group>
}

/** The driver's end of a device: void when the driver process restarts. */
export interface DeviceLink {
  readonly connection: ConnectionId
  readonly handle: number
  readonly device: LiveDevice
  base: number
  slots: readonly (readonly [string, string, string])[]
  /** What the driver says of the device itself. */
  reach: boolean
  /** False while the connection as a whole is down. */
  isUp: boolean
}

export interface ReportTarget {
  readonly report: (cell: Cell, value: VendorValue) => void
}

export interface LiveDevice {
  readonly id: DeviceId
  readonly runtime: ReportTarget
  driver: string
  readonly addedAt: number
  connection: ConnectionId | undefined
  room: RoomId | null
  isNew: boolean
  name: string
  /** A keeper has said that it is to be treated as a lock. */
  guarded?: boolean | undefined
  /** So long it may stand open, where that is not the usual. */
  openMinutes?: number | undefined
  /** Paths of which nobody wants a history. */
  unkept?: readonly string[] | undefined
  shape: DeviceShape
  parts: Map<string, LivePartState>
  online: boolean
  lastSeen: number | undefined
  isStale: boolean
  rhythm: Rhythm
  /** Its last word, once its silence is longer than is usual for it. */
  silentSince: number | undefined
  /** A rule names it: what was forbidden of it must not be allowed of the same hardware under a new id. */
  isNamed: boolean
  /** The devices of a group that was made here, and the groups that a device is in. */
  members: LiveDevice[] | undefined
  groups: LiveDevice[] | undefined
  /** Its connection took the announcement back; kept while a person has named or placed it. */
  isGone: boolean
  isRemoved: boolean
  /** All announcements of this process; the first one that is reachable owns the device. */
  links: DeviceLink[]
  owner: DeviceLink | undefined
  partsJson: string | undefined
  /** The last picture of a camera, in memory only. */
  image:
    | { readonly part: string; readonly type: string; readonly data: Buffer; readonly at: number }
    | undefined
  isLiveDirty: boolean
  isRowDirty: boolean
}

export const vendorCapability = 'vendor'

export function createDevice(runtime: ReportTarget, row: DeviceRecord): LiveDevice {
  const device: LiveDevice = {
    ...row,
    runtime,
    parts: new Map(),
    online: false,
    lastSeen: undefined,
    isStale: true,
    rhythm: newRhythm(0),
    silentSince: undefined,
    isNamed: false,
    members: undefined,
    groups: undefined,
    isGone: false,
    isRemoved: false,
    links: [],
    owner: undefined,
    partsJson: undefined,
    image: undefined,
    isLiveDirty: false,
    isRowDirty: false,
  }
  shapeDevice(device, row.shape)
  return device
}

/** Gives the device a shape; values, samples and open commands of what stays the same are kept. */
export function shapeDevice(device: LiveDevice, shape: DeviceShape): void {
  const before = device.parts
  const parts = sharedParts(shape.parts)
  device.shape = parts === shape.parts ? shape : { ...shape, parts }
  device.partsJson = undefined
  device.parts = new Map(parts.map((part) => [part.id, buildPart(device, part, before.get(part.id))]))
}

function buildPart(device: LiveDevice, shape: PartShape, before: LivePartState | undefined): LivePartState {
  const groups = new Map<string, Group>()
  for (const [capability, has] of Object.entries(shape.capabilities)) {
    if (!isCapability(capability) || !has) continue
    const group = openGroup(device, shape.id, capability, before)
    const specs = capabilities[capability].attributes
    for (const attribute of has.attributes)
      if (Object.hasOwn(specs, attribute)) addCell(group, attribute, rulesOf(specs[attribute]!), before)
    const { replaces } = capabilities[capability]
    if (replaces !== undefined)
      for (const cell of group.cells)
        cell.replaces = group.cells.filter((other) => replaces[cell.attribute]?.includes(other.attribute))
    groups.set(capability, group)
  }
  const vendor = Object.entries(shape.vendor)
  if (vendor.length > 0) {
    const group = openGroup(device, shape.id, vendorCapability, before)
    for (const [key, attribute] of vendor) addCell(group, key, vendorRules(attribute), before)
    groups.set(vendorCapability, group)
  }
  return { shape, groups }
}

function openGroup(
  device: LiveDevice,
  part: string,
  capability: string,
  before: LivePartState | undefined,
): Group {
  const place = sharedText(
    `","part":${JSON.stringify(part)},"capability":${JSON.stringify(capability)},"values":{`,
  )
  // An id is base32: nothing in it needs escaping.
  const head = `,"device":"${device.id}${place}`
  return {
    device,
    part,
    capability,
    head,
    cells: [],
    open: undefined,
    watches: before?.groups.get(capability)?.watches,
  }
}

const none: readonly Cell[] = []

function addCell(group: Group, attribute: string, rules: Rules, before: LivePartState | undefined): void {
  const old = before?.groups.get(group.capability)?.cells.find((cell) => cell.attribute === attribute)
  const cell: Cell = {
    group,
    attribute,
    label: sharedText(`${JSON.stringify(attribute)}:`),
    path: sharedText(`${group.part}/${group.capability}/${attribute}`),
    type: rules.type,
    min: rules.min,
    max: rules.max,
    values: rules.values,
    step: rules.step,
    replaces: none,
    value: undefined,
    changedAt: old?.changedAt ?? 0,
    sampledAt: old?.sampledAt ?? 0,
    sampled: old?.sampled,
    waiting: undefined,
    listeners: undefined,
  }
  if (isUnkept(cell)) cell.step = -1
  if (old?.value !== undefined && fits(cell, old.value)) cell.value = old.value
  group.cells.push(cell)
}

const longestText = 8192

/** Whether the attribute may hold the value at all; the driver has checked it, a broken driver has not. */
export function fits(cell: Cell, value: VendorValue): boolean {
  switch (cell.type) {
    case 'boolean':
      return typeof value === 'boolean'
    case 'number':
      return typeof value === 'number' && value >= cell.min && value <= cell.max
    case 'enum':
      return (
        typeof value === 'string' &&
        (cell.values === undefined ? value.length <= longestText : cell.values.has(value))
      )
    case 'text':
      return typeof value === 'string' && value.length <= longestText
    default:
      return value !== undefined && value !== null
  }
}

export function cellOf(
  device: LiveDevice,
  part: string,
  capability: string,
  attribute: string,
): Cell | undefined {
  return device.parts
    .get(part)
    ?.groups.get(capability)
    ?.cells.find((cell) => cell.attribute === attribute)
}

/** The device becomes the hardware that another one was: what that is, how it is reached and what it last said. */
export function takeBody(device: LiveDevice, by: LiveDevice): void {
  const { driver, connection, isStale, silentSince, isGone, rhythm } = by
  // What either of them was to be treated as, the one that stays is.
  if (by.guarded === true) device.guarded = true
  device.unkept = unkeptBy(device, by)
  Object.assign(device, { driver, connection, isStale, silentSince, isGone, rhythm, isNew: false })
  device.parts = new Map()
  shapeDevice(device, by.shape)
  restoreValues(device, liveValues(by))
}

/** Puts back what was known before a restart. */
export function restoreValues(device: LiveDevice, live: LiveValues): void {
  device.online = live.online
  device.lastSeen = live.lastSeen
  if (live.rhythm !== undefined) device.rhythm = newRhythm(device.rhythm.heardAt, live.rhythm)
  for (const [id, part] of Object.entries(live.parts)) {
    const groups = device.parts.get(id)?.groups
    for (const [capability, values] of Object.entries({
      ...part.capabilities,
      [vendorCapability]: part.vendor,
    })) {
      for (const cell of groups?.get(capability)?.cells ?? []) {
        const value = Object.hasOwn(values, cell.attribute) ? values[cell.attribute] : undefined
        if (value !== undefined && fits(cell, value)) cell.value = value
      }
    }
  }
}

export function liveValues(device: LiveDevice): LiveValues {
  return {
    online: device.online,
    ...(device.lastSeen === undefined ? {} : { lastSeen: device.lastSeen }),
    ...(device.rhythm.gaps === 0 ? {} : { rhythm: keptRhythm(device.rhythm) }),
    parts: JSON.parse(
      `{${[...device.parts].map(([id, part]) => `${JSON.stringify(id)}:${valuesJson(part)}`).join(',')}}`,
    ),
  }
}

function groupJson(group: Group): string {
  let text = ''
  for (const cell of group.cells)
    if (cell.value !== undefined) text += (text === '' ? '' : ',') + cell.label + valueJson(cell.value)
  return `{${text}}`
}

function valuesJson(part: LivePartState): string {
  let known = ''
  let vendor = '{}'
  for (const [capability, group] of part.groups) {
    if (capability === vendorCapability) vendor = groupJson(group)
    else known += `${known === '' ? '' : ','}${JSON.stringify(capability)}:${groupJson(group)}`
  }
  return `{"capabilities":{${known}},"vendor":${vendor}}`
}

export function valueJson(value: VendorValue): string {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value)
}

/** The device as the API lists it, as JSON text: unknown values are absent. */
export function deviceJson(device: LiveDevice, roomName: string | undefined): string {
  device.partsJson ??= [...device.parts.values()]
    .map((part) => `{"id":${JSON.stringify(part.shape.id)},${valuesJson(part).slice(1)}`)
    .join(',')
  const seen = device.lastSeen === undefined ? '' : `,"lastSeen":"${new Date(device.lastSeen).toISOString()}"`
  const silent =
    device.silentSince === undefined ? '' : `,"silentSince":"${new Date(device.silentSince).toISOString()}"`
  const room =
    device.room === null || roomName === undefined
      ? '"room":null,"roomName":null'
      : `"room":"${device.room}","roomName":${JSON.stringify(roomName)}`
  return `{"id":"${device.id}","name":${JSON.stringify(device.name)},"kind":"${device.shape.kind}",${room},"online":${device.online},"driver":${JSON.stringify(device.driver)},"isNew":${device.isNew}${seen}${device.isStale ? ',"stale":true' : ''}${device.guarded === true ? ',"guarded":true' : ''}${device.openMinutes === undefined ? '' : `,"openMinutes":${device.openMinutes}`}${silent},"parts":[${device.partsJson}]}`
}

/** Whether a person has made it theirs: named, placed, looked at or written a rule for. */
export function isKept(device: LiveDevice): boolean {
  return (
    device.room !== null ||
    !device.isNew ||
    device.guarded === true ||
    device.openMinutes !== undefined ||
    device.isNamed ||
    device.name !== device.shape.name
  )
}

export function isShown(device: LiveDevice): boolean {
  return !device.isRemoved && (!device.isGone || isKept(device))
}
