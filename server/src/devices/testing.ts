import type { DriverManifest, FromDriver, ToDriver } from '@eaves/driver-kit'
import {
  newId,
  type ConnectionId,
  type DeviceId,
  type DeviceShape,
  type DeviceView,
  type HomeId,
  type PartShape,
  type SubjectId,
} from '@eaves/model'
import { Commands, type Commander } from '../commands/commands.ts'
import { History, HistoryImport, HistoryReader, Rollups } from '../history/history.ts'
import { Homes, Pins, type Timers } from '../homes/homes.ts'
import { createPasswords } from '../people/passwords.ts'
import { openTestStores, quietLog, type Dialect, type TestClock, type TestStores } from '../store/testing.ts'
import {
  Acts,
  Bridges,
  Connections,
  Credentials,
  DeviceGroups,
  DeviceRecords,
  Devices,
  Joins,
  Onboardings,
  Replacements,
} from './devices.ts'

export const mqttManifest: DriverManifest = {
  id: 'mqtt',
  name: 'MQTT',
  reach: 'local',
  quality: 'gold',
  talksTo: ['the broker you name'],
  sockets: [],
  collects: ['home.activity'],
  config: [
    { key: 'url', type: 'text', required: true },
    { key: 'username', type: 'text', required: false },
    { key: 'password', type: 'secret', required: false },
  ],
  steps: [
    { id: 'reach', name: 'Reach the broker', usualSeconds: 2 },
    { id: 'sign-in', name: 'Sign in', usualSeconds: 1 },
    { id: 'find', name: 'Find devices', usualSeconds: 3 },
  ],
}

/** Timers moved by hand; due ones run in order, at their own instants. */
export function handTimers(clock: TestClock): Timers & { readonly advance: (ms: number) => void } {
  const waiting = new Set<{ readonly at: number; readonly run: () => void }>()
  return {
    after: (ms, run) => {
      const timer = { at: clock.now() + ms, run }
      waiting.add(timer)
      return { cancel: () => void waiting.delete(timer) }
    },
    advance: (ms) => {
      const end = clock.now() + ms
      for (;;) {
        const [next] = [...waiting].filter((each) => each.at <= end).toSorted((a, b) => a.at - b.at)
        if (next === undefined) break
        waiting.delete(next)
        clock.advance(Math.max(0, next.at - clock.now()))
        next.run()
      }
      clock.advance(end - clock.now())
    },
  }
}

type Up = (manifests: readonly DriverManifest[], isTold: boolean) => void
/** A driver process of plain messages. */
export class FakeDriver {
  readonly sent: ToDriver[] = []
  #isUp = false
  readonly #messages = new Set<(batch: readonly FromDriver[]) => void>()
  readonly #ups = new Set<Up>()
  readonly #downs = new Set<() => void>()

