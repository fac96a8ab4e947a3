import {
  AppError,
  newId,
  type Confirmers,
  type DeviceId,
  type HomeId,
  type HomeRole,
  type RoomId,
  type SubjectId,
} from '@eaves/model'
import type { Activity } from '../activity/activity.ts'
import type { LiveValues } from '../history/data.ts'
import { stackOf, type Log } from '../log.ts'
import type { Limits, Relations as Held } from '../privacy/privacy.ts'
import type { Vault } from '../privacy/vault.ts'
import type { Erasure, Lease } from '../store/stores.ts'
import { Intake } from './intake.ts'
import { forgetInInvitations } from './invitation-store.ts'
import { Ends, type OnEnd } from './ends.ts'
import { loadMembers, saveMember, updateMember } from './member-store.ts'
import { namesDevice, withoutGone, type Gone } from './named.ts'
import type { OpenHome } from './open-home.ts'
import { Places } from './places.ts'
import { Relations, type Membership } from './relations.ts'
import { Turns } from './turns.ts'
import { HomeRuntime } from './runtime.ts'
import { isSeen, NarrowedWatch } from './sight.ts'
import type { DeviceRecord, RuntimeSinks } from './sinks.ts'
import type { LiveDevice } from './state.ts'
import {
  deleteHomeRows,
  insertHome,
  listHomeIds,
  loadHome,
  updateHome,
  type FactsDb,
  type HomeFacts,
} from './store.ts'
import { sweepEvery } from './sweep.ts'
import type { Timers } from '../timers.ts'

export { createFamily, type Family, type FamilyNotice } from './family.ts'
export type { DriverWord, Intake } from './intake.ts'
export type { HomeRuntime } from './runtime.ts'
export * from './reactions.ts'
export { groupDriver, groupPart } from './groups.ts'
export type { OpenHome } from './open-home.ts'
export { classesOf, classOf, commandVerdict, strictest } from './harm.ts'
export { isHardwareNumber, withoutNumbers } from './hardware.ts'
export { Pins, type Hashing } from './pins.ts'
export type { Membership } from './relations.ts'
export { PerHome } from './per-home.ts'
export { factsOf, isSeen, limitsIn, roomsSeen } from './sight.ts'
export { usualGapMs } from './silence.ts'
export { isUnkept, largestNumber, setKept, stepOf, unkeptBy } from './unkept.ts'
export { checkPlace, memberOf, placed } from './standing.ts'
export type { DeviceRecord, RuntimeSinks } from './sinks.ts'
export { slotOf } from './links.ts'
export {
  cellOf,
  createDevice,
  fits,
  isShown,
  liveValues,
  vendorCapability,
  type Cell,
  type LiveDevice,
  type LiveNote,
  type LivePartState,
  type ReportWatch,
} from './state.ts'
export type { WaitingSample } from './state.ts'
export { systemTimers, type Timers } from '../timers.ts'
export { Turns } from './turns.ts'

const homesPerPerson = 20

export interface HomesDeps {
  readonly facts: FactsDb
  readonly vault: Vault
  readonly lease: Lease
  readonly erase: Erasure
  readonly tenant: string
  readonly now: () => number
  readonly timers: Timers
  readonly log: Log
  /** Writes a line of a person's own activity. */
  readonly note?: Activity['note']
  /** Where the runtimes leave samples, rows and live values. */
  readonly sinks: RuntimeSinks
  readonly loadDevices: (home: HomeId) => Promise<readonly DeviceRecord[]>
  readonly loadLive: (home: HomeId) => Promise<ReadonlyMap<DeviceId, LiveValues>>
  /** Forgets all histories of these devices. */
  readonly forgetHistory: (home: HomeId, devices: readonly DeviceId[]) => Promise<void>
}

/** All homes of this server, who belongs to them, and their runtimes. */
export class Homes {
  readonly intake: Intake
  readonly relations: Relations
  readonly turns = new Turns()
  /** One place of a person's is taken at a time, in whichever home, so that wishes at once are counted as many as they are. */
  readonly seats = new Turns<SubjectId>()
  readonly #deps: HomesDeps
  readonly #open = new Map<HomeId, OpenHome>()
  /** What words under the seal of homes say of somebody who is erased is gone once these have ended. // pp.4.4.a */
  readonly forgetting = new Set<(subject: SubjectId) => Promise<void>>()
  readonly #opened = new Set<(home: HomeId) => Promise<void>>()
  readonly #closing = new Set<(home: HomeId) => Promise<void>>()
  /** One home is made at a time. */
  #making: Promise<unknown> = Promise.resolve()
  #epoch = 0
  #endSweep: () => void = () => undefined
  readonly #ends: Ends

