import type { DeviceId, HomeId, SubjectId, VendorValue } from '@eaves/model'
import type { Whereabouts } from '@eaves/model/api'
import {
  isSeen,
  isShown,
  listen,
  unlisten,
  type Cell,
  type CellListener,
  type Homes,
  type LiveDevice,
} from '../homes/homes.ts'
import type { Limits } from '../privacy/privacy.ts'
import type { Shared } from './store.ts'

interface Tie {
  readonly cell: Cell
  readonly listener: CellListener
}
/** Values that say whether somebody is there, the surest first. */
const telling = [
  ['tracker', 'home'],
  ['occupancy', 'occupied'],
] as const

/** Devices that tell for a person whether they are at home: a tracker, or a sensor of their own. */
export class PresenceDevices {
  readonly #homes: Homes
  readonly #told: (home: HomeId, subject: SubjectId, is: Whereabouts) => void
  readonly #ties = new Map<HomeId, Map<SubjectId, Tie>>()

  constructor({
    homes,
    told,
  }: {
    readonly homes: Homes
    readonly told: (home: HomeId, subject: SubjectId, is: Whereabouts) => void
  }) {
    this.#homes = homes
    this.#told = told
  }

  /** Those that this person sees and that could tell it. */
  among(home: HomeId, limits: Limits | undefined): { readonly id: DeviceId; readonly name: string }[] {
    return [...this.#homes.runtime(home).devices.values()]
      .filter((device) => isShown(device) && isSeen(limits, device) && cellIn(device) !== undefined)
      .map(({ id, name }) => ({ id, name }))
  }

  /** Hangs on the devices as they are now. */
  review(home: HomeId, people: ReadonlyMap<SubjectId, Shared>): void {
    const before = this.#ties.get(home) ?? new Map<SubjectId, Tie>()
    const next = new Map<SubjectId, Tie>()
    for (const [subject, { sharedAt, place }] of people) {
      const device = this.#homes.runtime(home).shown(place.device as DeviceId)
      const cell = device === undefined || sharedAt === undefined ? undefined : cellIn(device)
      if (cell === undefined) continue
      const known = before.get(subject)
      next.set(subject, known?.cell === cell ? known : this.#hang(home, subject, cell))
    }
    for (const [subject, tie] of before) if (next.get(subject) !== tie) unlisten(tie.cell, tie.listener)
    this.#ties.set(home, next)
  }

  #hang(home: HomeId, subject: SubjectId, cell: Cell): Tie {
    // A device that falls silent says nothing of anybody: what was known last stays.
    const take = (value: VendorValue | undefined): void => {
      if (typeof value === 'boolean') this.#told(home, subject, value ? 'home' : 'away')
    }
    const listener: CellListener = { hear: ({ value }) => take(value) }
    listen(cell, listener)
    take(cell.value)
    return { cell, listener }
  }

  drop(home: HomeId): void {
    for (const { cell, listener } of this.#ties.get(home)?.values() ?? []) unlisten(cell, listener)
    this.#ties.delete(home)
  }
}

function cellIn(device: LiveDevice): Cell | undefined {
  for (const [capability, attribute] of telling)
    for (const part of device.parts.values()) {
      const cell = part.groups.get(capability)?.cells.find((each) => each.attribute === attribute)
      if (cell !== undefined) return cell
    }
  return undefined
}
