import type { DeviceId, HomeId, OperatingRole, SubjectId } from '@eaves/model'
import { isSeen, type Homes } from '../homes/homes.ts'
import { isVerb, may } from '../privacy/privacy.ts'
import type { SeenHome } from './belongings.ts'

/** The homes of a person at this moment, with what they see there: the same answer as at every entry. // pp.5.1 */
export function homesSeen(
  homes: Pick<Homes, 'relationsOf' | 'find'>,
  operatingRole: OperatingRole,
  subject: SubjectId,
): readonly SeenHome[] {
  const held = homes.relationsOf(subject)
  const principal = { kind: 'person', subject, isClaimant: false, ...held } as const
  return [...held.roles].map(([home, role]) => ({
    home,
    role,
    sees: (verb) =>
      isVerb(verb) &&
      may(principal, verb, { kind: 'home', home, safety: 'comfort' }, { operatingRole }).allow,
    devices: devicesSeen(homes, home, held.limits.get(home)),
  }))
}

function devicesSeen(
  homes: Pick<Homes, 'find'>,
  home: HomeId,
  limits: Parameters<typeof isSeen>[0],
): ReadonlySet<DeviceId> | undefined {
  if (limits === undefined) return undefined
  const devices = [...(homes.find(home)?.runtime.devices.values() ?? [])]
  return new Set(devices.filter((each) => isSeen(limits, each)).map(({ id }) => id))
}
