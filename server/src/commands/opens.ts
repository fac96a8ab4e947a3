import type { CommandId } from '@eaves/model'
import type { LiveDevice } from '../homes/homes.ts'
import { isContradicted, type OpenCommand } from './open.ts'

/** Of one device so many may wait at once that are kept in memory alone; the oldest gives way. */
const mostUnkept = 5
const none: readonly never[] = []

/** The commands on their way, by id and by device, so that one device is asked without looking through all. */
export class Opens {
  readonly #byId = new Map<CommandId, OpenCommand>()
  readonly #byDevice = new Map<LiveDevice, OpenCommand[]>()

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
    if (own?.length === 0) this.#byDevice.delete(open.device)
  }

  get(id: CommandId): OpenCommand | undefined {
    return this.#byId.get(id)
  }

  all(): OpenCommand[] {
    return [...this.#byId.values()]
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
}
