import { AppError, newId, type DeviceId, type HomeId, type RoomId } from '@eaves/model'
import type { GroupView } from '@eaves/model/api'
import { groupDriver, isSeen, type Homes, type LiveDevice } from '../homes/homes.ts'
import type { Limits } from '../privacy/privacy.ts'
import { recordOf, type DeviceRecords } from './records.ts'

const groupsPerHome = 200

export interface DeviceGroupsDeps {
  readonly homes: Homes
  readonly records: DeviceRecords
  readonly now: () => number
}
export interface NewGroup {
  readonly name: string
  readonly room?: RoomId | null | undefined
  readonly devices: readonly DeviceId[]
}

/** Groups that people make here, of devices of any brand: each is a device that many answer for. */
export class DeviceGroups {
  readonly #deps: DeviceGroupsDeps
  #turn: Promise<unknown> = Promise.resolve()

  constructor(deps: DeviceGroupsDeps) {
    this.#deps = deps
  }

  list(home: HomeId, limits?: Limits): GroupView[] {
    return this.#of(home)
      .filter((group) => isSeen(limits, group))
      .map((group) => this.#view(home, group, limits))
  }

  get(home: HomeId, id: DeviceId): GroupView {
    return this.#view(home, this.#found(home, id))
  }

  /** Shown once it is stored. */
  /** One at a time, so that wishes at once are counted as many as they are. */
  add(home: HomeId, wish: NewGroup): Promise<GroupView> {
    const mine = this.#turn.then(() => this.#add(home, wish))
    this.#turn = mine.catch(() => undefined)
    return mine
  }

  async #add(home: HomeId, wish: NewGroup): Promise<GroupView> {
    const { homes, records, now } = this.#deps
    if (this.#of(home).length >= groupsPerHome)
      throw new AppError('input.conflict', { detail: `A home has at most ${groupsPerHome} groups.` })
    const runtime = homes.runtime(home)
    if (runtime.register.isFull)
      throw new AppError('input.conflict', { detail: 'This home has no room for more devices.' })
    const id = newId<DeviceId>()
    const record = {
      id,
      driver: groupDriver,
      connection: undefined,
      room: homes.home(home).places.knownRoom(wish.room ?? null),
      isNew: false,
      addedAt: now(),
      name: wish.name,
      shape: {
        nativeId: id,
        name: wish.name,
        kind: 'group',
        confirmable: true,
        members: this.#checked(home, wish.devices),
        parts: [{ id: 'main', capabilities: {}, vendor: {} }],
      },
    } as const
    await records.saveRecord(home, record)
    runtime.act(() => runtime.found(record))
    return this.get(home, id)
  }

  async edit(
    home: HomeId,
    id: DeviceId,
    edit: { readonly name?: string | undefined; readonly devices?: readonly DeviceId[] | undefined },
  ): Promise<GroupView> {
    const { homes, records } = this.#deps
    const group = this.#found(home, id)
    const members = edit.devices === undefined ? undefined : this.#checked(home, edit.devices)
    const shape = members === undefined ? group.shape : { ...group.shape, members }
    const name = edit.name ?? group.name
    await records.saveRecord(home, { ...recordOf(group), name, shape })
    const runtime = homes.runtime(home)
    runtime.act(() => {
      group.name = name
      group.shape = shape
      if (members !== undefined) runtime.groups.gather(group, runtime.devices)
      runtime.touch(group)
    })
    return this.get(home, id)
  }

  /** That it is one of our groups; removing is the same as for any device. */
  demand(home: HomeId, id: DeviceId): void {
    this.#found(home, id)
  }

  /** Each once, each a device of this home, none a group itself. */
  #checked(home: HomeId, ids: readonly DeviceId[]): DeviceId[] {
    const runtime = this.#deps.homes.runtime(home)
    const errors = ids.flatMap((id, index) => {
      const device = runtime.shown(id)
      const path = `devices.${index}`
      if (device === undefined) return [{ path, code: 'not-found' }]
      return device.shape.members === undefined ? [] : [{ path, code: 'is-a-group' }]
    })
    if (errors.length > 0) throw new AppError('input.invalid', { errors })
    return [...new Set(ids)]
  }

  #of(home: HomeId): LiveDevice[] {
    return [...this.#deps.homes.runtime(home).devices.values()].filter((each) => each.driver === groupDriver)
  }

  #found(home: HomeId, id: DeviceId): LiveDevice {
    const group = this.#deps.homes.device(home, id)
    if (group.driver !== groupDriver) throw new AppError('auth.not-found')
    return group
  }

  #view(home: HomeId, group: LiveDevice, limits?: Limits): GroupView {
    const view = JSON.parse(this.#deps.homes.runtime(home).viewJson(group)) as Omit<GroupView, 'members'>
    return {
      ...view,
      members: (group.members ?? []).filter((each) => isSeen(limits, each)).map((each) => each.id),
    }
  }
}
