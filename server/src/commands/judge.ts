import {
  AppError,
  type CommandRequest,
  type HomeId,
  type OperatingRole,
  type SafetyClass,
} from '@eaves/model'
import { factsOf, type HomeRuntime, type Homes, type LiveDevice } from '../homes/homes.ts'
import { may, type Principal } from '../privacy/privacy.ts'
import { checkCommand, strictest, type CheckedCommand } from './check.ts'
import type { Commander } from './confirm.ts'

/** Whether this principal may send the device a command of this class; throws the refusal. // pp.5.1 */
export function demandCommand(
  principal: Principal,
  home: HomeId,
  device: LiveDevice,
  safety: SafetyClass,
  operatingRole: OperatingRole,
): void {
  const resource = { kind: 'home', home, safety, device: factsOf(device) } as const
  const verdict = may(principal, 'device.command', resource, { operatingRole })
  if (!verdict.allow) throw new AppError(verdict.within ? 'auth.forbidden' : 'auth.not-found')
}

/** The wish as this device takes it, in its own class, if whoever sends it may; throws what is wrong with either. */
export function judgedCommand(
  { homes, role }: { readonly homes: Homes; readonly role: OperatingRole },
  home: HomeId,
  device: LiveDevice,
  request: CommandRequest,
  { principal }: Commander,
): CheckedCommand {
  const checked = checkCommand(device, request)
  const safety = classOf(homes.runtime(home), device, checked.safety)
  demandCommand(principal, home, device, safety, role)
  return { ...checked, safety }
}

/** How much harm a command can do: anything at a device that is treated as a lock is security, and a group is as sensitive as what is in it. */
function classOf(runtime: HomeRuntime, device: LiveDevice, safety: SafetyClass): SafetyClass {
  if (device.guarded === true) return 'security'
  return membersOf(runtime, device).some(
    (member) => member.guarded === true || strictest(member) === 'security',
  )
    ? 'security'
    : safety
}

/** The devices behind a group that was made here or by its bridge. */
function membersOf(runtime: HomeRuntime, device: LiveDevice): readonly LiveDevice[] {
  if (device.members !== undefined) return device.members
  return (device.shape.members ?? [])
    .map((nativeId) => runtime.register.of(device.driver, nativeId))
    .filter((each) => each !== undefined)
}