  constructor(deps: HomesDeps) {
    this.#deps = deps
    this.intake = new Intake(deps)
    this.relations = new Relations({ now: deps.now, zoneOf: (home) => this.#open.get(home)?.zone ?? 'UTC' })
    this.#ends = new Ends({ ...deps, relations: this.relations, turns: this.turns })
  }

  /** Loads every home with its devices and their last values; waits for no driver. `ahead`: what can begin once it is known which they are. */
  async start(ahead?: (homes: readonly HomeId[]) => Promise<void>): Promise<void> {
    const { facts, lease } = this.#deps
    this.#epoch = await lease.acquire()
    await this.#ends.load()
    const ids = await listHomeIds(facts)
    await ahead?.(ids)
    for (const id of ids) await this.#load(id)
    await this.#ends.start()
    this.#endSweep = sweepEvery(this.#deps, () => this.#open.values())
  }

  stop(): void {
    this.#endSweep()
    this.#ends.stop()
    this.intake.stop()
    for (const home of this.#open.values()) home.runtime.stop()
  }

  async #load(id: HomeId): Promise<void> {
    const { facts, loadDevices, loadLive } = this.#deps
    const known = await loadHome(facts, id)
    if (known === undefined) return
    const home = this.#openHome(known)
    for (const [subject, membership] of await loadMembers(facts, id))
      this.relations.set(id, subject, membership)
    // Live values are a convenience: without them the home still works and devices report again.
    const live = await loadLive(id).catch((error: unknown) => {
      this.#deps.log.error('home.live-values-unreadable', { home: id, stack: stackOf(error) })
      return new Map<DeviceId, LiveValues>()
    })
    home.runtime.load(await loadDevices(id), live)
  }

  #openHome(known: HomeFacts): OpenHome {
    const { facts, now, timers, sinks, log } = this.#deps
    const runtime: HomeRuntime = new HomeRuntime(known.id, {
      now,
      timers,
      sinks: {
        ...sinks,
        erased: (home, device) => {
          sinks.erased(home, device)
          this.#forgetGone(home, { device: device.id }).catch((error: unknown) =>
            log.error('home.limits-not-stored', { home, stack: stackOf(error) }),
          )
        },
      },
      epoch: this.#epoch,
      roomName: (room: RoomId) => places.roomName(room),
      isNamed: (device) =>
        this.relations
          .members(known.id)
          .some(({ limits }) => limits !== undefined && namesDevice(limits, device)),
    })
    const places: Places = new Places(
      { facts, home: known.id, runtime, roomGone: (gone) => this.#forgetGone(known.id, gone) },
      known,
    )
    const home: OpenHome = {
      id: known.id,
      name: known.name,
      zone: known.zone,
      createdAt: known.createdAt,
      confirm: known.confirm,
      places,
      runtime,
    }
    this.#open.set(known.id, home)
    return home
  }

  /** Takes what is gone out of everybody's limits. */
  #forgetGone(home: HomeId, gone: Gone): Promise<void> {
    return this.turns.take(home, async () => {
      for (const { subject, ...held } of this.relations.members(home)) {
        const limits = held.limits && withoutGone(held.limits, gone)
        if (limits === held.limits) continue
        const membership = { ...held, limits }
        await saveMember(this.#deps.facts, home, subject, membership)
        this.relations.set(home, subject, membership)
      }
      // A device that is gone is left out when an invitation is accepted; of a room its devices stay, and stay denied.
      if ('room' in gone && this.#open.has(home)) await forgetInInvitations(this.#deps.facts, home, gone)
    })
  }

  /** Gives somebody a place in the home, or another one. */
  async keepMember(home: HomeId, subject: SubjectId, membership: Membership): Promise<void> {
    await saveMember(this.#deps.facts, home, subject, membership)
    this.relations.set(home, subject, membership)
  }

  /** Gives somebody who has a place another one; whoever has none gets none. */
  async changeMember(home: HomeId, subject: SubjectId, membership: Membership): Promise<void> {
    if (!(await updateMember(this.#deps.facts, home, subject, membership)))
      throw new AppError('auth.not-found')
    this.relations.set(home, subject, membership)
  }

  onMemberEnd(listener: OnEnd): void {
    this.#ends.listen(listener)
  }

  home(id: HomeId): OpenHome {
    const home = this.#open.get(id)
    if (home === undefined) throw new AppError('auth.not-found')
    return home
  }

  find(id: HomeId): OpenHome | undefined {
    return this.#open.get(id)
  }

  runtime(id: HomeId): HomeRuntime {
    return this.home(id).runtime
  }

  device(home: HomeId, id: DeviceId): LiveDevice {
    const device = this.runtime(home).shown(id)
    if (device === undefined) throw new AppError('auth.not-found')
    return device
  }

  /** The oldest home of this server, to which the environment's connection belongs. */
  first(): HomeId | undefined {
    return this.#open.keys().next().value
  }

  ids(): readonly HomeId[] {
    return [...this.#open.keys()]
  }

  /** Roles and limits of this moment. */
  relationsOf(subject: SubjectId): Held {
    return this.relations.of(subject)
  }

  rolesOf(subject: SubjectId): ReadonlyMap<HomeId, HomeRole> {
    return this.relations.of(subject).roles
  }

  onRolesChanged(listener: (subject: SubjectId) => void): () => void {
    return this.relations.onChanged(listener)
  }

  /** Called after a home is made; what it does is waited for, and should it fail the home stands all the same. */
  onOpened(listener: (home: HomeId) => Promise<void>): void {
    this.#opened.add(listener)
  }

  /** Called before a home is removed; what it does is waited for. */
  onClosing(listener: (home: HomeId) => Promise<void>): void {
    this.#closing.add(listener)
  }

  /** Joins a home: `sink` gets each frame's kind and its JSON after the version; `snapshot` is the text of a JSON array of devices. Limits leave out what they do not show. */
  watch(
    home: HomeId,
    limits: Limits | undefined,
    sink: (kind: 'change' | 'device' | 'event', rest: string) => void,
  ): { readonly snapshot: () => string; readonly stop: () => void } {
    const runtime = this.runtime(home)
    if (limits === undefined)
      return {
        snapshot: () => runtime.snapshotJson(),
        stop: runtime.watch((note) => sink(note.kind, note.fragment())),
      }
    const narrowed = new NarrowedWatch(limits, runtime)
    return {
      snapshot: () => runtime.snapshotJson((device) => isSeen(limits, device)),
      stop: runtime.watch((note) => {
        const rest = narrowed.fragmentOf(note)
        if (rest !== undefined) sink(note.kind, rest)
      }),
    }
  }

  now(): number {
    return this.#deps.now()
  }

  all(): readonly OpenHome[] {
    return [...this.#open.values()]
  }

  /** Throws when the person has as many homes as one may have. */
  demandRoom(subject: SubjectId, more = 1): void {
    if (this.rolesOf(subject).size + more > homesPerPerson)
      throw new AppError('input.conflict', { detail: `A person has at most ${homesPerPerson} homes.` })
  }

  create(subject: SubjectId, wish: { readonly name: string; readonly zone: string }): Promise<HomeId> {
    return this.seats.take(subject, () => {
      const mine = this.#making.then(() => this.#create(subject, wish))
      this.#making = mine.catch(() => undefined)
      return mine
    })
  }

  async #create(subject: SubjectId, wish: { readonly name: string; readonly zone: string }): Promise<HomeId> {
    const { facts, vault, tenant, now } = this.#deps
    this.demandRoom(subject)
    const id = newId<HomeId>()
    const at = now()
    await insertHome(facts, vault, { id, tenant, ...wish, owner: subject, at })
    this.#openHome({ id, ...wish, createdAt: at, confirm: 'guests', floors: [], rooms: [] })
    this.relations.set(id, subject, { role: 'owner', since: at })
    await this.#told(id, subject)
    return id
  }

  async #told(id: HomeId, subject: SubjectId): Promise<void> {
    await this.#deps.note?.(subject, 'home-made', { home: id })
    for (const listener of this.#opened)
      await listener(id).catch((error: unknown) =>
        this.#deps.log.error('home.opening-incomplete', { home: id, stack: stackOf(error) }),
      )
  }

  /** Makes homes that a copy brings along: `write` puts them all there or none, and then they are opened. */
  bring(subject: SubjectId, ids: readonly HomeId[], write: () => Promise<void>): Promise<void> {
    return this.seats.take(subject, () => {
      const mine = this.#making.then(async () => {
        this.demandRoom(subject, ids.length)
        await write()
        for (const id of ids) {
          await this.#load(id)
          await this.#told(id, subject)
        }
      })
      this.#making = mine.catch(() => undefined)
      return mine
    })
  }

  async edit(
    id: HomeId,
    subject: SubjectId,
    edit: {
      readonly name?: string | undefined
      readonly zone?: string | undefined
      readonly confirm?: Confirmers | undefined
    },
  ): Promise<void> {
    const home = this.home(id)
    await updateHome(this.#deps.facts, id, subject, edit)
    home.name = edit.name ?? home.name
    home.confirm = edit.confirm ?? home.confirm
    if (edit.zone === undefined) return
    home.zone = edit.zone
    this.relations.review(id)
  }

  /** Stops the home, removes its rows and histories, and destroys its key, so that what backups hold stays unreadable. // pp.ret.2 */
  async remove(id: HomeId, subject: SubjectId): Promise<void> {
    const { facts, vault, erase, forgetHistory } = this.#deps
    const { runtime } = this.home(id)
    this.#open.delete(id)
    const devices = [...runtime.devices.keys()]
    for (const listener of this.#closing) await listener(id)
    runtime.discard()
    await forgetHistory(id, devices)
    await deleteHomeRows(facts, id, subject)
    await vault.destroyKey({ home: id })
    erase.dropCopies()
    if (!(await erase.checkpoint())) this.#deps.log.warn('home.erasure-waits-for-a-reader', { home: id })
    this.relations.removeHome(id)
    await this.#deps.note?.(subject, 'home-removed', { home: id })
  }
}
