import {
  AppError,
  capabilities,
  isCapability,
  newId,
  type DeviceId,
  type HomeId,
  type OperatingRole,
  type SafetyClass,
} from '@eaves/model'
import type { DeviceHold, DeviceHoldWrite } from '@eaves/model/api'
import type { Activity } from '../activity/activity.ts'
import { isoInstant } from '../deps.ts'
import { cellOf, classesOf, commandVerdict, type Homes, type LiveDevice } from '../homes/homes.ts'
import { stackOf, type Log } from '../log.ts'
import type { Db, Facts } from '../store/stores.ts'
import type { Commander } from './confirm.ts'
import { deleteHolds, insertHold, loadHolds, type Held } from './hold-store.ts'

export interface HoldsDeps {
  readonly facts: Db<Facts>
  readonly homes: Homes
  readonly role: OperatingRole
  readonly now: () => number
  readonly log: Log
  readonly note?: Activity['note']
}
/** What is meant: all of a device, or one thing of it. */
export interface HeldWhat {
  readonly part?: string | undefined
  readonly capability?: string | undefined
}
/** From when until when something was left alone, and since when nothing of that is missing. */
export interface HoldPast {
  readonly knownSince: number
  readonly holds: readonly (Pick<Held, 'device' | 'part' | 'capability'> & {
    readonly from: number
    readonly to: number
  })[]
}
interface Own {
  readonly held: Map<string, Held>
  /** What is over stays known as long as the server runs, without whose it was: it is written nowhere. */
  past: HoldPast
  /** Rooms that somebody has been in since; while one is waited for, every change of the home is looked at. */
  readonly busy: Set<string>
  stop: (() => void) | undefined
}
const mostInHome = 500
const mostDays = 30
const pastDays = 31
const mostPast = 1_000
const dayMs = 86_400_000
const hourMs = 3_600_000

/** What people set by hand and automations leave alone until then. Whoever may not move a thing cannot have it left alone. */
export class Holds {
  readonly #deps: HoldsDeps
  readonly #homes = new Map<HomeId, Own>()

  constructor(deps: HoldsDeps) {
    this.#deps = deps
  }

