import type { ToDriver } from '@eaves/driver-kit'
import type { CommandId, CommandRecord, CommandStatus, HomeId, VendorValue } from '@eaves/model'
import { isoInstant } from '../deps.ts'
import { slotOf, type Cause, type Cell, type LiveDevice, type ReportWatch } from '../homes/homes.ts'
import { isExpected, keptOf, type CheckedCommand } from './check.ts'
import type { CommandPayload, OfScene } from './data.ts'

type Made = Pick<OpenCommand, 'id' | 'home' | 'device' | 'checked' | 'acceptedAt'> &
  Partial<Pick<OpenCommand, 'cause' | 'isKept' | 'onEnd' | 'scene'>>
type Listener = (record: CommandRecord) => void

/** A command on its way. What only some of them need is made when it is asked for: a house sends thousands that nobody waits for. */
export class OpenCommand {
  readonly id: CommandId
  readonly home: HomeId
  readonly device: LiveDevice
  readonly checked: CheckedCommand
  readonly acceptedAt: number
  /** When the first of those was accepted that it repeats. */
  askedAt: number
  readonly confirmable: boolean
  /** What a change that it asked for is said to come from. */
  readonly cause: Cause
  readonly scene: OfScene | undefined
  /** False for what has no row of its own: it is a line in the trace of whatever asked for it. */
  readonly isKept: boolean
  /** Told once, when it has ended. */
  readonly onEnd: ((open: OpenCommand) => void) | undefined
  status: CommandStatus = 'accepted'
  sentAt: number | undefined
  endedAt: number | undefined
  reason: { code: string; detail?: string } | undefined
  isRecorded = true
  /** The row already holds the end. */
  isEndStored = false
  /** Attributes whose last report since sending is the asked value. */
  matched: Set<string> | undefined
  /** How far the last report was from what is asked, per attribute. */
  distance: Map<string, number> | undefined
  watch: ReportWatch | undefined
  timer: { cancel: () => void } | undefined
  /** Statuses that nobody may hear before the row has committed. */
  held: CommandRecord[] | undefined
  listeners: readonly Listener[] = nobody
  #isSettled = false
  #settled: PromiseWithResolvers<void> | undefined

  constructor({ id, home, device, checked, acceptedAt, cause, isKept = true, onEnd, scene }: Made) {
    this.id = id
    this.home = home
    this.device = device
    this.checked = checked
    this.acceptedAt = acceptedAt
    this.askedAt = acceptedAt
    this.confirmable = checked.expects !== undefined
    this.cause = cause ?? { kind: 'command', id, ...(scene === undefined ? {} : { scene: scene.id }) }
    this.scene = scene
    this.isKept = isKept
    this.onEnd = onEnd
    this.held = isKept ? [] : undefined
  }

  listen(listener: Listener): void {
    this.listeners = [...this.listeners, listener]
  }

