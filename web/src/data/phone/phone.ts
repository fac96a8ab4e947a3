import type { PresenceSet } from '@eaves/model/api'
import type { Clock } from '../clock.ts'
import { coarse, type Kept, type Points } from './points.ts'
import {
  dueInMs,
  heard,
  isSure,
  placeIn,
  saidOf,
  type Fix,
  type Spot,
  type Track,
  type Word,
} from './rule.ts'

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
/** Whether its person still lets the home know, `closed`: not at this hour; and of which named places, where that is known. */
export interface Standing {
  readonly is: 'shares' | 'closed' | 'ended'
  readonly places?: readonly string[]
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
  readonly standing: (home: string) => Promise<Standing>
  /** Fails when the server cannot be told. */
  readonly tell: (home: string, said: Pick<PresenceSet, 'is' | 'place'>) => Promise<unknown>
}
/** What is shown of one home. */
export interface HomeOnPhone {
  readonly kept: Kept
  readonly is?: Word
  /** How closely the last position was known, where that is too rough for the circle. */
  readonly roughMeters?: number
}
export interface PhoneState {
  readonly trouble?: Trouble
  /** What this phone keeps has been read. */
  readonly isKnown: boolean
  readonly homes: ReadonlyMap<string, HomeOnPhone>
}

/** Works out on this phone whether it is at home. What leaves it is one of two words and the id of a named place; the points and every position stay. // pp.2.2.1 */
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
      const { is, places } = await standing(home)
      if (is === 'ended') await points.forget(home)
      else found.set(home, { kept: await this.#only(home, kept, places), isOpen: is === 'shares' })
    }
    return found
  }
  /** Named places of which the home is to know no more are forgotten. // pp.2.2.1 */
  async #only(home: string, kept: Kept, chosen: readonly string[] | undefined): Promise<Kept> {
    const gone = Object.keys(kept.places ?? {}).filter((each) => chosen?.includes(each) === false)
    if (gone.length === 0) return kept
    const next = withPlaces(kept, (places) => places.filter(([id]) => !gone.includes(id)))
    await this.#deps.points.write(home, next)
    return next
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

  async #tell(home: string, is: Word): Promise<void> {
    const { clock, points, tell } = this.#deps
    const before = (await points.read()).get(home)
    // Switched off in another window.
    if (before === undefined) return this.#drop(home)
    const at = clock.now()
    try {
      await tell(home, saidOf(is, before))
    } catch {
      this.#note(home, { failedAt: at })
      // Perhaps it is not to be told any more.
      if (placeIn(is) !== undefined || (await this.#deps.standing(home)).is === 'ended') await this.look()
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

  /** One position, as near as it is kept; refused where it is known less closely than the circle. */
  async #spot(radiusMeters: number): Promise<{ readonly spot: Spot; readonly fix: Fix }> {
    const fix = await this.#deps.once()
    const { latitude, longitude, accuracyMeters } = fix
    const spot = { latitude: coarse(latitude), longitude: coarse(longitude) }
    if (!isSure({ ...spot, radiusMeters }, fix)) throw new PhoneTrouble('rough', accuracyMeters)
    return { spot, fix }
  }
  async #keep(home: string, kept: Kept, fix?: Fix): Promise<void> {
    this.#drop(home)
    if (!(await this.#deps.points.write(home, kept))) throw new PhoneTrouble('unavailable')
    this.#last = fix ?? this.#last
    await this.look()
  }
  /** Its person stands at home and says so: the point is taken from one position, and kept here alone. */
  async here(home: string, radiusMeters: number): Promise<void> {
    const { spot, fix } = await this.#spot(radiusMeters)
    const { places } = (await this.#deps.points.read()).get(home) ?? {}
    await this.#keep(home, { ...spot, radiusMeters, ...(places === undefined ? {} : { places }) }, fix)
  }
  /** The same of a named place, once the phone knows where home is. */
  async hereAt(home: string, place: string): Promise<void> {
    const kept = (await this.#deps.points.read()).get(home)
    if (kept === undefined) return
    const { spot, fix } = await this.#spot(kept.radiusMeters)
    await this.#keep(
      home,
      withPlaces(kept, (places) => [...places, [place, spot]]),
      fix,
    )
  }
  async forgetAt(home: string, place: string): Promise<void> {
    const kept = (await this.#deps.points.read()).get(home)
    if (kept?.places?.[place] === undefined) return
    await this.#keep(
      home,
      withPlaces(kept, (places) => places.filter(([id]) => id !== place)),
    )
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

type Placed = readonly [id: string, spot: Spot]
function withPlaces(
  { places, ...kept }: Kept,
  change: (places: readonly Placed[]) => readonly Placed[],
): Kept {
  const next = change(Object.entries(places ?? {}))
  return next.length === 0 ? kept : { ...kept, places: Object.fromEntries(next) }
}