  async start(): Promise<void> {
    const { homes } = this.#deps
    homes.onOpened((home) => this.#load(home))
    homes.onClosing(async (home) => this.#close(home))
    // Whoever is gone has no name here. // pp.4.4.c
    homes.onRolesChanged((subject) => {
      const { roles } = homes.relationsOf(subject)
      for (const [home, { held }] of this.#homes)
        if (!roles.has(home))
          for (const each of held.values())
            if (each.by === subject) held.set(each.id, { ...each, by: undefined })
    })
    for (const home of homes.ids()) await this.#load(home)
  }

  async #load(home: HomeId): Promise<void> {
    const { facts, homes } = this.#deps
    const past = { knownSince: this.#deps.now(), holds: [] }
    const own: Own = { held: new Map(), past, busy: new Set(), stop: undefined }
    this.#homes.set(home, own)
    const { runtime } = homes.home(home)
    const gone: string[] = []
    for (const each of await loadHolds(facts, home)) {
      if (this.#isOver(each) || !runtime.devices.has(each.device)) gone.push(each.id)
      own.held.set(each.id, each)
      own.busy.add(each.id)
    }
    this.#drop(home, gone)
    this.#watch(home, own)
  }

  #close(home: HomeId): void {
    this.#homes.get(home)?.stop?.()
    this.#homes.delete(home)
  }

  /** Whether an automation is to leave this alone. */
  isHeld(home: HomeId, device: DeviceId, part: string, capability: string): boolean {
    for (const each of this.#homes.get(home)?.held.values() ?? [])
      if (each.device === device && !this.#isOver(each) && covers(each, part, capability)) return true
    return false
  }

  list(home: HomeId, device: DeviceId): DeviceHold[] {
    return this.#of(home, device).map(({ part, capability, ends, since, until, by }) => ({
      ...(part === undefined ? {} : { part }),
      ...(capability === undefined ? {} : { capability }),
      ends,
      since: isoInstant(since),
      ...(until === undefined ? {} : { until: isoInstant(until) }),
      ...(by === undefined ? {} : { by }),
    }))
  }

  async put(home: HomeId, device: LiveDevice, by: Commander, wish: DeviceHoldWrite): Promise<DeviceHold[]> {
    this.#demand(home, device, by, wish)
    const { facts, now, note } = this.#deps
    const until = untilOf(wish, now())
    if (wish.ends === 'empty' && roomState(this.#deps.homes, home, device) === undefined)
      throw new AppError('input.invalid', { errors: [{ path: 'ends', code: 'no-sensor' }] })
    await this.#take(home, device.id, wish)
    const own = this.#homes.get(home)
    if (own === undefined || own.held.size >= mostInHome) throw new AppError('input.conflict')
    const held: Held = {
      id: newId(),
      device: device.id,
      part: wish.part,
      capability: wish.capability,
      ends: wish.ends,
      until,
      since: now(),
      by: by.subject,
    }
    await insertHold(facts, home, by.subject, held)
    own.held.set(held.id, held)
    if (roomState(this.#deps.homes, home, device) === 'busy') own.busy.add(held.id)
    this.#watch(home, own)
    await note?.(by.subject, 'device-held', { home })
    return this.list(home, device.id)
  }

  /** Automations move it again. */
  async end(home: HomeId, device: LiveDevice, by: Commander, what: HeldWhat): Promise<DeviceHold[]> {
    this.#demand(home, device, by, what)
    if (await this.#take(home, device.id, what))
      await this.#deps.note?.(by.subject, 'device-let-go', { home })
    return this.list(home, device.id)
  }

  #of(home: HomeId, device: DeviceId): Held[] {
    return [...(this.#homes.get(home)?.held.values() ?? [])].filter(
      (each) => each.device === device && !this.#isOver(each),
    )
  }

  async #take(home: HomeId, device: DeviceId, { part, capability }: HeldWhat): Promise<boolean> {
    const own = this.#homes.get(home)
    const ids = [...(own?.held.values() ?? [])]
      .filter((each) => each.device === device)
      .filter((each) => part === undefined || each.part === part)
      .filter((each) => capability === undefined || each.capability === capability)
      .map(({ id }) => id)
    await deleteHolds(this.#deps.facts, home, ids)
    this.#over(own, ids)
    return ids.length > 0
  }

  #over(own: Own | undefined, ids: readonly string[]): void {
    if (own === undefined || ids.length === 0) return
    const now = this.#deps.now()
    const ended = ids.flatMap((id) => own.held.get(id) ?? []).map((each) => spanOf(each, now))
    for (const id of ids) own.held.delete(id)
    own.past = pruned(own.past, ended, now)
  }

  /** What was left alone, as far as it is known, and what is. */
  past(home: HomeId): HoldPast {
    const own = this.#homes.get(home)
    const now = this.#deps.now()
    if (own === undefined) return { knownSince: now, holds: [] }
    const still = [...own.held.values()].map((each) => spanOf(each, Number.POSITIVE_INFINITY))
    return { knownSince: own.past.knownSince, holds: [...own.past.holds, ...still] }
  }

  /** A thing is held by whoever may command it: nobody keeps a lock open, or a heater off, by a detour. // pp.5.1 */
  #demand(home: HomeId, device: LiveDevice, { principal }: Commander, { part, capability }: HeldWhat): void {
    if (part !== undefined && !device.parts.has(part))
      throw new AppError('input.invalid', { errors: [{ path: 'part', code: 'not-found' }] })
    if (capability !== undefined && capability !== 'vendor' && !isCapability(capability))
      throw new AppError('input.invalid', { errors: [{ path: 'capability', code: 'unknown' }] })
    const { homes, role: operatingRole } = this.#deps
    const runtime = homes.runtime(home)
    const classes: readonly SafetyClass[] =
      capability !== undefined && isCapability(capability)
        ? [capabilities[capability].safety]
        : [...classesOf(runtime, device), 'comfort']
    for (const safety of classes) {
      const verdict = commandVerdict({ principal, runtime, operatingRole }, device, safety)
      if (!verdict.allow) throw new AppError(verdict.within ? 'auth.forbidden' : 'auth.not-found')
    }
  }

  #isOver({ until }: Held): boolean {
    return until !== undefined && until <= this.#deps.now()
  }

  #drop(home: HomeId, ids: readonly string[]): void {
    this.#over(this.#homes.get(home), ids)
    deleteHolds(this.#deps.facts, home, ids).catch((error: unknown) =>
      this.#deps.log.error('hold.end-not-stored', { home, stack: stackOf(error) }),
    )
  }

  /** Rooms are looked at only as long as something waits for one to be empty. */
  #watch(home: HomeId, own: Own): void {
    const isWaiting = [...own.held.values()].some(({ ends }) => ends === 'empty')
    if (isWaiting && own.stop === undefined)
      own.stop = this.#deps.homes.watch(home, undefined, (kind) => {
        if (kind === 'change') this.#look(home, own)
      }).stop
    if (isWaiting || own.stop === undefined) return
    own.stop()
    own.stop = undefined
  }