  /** Settled once the end is stored. */
  get ended(): Promise<void> {
    this.#settled ??= Promise.withResolvers<void>()
    if (this.#isSettled) this.#settled.resolve()
    return this.#settled.promise
  }

  settle(): void {
    this.#isSettled = true
    this.#settled?.resolve()
  }
}
const nobody: readonly never[] = []

/** How long it took to end; unknown of what could have been confirmed and was not waited for. */
export const tookMsOf = ({ status, confirmable, acceptedAt, endedAt }: OpenCommand): number | undefined =>
  endedAt === undefined || (status === 'sent' && confirmable) ? undefined : endedAt - acceptedAt

export function recordOf(open: OpenCommand): CommandRecord {
  return {
    id: open.id,
    device: open.device.id,
    status: open.status,
    at: {
      accepted: isoInstant(open.acceptedAt),
      ...(open.sentAt === undefined ? {} : { sent: isoInstant(open.sentAt) }),
      ...(open.status === 'confirmed' ? { confirmed: isoInstant(open.endedAt!) } : {}),
      ...(open.endedAt === undefined ? {} : { ended: isoInstant(open.endedAt) }),
    },
    ...(open.reason === undefined ? {} : { reason: open.reason }),
    confirmable: open.confirmable,
    ...(open.isRecorded ? {} : { recorded: false }),
  }
}

/** What its row tells of it. */
export const payloadOf = ({ checked, scene }: OpenCommand): CommandPayload => ({
  ...keptOf(checked),
  ...(scene === undefined ? {} : { scene }),
})

/** The values that the command is about. */
export function groupOf({ device, checked }: OpenCommand) {
  return device.parts.get(checked.part)?.groups.get(checked.capability)
}

/** What the driver process is told; `isQuiet`: it need not say that it was sent. */
export function messageOf(open: OpenCommand, isQuiet: boolean): Extract<ToDriver, { t: 'command' }> {
  const { part, capability, command, args } = open.checked
  return {
    t: 'command',
    command: open.id,
    handle: open.device.owner!.handle,
    part,
    capability,
    name: command,
    args,
    watch: watchedSlots(open),
    ...(isQuiet ? { quiet: true } : {}),
  }
}

/** Values of the device whose reports the driver must pass on even when unchanged. */
function watchedSlots(open: OpenCommand): number[] {
  const { part, capability, expects } = open.checked
  const slots: number[] = []
  if (expects === undefined) return slots
  for (const attribute of expects.keys()) {
    const slot = slotOf(open.device, part, capability, attribute)
    if (slot !== undefined) slots.push(slot)
  }
  return slots
}

const movingValues = new Set<VendorValue>(['opening', 'closing', 'locking', 'unlocking'])
export type Sight = 'nothing' | 'progress' | 'matched' | 'confirmed'

/** What one report, arrived after sending, says about the command; a contrary one on the way is no failure. */
export function look(open: OpenCommand, cell: Cell, value: VendorValue): Sight {
  const expected = open.checked.expects?.get(cell.attribute)
  if (expected === undefined) return movingValues.has(value) ? 'progress' : 'nothing'
  if (isExpected(expected, value)) {
    const matched = (open.matched ??= new Set()).add(cell.attribute)
    return matched.size === open.checked.expects!.size ? 'confirmed' : 'matched'
  }
  open.matched?.delete(cell.attribute)
  if (typeof value !== 'number' || typeof expected.value !== 'number') return 'nothing'
  const apart = Math.abs(value - expected.value)
  const distance = (open.distance ??= new Map())
  const before = distance.get(cell.attribute)
  distance.set(cell.attribute, apart)
  return before !== undefined && apart < before ? 'progress' : 'nothing'
}

/** Whether a newer wish makes this one pointless: it asks another value of the same attribute. */
export function isContradicted(open: OpenCommand, newer: CheckedCommand): boolean {
  if (open.checked.part !== newer.part || open.checked.capability !== newer.capability) return false
  for (const [attribute, expected] of open.checked.expects ?? []) {
    const other = newer.expects?.get(attribute)
    if (other !== undefined && !isExpected(expected, other.value)) return true
  }
  return false
}

/** Whether both ask the same of the device; of composite values that is not looked into. */
export function isSameWish(older: CheckedCommand, newer: CheckedCommand): boolean {
  if (older.capability !== newer.capability || older.command !== newer.command || older.part !== newer.part)
    return false
  for (const name in newer.args) if (older.args[name] !== newer.args[name]) return false
  for (const name in older.args) if (!Object.hasOwn(newer.args, name)) return false
  return true
}

/** Why nothing sent to the device now would reach it. */
export function unreachable(
  drivers: { readonly up: () => boolean },
  device: LiveDevice,
): 'server.driver-down' | 'device.unreachable' | undefined {
  if (!drivers.up()) return 'server.driver-down'
  if (device.members !== undefined)
    return device.members.some((each) => unreachable(drivers, each) === undefined)
      ? undefined
      : 'device.unreachable'
  if (device.owner === undefined || (!device.online && device.shape.sleepy !== true))
    return 'device.unreachable'
  return undefined
}
