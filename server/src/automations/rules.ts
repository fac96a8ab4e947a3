import type { AutomationId, DeviceId } from '@eaves/model'
import { isShown, type LiveDevice } from '../homes/homes.ts'
import type { Compiled } from './compiled.ts'
import type { Targets } from './targets.ts'
import type { World } from './world.ts'

/** The automations that run, by what they name: a device that changes concerns those alone. */
export class Rules {
  readonly #targets: Targets
  readonly #byId = new Map<AutomationId, Compiled>()
  readonly #byDevice = new Map<DeviceId, Set<Compiled>>()
  readonly #broad = new Set<Compiled>()
  /** What each device was when it was looked at last. */
  readonly #looks = new Map<DeviceId, { readonly is: object | string; readonly room: string | null }>()

  constructor(world: World, targets: Targets) {
    this.#targets = targets
    for (const device of world.devices.values()) this.#isNews(device)
  }

  get(id: AutomationId): Compiled | undefined {
    return this.#byId.get(id)
  }

  /** False once it was taken out or another has taken its place. */
  has(compiled: Compiled): boolean {
    return this.#byId.get(compiled.rule.id) === compiled
  }

  all(): Compiled[] {
    return [...this.#byId.values()]
  }

  add(compiled: Compiled): void {
    this.#byId.set(compiled.rule.id, compiled)
    if (compiled.isBroad) this.#broad.add(compiled)
    for (const id of compiled.named()) {
      const known = this.#byDevice.get(id)
      if (known === undefined) this.#byDevice.set(id, new Set([compiled]))
      else known.add(compiled)
    }
  }

  take(id: AutomationId): Compiled | undefined {
    const compiled = this.#byId.get(id)
    if (compiled === undefined) return undefined
    this.#byId.delete(id)
    this.#broad.delete(compiled)
    for (const device of compiled.named()) {
      const known = this.#byDevice.get(device)
      known?.delete(compiled)
      if (known?.size === 0) this.#byDevice.delete(device)
    }
    return compiled
  }

  /** Hangs anew what means devices that came, went, moved or became something else. */
  review(touched: ReadonlySet<LiveDevice>): void {
    const dirty = new Set<Compiled>()
    for (const device of touched) {
      if (!this.#isNews(device)) continue
      for (const each of this.#broad) dirty.add(each)
      for (const each of this.#byDevice.get(device.id) ?? []) dirty.add(each)
      this.#targets.forget()
    }
    for (const each of dirty) each.rehang(this.#targets)
  }

  #isNews(device: LiveDevice): boolean {
    const is = isShown(device) ? device.parts : 'gone'
    const known = this.#looks.get(device.id)
    if (known?.is === is && known.room === device.room) return false
    if (device.isRemoved) this.#looks.delete(device.id)
    else this.#looks.set(device.id, { is, room: device.room })
    return true
  }
}