  #look(home: HomeId, own: Own): void {
    const { homes } = this.#deps
    const over: string[] = []
    for (const each of own.held.values()) {
      if (each.ends !== 'empty') continue
      const device = homes.runtime(home).devices.get(each.device)
      const state = device === undefined ? undefined : roomState(homes, home, device)
      if (state === 'busy') own.busy.add(each.id)
      else if (state === 'empty' && own.busy.has(each.id)) over.push(each.id)
    }
    if (over.length === 0) return
    this.#drop(home, over)
    this.#watch(home, own)
  }
}

const covers = (each: HeldWhat, part: string, capability: string): boolean =>
  (each.part ?? part) === part && (each.capability ?? capability) === capability

function spanOf({ device, part, capability, since, until }: Held, end: number): HoldPast['holds'][number] {
  return { device, part, capability, from: since, to: Math.min(until ?? end, end) }
}

/** No longer than anything looks back, and no more than one would read. */
function pruned(past: HoldPast, ended: HoldPast['holds'], now: number): HoldPast {
  const oldest = now - pastDays * dayMs
  const holds = [...past.holds, ...ended].filter(({ to }) => to > oldest)
  const left = holds.slice(-mostPast)
  const lost = holds.slice(0, -mostPast).map(({ to }) => to)
  return { knownSince: Math.max(past.knownSince, oldest, ...lost), holds: left }
}

function untilOf(wish: DeviceHoldWrite, now: number): number | undefined {
  if (wish.ends !== 'time') return undefined
  const until = 'hours' in wish ? now + wish.hours * hourMs : Date.parse(wish.until)
  if (!(until > now) || until > now + mostDays * dayMs)
    throw new AppError('input.invalid', { errors: [{ path: 'until', code: 'impossible' }] })
  return Math.round(until)
}

/** Whether somebody is in the room of the device; undefined when nothing there could say so. */
function roomState(homes: Homes, home: HomeId, { room }: LiveDevice): 'busy' | 'empty' | undefined {
  if (room === null) return undefined
  const cells = [...homes.runtime(home).devices.values()]
    .filter((each) => each.room === room)
    .flatMap((each) => [...each.parts.keys()].map((part) => cellOf(each, part, 'occupancy', 'occupied')))
    .filter((cell) => cell !== undefined)
  if (cells.length === 0) return undefined
  return cells.every(({ value }) => value === false) ? 'empty' : 'busy'
}
