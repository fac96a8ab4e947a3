import {
  AppError,
  mostScenes,
  newId,
  type DeviceId,
  type HomeId,
  type OperatingRole,
  type RoomId,
  type SceneId,
  type SubjectId,
} from '@eaves/model'
import type {
  SceneCaptured,
  SceneCreate,
  SceneEdit,
  SceneRunView,
  SceneVersionView,
  SceneView,
} from '@eaves/model/api'
import type { Commander, Commands } from '../commands/commands.ts'
import { isSeen, limitsIn, roomsSeen, type Homes, type Pins, type Timers } from '../homes/homes.ts'
import type { Limits } from '../privacy/privacy.ts'
import { capture } from './capture.ts'
import { checkSettings } from './check.ts'
import { Deleted } from './deleted.ts'
import { start } from './run.ts'
import { Runs, type Run } from './runs.ts'
import { deleteScene, loadScenes, loadVersions, saveScene, type FactsDb, type SceneRecord } from './store.ts'
import { versionViewOf, viewOf } from './view.ts'

export interface ScenesDeps {
  readonly facts: FactsDb
  readonly homes: Homes
  readonly commands: Pick<Commands, 'submit'>
  readonly pins: Pick<Pins, 'check'>
  readonly timers: Timers
  readonly now: () => number
  readonly role: OperatingRole
}
export interface RunWish {
  readonly idempotencyKey?: string | undefined
  /** Only these devices of the scene. */
  readonly devices?: readonly DeviceId[] | undefined
}
export type OnRunEnd = (run: SceneRunView) => void

function checkRoomFor(scenes: readonly SceneRecord[]): void {
  if (scenes.length >= mostScenes)
    throw new AppError('input.conflict', { detail: `A home has at most ${mostScenes} scenes.` })
}

/** What several devices are to be, under one name. */
export class Scenes {
  readonly #deps: ScenesDeps
  readonly #open = new Map<HomeId, Promise<readonly SceneRecord[]>>()
  readonly #turns = new Map<HomeId, Promise<unknown>>()
  readonly #runs: Runs
  readonly #deleted: Deleted

  constructor(deps: ScenesDeps) {
    this.#deps = deps
    this.#runs = new Runs(deps.now)
    this.#deleted = new Deleted(deps.timers)
  }

  /** Before a home is removed: whatever is being saved is saved, and nothing of it stays in memory. */
  async close(home: HomeId): Promise<void> {
    await this.#turns.get(home)
    this.#open.delete(home)
    this.#turns.delete(home)
    this.#runs.forget(home)
    this.#deleted.forget(home)
  }

  /** The scenes of a home are read once, when somebody first asks for one. */
  async #of(home: HomeId): Promise<readonly SceneRecord[]> {
    this.#deps.homes.home(home)
    const known = this.#open.get(home)
    if (known !== undefined) return known
    const loading = loadScenes(this.#deps.facts, home)
    this.#open.set(home, loading)
    loading.catch(() => this.#open.delete(home))
    return loading
  }

  /** One change at a time: the order is written as a whole. */
  #inTurn<R>(home: HomeId, work: (scenes: readonly SceneRecord[]) => Promise<R>): Promise<R> {
    const mine = (this.#turns.get(home) ?? Promise.resolve()).then(async () => work(await this.#of(home)))
    this.#turns.set(
      home,
      mine.catch(() => undefined),
    )
    return mine
  }

  async #found(home: HomeId, id: SceneId): Promise<SceneRecord> {
    const scene = (await this.#of(home)).find((each) => each.id === id)
    if (scene === undefined) throw new AppError('auth.not-found')
    return scene
  }

