import { AppError, newId, type HomeId, type Joining, type SubjectId } from '@eaves/model'
import type { Join, JoinFound } from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import type { DriverWord, Homes, Timers } from '../homes/homes.ts'
import type { Acts } from './acts.ts'
import { demand, isReachable, shown, type Bridges, type OpenBridge } from './bridges.ts'

const keptPerHome = 20
const mostFound = 100
/** A device that joined in the last second is still asked what it is for a while. */
const followedMs = 10 * 60_000
/** A bridge tells the end itself; without its word it is over this long after its time. */
const graceMs = 2_000

export interface JoinsDeps {
  readonly homes: Homes
  readonly bridges: Bridges
  readonly acts: Acts
  readonly timers: Timers
  readonly now: () => number
}
interface Found {
  readonly word: Joining
  readonly since: number
}
interface Session {
  readonly id: string
  readonly home: HomeId
  readonly bridge: OpenBridge
  readonly openedBy: SubjectId
  readonly openedAt: number
  until: number
  state: Join['state']
  /** The bridge has said itself that devices may join. */
  isTold: boolean
  timer: { readonly cancel: () => void } | undefined
  readonly found: Map<string, Found>
}

/** Times in which devices may join through a bridge: one at a time for each, whoever looks. */
export class Joins {
  readonly #deps: JoinsDeps
  readonly #all = new Map<string, Session>()
  /** Bridges that are being asked this moment. */
  readonly #opening = new Set<string>()

  constructor(deps: JoinsDeps) {
    this.#deps = deps
  }

  start(): void {
    const { homes, bridges } = this.#deps
    homes.intake.listen((word) => this.#hear(word))
    bridges.onChanged((bridge, isGone) => this.#follow(bridge, isGone))
    homes.onClosing(async (home) => {
      for (const session of this.#of(home)) this.#forget(session)
    })
  }

  stop(): void {
    for (const session of [...this.#all.values()]) this.#forget(session)
  }

  async open(home: HomeId, subject: SubjectId, id: string, seconds: number): Promise<Join> {
    const bridge = this.#deps.bridges.found(home, id)
    demand(bridge, 'permitJoin')
    if (this.openAt(id) !== undefined || this.#opening.has(id)) throw new AppError('bridge.joining')
    this.#opening.add(id)
    try {
      await this.#permit(bridge, seconds)
    } finally {
      this.#opening.delete(id)
    }
    const now = this.#deps.now()
    const { joinUntil } = bridge.status
    const session: Session = {
      id: newId(),
      home,
      bridge,
      openedBy: subject,
      openedAt: now,
      until: joinUntil !== undefined && joinUntil > now ? joinUntil : now + seconds * 1000,
      state: 'open',
      isTold: joinUntil !== undefined && joinUntil > now,
      timer: undefined,
      found: new Map(),
    }
    this.#all.set(session.id, session)
    this.#arm(session)
    this.#trim(home)
    return this.#view(session)
  }

  #permit({ connection, status }: OpenBridge, seconds: number): Promise<void> {
    return this.#deps.acts.ask({ connection, bridge: status.id }, 'permitJoin', { seconds })
  }

  /** The join that is open at this bridge. */
  openAt(bridge: string): string | undefined {
    return [...this.#all.values()].find((each) => each.state === 'open' && each.bridge.id === bridge)?.id
  }

  list(home: HomeId): Join[] {
    return this.#of(home).map((each) => this.#view(each))
  }

  get(home: HomeId, id: string): Join {
    return this.#view(this.#found(home, id))
  }

  /** Ends it at once; one that has ended is put away. */
  async close(home: HomeId, id: string): Promise<void> {
    const session = this.#found(home, id)
    if (session.state !== 'open') return this.#forget(session)
    await this.#permit(session.bridge, 0)
    this.#end(session, 'ended')
  }

  #hear(word: DriverWord): void {
    if (word.t !== 'joining') return
    const bridge = this.#deps.bridges.byDriver(word.connection, word.joining.bridge)
    const now = this.#deps.now()
    const session = [...this.#all.values()].findLast(
      (each) => each.bridge.id === bridge?.id && now - each.until < followedMs,
    )
    if (session === undefined) return
    const { nativeId } = word.joining
    const known = session.found.get(nativeId)
    if (known === undefined && session.found.size >= mostFound) return
    session.found.set(nativeId, { word: { ...known?.word, ...word.joining }, since: now })
  }

  /** The bridge's own clock decides how long it lasts. */
  #follow(bridge: OpenBridge, isGone: boolean): void {
    for (const session of this.#all.values()) {
      if (session.bridge.id !== bridge.id || session.state !== 'open') continue
      const { joinUntil } = bridge.status
      if (isGone || !isReachable(bridge)) this.#end(session, 'lost')
      else if (joinUntil !== undefined && joinUntil > this.#deps.now()) {
        session.isTold = true
        session.until = joinUntil
        this.#arm(session)
      } else if (session.isTold) this.#end(session, 'ended')
    }
  }

  #arm(session: Session): void {
    session.timer?.cancel()
    const ms = Math.max(0, session.until - this.#deps.now()) + graceMs
    session.timer = this.#deps.timers.after(ms, () => this.#end(session, 'ended'))
  }

  #end(session: Session, state: 'ended' | 'lost'): void {
    session.timer?.cancel()
    session.state = state
    session.until = Math.min(session.until, this.#deps.now())
  }

  #forget(session: Session): void {
    session.timer?.cancel()
    this.#all.delete(session.id)
  }

  #trim(home: HomeId): void {
    const over = this.#of(home).filter((each) => each.state !== 'open')
    for (const old of over.slice(0, Math.max(0, over.length - keptPerHome))) this.#forget(old)
  }

  #of(home: HomeId): Session[] {
    return [...this.#all.values()].filter((each) => each.home === home)
  }

  #found(home: HomeId, id: string): Session {
    const session = this.#all.get(id)
    if (session === undefined || session.home !== home) throw new AppError('auth.not-found')
    return session
  }

  #view(session: Session): Join {
    const { id, bridge, state, openedBy, openedAt, until, found } = session
    return {
      id,
      bridge: bridge.id,
      bridgeName: shown(bridge.status.name) ?? 'Bridge',
      state,
      openedBy,
      openedAt: isoInstant(openedAt),
      until: isoInstant(until),
      found: [...found.values()].map((each) => this.#foundView(session, each)),
    }
  }

  /** The hardware number leads to the device and is told to nobody. // pp.2.2.2 */
  #foundView({ home, bridge }: Session, { word, since }: Found): JoinFound {
    const { homes } = this.#deps
    const driver = homes.intake.driverOf(bridge.connection) ?? ''
    const device = homes.runtime(home).register.of(driver, word.nativeId)
    const isListed = device !== undefined && homes.runtime(home).shown(device.id) !== undefined
    const name = word.name === word.nativeId ? undefined : shown(word.name)
    return {
      stage: word.stage,
      since: isoInstant(since),
      ...(name === undefined ? {} : { name }),
      ...(word.manufacturer === undefined ? {} : { manufacturer: word.manufacturer.slice(0, 120) }),
      ...(word.model === undefined ? {} : { model: word.model.slice(0, 120) }),
      ...(isListed ? { device: device.id } : {}),
    }
  }
}
