import type { DriverManifest } from '@eaves/driver-kit'
import {
  AppError,
  errorTable,
  newId,
  type ConnectionId,
  type ErrorCode,
  type HomeId,
  type SubjectId,
} from '@eaves/model'
import type { Connection } from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import type { ConnectionConfig } from '../drivers/data.ts'
import type { DriverHost } from '../drivers/drivers.ts'
import { isShown, type DriverWord, type Homes } from '../homes/homes.ts'
import { stackOf, type Log } from '../log.ts'
import type { Erasure } from '../store/stores.ts'
import { checkConfig } from './config-check.ts'
import type { DeviceRecords } from './records.ts'
import {
  deleteConnection,
  loadConnections,
  saveConnection,
  type ConnectionRecord,
  type FactsDb,
} from './store.ts'

const connectionsPerHome = 20

export interface ConnectionsDeps {
  readonly facts: FactsDb
  readonly homes: Homes
  readonly records: DeviceRecords
  readonly drivers: Pick<DriverHost, 'send' | 'sendAhead' | 'onMessages' | 'onUp' | 'onDown' | 'manifests'>
  readonly erase: Erasure
  readonly now: () => number
  readonly log: Log
}
interface OpenConnection {
  readonly record: ConnectionRecord
  readonly home: HomeId
  state: Connection['state']
  code: ErrorCode | undefined
}

/** The links of homes through drivers: rows of a home, open as long as the driver process is up. */
export class Connections {
  readonly #deps: ConnectionsDeps
  readonly #open = new Map<ConnectionId, OpenConnection>()
  readonly #endings: (() => void)[] = []
  /** What the environment asked for; waits for the first home. */
  #environment: ConnectionConfig | undefined
  /** What the driver process was told to open while the homes were still read. */
  #ahead = new Map<HomeId, readonly ConnectionRecord[]>()
  readonly #removed = new Set<(connection: ConnectionId) => void>()
  /** One connection is made, changed or removed at a time: what each looked at must still stand when it writes. */
  #making: Promise<unknown> = Promise.resolve()

  constructor(deps: ConnectionsDeps) {
    this.#deps = deps
  }