  /** What a scene is called, for whoever tells of it. */
  async nameOf(home: HomeId, id: SceneId): Promise<string | undefined> {
    return (await this.#of(home)).find((each) => each.id === id)?.name
  }

  async list(home: HomeId, limits?: Limits): Promise<SceneView[]> {
    const scenes = await this.#of(home)
    const rooms = roomsSeen(limits, this.#deps.homes.runtime(home))
    return scenes
      .map((scene, position) => viewOf(this.#deps.homes.home(home), scene, position, { limits, rooms }))
      .filter((each) => each !== undefined)
  }

  async get(home: HomeId, id: SceneId, limits?: Limits): Promise<SceneView> {
    const found = (await this.list(home, limits)).find((each) => each.id === id)
    if (found === undefined) throw new AppError('auth.not-found')
    return found
  }

  capture(home: HomeId, devices: readonly DeviceId[], locks: boolean): SceneCaptured {
    const { homes } = this.#deps
    const runtime = homes.runtime(home)
    const found = [...new Set(devices)].map((id, index) => {
      const device = runtime.shown(id)
      if (device === undefined)
        throw new AppError('input.invalid', { errors: [{ path: `devices.${index}`, code: 'not-found' }] })
      return device
    })
    const { settings, leftOut } = capture(runtime, found, locks)
    return { settings: [...settings], leftOut: [...leftOut] }
  }

  add(home: HomeId, by: SubjectId, wish: SceneCreate): Promise<SceneView> {
    return this.#inTurn(home, (scenes) =>
      this.#add(home, by, scenes, {
        name: wish.name,
        icon: wish.icon ?? 'sparkles',
        room: this.#knownRoom(home, wish.room ?? null),
        transitionSeconds: wish.transitionSeconds ?? null,
        settings: this.#checked(home, wish.settings),
      }),
    )
  }

  /** The same once more, right behind it. What is no longer there is left behind. */
  copy(home: HomeId, by: SubjectId, id: SceneId, name: string): Promise<SceneView> {
    const runtime = this.#deps.homes.runtime(home)
    return this.#inTurn(home, async (scenes) => {
      const { version: _version, id: _id, ...like } = await this.#found(home, id)
      const settings = like.settings.filter(({ device }) => runtime.shown(device as DeviceId) !== undefined)
      if (settings.length === 0) throw new AppError('scene.nothing')
      const after = scenes.findIndex((each) => each.id === id) + 1
      return this.#add(home, by, scenes, { ...like, settings, name }, after)
    })
  }

  async #add(
    home: HomeId,
    by: SubjectId,
    scenes: readonly SceneRecord[],
    made: Omit<SceneRecord, 'id' | 'version'>,
    at = scenes.length,
  ): Promise<SceneView> {
    checkRoomFor(scenes)
    const scene = { ...made, id: newId<SceneId>(), version: 1 }
    await this.#save(home, by, scene, scenes.toSpliced(at, 0, scene))
    return this.get(home, scene.id)
  }

  edit(home: HomeId, by: SubjectId, id: SceneId, edit: SceneEdit): Promise<SceneView> {
    return this.#inTurn(home, async (scenes) => {
      const before = await this.#found(home, id)
      if (edit.version !== undefined && edit.version !== before.version)
        throw new AppError('input.conflict', { detail: 'Somebody has changed this scene in between.' })
      const { name, icon, room, transitionSeconds, settings, position } = edit
      const scene: SceneRecord = {
        ...before,
        version: before.version + 1,
        ...(name === undefined ? {} : { name }),
        ...(icon === undefined ? {} : { icon }),
        ...(room === undefined ? {} : { room: this.#knownRoom(home, room) }),
        ...(transitionSeconds === undefined ? {} : { transitionSeconds }),
        ...(settings === undefined ? {} : { settings: this.#checked(home, settings) }),
      }
      const rest = scenes.filter((each) => each.id !== id)
      const at = position ?? scenes.indexOf(before)
      await this.#save(home, by, scene, rest.toSpliced(at, 0, scene), before)
      return this.get(home, id)
    })
  }

  /** How it read at each save, newest first. */
  async versions(
    home: HomeId,
    by: SubjectId,
    id: SceneId,
    { limits, namesPeople }: { readonly limits?: Limits | undefined; readonly namesPeople: boolean },
  ): Promise<SceneVersionView[]> {
    await this.get(home, id, limits)
    const place = this.#deps.homes.home(home)
    const rooms = roomsSeen(limits, place.runtime)
    return (await loadVersions(this.#deps.facts, home, by, id))
      .map((kept) => versionViewOf(place, kept, { limits, rooms }, namesPeople))
      .filter((each) => each !== undefined)
  }

  /** It reads again as it did, as a new version; devices and a room that are gone since are left out. */
  async revert(home: HomeId, by: SubjectId, id: SceneId, version: number): Promise<SceneView> {
    const { version: read } = await this.#found(home, id)
    const [found] = await loadVersions(this.#deps.facts, home, by, id, version)
    if (found === undefined) throw new AppError('auth.not-found')
    const { runtime, places } = this.#deps.homes.home(home)
    const { name, icon, transitionSeconds } = found
    const settings = found.settings.filter(({ device }) => runtime.shown(device as DeviceId) !== undefined)
    if (settings.length === 0) throw new AppError('scene.nothing')
    const room =
      found.room !== null && places.roomName(found.room as RoomId) !== undefined ? found.room : null
    return this.edit(home, by, id, { name, icon, room, transitionSeconds, settings, version: read })
  }

  async #save(
    home: HomeId,
    by: SubjectId,
    scene: SceneRecord,
    order: readonly SceneRecord[],
    before?: SceneRecord,
  ): Promise<void> {
    const { facts, now } = this.#deps
    await saveScene(facts, home, by, scene, { order: order.map(({ id }) => id), at: now(), before })
    this.#open.set(home, Promise.resolve(order))
  }

  remove(home: HomeId, by: SubjectId, id: SceneId): Promise<void> {
    return this.#inTurn(home, async (scenes) => {
      const scene = await this.#found(home, id)
      const versions = await deleteScene(this.#deps.facts, home, by, id)
      this.#deleted.put(home, { scene, position: scenes.indexOf(scene), by, versions })
      this.#open.set(home, Promise.resolve(scenes.filter((each) => each.id !== id)))
    })
  }

  /** What this person deleted a moment ago is there again, under its id and with how it read before. */
  restore(home: HomeId, by: SubjectId, id: SceneId): Promise<SceneView> {
    return this.#inTurn(home, async (scenes) => {
      const found = this.#deleted.find(home, id, by)
      if (found === undefined) throw new AppError('auth.not-found')
      checkRoomFor(scenes)
      const { facts, homes, now } = this.#deps
      const { scene, position } = found
      const order = scenes.toSpliced(position, 0, scene)
      // Whoever has left or was erased in between is named by nothing that comes back.
      const versions = found.versions.map((each) => ({
        ...each,
        author: each.author !== null && homes.relations.get(home, each.author) ? each.author : null,
      }))
      const ids = order.map((each) => each.id)
      await saveScene(facts, home, by, scene, { order: ids, at: now(), before: scene, versions })
      this.#open.set(home, Promise.resolve(order))
      this.#deleted.drop(home, id)
      return this.get(home, id)
    })
  }

  #knownRoom(home: HomeId, room: string | null): string | null {
    return this.#deps.homes.home(home).places.knownRoom(room as RoomId | null)
  }

  #checked(home: HomeId, settings: SceneCreate['settings']): SceneCreate['settings'] {
    const runtime = this.#deps.homes.runtime(home)
    checkSettings(settings, (id) => runtime.shown(id))
    return settings
  }

  /** Answers once every wish is stored; `onEnd` is told what came of it when all devices have ended. */
  async run(
    home: HomeId,
    id: SceneId,
    by: Commander,
    onEnd?: OnRunEnd,
    { idempotencyKey, devices }: RunWish = {},
  ): Promise<SceneRunView> {
    const key = idempotencyKey === undefined ? undefined : `${home}/${id}/${by.subject}/${idempotencyKey}`
    const scene = await this.#found(home, id)
    const run = await this.#runs.once(key, () =>
      start(this.#deps, home, by, {
        scene: id,
        kind: 'run',
        settings:
          devices === undefined
            ? scene.settings
            : scene.settings.filter(({ device }) => devices.includes(device as DeviceId)),
        transitionSeconds: scene.transitionSeconds,
      }),
    )
    return this.#told(run, by, onEnd)
  }

  /** Puts back what the run changed, once; by whoever ran it, and with the rights that they have now. */
  async undo(home: HomeId, id: SceneId, runId: string, by: Commander): Promise<SceneRunView> {
    const run = this.#runs.find(home, id, runId, by.subject)
    if (run === undefined) throw new AppError('auth.not-found')
    const prior = run.prior.filter(({ of }) => [...of].some((each) => run.touched.has(each)))
    if (run.kind === 'undo' || run.isUndone || prior.length === 0 || !this.#runs.isFresh(run))
      throw new AppError('scene.undo-over')
    run.isUndone = true
    try {
      const back = await this.#runs.once(undefined, () =>
        start(this.#deps, home, by, {
          scene: id,
          kind: 'undo',
          settings: prior.map(({ setting }) => setting),
          transitionSeconds: null,
        }),
      )
      return this.#told(back, by)
    } catch (error) {
      run.isUndone = false
      throw error
    }
  }

  /** How one's own run stands; with `maxMs` once it has ended, or after that time. */
  async runOf(home: HomeId, id: SceneId, runId: string, by: Commander, maxMs = 0): Promise<SceneRunView> {
    const run = this.#runs.find(home, id, runId, by.subject)
    if (run === undefined) throw new AppError('auth.not-found')
    if (maxMs > 0 && run.endedAt === undefined) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const timer = this.#deps.timers.after(maxMs, resolve)
      await Promise.race([run.ended, promise])
      timer.cancel()
    }
    return this.#told(run, by)
  }

  /** By their rights of this moment: whoever lost sight of a device meanwhile is not told of it. // T15 */
  #told(run: Run, { principal, subject }: Commander, onEnd?: OnRunEnd): SceneRunView {
    const { homes } = this.#deps
    const view = (): SceneRunView => {
      const now = 'limits' in principal ? { ...principal, ...homes.relationsOf(subject) } : principal
      const limits = limitsIn(now, run.home)
      const runtime = homes.find(run.home)?.runtime
      return run.view(
        limits === undefined
          ? undefined
          : (id) => {
              const device = runtime?.shown(id)
              return device !== undefined && isSeen(limits, device)
            },
      )
    }
    if (onEnd !== undefined) void run.ended.then(() => onEnd(view()))
    return view()
  }
}

export function createScenes(deps: ScenesDeps): Scenes {
  const scenes = new Scenes(deps)
  deps.homes.onClosing((home) => scenes.close(home))
  return scenes
}
