import { AppError, type CommandRequest, type HomeId, type OperatingRole } from '@eaves/model'
import { classOf, commandVerdict, type Homes, type LiveDevice } from '../homes/homes.ts'
import { checkCommand, type CheckedCommand } from './check.ts'
import type { Commander } from './confirm.ts'
import type { Holds } from './holds.ts'

/** The wish as this device takes it, in its own class, if whoever sends it may; throws what is wrong with either. // pp.5.1 */
export function judgedCommand(
  {
    homes,
    role,
    holds,
  }: { readonly homes: Homes; readonly role: OperatingRole; readonly holds: Pick<Holds, 'isHeld'> },
  home: HomeId,
  device: LiveDevice,
  request: CommandRequest,
  { principal, acting }: Commander,
): CheckedCommand {
  const checked = checkCommand(device, request)
  const runtime = homes.runtime(home)
  const verdict = commandVerdict({ principal, runtime, operatingRole: role }, device, checked.safety)
  if (!verdict.allow) throw new AppError(verdict.within ? 'auth.forbidden' : 'auth.not-found')
  // Of an automation, unless it was said that it matters more.
  if (acting?.evenIfHeld === false && holds.isHeld(home, device.id, checked.part, checked.capability))
    throw new AppError('automation.held')
  const safety = classOf(runtime, device, checked.safety)
  return safety === checked.safety ? checked : { ...checked, safety }
}
