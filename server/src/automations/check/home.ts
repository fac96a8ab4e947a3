import type { AutomationId, DeviceId, RoomId, SubjectId, VendorValue } from '@eaves/model'
import type { AutomationBody, AutomationStop } from '@eaves/model/api'
import type { Cell, LiveDevice } from '../../homes/homes.ts'
import type { HasThing } from '../check.ts'
import type { PriceAsk } from '../prices.ts'
import { aimedCells, doers } from '../targets.ts'
import type { Aim, CommandWish, World } from '../world.ts'
import { signal, signalCell } from './signals.ts'

/** An automation as it is looked at. */
export interface Looked {
  readonly id: AutomationId
  readonly body: AutomationBody
  readonly enabled: boolean
  readonly author: SubjectId | undefined
}
export interface SceneSetting {
  readonly device: string
  readonly part: string
  readonly capability: string
  readonly values: Readonly<Record<string, VendorValue>>
}
/** What there is to look at: everything is at hand, and nothing is changed. */
export interface LookedHome {
  readonly world: Pick<World, 'devices'>
  /** What a trigger hangs on besides devices; everything is there when nobody knows. */
  readonly hasThing?: HasThing
  /** Whether a price can ever be so, where prices are known. */
  readonly mayCost?: ((ask: PriceAsk) => boolean) | undefined
  readonly hasRoom: (room: RoomId) => boolean
  /** Whether it is a mode of this home, where its modes are known. */
  readonly hasMode?: ((mode: string) => boolean) | undefined
  readonly automations: ReadonlyMap<AutomationId, Looked>
  /** What each scene sets; undefined when scenes are not known here. */
  readonly scenes?: ReadonlyMap<string, readonly SceneSetting[]> | undefined
  /** Whether somebody may have this done at this moment; who is asked for a proof may not. */
  readonly mayDo?: ((author: SubjectId, device: LiveDevice, wish: CommandWish) => boolean) | undefined
  /** What speaks against somebody's automations here. */
  readonly standing?: ((author: SubjectId) => AutomationStop | undefined) | undefined
  /** How often a value has changed in an hour lately, where history tells it. */
  readonly changesAnHour?: ((cell: Cell) => number | undefined) | undefined
}
type CellAim = Aim & { readonly capability: string; readonly attribute: string }
type DoerAim = Aim & { readonly capability: string; readonly command: string }

const aimKey = ({ device, part, room, of }: Aim): string =>
  `${device ?? ''}/${part ?? ''}/${room ?? ''}/${of ?? ''}`

/** The devices of a home, each aim worked out once. */
export class Sights {
  readonly home: LookedHome
  /** However much is written, a look ends: what lies beyond is not looked at. */
  readonly left = { effects: 300_000, steps: 300_000, pairs: 50_000 }
  readonly #world: World
  readonly #cells = new Map<string, readonly Cell[]>()
  readonly #doers = new Map<string, readonly LiveDevice[]>()
  readonly #groups = new Map<LiveDevice, LiveDevice[]>()
  readonly #members = new Map<LiveDevice, readonly LiveDevice[]>()
  readonly #signals = new Map<string, Cell>()

  constructor(home: LookedHome) {
    this.home = home
    this.#world = home.world as World
    const byNative = new Map<string, LiveDevice>()
    for (const device of this.#world.devices.values())
      byNative.set(`${device.driver}/${device.shape.nativeId}`, device)
    for (const group of this.#world.devices.values()) {
      if (group.shape.members === undefined) continue
      const members = group.shape.members
        .map((id) => this.#world.devices.get(id as DeviceId) ?? byNative.get(`${group.driver}/${id}`))
        .filter((each) => each !== undefined)
      this.#members.set(group, members)
      for (const each of members) this.#groups.set(each, [...(this.#groups.get(each) ?? []), group])
    }
  }

  device(id: string): LiveDevice | undefined {
    return this.#world.devices.get(id as DeviceId)
  }

  /** The devices of a group, whoever made it. */
  members(device: LiveDevice): readonly LiveDevice[] {
    return this.#members.get(device) ?? []
  }

  /** The groups that a device is in. */
  groups(device: LiveDevice): readonly LiveDevice[] {
    return this.#groups.get(device) ?? []
  }

  /** The same for all that mean the same values. */
  keyOf(aim: CellAim): string {
    return `${aimKey(aim)}/${aim.capability}/${aim.attribute}`
  }

  readonly cells = (aim: CellAim): readonly Cell[] => {
    if (aim.capability === signal) return [this.signal(aim.attribute)]
    const key = this.keyOf(aim)
    const known = this.#cells.get(key)
    if (known !== undefined) return known
    const found = aimedCells(this.#world, aim, aim.capability, aim.attribute)
    this.#cells.set(key, found)
    return found
  }

  /** What is known beside the devices is looked at as if it were a value. */
  signal(key: string): Cell {
    const known = this.#signals.get(key) ?? signalCell(key)
    this.#signals.set(key, known)
    return known
  }

  doers(aim: DoerAim): readonly LiveDevice[] {
    const key = `${aimKey(aim)}/${aim.capability}/${aim.command}`
    const known = this.#doers.get(key)
    if (known !== undefined) return known
    const found = doers(this.#world, aim, aim.capability, aim.command)
    this.#doers.set(key, found)
    return found
  }
}