  readonly send = (message: ToDriver): void => {
    if (this.#isUp) this.sent.push(message)
  }
  readonly up = (): boolean => this.#isUp
  readonly manifests = (): readonly DriverManifest[] => [mqttManifest]
  readonly onMessages = (listener: (batch: readonly FromDriver[]) => void): (() => void) => {
    this.#messages.add(listener)
    return () => void this.#messages.delete(listener)
  }
  readonly sendAhead = (messages: readonly ToDriver[]): void => {
    this.sent.push(...messages)
  }
  readonly onUp = (listener: Up): (() => void) => {
    if (this.#isUp) listener(this.manifests(), false)
    this.#ups.add(listener)
    return () => void this.#ups.delete(listener)
  }
  readonly onDown = (listener: () => void): (() => void) => {
    this.#downs.add(listener)
    return () => void this.#downs.delete(listener)
  }

  /** `isTold`: what was sent ahead has reached it. */
  goUp(isTold = false): void {
    this.#isUp = true
    for (const listener of this.#ups) listener(this.manifests(), isTold)
  }
  goDown(): void {
    this.#isUp = false
    for (const listener of this.#downs) listener()
  }
  say(...batch: FromDriver[]): void {
    for (const listener of this.#messages) listener(batch)
  }
  /** The messages of one kind that were sent, oldest first. */
  of<T extends ToDriver['t']>(kind: T): Extract<ToDriver, { t: T }>[] {
    return this.sent.filter((message): message is Extract<ToDriver, { t: T }> => message.t === kind)
  }
}

export interface Parts {
  readonly driver: FakeDriver
  readonly history: History
  readonly reader: HistoryReader
  readonly rollups: Rollups
  readonly importing: HistoryImport
  readonly records: DeviceRecords
  readonly homes: Homes
  readonly pins: Pins
  readonly commands: Commands
  readonly devices: Devices
  readonly connections: Connections
  readonly onboardings: Onboardings
  readonly credentials: Credentials
  readonly acts: Acts
  readonly bridges: Bridges
  readonly joins: Joins
  readonly groups: DeviceGroups
  readonly replacements: Replacements
}
/** Every slice around a home, wired as the server wires them, with a fake driver process and clock. */
export interface House extends Parts {
  readonly stores: TestStores
  readonly clock: TestClock
  readonly timers: Timers
  readonly advance: (ms: number) => void
  readonly subject: SubjectId
  readonly owner: Commander
  readonly home: HomeId
  readonly connection: ConnectionId
  readonly list: () => DeviceView[]
  readonly deviceId: (name?: string) => DeviceId
  /** Stops cleanly and starts again on the same stores. */
  readonly restart: () => Promise<House>
  /** Ends as kill -9 does: nothing is flushed. */
  readonly kill: () => Promise<House>
  readonly end: () => Promise<void>
}

export function wire(stores: TestStores, clock: TestClock, timers: Timers): Parts {
  const { facts, vault, lease, erase, history: historyDb } = stores.stores
  const { now } = clock
  const driver = new FakeDriver()
  const history = new History({ history: historyDb, now, timers, log: quietLog })
  const forgetHistory = (home: HomeId, devices: readonly DeviceId[]) => history.forget(home, devices)
  const records = new DeviceRecords({ facts, timers, log: quietLog, forgetHistory })
  const sinks = { sample: history.sample, live: history.live, row: records.row, erased: records.erased }
  const homes = new Homes({
    facts,
    vault,
    lease,
    erase,
    tenant: 'main',
    now,
    timers,
    log: quietLog,
    sinks,
    loadDevices: records.load,
    loadLive: (home) => history.loadLive(home),
    forgetHistory,
  })
  const past = { history: historyDb, homes, flush: () => history.flush(), now }
  const rollups = new Rollups({ ...past, jobs: stores.stores.jobs, log: quietLog })
  const pins = new Pins({ facts, now, hashing: createPasswords({ memoryKibibytes: 64, passes: 1 }) })
  const commands = new Commands({
    homes,
    drivers: driver,
    facts,
    pins,
    now,
    timers,
    log: quietLog,
    role: 'household',
  })
  const devices = new Devices({ homes, records, drivers: driver, erase, log: quietLog })
  const connections = new Connections({ facts, homes, records, drivers: driver, erase, now, log: quietLog })
  const onboardings = new Onboardings({ homes, connections, drivers: driver, now })
  const credentials = new Credentials({
    facts,
    homes,
    connections,
    drivers: driver,
    listen: { host: '127.0.0.1', port: 1883 },
    now,
  })
  const acts = new Acts({ homes, drivers: driver, timers, role: 'household' })
  const bridges = new Bridges({ homes, connections, drivers: driver, acts })
  return {
    driver,
    history,
    reader: new HistoryReader(past),
    rollups,
    importing: new HistoryImport({ ...past, rollups }),
    records,
    homes,
    pins,
    commands,
    devices,
    connections,
    onboardings,
    credentials,
    acts,
    bridges,
    joins: new Joins({ homes, bridges, acts, timers, now }),
    groups: new DeviceGroups({ homes, records, now }),
    replacements: new Replacements({
      facts,
      homes,
      records,
      history,
      erase,
      log: quietLog,
      endCommands: (device) => commands.endOf(device),
    }),
  }
}

export async function startParts(parts: Parts): Promise<void> {
  await parts.homes.start()
  await parts.commands.start()
  await parts.connections.start()
  await parts.credentials.start()
  parts.onboardings.start()
  parts.acts.start()
  parts.bridges.start()
  parts.joins.start()
  parts.driver.goUp()
}

export async function stopParts(parts: Parts): Promise<void> {
  await parts.commands.stop()
  parts.onboardings.stop()
  parts.joins.stop()
  parts.bridges.stop()
  parts.acts.stop()
  parts.credentials.stop()
  parts.connections.stop()
  parts.homes.stop()
  await parts.records.stop()
  await parts.history.stop()
}

export async function openHouse(clock: TestClock, dialect: Dialect = 'sqlite'): Promise<House> {
  const stores = await openTestStores(dialect, { clock })
  const timers = handTimers(clock)
  const parts = wire(stores, clock, timers)
  await startParts(parts)
  const subject = newId<SubjectId>()
  const id = await parts.homes.create(subject, { name: 'Elm Street', zone: 'Europe/Berlin' })
  const connection = await parts.connections.add(id, subject, 'mqtt', { url: 'mqtt://127.0.0.1' })
  parts.driver.say({ t: 'connection', connection, state: 'online' })
  return assemble(stores, clock, timers, parts, { subject, home: id, connection })
}

function assemble(
  stores: TestStores,
  clock: TestClock,
  timers: ReturnType<typeof handTimers>,
  parts: Parts,
  ids: Pick<House, 'subject' | 'home' | 'connection'>,
): House {
  const { homes } = parts
  const list = (): DeviceView[] => JSON.parse(parts.devices.listJson(ids.home)) as DeviceView[]
  const again = async (): Promise<House> => {
    await stores.reopen()
    const next = handTimers(clock)
    const made = wire(stores, clock, next)
    await startParts(made)
    return assemble(stores, clock, next, made, ids)
  }
  return {
    ...parts,
    ...ids,
    stores,
    clock,
    timers,
    advance: timers.advance,
    list,
    owner: {
      subject: ids.subject,
      principal: { kind: 'person', subject: ids.subject, ...homes.relationsOf(ids.subject) },
    },
    deviceId: (name) => {
      const device = list().find((each) => name === undefined || each.name === name)
      if (device === undefined) throw new Error('There is no such device.')
      return device.id
    },
    restart: async () => {
      await stopParts(parts)
      return again()
    },
    kill: again,
    end: async () => {
      await stopParts(parts)
      await stores.end()
    },
  }
}

const lampPart: PartShape = {
  id: 'main',
  capabilities: {
    onOff: { attributes: ['on'], commands: ['turnOn', 'turnOff', 'toggle'] },
    level: { attributes: ['percent'], commands: ['setLevel'], limits: { percent: { min: 1, max: 90 } } },
  },
  vendor: {
    effect: {
      type: 'enum',
      name: 'Effect',
      values: ['none', 'blink'],
      readable: true,
      writable: true,
      category: 'config',
    },
    linkquality: {
      type: 'number',
      name: 'Link quality',
      readable: true,
      writable: false,
      category: 'diagnostic',
    },
  },
}
export function lampShape(nativeId: string, over: Partial<DeviceShape> = {}): DeviceShape {
  return { nativeId, name: `Lamp ${nativeId}`, kind: 'light', confirmable: true, parts: [lampPart], ...over }
}
/** on, percent, effect and linkquality get the slots `base` to `base` + 3. */
export const lampSlots = [
  ['main', 'onOff', 'on'],
  ['main', 'level', 'percent'],
  ['main', 'vendor', 'effect'],
  ['main', 'vendor', 'linkquality'],
] as const

export function lampMessage(
  connection: ConnectionId,
  handle: number,
  nativeId: string,
  over: Partial<DeviceShape> = {},
  online = true,
): FromDriver {
  return {
    t: 'device',
    connection,
    handle,
    shape: lampShape(nativeId, over),
    base: handle * 10,
    slots: lampSlots,
    online,
  }
}
export function lockMessage(connection: ConnectionId, handle: number, nativeId: string): FromDriver {
  const part: PartShape = {
    id: 'main',
    capabilities: { lock: { attributes: ['locked', 'state'], commands: ['lock', 'unlock'] } },
    vendor: {},
  }
  return {
    t: 'device',
    connection,
    handle,
    shape: { nativeId, name: `Lock ${nativeId}`, kind: 'lock', confirmable: true, parts: [part] },
    base: handle * 10,
    slots: [
      ['main', 'lock', 'locked'],
      ['main', 'lock', 'state'],
    ],
    online: true,
  }
}
