import type { OperatingRole, ReachAct } from '@eaves/model'
import type { ViewAs } from '@eaves/model/api'
import { may, type Principal } from '../privacy/privacy.ts'
import { classesOf, commandVerdict } from './harm.ts'
import type { Homes, OpenHome } from './homes.ts'
import { factsOf, isSeen, limitsIn, roomsSeen } from './sight.ts'
import type { MemberOfHome } from './standing.ts'
import { isShown, type LiveDevice } from './state.ts'
import { stateOf, verbsIn } from './views.ts'

/** What a member gets of the home at this moment, by the same decision that their own requests meet; nothing of who they are. // pp.4.1 */
export function viewAs(
  homes: Homes,
  { subject, ...held }: MemberOfHome,
  home: OpenHome,
  operatingRole: OperatingRole,
): ViewAs {
  const kind = held.role === 'kiosk' ? 'panel' : 'person'
  const principal: Principal = { kind, subject, ...homes.relationsOf(subject) }
  const verbs = verbsIn(principal, home.id, operatingRole)
  const limits = limitsIn(principal, home.id)
  const rooms = roomsSeen(limits, home.runtime)
  const isReader = verbs.includes('home.read')
  const devices = verbs.includes('device.read')
    ? [...home.runtime.devices.values()].filter((each) => isShown(each) && isSeen(limits, each))
    : []
  return {
    role: held.role,
    state: stateOf(homes, home, subject, held),
    verbs,
    floors: isReader ? home.places.floors(rooms) : [],
    rooms: isReader ? home.places.rooms(rooms) : [],
    devices: devices.map((device) => ({
      ...(JSON.parse(home.runtime.viewJson(device)) as ViewAs['devices'][number]),
      acts: actsOn(principal, home, device, operatingRole),
    })),
  }
}

function actsOn(
  principal: Principal,
  { id, runtime }: OpenHome,
  device: LiveDevice,
  operatingRole: OperatingRole,
): ReachAct[] {
  const about = { kind: 'home', home: id, device: factsOf(device) } as const
  const can = (verb: 'history.read' | 'picture.read') => may(principal, verb, about, { operatingRole }).allow
  const takesAny = (each: LiveDevice) =>
    classesOf(runtime, each).some(
      (safety) => commandVerdict({ principal, runtime, operatingRole }, each, safety).allow,
    )
  // What is sent to a group that was made here does something when one of its devices takes it.
  const isControlled = takesAny(device) && device.members?.some(takesAny) !== false
  return [
    'see',
    ...(isControlled ? (['control'] as const) : []),
    ...(can('history.read') ? (['history'] as const) : []),
    ...(can('picture.read') ? (['pictures'] as const) : []),
  ]
}
