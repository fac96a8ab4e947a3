import type { CommandId } from '@eaves/model'
import { isWithin } from '../deps.ts'
import { Slots } from '../few.ts'
import type { LiveDevice } from '../homes/homes.ts'
import { isContradicted, isSameWish, type OpenCommand } from './open.ts'

/** Of one device so many may wait at once that are kept in memory alone; the oldest gives way. */
const mostUnkept = 5
/** For so long the same wish, asked again and again, is waited for once: a fifth of what a device has to answer, and of what a sleeping one has to wake. */
const repeatMs = 1_000
const sleepyRepeatMs = 2 * 60_000
const none: readonly never[] = []

/** The commands on their way, by id and by device, so that one device is asked without looking through all. */
export class Opens {
  readonly #byId = new Slots<CommandId, OpenCommand>()
  readonly #byDevice = new WeakMap<LiveDevice, OpenCommand[]>()

  add(open: OpenCommand): void {
    this.#byId.set(open.id, open)
    const own = this.#byDevice.get(open.device)
    if (own === undefined) this.#byDevice.set(open.device, [open])
    else own.push(open)
  }

  delete(open: OpenCommand): void {
    this.#byId.delete(open.id)
    const own = this.#byDevice.get(open.device)
    const at = own?.indexOf(open) ?? -1
    if (at >= 0) own?.splice(at, 1)
  }

  get(id: CommandId): OpenCommand | undefined {
    return this.#byId.get(id)
  }

  all(): OpenCommand[] {
    return this.#byId.all()
  }

  of(device: LiveDevice): OpenCommand[] {
    return [...(this.#byDevice.get(device) ?? [])]
  }

  /** What the newer one makes pointless, and what is too much of what nobody keeps. */
  outdoneBy({ device, checked, isKept }: OpenCommand): readonly OpenCommand[] {
    const own = this.#byDevice.get(device)
    if (own === undefined || own.length < 2) return none
    let outdone: OpenCommand[] | undefined
    let unkept = 0
    for (const each of own) {
      if (each.endedAt !== undefined) continue
      if (!each.isKept) unkept++
      if (isContradicted(each, checked)) (outdone ??= []).push(each)
    }
    if (outdone !== undefined || isKept || unkept <= mostUnkept) return outdone ?? none
    for (const each of own) if (!each.isKept && each.endedAt === undefined) return [each]
    return none
  }

  /**
   * What nobody but a run waits for, and the newer one only asks again: that one is waited for instead. A device that never
   * answers is told of all the same, since who repeats for longer is waited for anew.
   */
  repeatedBy(newer: OpenCommand): readonly OpenCommand[] {
    const { device, checked, isKept, acceptedAt } = newer
    const own = this.#byDevice.get(device)
    if (isKept || own === undefined || own.length < 2) return none
    const windowMs = device.shape.sleepy === true ? sleepyRepeatMs : repeatMs
    for (const each of own) {
      if (each === newer || each.isKept || each.endedAt !== undefined || each.listeners.length > 0) continue
      if (!isWithin(windowMs, each.askedAt, acceptedAt) || !isSameWish(each.checked, checked)) continue
      newer.askedAt = each.askedAt
      return [each]
    }
    return none
  }
}