  /** Lets the driver process connect for these homes before they are read: on two cores one finds the devices while the other reads what it knows of them. */
  async openAhead(homes: readonly HomeId[]): Promise<void> {
    const { facts, drivers } = this.#deps
    for (const home of homes) this.#ahead.set(home, await loadConnections(facts, home))
    drivers.sendAhead(
      [...this.#ahead].flatMap(([home, records]) => records.map((each) => opening(home, each))),
    )
  }

  /** Loads every home's connections and opens them whenever the driver process is up; waits for no driver. */
  async start(): Promise<void> {
    const { facts, homes, drivers } = this.#deps
    for (const home of homes.ids()) {
      const records = this.#ahead.get(home) ?? (await loadConnections(facts, home))
      for (const record of records) this.#attach(home, record)
    }
    homes.intake.listen((word) => this.#hear(word))
    homes.onClosing((home) => this.#closeHome(home))
    homes.onOpened(async (home) => {
      if (homes.first() === home) await this.seedEnvironmentConnection(home, this.#environment)
    })
    this.#endings.push(
      drivers.onMessages((batch) => homes.intake.apply(batch)),
      drivers.onDown(() => this.#down()),
      drivers.onUp((_manifests, isTold) => this.#up(isTold)),
    )
  }

  stop(): void {
    for (const end of this.#endings.splice(0)) end()
  }

  #attach(home: HomeId, record: ConnectionRecord): OpenConnection {
    const open: OpenConnection = { record, home, state: 'connecting', code: undefined }
    this.#open.set(record.id, open)
    this.#deps.homes.intake.attach(record.id, this.#deps.homes.runtime(home), record.driver)
    return open
  }

  #up(isTold: boolean): void {
    const { homes, drivers } = this.#deps
    homes.intake.up()
    const told = new Map((isTold ? [...this.#ahead.values()].flat() : []).map((each) => [each.id, each]))
    this.#ahead.clear()
    // What went or was changed meanwhile is not what should be open.
    for (const [id, record] of told)
      if (this.#open.get(id)?.record !== record) drivers.send({ t: 'close', connection: id })
    for (const open of this.#open.values()) if (told.get(open.record.id) !== open.record) this.#send(open)
  }

  #send({ record, home }: OpenConnection): void {
    this.#deps.drivers.send(opening(home, record))
  }

  #down(): void {
    this.#deps.homes.intake.down()
    for (const open of this.#open.values())
      Object.assign(open, { state: 'offline', code: 'server.driver-down' })
  }

  #hear(word: DriverWord): void {
    if (word.t !== 'connection') return
    const open = this.#open.get(word.connection as ConnectionId)
    if (open === undefined || !['connecting', 'online', 'offline', 'failed'].includes(word.state)) return
    open.state = word.state
    // The reason stays while it is tried again.
    if (word.state !== 'connecting') open.code = word.state === 'online' ? undefined : errorCode(word.code)
  }

  /** Told when a connection is gone. */
  onRemoved(listener: (connection: ConnectionId) => void): void {
    this.#removed.add(listener)
  }

  manifest(driver: string): DriverManifest {
    const { drivers } = this.#deps
    const manifest = drivers.manifests().find((each) => each.id === driver)
    if (manifest !== undefined) return manifest
    if (drivers.manifests().length === 0) throw new AppError('server.driver-down')
    throw new AppError('input.invalid', { errors: [{ path: 'driver', code: 'unknown-driver' }] })
  }

  /** Checks the settings, stores them sealed and opens the connection; nothing connects before it is stored. */
  async add(
    home: HomeId,
    subject: SubjectId,
    driver: string,
    given: Readonly<Record<string, unknown>>,
  ): Promise<ConnectionId> {
    const config = checkConfig(this.manifest(driver), given)
    return this.#inTurn(() => this.#insert(home, subject, driver, 'person', config))
  }

  #inTurn<R>(work: () => Promise<R>): Promise<R> {
    const mine = this.#making.then(work)
    this.#making = mine.catch(() => undefined)
    return mine
  }

  /** The home's end of the embedded broker; made with the first credential. */
  async addEmbedded(home: HomeId, subject: SubjectId): Promise<void> {
    await this.#inTurn(async () => {
      if (this.embedded(home) === undefined)
        await this.#insert(home, subject, 'mqtt', 'person', { embedded: true })
    })
  }

  embedded(home: HomeId): ConnectionId | undefined {
    return this.#of(home).find(({ record }) => record.config.embedded === true)?.record.id
  }

  /** Where devices of the embedded broker announce themselves. */
  discoveryPrefix(home: HomeId): string {
    const embedded = this.#of(home).find(({ record }) => record.config.embedded === true)
    const prefix = embedded?.record.config.prefix
    return typeof prefix === 'string' && prefix !== '' ? prefix.replace(/^\/+|\/+$/g, '') : 'homeassistant'
  }

  async #insert(
    home: HomeId,
    subject: SubjectId | null,
    driver: string,
    source: ConnectionRecord['source'],
    config: ConnectionConfig,
  ): Promise<ConnectionId> {
    if (this.#of(home).length >= connectionsPerHome)
      throw new AppError('input.conflict', {
        detail: `A home has at most ${connectionsPerHome} connections.`,
      })
    const record: ConnectionRecord = {
      id: newId<ConnectionId>(),
      driver,
      source,
      config,
      createdAt: this.#deps.now(),
    }
    await saveConnection(this.#deps.facts, home, subject, record)
    this.#send(this.#attach(home, record))
    return record.id
  }

  /** Closes and opens it again, with other settings when some are given. */
  async reopen(
    home: HomeId,
    subject: SubjectId | null,
    id: ConnectionId,
    given?: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    if (given !== undefined)
      return this.#inTurn(async () => {
        const known = this.#found(home, id)
        await this.#replace(known, subject, checkConfig(this.manifest(known.record.driver), given))
      })
    const open = this.#found(home, id)
    this.#deps.drivers.send({ t: 'close', connection: id })
    open.state = 'connecting'
    this.#send(open)
  }

  async #replace(open: OpenConnection, subject: SubjectId | null, config: ConnectionConfig): Promise<void> {
    const record = { ...open.record, config }
    await saveConnection(this.#deps.facts, open.home, subject, record)
    this.#deps.drivers.send({ t: 'close', connection: record.id })
    const next: OpenConnection = { ...open, record, state: 'connecting' }
    this.#open.set(record.id, next)
    this.#send(next)
  }

  list(home: HomeId): Connection[] {
    return this.#of(home).map(({ record, state, code }) => ({
      id: record.id,
      driver: record.driver,
      name: this.#nameOf(record),
      source: record.source,
      state,
      ...(code === undefined
        ? {}
        : { error: { code, title: errorTable[code].title, todo: errorTable[code].todo } }),
      since: isoInstant(record.createdAt),
      devices: this.found(home, record.id),
    }))
  }

