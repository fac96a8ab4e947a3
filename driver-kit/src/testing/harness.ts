import type { DeviceShape, VendorValue } from '@eaves/model'
import type { DeviceCommand, Driver } from '../driver.ts'
import type { ConnectionState, FromDriver, SlotName, ToDriver } from '../messages.ts'
import { createPort } from '../port.ts'
import { readFromDriver } from '../wire.ts'
import { createFakeClock, settle, type FakeClock } from './clock.ts'

export type Boundary = 'in process' | 'across the boundary'
export interface HarnessOptions {
  /** Across the boundary every batch travels as the text it is between the real processes. */
  readonly boundary?: Boundary
  /** Drivers with real sockets need real time; everything else moves only when told. */
  readonly time?: 'fake' | 'real'
}
/** A device as the core would know it from the messages alone. */
export interface SeenDevice {
  readonly connection: string
  readonly handle: number
  shape: DeviceShape
  base: number
  slots: readonly SlotName[]
  online: boolean
  isGone: boolean
  /** Reported values by "part capability attribute". */
  readonly values: Map<string, VendorValue>
}
export interface CommandEnd {
  readonly state: 'sent' | 'refused' | 'unanswered'
  readonly code?: string
  readonly detail?: string
}
/** Stands where the core stands and remembers all it is told. */
export interface Harness {
  readonly clock: FakeClock | undefined
  readonly messages: readonly FromDriver[]
  /** Batches as they came; each is one write. */
  readonly batches: readonly (readonly FromDriver[])[]
  readonly open: (config?: Readonly<Record<string, unknown>>, connection?: string, home?: string) => void
  readonly close: (connection?: string) => void
  readonly send: (...messages: readonly unknown[]) => void
  /** Sends a command, watching the named values, and waits until it has left or was refused. */
  readonly command: (
    nativeId: string,
    command: DeviceCommand,
    watch?: readonly SlotName[],
  ) => Promise<CommandEnd>
  /** Asks for an act on a bridge or a device and waits for the answer; undefined when it succeeded, else its code. */
  readonly act: (
    target: { readonly bridge: string } | { readonly nativeId: string },
    name: string,
    args?: Readonly<Record<string, VendorValue>>,
  ) => Promise<string | undefined>
  /** Ends the watch of the last command. */
  readonly endCommand: () => void
  readonly device: (nativeId: string, connection?: string) => SeenDevice | undefined
  readonly devices: () => readonly SeenDevice[]
  readonly value: (
    nativeId: string,
    part: string,
    capability: string,
    attribute: string,
  ) => VendorValue | undefined
  readonly states: (connection?: string) => readonly ConnectionState[]
  readonly logs: () => readonly Extract<FromDriver, { t: 'log' }>[]
  /** Waits until a thing is so; throws after `withinMs` of the harness's time. */
  readonly until: (what: string, isSo: () => boolean, withinMs?: number) => Promise<void>
  readonly stop: () => Promise<void>
}

const realTimer = (ms: number, run: () => void): { cancel: () => void } => {
  const timer = setTimeout(run, ms)
  return { cancel: () => clearTimeout(timer) }
}

