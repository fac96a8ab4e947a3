import {
  capabilities,
  isCapability,
  groupCapabilities,
  type CapabilityId,
  type CapabilityShape,
  type DeviceId,
  type DeviceShape,
  type Limits,
  type VendorValue,
} from '@eaves/model'
import { cellOf, shapeDevice, type Cell, type LiveDevice, type LivePartState } from './state.ts'

/** The driver of groups that people make here, of devices of any brand. */
export const groupDriver = 'group'
export interface GroupDeps {
  /** Takes a value of the group as the runtime takes a reported one. */
  readonly store: (cell: Cell, value: VendorValue) => void
  readonly forget: (cell: Cell) => void
  readonly touch: (group: LiveDevice) => void
  readonly changed: (group: LiveDevice) => void
  readonly setOnline: (group: LiveDevice, online: boolean) => void
}

/** The groups of one home. Devices in no group cost nothing: only those that are point to theirs. */
export class Groups {
  readonly #deps: GroupDeps
  /** Groups whose members have changed; true when what they can do may have changed too. */
  readonly #dirty = new Map<LiveDevice, boolean>()

  constructor(deps: GroupDeps) {
    this.#deps = deps
  }

  /** Gives the group the members that its shape names, whatever it had before; those that are no more are left out. */
  gather(group: LiveDevice, devices: ReadonlyMap<DeviceId, LiveDevice>): void {
    this.#part(group)
    const members = (group.shape.members ?? []).map((id) => devices.get(id as DeviceId))
    group.members = members.filter((each) => each !== undefined)
    for (const member of group.members) member.groups = [...(member.groups ?? []), group]
    this.#dirty.set(group, true)
  }

  gatherAll(devices: ReadonlyMap<DeviceId, LiveDevice>): void {
    for (const device of devices.values()) if (device.driver === groupDriver) this.gather(device, devices)
  }

  /** The device is no more: it leaves its groups, or its members leave it. */
  leave(device: LiveDevice): void {
    this.#part(device)
    this.#dirty.delete(device)
    for (const group of device.groups ?? []) {
      group.members = group.members?.filter((each) => each !== device)
      this.#dirty.set(group, true)
    }
    device.groups = undefined
  }

  /** Whatever `by` was in, `device` is in from now on, in its place. */
  takeOver(device: LiveDevice, by: LiveDevice): void {
    for (const group of by.groups ?? []) {
      const members = (group.members ?? []).map((each) => (each === by ? device : each))
      group.members = [...new Set(members)]
      device.groups = [...new Set([...(device.groups ?? []), group])]
      this.#dirty.set(group, true)
    }
    by.groups = undefined
  }

  #part(group: LiveDevice): void {
    for (const member of group.members ?? []) {
      const left = member.groups?.filter((each) => each !== group) ?? []
      member.groups = left.length > 0 ? left : undefined
    }
  }

  mark(member: LiveDevice, isShape: boolean): void {
    for (const group of member.groups ?? [])
      if (isShape || !this.#dirty.has(group)) this.#dirty.set(group, isShape)
  }

  get isDirty(): boolean {
    return this.#dirty.size > 0
  }

  /** Works out anew what is marked. */
  settle(): void {
    for (const [group, isShape] of this.#dirty) {
      if (isShape) this.#reshape(group)
      this.#refresh(group)
    }
    this.#dirty.clear()
  }

  #reshape(group: LiveDevice): void {
    const shape = commonShape(group)
    const isNews = JSON.stringify(shape) !== JSON.stringify(group.shape)
    if (!isNews) return
    shapeDevice(group, shape)
    this.#deps.changed(group)
  }

  #refresh(group: LiveDevice): void {
    const members = group.members ?? []
    for (const { groups } of group.parts.values())
      for (const [capability, { cells }] of groups)
        for (const cell of cells) this.#aggregate(cell, capability, members)
    this.#deps.setOnline(
      group,
      members.some((each) => each.online),
    )
    const isStale = members.every((each) => each.isStale)
    if (isStale === group.isStale) return
    group.isStale = isStale
    this.#deps.touch(group)
  }

  #aggregate(cell: Cell, capability: string, members: readonly LiveDevice[]): void {
    const value = combined(capability, cell.attribute, members)
    if (value === cell.value) return
    if (value === undefined) this.#deps.forget(cell)
    else this.#deps.store(cell, value)
  }
}

/** The part of a device that a group's command goes to. */
export function groupPart(device: LiveDevice, capability: string): LivePartState | undefined {
  const has = (part: LivePartState): boolean => part.groups.has(capability)
  const main = device.parts.get('main')
  return main !== undefined && has(main) ? main : [...device.parts.values()].find(has)
}

