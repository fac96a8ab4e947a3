import { AppError, type HomeId, type OperatingRole, type SafetyClass } from '@eaves/model'
import { factsOf, type LiveDevice } from '../homes/homes.ts'
import { may, type Principal } from '../privacy/privacy.ts'

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
