import {
  AppError,
  type CommandRecord,
  type CommandStatus,
  type DeviceId,
  type HomeId,
  type OperatingRole,
} from '@eaves/model'
import { factsOf, type Cause, type Homes, type Timers } from '../homes/homes.ts'
import { may } from '../privacy/privacy.ts'
import type { Commander } from './confirm.ts'
import type { OpenCommand } from './open.ts'

export type OnStatus = (record: CommandRecord) => void
export interface HearDeps {
  readonly homes: Homes
  readonly role: OperatingRole
  readonly timers: Timers
}

/** Whether whoever sent a command to the device may be told what became of it, by their rights of this moment. // T15 */
function verdictNow(
  { homes, role }: Pick<HearDeps, 'homes' | 'role'>,
  home: HomeId,
  id: DeviceId,
  { principal, subject }: Commander,
) {
  const device = homes.find(home)?.runtime.devices.get(id)
  const facts = device === undefined ? {} : { device: factsOf(device) }
  const now = 'roles' in principal ? { ...principal, ...homes.relationsOf(subject) } : principal
  const resource = { kind: 'home', home, safety: 'comfort', ...facts } as const
  return may(now, 'device.command', resource, { operatingRole: role })
}

/** A listener that hears no more once whoever it belongs to may not. */
export function whileHeard(
  deps: Pick<HearDeps, 'homes' | 'role'>,
  home: HomeId,
  device: DeviceId,
  by: Commander,
  onStatus: OnStatus | undefined,
): OnStatus | undefined {
  if (onStatus === undefined) return undefined
  return (record) => {
    if (verdictNow(deps, home, device, by).allow) onStatus(record)
  }
}

/** Waits for the end of the command for `maxMs` at most; refused as soon as whoever waits may no longer hear of it. */
export async function waitFor(
  deps: HearDeps,
  open: OpenCommand,
  by: Commander,
  maxMs: number,
): Promise<void> {
  const verdict = () => verdictNow(deps, open.home, open.device.id, by)
  const { promise: over, resolve } = Promise.withResolvers<void>()
  const timer = deps.timers.after(maxMs, resolve)
  const unlisten = deps.homes.onRolesChanged((subject) => {
    if (subject === by.subject && !verdict().allow) resolve()
  })
  await Promise.race([open.ended, over])
  timer.cancel()
  unlisten()
  const { allow, within } = verdict()
  if (!allow) throw new AppError(within ? 'auth.forbidden' : 'auth.not-found')
}

/** The run that a command belongs to. */
export interface Automatic {
  readonly cause: Cause
  /** Told once, when the command has ended; it must not throw. */
  readonly ended: (status: CommandStatus, code: string | undefined, tookMs: number | undefined) => void
}

/** Hears of a command's end alone. */
export function endingOf(run: Automatic): OnStatus {
  return ({ status, reason, at }) => {
    if (at.ended !== undefined)
      run.ended(status, reason?.code, Date.parse(at.ended) - Date.parse(at.accepted))
  }
}
