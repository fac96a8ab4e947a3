import { createHash } from 'node:crypto'
import { AppError, base32, type BridgeStatus, type ConnectionId, type HomeId } from '@eaves/model'
import type { Bridge, BridgeActWish } from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import type { DriverHost } from '../drivers/drivers.ts'
import { isHardwareNumber, withoutNumbers, type DriverWord, type Homes } from '../homes/homes.ts'
import type { Acts } from './acts.ts'
import type { Connections } from './connections.ts'

const bridgesPerConnection = 50

export interface BridgesDeps {
  readonly homes: Homes
  readonly connections: Pick<Connections, 'onRemoved' | 'found'>
  readonly drivers: Pick<DriverHost, 'onDown'>
  readonly acts: Acts
}
export interface OpenBridge {
  /** Made from the driver's own id, which may be a hardware number, and tells nothing of it. // pp.2.2.2 */
  readonly id: string
  readonly connection: ConnectionId
  readonly home: HomeId
  status: BridgeStatus
  isLinked: boolean
}
type OnBridge = (bridge: OpenBridge, isGone: boolean) => void

/** The bridges behind the connections of all homes, as their drivers tell of them; nothing of it is stored. */
export class Bridges {
  readonly #deps: BridgesDeps
  readonly #all = new Map<string, OpenBridge>()
  readonly #listeners = new Set<OnBridge>()
  #unlisten: () => void = () => undefined

  constructor(deps: BridgesDeps) {
    this.#deps = deps
  }

  start(): void {
    const { homes, connections, drivers } = this.#deps
    homes.intake.listen((word) => this.#hear(word))
    connections.onRemoved((connection) => this.#drop((bridge) => bridge.connection === connection))
    this.#unlisten = drivers.onDown(() => this.#drop(() => true))
  }

  stop(): void {
    this.#unlisten()
  }

  /** Told of every change of a bridge, and when it is gone. */
  onChanged(listener: OnBridge): void {
    this.#listeners.add(listener)
  }

  #hear(word: DriverWord): void {
    if (word.t === 'bridge') this.#bridge(word.connection as ConnectionId, word.bridge)
    else if (word.t === 'bridge-gone')
      this.#drop((bridge) => bridge.id === bridgeId(word.connection, word.bridge))
    else if (word.t === 'connection')
      for (const bridge of this.#all.values()) {
        if (bridge.connection !== word.connection || word.state === 'connecting') continue
        bridge.isLinked = word.state === 'online'
        for (const listener of this.#listeners) listener(bridge, false)
      }
  }

  #bridge(connection: ConnectionId, status: BridgeStatus): void {
    const home = this.#deps.homes.intake.homeOf(connection)
    if (home === undefined) return
    const id = bridgeId(connection, status.id)
    const known = this.#all.get(id)
    if (known === undefined && this.of(home, connection).length >= bridgesPerConnection) return
    const bridge = known ?? { id, connection, home, status, isLinked: true }
    Object.assign(bridge, { status, isLinked: true })
    this.#all.set(id, bridge)
    for (const listener of this.#listeners) listener(bridge, false)
  }

  #drop(which: (bridge: OpenBridge) => boolean): void {
    for (const bridge of [...this.#all.values()].filter(which)) {
      this.#all.delete(bridge.id)
      for (const listener of this.#listeners) listener(bridge, true)
    }
  }

  of(home: HomeId, connection?: ConnectionId): OpenBridge[] {
    return [...this.#all.values()].filter(
      (each) => each.home === home && (connection === undefined || each.connection === connection),
    )
  }

  found(home: HomeId, id: string): OpenBridge {
    const bridge = this.#all.get(id)
    if (bridge === undefined || bridge.home !== home) throw new AppError('auth.not-found')
    return bridge
  }

  byDriver(connection: string, id: string): OpenBridge | undefined {
    return this.#all.get(bridgeId(connection, id))
  }

  list(home: HomeId, joinOf: (bridge: string) => string | undefined): Bridge[] {
    return this.of(home).map((bridge) => {
      const join = joinOf(bridge.id)
      const { connection, status } = bridge
      return {
        id: bridge.id,
        connection,
        name: shown(status.name) ?? 'Bridge',
        online: isReachable(bridge),
        acts: [...status.acts],
        ...(status.version === undefined ? {} : { version: status.version.slice(0, 64) }),
        ...(status.joinUntil === undefined ? {} : { joinUntil: isoInstant(status.joinUntil) }),
        ...(join === undefined ? {} : { join }),
        ...(status.warning === undefined ? {} : { warning: withoutNumbers(status.warning).slice(0, 300) }),
        devices: this.#deps.connections.found(home, connection, status.id),
      }
    })
  }

  async act(home: HomeId, id: string, { act, args }: BridgeActWish): Promise<void> {
    const bridge = this.found(home, id)
    demand(bridge, act)
    await this.#deps.acts.ask({ connection: bridge.connection, bridge: bridge.status.id }, act, { ...args })
  }
}

/** The bridge can be asked this now. */
export function demand(bridge: OpenBridge, act: BridgeStatus['acts'][number]): void {
  if (!bridge.status.acts.includes(act)) throw new AppError('device.unsupported')
  if (!isReachable(bridge)) throw new AppError('bridge.unreachable')
}

export function isReachable({ status, isLinked }: OpenBridge): boolean {
  return status.online && isLinked
}

function bridgeId(connection: string, id: string): string {
  return base32(createHash('sha256').update(`${connection}\n${id}`).digest().subarray(0, 16))
}

/** A name for a person; a hardware number is none. // pp.2.2.2 */
export function shown(name: string | undefined): string | undefined {
  const text = name
    ?.replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .trim()
    .slice(0, 80)
  return text === undefined || text === '' || isHardwareNumber(text) ? undefined : text
}
