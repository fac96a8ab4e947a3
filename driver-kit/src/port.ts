import { createBrokerHost, type BrokerHost } from './broker-host.ts'
import { checkCommand } from './check-command.ts'
import { Connection } from './connection.ts'
import type { Device } from './device.ts'
import type { ErrorCode } from '@eaves/model'
import type { ActRequest, Driver } from './driver.ts'
import { commandCode, framesOf } from './faults.ts'
import type { FromDriver, ToDriver } from './messages.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { SlotTable } from './slots.ts'
import { isLogEvent, manifestOf, readToDriver } from './wire.ts'

export interface PortDeps {
  readonly drivers: readonly Driver[]
  /** Takes everything of one tick at once. */
  readonly send: (batch: readonly FromDriver[]) => void
  readonly now: () => number
  readonly setTimer: (ms: number, run: () => void) => { cancel: () => void }
  /** Runs at the end of the tick; a microtask unless named. */
  readonly defer?: (run: () => void) => void
  /** Called after everything has been closed for a `stop` message. */
  readonly onStopped?: () => void
}
/** The driver's side of the message boundary, for any number of drivers and connections. */
export interface Port {
  /** Says that the process is up and which drivers it has. */
  readonly start: () => void
  /** Takes a batch from the core; what is not understood is ignored. */
  readonly receive: (batch: unknown) => void
  /** Notes an error that no connection could be blamed for. */
  readonly fault: (error: unknown) => void
  /** Closes every connection and the broker, and sends what is left. */
  readonly stop: () => Promise<void>
}

type Level = Extract<FromDriver, { t: 'log' }>['level']
type Command = Extract<ToDriver, { t: 'command' }>
interface Known {
  readonly device: Device
  readonly connection: Connection
}

/** Runs drivers behind messages of plain data. */
export function createPort(deps: PortDeps): Port {
  return new DriverPort(deps)
}

class DriverPort implements Port {
  readonly #deps: PortDeps
  readonly #outbox: Outbox
  readonly #broker: BrokerHost
  readonly #slots = new SlotTable()
  readonly #connections = new Map<string, Connection>()
  /** Closings that still run, by connection: the same id opens only after them. */
  readonly #closing = new Map<string, Promise<void>>()
  readonly #known = new Map<number, Known>()
  readonly #watched = new Map<string, { readonly handle: number; readonly slots: readonly number[] }>()
  readonly #handlers: { readonly [T in ToDriver['t']]: (message: Extract<ToDriver, { t: T }>) => unknown }
  #lastHandle = 0
  #unreadable = 0