  /** How many devices of the home came through this connection, or hang on one bridge of it. */
  found(home: HomeId, id: ConnectionId, bridge?: string): number {
    let count = 0
    for (const device of this.#deps.homes.runtime(home).devices.values())
      if (
        device.connection === id &&
        isShown(device) &&
        (bridge === undefined || (device.shape.bridge === bridge && device.shape.members === undefined))
      )
        count++
    return count
  }

  /** The broker's host when there is one, never a user name or password. */
  #nameOf({ config, driver }: ConnectionRecord): string {
    const host = typeof config.url === 'string' ? URL.parse(config.url)?.host : undefined
    return host || (this.#deps.drivers.manifests().find((each) => each.id === driver)?.name ?? driver)
  }

  /** Removes the connection with the devices that came through it alone. */
  async remove(home: HomeId, subject: SubjectId, id: ConnectionId): Promise<void> {
    await this.#inTurn(async () => {
      const { record } = this.#found(home, id)
      if (record.source === 'environment') throw new AppError('connection.from-environment')
      await this.#close(home, subject, id)
    })
    const { homes, records, erase, log } = this.#deps
    const runtime = homes.runtime(home)
    runtime.act(() => {
      for (const device of [...runtime.devices.values()])
        if (device.connection === id && device.owner === undefined) homes.intake.forget(device)
    })
    await records.settled()
    if (!(await erase.checkpoint())) log.warn('connection.erasure-waits-for-a-reader', { home })
  }

  async #close(home: HomeId, subject: SubjectId | null, id: ConnectionId): Promise<void> {
    const { facts, drivers, homes } = this.#deps
    await deleteConnection(facts, home, subject, id)
    drivers.send({ t: 'close', connection: id })
    this.#open.delete(id)
    homes.intake.detach(id)
    for (const listener of this.#removed) listener(id)
  }

  async #closeHome(home: HomeId): Promise<void> {
    for (const { record } of this.#of(home)) {
      this.#deps.drivers.send({ t: 'close', connection: record.id })
      this.#open.delete(record.id)
      this.#deps.homes.intake.detach(record.id)
      for (const listener of this.#removed) listener(record.id)
    }
    await this.#deps.records.close(home)
  }

  /** The one connection that the environment names, made as soon as there is a home: written anew at each start, gone with its variable. Its devices stay, as unavailable, until they come again or a person removes them. */
  async seedEnvironmentConnection(
    home: HomeId | undefined,
    config: ConnectionConfig | undefined,
  ): Promise<void> {
    this.#environment = config
    const seeded = [...this.#open.values()].filter(({ record }) => record.source === 'environment')
    const kept = config === undefined ? undefined : seeded.find((open) => open.home === home)
    for (const open of seeded) if (open !== kept) await this.#unseed(open)
    if (config === undefined || home === undefined) return
    if (kept === undefined) await this.#insert(home, null, 'mqtt', 'environment', config)
    else if (JSON.stringify(kept.record.config) !== JSON.stringify(config))
      await this.#replace(kept, null, config)
  }

  async #unseed({ home, record }: OpenConnection): Promise<void> {
    await this.#close(home, null, record.id)
    const runtime = this.#deps.homes.runtime(home)
    runtime.act(() => {
      for (const device of runtime.devices.values()) {
        if (device.connection !== record.id) continue
        device.connection = undefined
        runtime.keep(device)
      }
    })
    await this.#deps.records
      .flush()
      .catch((error: unknown) => this.#deps.log.error('devices.not-written', { stack: stackOf(error) }))
  }

  #of(home: HomeId): OpenConnection[] {
    return [...this.#open.values()].filter((open) => open.home === home)
  }

  #found(home: HomeId, id: ConnectionId): OpenConnection {
    const open = this.#open.get(id)
    if (open === undefined || open.home !== home) throw new AppError('auth.not-found')
    return open
  }
}

export function errorCode(code: string | undefined): ErrorCode {
  return code !== undefined && Object.hasOwn(errorTable, code)
    ? (code as ErrorCode)
    : 'connection.unreachable'
}

const opening = (home: HomeId, { id, driver, config }: ConnectionRecord) =>
  ({ t: 'open', connection: id, home, driver, config }) as const
