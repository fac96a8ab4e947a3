import { AppError, type DeviceId, type HomeId, type SubjectId } from '@eaves/model'
import type { ReplacementPreview } from '@eaves/model/api'
import type { History } from '../history/history.ts'
import { unkeptBy, type DeviceRecord, type Homes, type LiveDevice } from '../homes/homes.ts'
import type { Log } from '../log.ts'
import type { Erasure } from '../store/stores.ts'
import { functionsOf, historyPlan, lacking, type HistoryStep } from './counterparts.ts'
import { recordOf, type DeviceRecords } from './records.ts'
import { countCommands, type FactsDb } from './store.ts'

export interface ReplacementsDeps {
  readonly facts: FactsDb
  readonly homes: Homes
  readonly records: DeviceRecords
  readonly history: Pick<History, 'paths' | 'move' | 'forget'>
  /** Ends what is on its way to a device. */
  readonly endCommands: (device: DeviceId) => void
  readonly erase: Erasure
  readonly log: Log
}
interface Pair {
  readonly device: LiveDevice
  readonly by: LiveDevice
}

/** Puts other hardware in the place of a device: its id, name, room, groups and history stay. */
export class Replacements {
  readonly #deps: ReplacementsDeps
  /** One at a time: what each looked at must still stand when it writes. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(deps: ReplacementsDeps) {
    this.#deps = deps
  }

  async preview(home: HomeId, id: DeviceId, byId: DeviceId): Promise<ReplacementPreview> {
    const { facts, history, homes } = this.#deps
    const { device, by } = this.#pair(home, id, byId)
    const [paths, theirs, commands] = await Promise.all([
      history.paths(home, device.id),
      history.paths(home, by.id),
      countCommands(facts, home, device.id),
    ])
    const room = device.room === null ? undefined : homes.home(home).places.roomName(device.room)
    const groups = (device.groups ?? []).map((each) => each.name)
    return {
      device: device.id,
      by: by.id,
      keeps: [
        { kind: 'name', count: 1, names: [device.name] },
        { kind: 'room', count: room === undefined ? 0 : 1, names: room === undefined ? [] : [room] },
        { kind: 'history', count: paths.length, names: [] },
        { kind: 'groups', count: groups.length, names: groups },
        { kind: 'commands', count: commands, names: [] },
      ],
      history: historyPlan(device, by, paths).map(({ from, to }) => ({
        ...from,
        ...(to === undefined ? {} : { to }),
      })),
      lacks: lacking(functionsOf(device), functionsOf(by)),
      gains: lacking(functionsOf(by), functionsOf(device)),
      merges: theirs.length,
      warnings: warningsOf(device, by),
    }
  }

  replace(home: HomeId, subject: SubjectId, id: DeviceId, byId: DeviceId): Promise<void> {
    const mine = this.#turn.then(() => this.#replace(home, subject, id, byId))
    this.#turn = mine.catch(() => undefined)
    return mine
  }

  /** History first: it can be carried on again should the rest fail, a row that is gone could not. */
  async #replace(home: HomeId, subject: SubjectId, id: DeviceId, byId: DeviceId): Promise<void> {
    const { homes, records, history, endCommands, erase, log } = this.#deps
    const { device, by } = this.#pair(home, id, byId)
    for (const each of [device, by]) endCommands(each.id)
    const own = historyPlan(device, by, await history.paths(home, device.id))
    const unkept = unkeptAs(device, by)
    await history.move(
      home,
      own.flatMap((step) => renamed(device, step)),
    )
    await this.#merge(home, device, by, unkept)
    this.#pair(home, id, byId)
    const made = { by, records: () => [{ ...embodied(device, by), unkept }, ...groupsAfter(device, by)] }
    await records.replace(home, subject, made, () => {
      device.unkept = unkept
      homes.runtime(home).act(() => homes.intake.embody(device, by))
    })
    for (const each of [device, by]) endCommands(each.id)
    // What it reported while this was written.
    await this.#merge(home, device, by, unkept)
    await history.forget(home, [by.id])
    if (!(await erase.checkpoint())) log.warn('device.erasure-waits-for-a-reader', { home })
  }

  async #merge(
    home: HomeId,
    device: LiveDevice,
    by: LiveDevice,
    gone: readonly string[] = [],
  ): Promise<void> {
    const { history } = this.#deps
    const paths = await history.paths(home, by.id)
    await history.move(
      home,
      // What it reported of a value of which nobody wants a history goes with it.
      paths
        .filter((path) => !gone.includes(path))
        .map((path) => ({ from: { device: by.id, path }, to: { device: device.id, path } })),
    )
  }

  #pair(home: HomeId, id: DeviceId, byId: DeviceId): Pair {
    const { homes } = this.#deps
    const device = homes.device(home, id)
    const by = homes.device(home, byId)
    const code =
      device === by
        ? 'same-device'
        : [device, by].some((each) => each.shape.members !== undefined)
          ? 'is-a-group'
          : undefined
    if (code !== undefined) throw new AppError('input.invalid', { errors: [{ path: 'by', code }] })
    return { device, by }
  }
}

function embodied(device: LiveDevice, { driver, connection, shape }: LiveDevice): DeviceRecord {
  return { ...recordOf(device), driver, connection, shape, isNew: false }
}

/** Of what no history is wanted, under the names that the new hardware has for it. */
function unkeptAs(device: LiveDevice, by: LiveDevice): readonly string[] | undefined {
  const own = historyPlan(device, by, device.unkept ?? [])
  return unkeptBy({ unkept: own.map(({ path, toPath }) => toPath ?? path) }, by)
}

/** Whatever the new one was in, the device is in from now on. */
function groupsAfter(device: LiveDevice, by: LiveDevice): DeviceRecord[] {
  return (by.groups ?? []).map((group) => {
    const members = (group.members ?? []).map((each) => (each === by ? device.id : each.id))
    return { ...recordOf(group), shape: { ...group.shape, members: [...new Set(members)] } }
  })
}

function renamed(device: LiveDevice, { path, toPath }: HistoryStep) {
  return toPath === undefined || toPath === path
    ? []
    : [{ from: { device: device.id, path }, to: { device: device.id, path: toPath } }]
}

function warningsOf(device: LiveDevice, by: LiveDevice): ReplacementPreview['warnings'] {
  return [
    ...(device.online ? (['still-online'] as const) : []),
    // A bridge that still lists it will announce it again, as a new device.
    ...(!device.online && device.links.length > 0 ? (['still-announced'] as const) : []),
    ...(by.online ? [] : (['new-offline'] as const)),
    ...(by.groups === undefined ? [] : (['new-in-groups'] as const)),
    ...(device.shape.kind === by.shape.kind ? [] : (['kind-differs'] as const)),
  ]
}
