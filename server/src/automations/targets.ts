import type { DeviceId } from '@eaves/model'
import { cellOf, isShown, type Cell, type LiveDevice, type LivePartState } from '../homes/homes.ts'
import type { Aim, World } from './world.ts'

/** The devices that are meant and there. A group is meant by its own id, or where groups are asked for: its devices are there themselves. */
export function aimedDevices(world: World, aim: Aim): LiveDevice[] {
  if (aim.device !== undefined) {
    const device = world.devices.get(aim.device as DeviceId)
    return device !== undefined && isShown(device) ? [device] : []
  }
  const found: LiveDevice[] = []
  for (const device of world.devices.values()) if (isShown(device) && isMeant(aim, device)) found.push(device)
  return found
}

function isMeant({ room, of }: Aim, device: LiveDevice): boolean {
  if (room !== undefined && device.room !== room) return false
  return of === undefined ? device.shape.members === undefined : device.shape.kind === of
}

/** The values that are meant: of one device that of the part that is named or the only sensible one, elsewhere those of every part. */
export function aimedCells(world: World, aim: Aim, capability: string, attribute: string): Cell[] {
  const cells: Cell[] = []
  for (const device of aimedDevices(world, aim))
    for (const part of partsFor(device, aim, capability)) {
      const cell = cellOf(device, part, capability, attribute)
      if (cell !== undefined) cells.push(cell)
    }
  return cells
}

/** The parts of it that are meant. */
export function partsFor(device: LiveDevice, { device: one, part }: Aim, capability: string): string[] {
  if (part !== undefined) return [part]
  const has = [...device.parts.values()].filter((each: LivePartState) => each.groups.has(capability))
  if (one === undefined) return has.map((each) => each.shape.id)
  const [first] = has
  if (first === undefined) return []
  return [has.some((each) => each.shape.id === 'main') ? 'main' : first.shape.id]
}

/** Devices of a room or home that can do this at all; of one that is named nobody asks. */
export function doers(world: World, aim: Aim, capability: string, command: string): LiveDevice[] {
  const devices = aimedDevices(world, aim)
  if (aim.device !== undefined) return devices
  return devices.filter(({ shape }) =>
    shape.parts.some((part) =>
      capability === 'vendor'
        ? Object.values(part.vendor).some((each) => each.writable)
        : ((part.capabilities as Record<string, { commands: readonly string[] } | undefined>)[
            capability
          ]?.commands.includes(command) ?? false),
    ),
  )
}

/** What is meant at this moment, worked out once until the devices of the home change. */
export class Targets {
  readonly #world: World
  #cells = new WeakMap<object, Cell[]>()
  #doers = new WeakMap<object, LiveDevice[]>()

  constructor(world: World) {
    this.#world = world
  }

  /** Devices came, went, moved or became something else. */
  forget(): void {
    this.#cells = new WeakMap()
    this.#doers = new WeakMap()
  }

  cells(aim: Aim & { readonly capability: string; readonly attribute: string }): readonly Cell[] {
    const known = this.#cells.get(aim)
    if (known !== undefined) return known
    const found = aimedCells(this.#world, aim, aim.capability, aim.attribute)
    this.#cells.set(aim, found)
    return found
  }

  doers(aim: Aim & { readonly capability: string; readonly command: string }): readonly LiveDevice[] {
    const known = this.#doers.get(aim)
    if (known !== undefined) return known
    const found = doers(this.#world, aim, aim.capability, aim.command)
    this.#doers.set(aim, found)
    return found
  }
}
