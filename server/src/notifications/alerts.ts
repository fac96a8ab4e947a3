import { setImmediate as yieldTurn } from 'node:timers/promises'
import type { AlertKind, AutomationId, DeviceId, HomeId, RunId, SubjectId } from '@eaves/model'
import { isWithin, type Log } from '../deps.ts'
import { isSeen, isShown, type Homes, type LiveDevice, type Timers } from '../homes/homes.ts'
import { keeperRoles } from '../privacy/privacy.ts'
import type { Db, Facts } from '../store/stores.ts'
import { judges, type DeviceAlert } from './alert-judges.ts'
import { endEpisode, openEpisodes, reopenEpisode, type EpisodeOf } from './inbox-store.ts'
import { FailedRuns, Gathered } from './alert-gathering.ts'
import { againWithinMs } from './inbox.ts'
import type { Notifications } from './notifications.ts'
import { asNotices } from './store.ts'
import { isDanger } from './words.ts'

export type ServerAlert = Exclude<AlertKind, DeviceAlert | 'automation.failed'>
type Judge = () => boolean | Promise<boolean>
export interface AlertsDeps {
  readonly facts: Db<Facts>
  readonly homes: Homes
  readonly tell: Notifications['tell']
  readonly now: () => number
  readonly timers: Timers
  readonly log: Log
  /** Whether somebody may look at the automations of the home at this moment. */
  readonly mayRead: (subject: SubjectId, home: HomeId) => boolean
  /** What the server itself may say; undefined where no keeper answers for it. */
  readonly server: Readonly<Partial<Record<ServerAlert, Judge>>> | undefined
}

/** Who wrote an automation: null when they are gone, undefined when it is gone itself. */
type AuthorOf = (home: HomeId, automation: AutomationId) => SubjectId | null | undefined

export const lookEveryMs = 5_000
const downForMs = 60_000
/** What is worth a question to the store is asked only so often. */
const askEveryMs = 60_000
interface Episode extends EpisodeOf {
  readonly since: number
}
/** No colon is in an id or a kind. */
const keyOf = ({ home, device, automation, kind }: EpisodeOf): string =>
  `${home ?? ''}:${device ?? automation ?? ''}:${kind}`

/** What homes raise by themselves: each once from its beginning to its end, which is only noted. */
export class Alerts {
  readonly #deps: AlertsDeps
  readonly #open = new Map<string, Episode>()
  /** When each was told last, as long as it may come back for the same reason. */
  readonly #told = new Map<string, number>()
  readonly #since = new Map<ServerAlert, number>()
  readonly #watched = new Map<ServerAlert, { readonly judge: Judge; askedAt: number; is: boolean }>()
  readonly #runs = new FailedRuns()
  readonly #gathered = new Gathered()
  #authorOf: AuthorOf = () => undefined
  #startedAt = 0
  #timer: { cancel: () => void } | undefined
  #looking: Promise<void> = Promise.resolve()
  #isStopped = false

  constructor(deps: AlertsDeps) {
    this.#deps = deps
    for (const [kind, judge] of Object.entries(deps.server ?? {})) this.watch(kind as ServerAlert, judge)
  }