  constructor(deps: PortDeps) {
    this.#deps = deps
    this.#outbox = createOutbox({
      send: deps.send,
      setTimer: deps.setTimer,
      defer: deps.defer ?? queueMicrotask,
    })
    this.#broker = createBrokerHost({
      drivers: deps.drivers,
      outbox: this.#outbox,
      now: deps.now,
      log: (level, event, fields) => this.#log(level, event, fields),
    })
    this.#handlers = {
      open: (message) => this.#open(message),
      close: (message) => this.#close(message.connection),
      command: (message) => this.#command(message),
      act: (message) => this.#act(message),
      ended: (message) => this.#unwatch(message.command),
      broker: (message) => this.#broker.listen(message.listen),
      credentials: (message) => this.#broker.credentials(message.list),
      stop: () => this.stop().then(() => this.#deps.onStopped?.()),
    }
  }

  start(): void {
    this.#outbox.push({ t: 'ready', drivers: this.#deps.drivers.map(manifestOf) })
  }

  receive(batch: unknown): void {
    for (const raw of Array.isArray(batch) ? batch : [undefined]) {
      const message = readToDriver(raw)
      if (message) (this.#handlers[message.t] as (m: ToDriver) => unknown)(message)
      else if (++this.#unreadable === 1) this.#log('warn', 'message not understood', { count: 1 })
    }
  }

  fault(error: unknown): void {
    this.#log('error', 'driver fault outside a connection', { stack: framesOf(error) })
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#connections.keys()].map((id) => this.#close(id)))
    await Promise.all(this.#closing.values())
    await this.#broker
      .stop()
      .catch((error: unknown) => this.#log('error', 'broker fault', { stack: framesOf(error) }))
    this.#outbox.stop()
  }

  #log(level: Level, event: string, fields?: Readonly<Record<string, string | number | boolean>>): void {
    this.#outbox.push({
      t: 'log',
      level,
      event: isLogEvent(event) ? event : 'driver event withheld',
      ...(fields ? { fields } : {}),
    })
  }

  async #open(message: Extract<ToDriver, { t: 'open' }>): Promise<void> {
    const { drivers, now, setTimer } = this.#deps
    const driver = drivers.find((d) => d.id === message.driver)
    if (!driver)
      return this.#outbox.push({
        t: 'connection',
        connection: message.connection,
        state: 'failed',
        code: 'connection.fault',
      })
    void this.#close(message.connection)
    const connection: Connection = new Connection(message.connection, message.home, message.config, {
      driver,
      outbox: this.#outbox,
      slots: this.#slots,
      now,
      setTimer,
      adopt: (make) => {
        const device = make(++this.#lastHandle)
        this.#known.set(device.number, { device, connection })
        return device
      },
      forget: (device) => void this.#known.delete(device.number),
    })
    this.#connections.set(message.connection, connection)
    const before = this.#closing.get(message.connection)
    if (before) await before
    if (this.#connections.get(message.connection) === connection) connection.open()
  }

  #close(id: string): Promise<void> {
    const connection = this.#connections.get(id)
    if (!connection) return this.#closing.get(id) ?? Promise.resolve()
    this.#connections.delete(id)
    const done = Promise.all([this.#closing.get(id), connection.close()]).then(() => {
      if (this.#closing.get(id) === done) this.#closing.delete(id)
    })
    this.#closing.set(id, done)
    return done
  }

  async #command(message: Command): Promise<void> {
    const target = this.#known.get(message.handle)
    const live = target?.connection.live
    if (!target || target.device.isGone || !live) return this.#refuse(message.command, 'device.unreachable')
    const { part, capability, name, args } = message
    const refusal = checkCommand(target.device.shape, { part, capability, name, args })
    if (refusal) return this.#refuse(message.command, refusal)
    this.#unwatch(message.command)
    this.#watch(message)
    try {
      await live.command(target.device.nativeId, { part, capability, name, args })
      if (message.quiet !== true) this.#outbox.push({ t: 'sent', command: message.command })
    } catch (error) {
      const { code, detail, isFault } = commandCode(error)
      if (isFault)
        target.connection.log('error', 'driver fault in a command', { stack: framesOf(error) }, true)
      this.#refuse(message.command, code, detail)
    }
  }

  async #act(message: Extract<ToDriver, { t: 'act' }>): Promise<void> {
    const { act, bridge, handle, name, args } = message
    const connection = this.#connections.get(message.connection)
    const device = handle === undefined ? undefined : this.#known.get(handle)?.device
    const answer = (code?: ErrorCode, detail?: string): void =>
      this.#outbox.push({
        t: 'acted',
        act,
        ...(code === undefined ? {} : { code }),
        ...(detail === undefined ? {} : { detail }),
      })
    if (!connection?.live || (handle !== undefined && (!device || device.isGone)))
      return answer('device.unreachable')
    if (!connection.live.act) return answer('device.unsupported')
    try {
      await connection.live.act({
        name: name as ActRequest['name'],
        args,
        ...(bridge === undefined ? {} : { bridge }),
        ...(device === undefined ? {} : { nativeId: device.nativeId }),
      })
      answer()
    } catch (error) {
      const { code, detail, isFault } = commandCode(error)
      if (isFault) connection.log('error', 'driver fault in an act', { stack: framesOf(error) }, true)
      answer(code, detail)
    }
  }

  #refuse(command: string, code: string, detail?: string): void {
    this.#outbox.push({ t: 'refused', command, code, ...(detail === undefined ? {} : { detail }) })
  }

  #watch({ command, handle, watch }: Command): void {
    const own = watch.filter((slot) => this.#slots.isOwner(slot, handle))
    for (const slot of own) this.#slots.watch(slot, 1)
    if (own.length > 0) this.#watched.set(command, { handle, slots: own })
  }

  #unwatch(command: string): void {
    const entry = this.#watched.get(command)
    if (!entry) return
    this.#watched.delete(command)
    for (const slot of entry.slots) if (this.#slots.isOwner(slot, entry.handle)) this.#slots.watch(slot, -1)
  }
}
