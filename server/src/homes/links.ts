import type { ConnectionId } from '@eaves/model'
import { cellOf, type Cell, type DeviceLink, type LiveDevice } from './state.ts'

const highestSlot = 8_000_000
type SlotNames = DeviceLink['slots']

/** Numbers that the driver process gave to devices and their values; all void when it restarts. */
export interface LinkTable {
  readonly slots: (Cell | undefined)[]
  readonly links: (DeviceLink | undefined)[]
}

export function isHandle(handle: unknown): handle is number {
  return Number.isSafeInteger(handle) && (handle as number) >= 0 && (handle as number) < highestSlot
}

export function areSlots(base: unknown, slots: unknown): slots is SlotNames {
  return (
    isHandle(base) &&
    Array.isArray(slots) &&
    slots.length < 2_000 &&
    slots.every(
      (name) => Array.isArray(name) && name.length === 3 && name.every((word) => typeof word === 'string'),
    )
  )
}

export function link(
  table: LinkTable,
  device: LiveDevice,
  connection: ConnectionId,
  handle: number,
  named: { base: number; slots: SlotNames; reach: boolean; isUp: boolean },
): void {
  const before = table.links[handle]
  if (before !== undefined && before.device !== device) unlink(table, before)
  const known = before?.device === device ? before : undefined
  if (known !== undefined) unpoint(table, known)
  const made: DeviceLink = known ?? { connection, handle, device, ...named }
  Object.assign(made, named)
  table.links[handle] = made
  if (known === undefined) device.links.push(made)
  settle(table, device)
}

export function unlink(table: LinkTable, gone: DeviceLink): void {
  unpoint(table, gone)
  table.links[gone.handle] = undefined
  const device = gone.device
  device.links = device.links.filter((each) => each !== gone)
  if (device.owner === gone) device.owner = undefined
  settle(table, device)
}

/** The first connection that reaches a device owns it: two that announce the same hardware never write over each other. */
export function settle(table: LinkTable, device: LiveDevice): void {
  const present = device.owner
  const next =
    present !== undefined && present.reach && present.isUp
      ? present
      : (device.links.find((each) => each.reach && each.isUp) ?? present ?? device.links[0])
  if (present !== undefined && present !== next) unpoint(table, present)
  device.owner = next
  if (next === undefined) return
  device.connection = next.connection
  next.slots.forEach(
    ([part, capability, attribute], index) =>
      (table.slots[next.base + index] = cellOf(device, part, capability, attribute)),
  )
}

function unpoint(table: LinkTable, old: DeviceLink): void {
  for (let index = 0; index < old.slots.length; index++) table.slots[old.base + index] = undefined
}

/** The number under which the driver process knows a value, while it knows it. */
export function slotOf(
  device: LiveDevice,
  part: string,
  capability: string,
  attribute: string,
): number | undefined {
  const owner = device.owner
  const index =
    owner?.slots.findIndex((name) => name[0] === part && name[1] === capability && name[2] === attribute) ??
    -1
  return owner === undefined || index < 0 ? undefined : owner.base + index
}
