import { capabilities, isCapability, type OperatingRole, type ReachAct, type SafetyClass } from '@eaves/model'
import type { ViewAs } from '@eaves/model/api'
import { may, type Principal } from '../privacy/privacy.ts'
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
  home: OpenHome,
  device: LiveDevice,
  operatingRole: OperatingRole,
): ReachAct[] {
  const about = { kind: 'home', home: home.id, device: factsOf(device) } as const
  const can = (verb: 'device.command' | 'history.read' | 'picture.read', safety?: SafetyClass) =>
    may(principal, verb, { ...about, ...(safety && { safety }) }, { operatingRole }).allow
  return [
    'see',
    ...(safetiesOf(device).some((safety) => can('device.command', safety)) ? (['control'] as const) : []),
    ...(can('history.read') ? (['history'] as const) : []),
    ...(can('picture.read') ? (['pictures'] as const) : []),
  ]
}

const strictness = ['security', 'safety', 'privacy'] as const satisfies readonly SafetyClass[]
/** The classes of the commands that the device takes by its capabilities; what is the vendor's is judged by the strictest of them. */
function safetiesOf({ shape: { parts } }: LiveDevice): SafetyClass[] {
  const all = parts.flatMap((part) =>
    Object.entries(part.capabilities).flatMap(([id, { commands }]) =>
      isCapability(id) ? [{ safety: capabilities[id].safety, takes: commands.length > 0 }] : [],
    ),
  )
  const strictest = strictness.find((each) => all.some(({ safety }) => safety === each)) ?? 'comfort'
  const isVendorSet = parts.some(({ vendor }) => Object.values(vendor).some((each) => each.writable))
  const found = all.filter(({ takes }) => takes).map(({ safety }) => safety)
  return [...new Set<SafetyClass>(isVendorSet ? [...found, strictest] : found)]
}