/** What all of these can do alike. */
function commonShape({ id, name, members = [] }: LiveDevice): DeviceShape {
  const found: Partial<Record<CapabilityId, CapabilityShape>> = {}
  for (const capability of groupCapabilities) {
    const has = members.map((each) => groupPart(each, capability)?.shape.capabilities[capability])
    if (has.length === 0 || has.includes(undefined)) continue
    const common = commonCapability(has as CapabilityShape[])
    if (common.commands.length > 0) found[capability] = common
  }
  return {
    nativeId: id,
    name,
    kind: 'group',
    confirmable: members.some((each) => each.shape.confirmable),
    members: members.map((each) => each.id),
    parts: [{ id: 'main', capabilities: found, vendor: {} }],
  }
}

const inAll = (lists: readonly (readonly string[])[]): string[] =>
  (lists[0] ?? []).filter((each) => lists.every((list) => list.includes(each)))

function commonCapability(all: readonly CapabilityShape[]): CapabilityShape {
  const attributes = inAll(all.map((each) => each.attributes))
  const limits: Record<string, Limits> = {}
  for (const attribute of new Set(all.flatMap((each) => Object.keys(each.limits ?? {})))) {
    const common = narrowest(all.map((each) => each.limits?.[attribute]).filter((each) => each !== undefined))
    if (common !== undefined) limits[attribute] = common
  }
  return {
    attributes,
    commands: inAll(all.map((each) => each.commands)),
    ...(Object.keys(limits).length > 0 ? { limits } : {}),
  }
}

/** Limits that every device keeps; undefined when there is nothing that all would take. */
function narrowest(all: readonly Limits[]): Limits | undefined {
  const pick = (key: 'min' | 'max' | 'step', of: (...values: number[]) => number) => {
    const values = all.map((each) => each[key]).filter((each) => each !== undefined)
    return values.length > 0 ? { [key]: of(...values) } : {}
  }
  const lists = all.map((each) => each.values).filter((each) => each !== undefined)
  const common: Limits = {
    ...pick('min', Math.max),
    ...pick('max', Math.min),
    ...pick('step', Math.max),
    ...(lists.length > 0 ? { values: inAll(lists) } : {}),
  }
  return (common.min ?? -Infinity) > (common.max ?? Infinity) ? undefined : common
}

const ofThoseOn = new Set(['level', 'color', 'effect'])

function combined(
  capability: string,
  attribute: string,
  members: readonly LiveDevice[],
): VendorValue | undefined {
  const lit = ofThoseOn.has(capability) ? members.filter((each) => valueIn(each, 'onOff', 'on') === true) : []
  const asked = lit.length > 0 ? lit : members
  const all = asked.map((each) => valueIn(each, capability, attribute))
  const known = all.filter((each) => each !== undefined)
  if (known.length === 0 || !isCapability(capability)) return undefined
  const spec = capabilities[capability].attributes[attribute]
  if (spec?.type === 'boolean') return truth(attribute, all)
  // A colour that only some have is not the colour of all.
  if (capability === 'color' && known.length < all.length) return undefined
  if (spec?.type === 'number')
    return spec.unit === 'degrees' ? meanAngle(known as number[]) : mean(known as number[])
  return known.every((each) => each === known[0]) ? known[0] : undefined
}

function valueIn(device: LiveDevice, capability: string, attribute: string): VendorValue | undefined {
  const part = groupPart(device, capability)
  return part === undefined ? undefined : cellOf(device, part.shape.id, capability, attribute)?.value
}

/** Locked means all of them; anything else is so when one of them is. */
function truth(attribute: string, all: readonly (VendorValue | undefined)[]): boolean | undefined {
  if (attribute !== 'locked') return all.includes(true)
  if (all.includes(false)) return false
  return all.includes(undefined) ? undefined : true
}

function mean(values: readonly number[]): number {
  return Math.round((values.reduce((sum, each) => sum + each, 0) / values.length) * 10) / 10
}

/** Hues on both sides of red have red in the middle, not green. */
function meanAngle(degrees: readonly number[]): number {
  const radians = degrees.map((each) => (each * Math.PI) / 180)
  const x = radians.reduce((sum, each) => sum + Math.cos(each), 0)
  const y = radians.reduce((sum, each) => sum + Math.sin(each), 0)
  return Math.round(((Math.atan2(y, x) * 180) / Math.PI + 360) % 360)
}