/** Runs a driver as the driver process does, inside a test. */
export function createHarness(
  driver: Driver,
  { boundary = 'in process', time = 'fake' }: HarnessOptions = {},
): Harness {
  const clock = time === 'fake' ? createFakeClock() : undefined
  const isAcross = boundary === 'across the boundary'
  const messages: FromDriver[] = []
  const batches: (readonly FromDriver[])[] = []
  const seen = createView()
  const ends = new Map<string, CommandEnd>()
  let lastCommand = 0

  const take = (batch: readonly FromDriver[]): void => {
    const taken = isAcross ? (JSON.parse(JSON.stringify(batch)) as unknown[]) : batch
    for (const message of taken)
      if (!readFromDriver(message))
        throw new Error(`a message that the core would drop: ${JSON.stringify(message)}`)
    batches.push(taken as readonly FromDriver[])
    for (const message of taken as readonly FromDriver[]) {
      messages.push(message)
      seen.take(message)
      if (message.t === 'sent') ends.set(message.command, { state: 'sent' })
      if (message.t === 'refused')
        ends.set(message.command, {
          state: 'refused',
          code: message.code,
          ...(message.detail === undefined ? {} : { detail: message.detail }),
        })
    }
  }
  const port = createPort({
    drivers: [driver],
    send: take,
    now: clock?.now ?? (() => Date.now()),
    setTimer: clock?.setTimer ?? realTimer,
    defer: (run) => void setImmediate(run),
  })
  port.start()
  const send = (...list: readonly unknown[]): void =>
    port.receive(isAcross ? JSON.parse(JSON.stringify(list)) : list)

  const until: Harness['until'] = async (what, isSo, withinMs = 5000) => {
    const stepMs = 10
    for (let passedMs = 0; !isSo(); passedMs += stepMs) {
      if (passedMs > withinMs) throw new Error(`waited ${withinMs} ms in vain until ${what}`)
      if (clock) await clock.advance(stepMs)
      else await new Promise((resolve) => setTimeout(resolve, stepMs))
    }
  }
  const command: Harness['command'] = async (nativeId, { part, capability, name, args }, watch = []) => {
    const device = seen.device(nativeId)
    const id = `command-${++lastCommand}`
    const slots = watch.map((name) => slotOf(device, name)).filter((slot) => slot !== undefined)
    const message: ToDriver = {
      t: 'command',
      command: id,
      handle: device?.handle ?? 0,
      part,
      capability,
      name,
      args,
      watch: slots,
    }
    send(message)
    await until('the command has left', () => ends.has(id), 2000).catch(() => undefined)
    return ends.get(id) ?? { state: 'unanswered' }
  }
  const act: Harness['act'] = async (target, name, args = {}) => {
    const id = `act-${++lastCommand}`
    const device = 'nativeId' in target ? seen.device(target.nativeId) : undefined
    const answer = (): Extract<FromDriver, { t: 'acted' }> | undefined =>
      messages.find((m): m is Extract<FromDriver, { t: 'acted' }> => m.t === 'acted' && m.act === id)
    send({
      t: 'act',
      act: id,
      connection: device?.connection ?? 'connection-a',
      name,
      args,
      ...('bridge' in target ? { bridge: target.bridge } : { handle: device?.handle ?? 0 }),
    })
    await until('the act was answered', () => answer() !== undefined, 15_000)
    return answer()?.code
  }
  return {
    clock,
    messages,
    act,
    batches,
    send,
    command,
    until,
    open: (config = {}, connection = 'connection-a', home = 'home-a') =>
      send({ t: 'open', connection, home, driver: driver.id, config } satisfies ToDriver),
    close: (connection = 'connection-a') => send({ t: 'close', connection } satisfies ToDriver),
    endCommand: () => send({ t: 'ended', command: `command-${lastCommand}` } satisfies ToDriver),
    device: seen.device,
    devices: seen.devices,
    value: (nativeId, part, capability, attribute) =>
      seen.device(nativeId)?.values.get(`${part} ${capability} ${attribute}`),
    states: (connection = 'connection-a') =>
      messages
        .filter((m) => m.t === 'connection')
        .filter((m) => m.connection === connection)
        .map((m) => m.state),
    logs: () => messages.filter((m) => m.t === 'log'),
    async stop() {
      await settle()
      const stopped = port.stop()
      await clock?.advance(2000)
      await stopped
      await settle()
    },
  }
}

function slotOf(device: SeenDevice | undefined, [part, capability, attribute]: SlotName): number | undefined {
  const index =
    device?.slots.findIndex((s) => s[0] === part && s[1] === capability && s[2] === attribute) ?? -1
  return device && index >= 0 ? device.base + index : undefined
}

/** What the core would hold after these messages. */
function createView(): {
  readonly take: (message: FromDriver) => void
  readonly device: Harness['device']
  readonly devices: Harness['devices']
} {
  const byHandle = new Map<number, SeenDevice>()
  const bySlot = new Map<number, { readonly device: SeenDevice; readonly name: SlotName }>()
  const announce = (message: Extract<FromDriver, { t: 'device' }>): void => {
    const known = byHandle.get(message.handle)
    const device: SeenDevice = known ?? {
      connection: message.connection,
      handle: message.handle,
      shape: message.shape,
      base: message.base,
      slots: message.slots,
      online: message.online,
      isGone: false,
      values: new Map(),
    }
    Object.assign(device, {
      shape: message.shape,
      base: message.base,
      slots: message.slots,
      online: message.online,
      isGone: false,
    })
    // A device is known by its native id: a new handle replaces an older one, as in the core.
    for (const [handle, other] of byHandle)
      if (
        other.connection === message.connection &&
        other.shape.nativeId === message.shape.nativeId &&
        other !== device
      )
        byHandle.delete(handle)
    byHandle.set(message.handle, device)
    message.slots.forEach((name, index) => bySlot.set(message.base + index, { device, name }))
  }
  const report = (values: readonly VendorValue[]): void => {
    for (let i = 0; i < values.length; i += 2) {
      const entry = bySlot.get(values[i] as number)
      if (!entry) throw new Error(`a report for a slot that no device has: ${JSON.stringify(values[i])}`)
      entry.device.values.set(entry.name.join(' '), values[i + 1]!)
    }
  }
  return {
    take(message) {
      const device = 'handle' in message ? byHandle.get(message.handle) : undefined
      if (message.t === 'device') announce(message)
      else if (message.t === 'r' || message.t === 'kept') report(message.v)
      else if (message.t === 'forget')
        for (const slot of message.slots) {
          const entry = bySlot.get(slot)
          entry?.device.values.delete(entry.name.join(' '))
        }
      else if (message.t === 'reach' && device) device.online = message.online
      else if (message.t === 'gone' && device) device.isGone = true
    },
    device: (nativeId, connection) =>
      [...byHandle.values()].findLast(
        (d) =>
          d.shape.nativeId === nativeId &&
          !d.isGone &&
          (connection === undefined || d.connection === connection),
      ),
    devices: () => [...byHandle.values()].filter((d) => !d.isGone),
  }
}
