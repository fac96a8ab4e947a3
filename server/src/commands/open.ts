import type { CommandId, CommandRecord, CommandStatus, HomeId, VendorValue } from '@eaves/model'
import { isoInstant } from '../deps.ts'
import { slotOf, type Cause, type Cell, type LiveDevice, type ReportWatch } from '../homes/homes.ts'
import { isExpected, type CheckedCommand } from './check.ts'

/** A command on its way. */
export interface OpenCommand {
  readonly id: CommandId
  readonly home: HomeId
  readonly device: LiveDevice
  readonly checked: CheckedCommand
  readonly acceptedAt: number
  readonly confirmable: boolean
  /** What a change that it asked for is said to come from. */
  readonly cause: Cause
  /** False for what has no row of its own: it is a line in the trace of whatever asked for it. */
  readonly isKept: boolean
  /** Told once, when it has ended. */
  readonly onEnd: ((open: OpenCommand) => void) | undefined
  status: CommandStatus
  sentAt: number | undefined
  endedAt: number | undefined
  reason: { code: string; detail?: string } | undefined
  isRecorded: boolean
  /** The row already holds the end. */
  isEndStored: boolean
  /** Attributes whose last report since sending is the asked value. */
  readonly matched: Set<string>
  /** How far the last report was from what is asked, per attribute. */
  readonly distance: Map<string, number>
  watch: ReportWatch | undefined
  timer: { cancel: () => void } | undefined
  /** Statuses that nobody may hear before the row has committed. */
  held: CommandRecord[] | undefined
  readonly listeners: Set<(record: CommandRecord) => void>
  /** Settled once the end is stored. */
  readonly ended: Promise<void>
  readonly settle: () => void
}

export function openCommand(
  made: Pick<OpenCommand, 'id' | 'home' | 'device' | 'checked' | 'acceptedAt'> &
    Partial<Pick<OpenCommand, 'cause' | 'isKept' | 'onEnd'>>,
): OpenCommand {
  const { promise, resolve } = Promise.withResolvers<void>()
  const { cause = { kind: 'command', id: made.id }, isKept = true, onEnd } = made
  return {
    ...made,
    cause,
    isKept,
    onEnd,
    confirmable: made.checked.expects !== undefined,
    status: 'accepted',
    sentAt: undefined,
    endedAt: undefined,
    reason: undefined,
    isRecorded: true,
    isEndStored: false,
    matched: new Set(),
    distance: new Map(),
    watch: undefined,
    timer: undefined,
    held: isKept ? [] : undefined,
    listeners: new Set(),
    ended: promise,
    settle: resolve,
  }
}

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

/** The values that the command is about. */
export function groupOf({ device, checked }: OpenCommand) {
  return device.parts.get(checked.part)?.groups.get(checked.capability)
}

/** Values of the device whose reports the driver must pass on even when unchanged. */
export function watchedSlots(open: OpenCommand): number[] {
  const { part, capability, expects } = open.checked
  return [...(expects?.keys() ?? [])]
    .map((attribute) => slotOf(open.device, part, capability, attribute))
    .filter((slot) => slot !== undefined)
}

const movingValues = new Set<VendorValue>(['opening', 'closing', 'locking', 'unlocking'])
export type Sight = 'nothing' | 'progress' | 'matched' | 'confirmed'

/** What one report, arrived after sending, says about the command; a contrary one on the way is no failure. */
export function look(open: OpenCommand, cell: Cell, value: VendorValue): Sight {
  const expected = open.checked.expects?.get(cell.attribute)
  if (expected === undefined) return movingValues.has(value) ? 'progress' : 'nothing'
  if (isExpected(expected, value)) {
    open.matched.add(cell.attribute)
    return open.matched.size === open.checked.expects!.size ? 'confirmed' : 'matched'
  }
  open.matched.delete(cell.attribute)
  if (typeof value !== 'number' || typeof expected.value !== 'number') return 'nothing'
  const apart = Math.abs(value - expected.value)
  const before = open.distance.get(cell.attribute)
  open.distance.set(cell.attribute, apart)
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
