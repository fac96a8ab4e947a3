import type { Whereabouts } from '@eaves/model/api'
import type { Clock } from '../clock.ts'
import { coarse, type Kept, type Points } from './points.ts'
import { dueInMs, heard, isSure, type Fix, type Track } from './rule.ts'

export type Permission = 'granted' | 'denied' | 'prompt'
/** Why the phone does not say where it is. `rough`: it does, but not closely enough. */
export type Trouble = 'refused' | 'asks' | 'unavailable' | 'rough'
export class PhoneTrouble extends Error {
  readonly trouble: Trouble
  readonly accuracyMeters: number | undefined
  constructor(trouble: Trouble, accuracyMeters?: number) {
    super(trouble)
    this.name = 'PhoneTrouble'
    this.trouble = trouble
    this.accuracyMeters = accuracyMeters
  }
}
export interface PhoneDeps {
  readonly points: Points
  readonly clock: Clock
  readonly permission: () => Promise<Permission>
  /** One position, at a press; the browser may ask its person. Fails with a `PhoneTrouble`. */
  readonly once: () => Promise<Fix>
  /** Positions as they come, at little cost; the returned function ends it. */
  readonly watch: (hear: (fix: Fix) => void, failed: (trouble: Trouble) => void) => () => void
  readonly isVisible: () => boolean
  readonly isOnline: () => boolean
  /** Whether its person still lets the home know; `closed`: not at this hour. */
  readonly standing: (home: string) => Promise<'shares' | 'closed' | 'ended'>
  /** Fails when the server cannot be told. */
  readonly tell: (home: string, is: Whereabouts) => Promise<unknown>
}
/** What is shown of one home. */
export interface HomeOnPhone {
  readonly kept: Kept
  readonly is?: Whereabouts
  /** How closely the last position was known, where that is too rough for the circle. */
  readonly roughMeters?: number
}
export interface PhoneState {
  readonly trouble?: Trouble
  /** What this phone keeps has been read. */
  readonly isKnown: boolean
  readonly homes: ReadonlyMap<string, HomeOnPhone>
}

/** Works out on this phone whether it is at home. What leaves it is one of two words; the point and every position stay. // pp.2.2.1 */
export class Phone {
  readonly #deps: PhoneDeps
  readonly #tracks = new Map<string, Track>()
  readonly #telling = new Set<string>()
  readonly #timers = new Map<string, () => void>()
  readonly #listeners = new Set<() => void>()
  #state: PhoneState = { isKnown: false, homes: new Map() }
  #active: ReadonlySet<string> = new Set()
  #unwatch: (() => void) | undefined
  #last: Fix | undefined
  #turn = 0
  #isOn = false

  constructor(deps: PhoneDeps) {
    this.#deps = deps
  }

