import {
  AppError,
  capabilities,
  isCapability,
  type DeviceDetail,
  type DeviceId,
  type DeviceView,
  type HomeId,
  type RoomId,
} from '@eaves/model'
import type { RawValue } from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import type { DriverHost } from '../drivers/drivers.ts'
import { isSeen, isShown, type Homes, type LiveDevice } from '../homes/homes.ts'
import type { Log } from '../log.ts'
import type { Limits } from '../privacy/privacy.ts'
import type { Erasure } from '../store/stores.ts'
import type { DeviceRecords } from './records.ts'
import { rawValues } from './values.ts'

export { Acts } from './acts.ts'
export { Bridges } from './bridges.ts'
export { DeviceGroups } from './groups.ts'
export { Joins } from './joins.ts'
export { DeviceRecords } from './records.ts'
export { Replacements } from './replacement.ts'
export { Connections, type ConnectionsDeps } from './connections.ts'
export { Credentials, type CredentialsDeps } from './credentials.ts'
export { Onboardings } from './onboarding.ts'

/** What a function that no capability covers may tell: its values are a household's doings until they are known to be less. */
const vendorSensing = {
  state: 'home.activity',
  config: 'device.settings',
  diagnostic: 'device.health',
} as const

export interface DevicesDeps {
  readonly homes: Homes
  readonly records: DeviceRecords
  readonly drivers: Pick<DriverHost, 'manifests'>
  readonly erase: Erasure
  readonly log: Log
}
/** Nothing that a browser would run. */
const servedImage = /^image\/(jpeg|png|webp|gif)$/

export interface DeviceEdit {
  readonly name?: string | undefined
  readonly room?: RoomId | null | undefined
  readonly isNew?: false | undefined
  readonly openMinutes?: number | null | undefined
}

/** What people do with devices besides switching them: look, name, place, remove. */
export class Devices {
  readonly #deps: DevicesDeps

  constructor(deps: DevicesDeps) {
    this.#deps = deps
  }

  /** The text of the JSON array that the API answers. */
  listJson(home: HomeId, limits?: Limits): string {
    return this.#deps.homes
      .runtime(home)
      .snapshotJson(limits === undefined ? undefined : (device) => isSeen(limits, device))
  }

  /** Of a group, and of the groups it is in, only what the limits let through is named. */
  detail(home: HomeId, id: DeviceId, limits?: Limits): DeviceDetail {
    const { homes } = this.#deps
    const device = homes.device(home, id)
    const { shape } = device
    return {
      ...(JSON.parse(homes.runtime(home).viewJson(device)) as DeviceView),
      ...(shape.manufacturer === undefined ? {} : { manufacturer: shape.manufacturer }),
      ...(shape.model === undefined ? {} : { model: shape.model }),
      ...(shape.firmware === undefined ? {} : { firmware: shape.firmware }),
      confirmable: shape.confirmable,
      problems: [
        ...(shape.problems ?? []),
        ...(device.isGone ? ['Its connection no longer announces this device.'] : []),
      ],
      addedAt: isoInstant(device.addedAt),
      acts: shape.acts ?? [],
      ...(shape.interview === undefined ? {} : { interview: shape.interview }),
      ...(shape.members === undefined ? {} : { members: this.#members(home, device, limits) }),
      groups: (device.groups ?? []).filter((each) => isSeen(limits, each)).map((each) => each.id),
      ...(device.connection === undefined ? {} : { connection: device.connection }),
      shapes: shape.parts,
      privacy: this.#label(device),
    }
  }

  /** The devices of a group: of ours by their ids, of a bridge's own by the hardware that is known here. */
  #members(home: HomeId, group: LiveDevice, limits: Limits | undefined): DeviceId[] {
    if (group.members !== undefined)
      return group.members.filter((each) => isSeen(limits, each)).map((each) => each.id)
    const { register } = this.#deps.homes.runtime(home)
    return (group.shape.members ?? [])
      .map((nativeId) => register.of(group.driver, nativeId))
      .filter((each) => each !== undefined && isShown(each) && isSeen(limits, each))
      .map((each) => each!.id)
  }

  values(home: HomeId, id: DeviceId): RawValue[] {
    return rawValues(this.#deps.homes.device(home, id))
  }

  /** The last picture of a camera; the first part that has one when none is named. // pp.2.3.1 */
  picture(
    home: HomeId,
    id: DeviceId,
    part: string | undefined,
  ): { type: string; data: Uint8Array; at: number } {
    const { image } = this.#deps.homes.device(home, id)
    if (image === undefined || !servedImage.test(image.type) || (part !== undefined && part !== image.part))
      throw new AppError('auth.not-found')
    return image
  }

  /** What the device senses, from its capabilities, and who gets it, from its driver's manifest. */
  #label(device: LiveDevice): DeviceDetail['privacy'] {
    const manifest = this.#deps.drivers.manifests().find((each) => each.id === device.driver)
    const sensed = new Set<string>(['device.identity'])
    for (const part of device.shape.parts) {
      for (const capability of Object.keys(part.capabilities))
        if (isCapability(capability)) sensed.add(capabilities[capability].sensing)
      for (const { category } of Object.values(part.vendor)) sensed.add(vendorSensing[category])
    }
    const reach = manifest?.reach ?? 'local'
    return {
      categories: [...sensed].sort(),
      recipients: reach === 'cloud' ? [...(manifest?.talksTo ?? [])] : [],
      reach,
    }
  }

  /** Answered once it is stored; what cannot be stored is not changed. */
  async edit(home: HomeId, id: DeviceId, edit: DeviceEdit): Promise<void> {
    const { homes, records } = this.#deps
    const device = homes.device(home, id)
    const room = edit.room === undefined ? device.room : homes.home(home).places.knownRoom(edit.room)
    const { openMinutes } = device
    const before = { name: device.name, room: device.room, isNew: device.isNew, openMinutes }
    // Whoever names or places a device has seen it.
    Object.assign(device, {
      name: edit.name ?? device.name,
      room,
      openMinutes: edit.openMinutes === undefined ? openMinutes : (edit.openMinutes ?? undefined),
      isNew:
        edit.isNew === false || edit.name !== undefined || edit.room !== undefined ? false : device.isNew,
    })
    try {
      await records.save(home, device)
    } catch (error) {
      Object.assign(device, before)
      throw error
    }
    const runtime = homes.runtime(home)
    runtime.act(() => runtime.touch(device))
  }

  /** Whether one of these is to be treated as a lock: taken out and announced again, it no longer would be. */
  isGuarded(home: HomeId, isOne: (device: LiveDevice) => boolean): boolean {
    const { devices } = this.#deps.homes.runtime(home)
    return [...devices.values()].some((each) => each.guarded === true && isOne(each))
  }

  /** Erases the device with its commands and history; announced again, it comes back as a new one. // pp.ret.2 */
  async remove(home: HomeId, id: DeviceId): Promise<void> {
    const { homes, records, erase, log } = this.#deps
    const runtime = homes.runtime(home)
    const device = homes.device(home, id)
    runtime.act(() => homes.intake.forget(device))
    await records.settled()
    if (!(await erase.checkpoint())) log.warn('device.erasure-waits-for-a-reader', { home })
  }
}
