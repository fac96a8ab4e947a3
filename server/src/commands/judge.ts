import { AppError, type CommandRequest, type HomeId, type OperatingRole } from '@eaves/model'
import { classOf, commandVerdict, type Homes, type LiveDevice } from '../homes/homes.ts'
import { checkCommand, type CheckedCommand } from './check.ts'
import type { Commander } from './confirm.ts'

/** The wish as this device takes it, in its own class, if whoever sends it may; throws what is wrong with either. // pp.5.1 */
export function judgedCommand(
  { homes, role }: { readonly homes: Homes; readonly role: OperatingRole },
  home: HomeId,
  device: LiveDevice,
  request: CommandRequest,
  { principal }: Commander,
): CheckedCommand {
  const checked = checkCommand(device, request)
  const runtime = homes.runtime(home)
  const verdict = commandVerdict({ principal, runtime, operatingRole: role }, device, checked.safety)
  if (!verdict.allow) throw new AppError(verdict.within ? 'auth.forbidden' : 'auth.not-found')
  const safety = classOf(runtime, device, checked.safety)
  return safety === checked.safety ? checked : { ...checked, safety }
}