  readonly state = (): PhoneState => this.#state
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  #show(state: PhoneState): void {
    this.#state = state
    this.#listeners.forEach((listener) => listener())
  }

  start(): void {
    this.#isOn = true
    void this.look()
  }
  stop(): void {
    this.#isOn = false
    this.#turn++
    this.#rest()
    for (const cancel of this.#timers.values()) cancel()
    this.#timers.clear()
    this.#tracks.clear()
    this.#active = new Set()
    this.#show({ isKnown: false, homes: new Map() })
  }
  #rest(): void {
    this.#unwatch?.()
    this.#unwatch = undefined
    this.#last = undefined
  }

  /** The app comes to the front, or what is kept has changed: only then, and only while somebody wants it, is the phone asked where it is. */
  async look(): Promise<void> {
    const turn = ++this.#turn
    if (!this.#isOn || !this.#deps.isVisible()) return this.#rest()
    const kept = await this.#wanted()
    if (turn !== this.#turn) return
    const homes = new Map<string, HomeOnPhone>()
    for (const [home, { kept: point }] of kept) {
      const known = this.#tracks.get(home) ?? (point.told ? { told: point.told } : {})
      this.#tracks.set(home, known)
      homes.set(home, { kept: point, ...(known.is === undefined ? {} : { is: known.is }) })
    }
    for (const home of this.#tracks.keys()) if (!kept.has(home)) this.#drop(home)
    this.#active = new Set([...kept].filter(([, { isOpen }]) => isOpen).map(([home]) => home))
    const permission = this.#active.size === 0 ? undefined : await this.#deps.permission()
    if (turn !== this.#turn) return
    const trouble = permission === 'denied' ? 'refused' : permission === 'prompt' ? 'asks' : undefined
    this.#show({ isKnown: true, homes, ...(trouble === undefined ? {} : { trouble }) })
    if (permission !== 'granted') return this.#rest()
    if (this.#last !== undefined) this.#hear(this.#last)
    this.#unwatch ??= this.#deps.watch(
      (fix) => this.#hear(fix),
      (failed) => this.#show({ ...this.#state, trouble: failed }),
    )
  }

  /** The points of homes whose people still let them know; the others are forgotten. */
  async #wanted(): Promise<ReadonlyMap<string, { readonly kept: Kept; readonly isOpen: boolean }>> {
    const { points, standing } = this.#deps
    const found = new Map<string, { readonly kept: Kept; readonly isOpen: boolean }>()
    for (const [home, kept] of await points.read()) {
      const stands = await standing(home)
      if (stands === 'ended') await points.forget(home)
      else found.set(home, { kept, isOpen: stands === 'shares' })
    }
    return found
  }
  #drop(home: string): void {
    this.#tracks.delete(home)
    this.#timers.get(home)?.()
    this.#timers.delete(home)
  }

  #hear(fix: Fix): void {
    this.#last = fix
    const homes = new Map(this.#state.homes)
    for (const home of this.#active) {
      const shown = homes.get(home)
      if (shown === undefined) continue
      const track = heard(this.#tracks.get(home) ?? {}, shown.kept, fix, this.#deps.clock.now())
      this.#tracks.set(home, track)
      homes.set(home, {
        kept: shown.kept,
        ...(track.is === undefined ? {} : { is: track.is }),
        ...(isSure(shown.kept, fix) ? {} : { roughMeters: fix.accuracyMeters }),
      })
    }
    this.#show({ isKnown: true, homes })
    for (const home of this.#active) void this.#settle(home)
  }

  /** The network is back: what is newest is told at once, and nothing of what lay between. */
  back(): void {
    for (const [home, { failedAt: _failed, ...track }] of this.#tracks) {
      this.#tracks.set(home, track)
      void this.#settle(home)
    }
  }

  async #settle(home: string): Promise<void> {
    const { clock, isOnline } = this.#deps
    this.#timers.get(home)?.()
    this.#timers.delete(home)
    const track = this.#tracks.get(home)
    if (track?.is === undefined || this.#telling.has(home)) return
    const wait = dueInMs(track, clock.now(), isOnline())
    if (wait === undefined) return
    if (wait > 0)
      return void this.#timers.set(
        home,
        clock.after(wait, () => void this.#settle(home)),
      )
    this.#telling.add(home)
    await this.#tell(home, track.is)
    this.#telling.delete(home)
    await this.#settle(home)
  }

  async #tell(home: string, is: Whereabouts): Promise<void> {
    const { clock, points, tell } = this.#deps
    // Switched off in another window.
    if (!(await points.read()).has(home)) return this.#drop(home)
    const at = clock.now()
    try {
      await tell(home, is)
    } catch {
      this.#note(home, { failedAt: at })
      // Perhaps it is not to be told any more.
      if ((await this.#deps.standing(home)) === 'ended') await this.look()
      return
    }
    this.#note(home, { told: { is, at }, failedAt: undefined })
    const kept = (await points.read()).get(home)
    if (kept !== undefined) await points.write(home, { ...kept, told: { is, at } })
  }
  #note(
    home: string,
    { failedAt, told }: { readonly told?: Track['told']; readonly failedAt: number | undefined },
  ): void {
    const track = this.#tracks.get(home)
    if (track === undefined) return
    const { failedAt: _before, ...rest } = track
    this.#tracks.set(home, {
      ...rest,
      ...(told === undefined ? {} : { told }),
      ...(failedAt === undefined ? {} : { failedAt }),
    })
  }

  /** Its person stands at home and says so: the point is taken from one position, and kept here alone. */
  async here(home: string, radiusMeters: number): Promise<void> {
    const fix = await this.#deps.once()
    const { latitude, longitude, accuracyMeters } = fix
    const circle = { latitude: coarse(latitude), longitude: coarse(longitude), radiusMeters }
    if (!isSure(circle, fix)) throw new PhoneTrouble('rough', accuracyMeters)
    this.#drop(home)
    if (!(await this.#deps.points.write(home, circle))) throw new PhoneTrouble('unavailable')
    this.#last = fix
    await this.look()
  }
  /** Its browser wants to be asked again, at a press. */
  async ask(): Promise<void> {
    this.#last = await this.#deps.once()
    await this.look()
  }
  async widen(home: string, radiusMeters: number): Promise<void> {
    const kept = (await this.#deps.points.read()).get(home)
    if (kept === undefined) return
    await this.#deps.points.write(home, { ...kept, radiusMeters })
    await this.look()
  }
  /** Point, circle and what was worked out are gone from this phone. */
  async off(home: string): Promise<void> {
    this.#drop(home)
    await this.#deps.points.forget(home)
    await this.look()
  }
}
