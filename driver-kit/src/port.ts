import { createBrokerHost } from './broker-host.ts'
import { checkCommand } from './check-command.ts'
import { Connection } from './connection.ts'
import type { Device } from './device.ts'
import type { Driver } from './driver.ts'
import { commandCode, framesOf } from './faults.ts'
import type { FromDriver, ToDriver } from './messages.ts'
import { createOutbox } from './outbox.ts'
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

type Command = Extract<ToDriver, { t: 'command' }>
interface Known {
  readonly device: Device
  readonly connection: Connection
}

/** Runs drivers behind messages of plain data. */
export function createPort(deps: PortDeps): Port {
  const outbox = createOutbox({ send: deps.send, setTimer: deps.setTimer, defer: deps.defer ?? queueMicrotask })
  const slots = new SlotTable()
  const connections = new Map<string, Connection>()
  /** Connections by id whose closing still runs: the same id opens only after it. */
  const closing = new Map<string, Promise<void>>()
  const known = new Map<number, Known>()
  const watched = new Map<string, { readonly handle: number; readonly slots: readonly number[] }>()
  let lastHandle = 0

  const log = (level: 'debug' | 'info' | 'warn' | 'error', event: string, fields?: Readonly<Record<string, string | number | boolean>>): void =>
    outbox.push({ t: 'log', level, event: isLogEvent(event) ? event : 'driver event withheld', ...(fields ? { fields } : {}) })
  const broker = createBrokerHost({ drivers: deps.drivers, outbox, now: deps.now, log })

  const close = (id: string): Promise<void> => {
    const connection = connections.get(id)
    if (!connection) return closing.get(id) ?? Promise.resolve()
    connections.delete(id)
    const done = connection.close().finally(() => {
      if (closing.get(id) === done) closing.delete(id)
    })
    closing.set(id, done)
    return done
  }
  const open = async (message: Extract<ToDriver, { t: 'open' }>): Promise<void> => {
    const driver = deps.drivers.find((d) => d.id === message.driver)
    if (!driver) return outbox.push({ t: 'connection', connection: message.connection, state: 'failed', code: 'connection.fault' })
    if (connections.has(message.connection)) void close(message.connection)
    const connection: Connection = new Connection(message.connection, message.home, message.config, {
      driver, outbox, slots, now: deps.now, setTimer: deps.setTimer,
      adopt: (make) => {
        const device = make(++lastHandle)
        known.set(device.number, { device, connection })
        return device
      },
      forget: (device) => void known.delete(device.number),
    })
    connections.set(message.connection, connection)
    const before = closing.get(message.connection)
    if (before) await before
    if (connections.get(message.connection) === connection) connection.open()
  }
  const watch = (command: Command): void => {
    const own = command.watch.filter((slot) => slots.isOwner(slot, command.handle))
    for (const slot of own) slots.watch(slot, 1)
    if (own.length > 0) watched.set(command.command, { handle: command.handle, slots: own })
  }
  const unwatch = (id: string): void => {
    const entry = watched.get(id)
    watched.delete(id)
    for (const slot of entry?.slots ?? []) if (slots.isOwner(slot, entry!.handle)) slots.watch(slot, -1)
  }
  const refuse = (command: string, code: string, detail?: string): void => outbox.push({ t: 'refused', command, code, ...(detail === undefined ? {} : { detail }) })

  const command = async (message: Command): Promise<void> => {
    const target = known.get(message.handle)
    const live = target?.connection.live
    if (!target || target.device.isGone || !live) return refuse(message.command, 'device.unreachable')
    const { part, capability, name, args } = message
    const refusal = checkCommand(target.device.shape, { part, capability, name, args })
    if (refusal) return refuse(message.command, refusal)
    unwatch(message.command)
    watch(message)
    try {
      await live.command(target.device.nativeId, { part, capability, name, args })
      outbox.push({ t: 'sent', command: message.command })
    } catch (error) {
      const { code, detail, isFault } = commandCode(error)
      if (isFault) target.connection.log('error', 'driver fault in a command', { stack: framesOf(error) }, true)
      refuse(message.command, code, detail)
    }
  }
  const stop = async (): Promise<void> => {
    await Promise.all([...connections.keys()].map(close))
    await Promise.all(closing.values())
    await broker.stop().catch((error: unknown) => log('error', 'broker fault', { stack: framesOf(error) }))
    outbox.stop()
  }
  const handlers: { readonly [T in ToDriver['t']]: (message: Extract<ToDriver, { t: T }>) => unknown } = {
    open, command,
    close: (message) => close(message.connection),
    ended: (message) => unwatch(message.command),
    broker: (message) => broker.listen(message.listen),
    credentials: (message) => broker.credentials(message.list),
    stop: () => stop().then(() => deps.onStopped?.()),
  }
  let unreadable = 0
  const receive = (batch: unknown): void => {
    for (const raw of Array.isArray(batch) ? batch : [undefined]) {
      const message = readToDriver(raw)
      if (message) (handlers[message.t] as (m: ToDriver) => unknown)(message)
      else if (++unreadable === 1) log('warn', 'message not understood', { count: 1 })
    }
  }
  return {
    start: () => outbox.push({ t: 'ready', drivers: deps.drivers.map(manifestOf) }),
    receive,
    fault: (error) => log('error', 'driver fault outside a connection', { stack: framesOf(error) }),
    stop,
  }
}