  /** Of the server itself; told where a keeper answers for it. */
  watch(kind: ServerAlert, judge: Judge): void {
    if (this.#deps.server !== undefined)
      this.#watched.set(kind, { judge, askedAt: Number.NEGATIVE_INFINITY, is: false })
  }

  /** A run has ended; whom its automation is of is asked when it is told. */
  ran(home: HomeId, automation: AutomationId, isFailed: boolean, run: RunId): void {
    this.#runs.note(home, automation, isFailed, run)
  }
  ranBy(authorOf: AuthorOf): void {
    this.#authorOf = authorOf
  }

  /** What was told before this start and is not over is not told anew. */
  async start(): Promise<void> {
    this.#startedAt = this.#deps.now()
    for (const { at, ...episode } of await openEpisodes(asNotices(this.#deps.facts)))
      this.#open.set(keyOf(episode), { ...episode, since: at })
    this.#arm()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#timer?.cancel()
    await this.#looking
  }

  #arm(): void {
    if (this.#isStopped) return
    this.#timer = this.#deps.timers.after(lookEveryMs, () => void this.look().finally(() => this.#arm()))
  }

  /** Looks at every home once, and waits until what is to be noted is. */
  look(): Promise<void> {
    this.#looking = this.#looking
      .then(() => this.#look())
      .catch(() => this.#deps.log.error('late work failed', { part: 'notifications' }))
    return this.#looking
  }

  async #look(): Promise<void> {
    const now = this.#deps.now()
    this.#forget(now)
    const seen = new Set<string>()
    for (const { id, runtime } of this.#deps.homes.all()) {
      const raised = new Map<DeviceAlert, DeviceId[]>()
      for (const device of runtime.devices.values())
        if (isShown(device) && device.members === undefined) await this.#weigh(id, device, now, seen, raised)
      for (const [kind, devices] of raised) this.#tellHome(id, kind, devices, now)
      await yieldTurn()
    }
    await this.#weighRuns(now, seen)
    await this.#weighServer(now, seen)
    // Of a device or home that is gone nothing goes on.
    for (const [key, episode] of this.#open) if (!seen.has(key)) await this.#end(key, episode, now)
  }

  async #weigh(
    home: HomeId,
    device: LiveDevice,
    now: number,
    seen: Set<string>,
    raised: Map<DeviceAlert, DeviceId[]>,
  ): Promise<void> {
    for (const kind of Object.keys(judges) as DeviceAlert[]) {
      const of = { home, device: device.id, kind }
      const key = keyOf(of)
      const known = this.#open.get(key)
      const verdict = judges[kind](device, { now, since: known?.since, startedAt: this.#startedAt })
      if (known !== undefined) {
        seen.add(key)
        if (verdict === 'off') await this.#end(key, known, now)
      } else if (verdict === 'on') {
        seen.add(key)
        if (await this.#begin(key, of, now)) raised.set(kind, [...(raised.get(kind) ?? []), device.id])
      }
    }
  }

  /** From its first failed run to the next that goes well, or until it is gone. */
  async #weighRuns(now: number, seen: Set<string>): Promise<void> {
    for (const [key, episode] of this.#open) {
      const { home, automation, kind } = episode
      if (kind !== 'automation.failed' || home === null || !automation) continue
      if (!this.#runs.hasRecovered(automation) && this.#authorOf(home, automation) !== undefined)
        seen.add(key)
    }
    for (const { home, automation, run } of this.#runs.takeFailed()) {
      const author = this.#authorOf(home, automation)
      const of = { home, device: null, automation, kind: 'automation.failed' } as const
      const key = keyOf(of)
      if (author === undefined) continue
      seen.add(key)
      if (this.#open.has(key) || !(await this.#begin(key, of, now))) continue
      const keepers = this.#deps.homes.relations.members(home).filter(({ role }) => keeperRoles.has(role))
      const people = new Set(keepers.map(({ subject }) => subject))
      // Whoever wrote it and may no longer look at it is told nothing.
      if (author !== null && this.#deps.mayRead(author, home)) people.add(author)
      for (const subject of people)
        this.#deps.tell(subject, 'automation.failed', { home, automation, run, at: now })
    }
  }

  async #isSo(kind: ServerAlert, now: number): Promise<boolean> {
    const watched = this.#watched.get(kind)!
    if (kind === 'disk.full' || kind === 'drivers.down') return watched.judge()
    if (now - watched.askedAt < askEveryMs) return watched.is
    watched.askedAt = now
    return (watched.is = await watched.judge())
  }

  async #weighServer(now: number, seen: Set<string>): Promise<void> {
    if (this.#deps.server === undefined) return
    // What nobody watches in this start is not known to be over.
    for (const [key, { home, kind }] of this.#open)
      if (home === null && !this.#watched.has(kind as ServerAlert)) seen.add(key)
    for (const kind of this.#watched.keys()) {
      const of = { home: null, device: null, kind }
      const key = keyOf(of)
      const known = this.#open.get(key)
      seen.add(key)
      if (!(await this.#isSo(kind, now))) {
        this.#since.delete(kind)
        if (known !== undefined) await this.#end(key, known, now)
        continue
      }
      const since = this.#since.get(kind) ?? now
      this.#since.set(kind, since)
      if (known !== undefined || (kind === 'drivers.down' && now - since < downForMs)) continue
      if (await this.#begin(key, of, now))
        for (const subject of this.#keepers()) this.#deps.tell(subject, kind, { at: now })
    }
  }

  /** True when it is to be told: what comes back within a short while goes on instead. */
  async #begin(key: string, of: EpisodeOf, now: number): Promise<boolean> {
    this.#open.set(key, { ...of, since: now })
    const told = this.#told.get(key)
    if (told !== undefined && isWithin(againWithinMs, told, now)) {
      await reopenEpisode(asNotices(this.#deps.facts), of, told)
      return false
    }
    this.#told.set(key, now)
    return true
  }

  async #end(key: string, episode: Episode, now: number): Promise<void> {
    this.#open.delete(key)
    await endEpisode(asNotices(this.#deps.facts), episode, now)
  }

  #forget(now: number): void {
    for (const [key, at] of this.#told) if (!isWithin(againWithinMs, at, now)) this.#told.delete(key)
  }

  #keepers(): ReadonlySet<SubjectId> {
    const { homes } = this.#deps
    const members = homes.ids().flatMap((home) => homes.relations.members(home))
    return new Set(members.filter(({ role }) => keeperRoles.has(role)).map(({ subject }) => subject))
  }

  /** A danger to everybody who sees the device, the rest to whoever keeps the home; of what they see, all of it in one notice. */
  #tellHome(home: HomeId, kind: AlertKind, raised: readonly DeviceId[], now: number): void {
    const { homes, tell } = this.#deps
    const { devices } = homes.runtime(home)
    const { at, all, isPushed } = isDanger(kind)
      ? this.#gathered.add(home, kind, raised, now)
      : { at: now, all: raised, isPushed: true }
    for (const { subject, role } of homes.relations.members(home)) {
      if (isDanger(kind) ? role === 'kiosk' : !keeperRoles.has(role)) continue
      const limits = homes.relationsOf(subject).limits.get(home)
      const sees = (id: DeviceId): boolean => {
        const device = devices.get(id)
        return device !== undefined && isSeen(limits, device)
      }
      const seen = raised.filter(sees)
      if (seen.length === 0) continue
      const facts = { home, devices: seen, at, count: all.filter(sees).length }
      tell(subject, kind, isPushed ? facts : { ...facts, isQuiet: true })
    }
  }
}
