import { capabilities, isCapability, type Value, type VendorValue } from '@eaves/model'
import type { AutomationAction } from '@eaves/model/api'
import { groupDriver, groupPart, type Cell, type LiveDevice } from '../../homes/homes.ts'
import { standingFor } from '../check.ts'
import type { Aim } from '../world.ts'
import { workedOf } from '../worth.ts'
import type { SceneSetting, Sights } from './home.ts'

/** A value that a step sets. Without `to` nobody knows what it will be; `flips` turns what it was into the other. */
export interface Change {
  readonly cell: Cell
  readonly to: VendorValue | undefined
  readonly flips?: true
  /** It follows from what is asked, if nothing else stands against it. */
  readonly isLikely?: true
}
type Command = Extract<AutomationAction, { kind: 'command' }>
interface Ask {
  readonly part: string | undefined
  readonly capability: string
  readonly command: string
  readonly args: Readonly<Record<string, VendorValue>>
}

/** What a command of an automation sets, on every device that is meant and on the groups and members of each. */
export function changesOf(sights: Sights, action: Command): readonly Change[] {
  const aim: Aim = action
  const { capability, command } = action
  const isOpen = workedOf(action.args).length > 0
  const ask = { part: aim.part, capability, command, args: standingFor(action) ?? {} }
  const devices = sights.doers(action)
  const [only, ...more] = devices
  if (only === undefined) return []
  // What is worked out may become anything.
  if (isOpen)
    return devices
      .flatMap((device) => spread(sights, device, ask))
      .map(({ cell }) => ({ cell, to: undefined }))
  if (more.length === 0) return spread(sights, only, ask)
  // What many sentences say of the whole home is worked out once.
  const all = wide.get(devices) ?? new Map<string, readonly Change[]>()
  wide.set(devices, all)
  const key = JSON.stringify(ask)
  const found = all.get(key) ?? devices.flatMap((device) => spread(sights, device, ask))
  all.set(key, found)
  return found
}
const wide = new WeakMap<readonly LiveDevice[], Map<string, readonly Change[]>>()

export function changesOfScene(sights: Sights, settings: readonly SceneSetting[]): Change[] {
  return settings.flatMap(({ device: id, part, capability, values }) => {
    const device = sights.device(id)
    if (device === undefined) return []
    const own = Object.entries(values).flatMap(([attribute, to]) =>
      cellsIn(device, part, capability, attribute).map((cell): Change => ({ cell, to })),
    )
    return [...own, ...own.flatMap((each) => inGroups(sights, each))]
  })
}

function spread(sights: Sights, device: LiveDevice, ask: Ask): Change[] {
  const own = onOne(device, ask)
  const within = sights.members(device).flatMap((each) => {
    const changes = onOne(each, { ...ask, part: undefined })
    return [...changes, ...changes.flatMap((change) => inGroups(sights, change, device))]
  })
  return [...own, ...within, ...own.flatMap((each) => inGroups(sights, each))]
}

/** Locked means all of a group; anything else is so when one of it is. */
function inGroups(sights: Sights, change: Change, but?: LiveDevice): Change[] {
  const { cell, to } = change
  const { device, capability } = cell.group
  return sights.groups(device).flatMap((group) => {
    if (group === but || group.driver !== groupDriver) return []
    const isSure = sights.members(group).length === 1 || to === (cell.attribute !== 'locked')
    return cellsIn(group, undefined, capability, cell.attribute).map((own): Change => ({
      ...change,
      cell: own,
      ...(isSure ? {} : { isLikely: true as const }),
    }))
  })
}

function cellsIn(
  device: LiveDevice,
  part: string | undefined,
  capability: string,
  attribute: string,
): Cell[] {
  const found = part === undefined ? groupPart(device, capability) : device.parts.get(part)
  const cell = found?.groups.get(capability)?.cells.find((each) => each.attribute === attribute)
  return cell === undefined ? [] : [cell]
}

function onOne(device: LiveDevice, { part, capability, command, args }: Ask): Change[] {
  const found = part ?? groupPart(device, capability)?.shape.id
  if (capability === 'vendor') {
    const { key, value } = args as { key?: string; value?: VendorValue }
    return key === undefined
      ? []
      : cellsIn(device, found, capability, key).map((cell) => ({ cell, to: value }))
  }
  if (!isCapability(capability)) return []
  if (command === 'toggle')
    return cellsIn(device, found, capability, 'on').map((cell) => ({ cell, to: undefined, flips: true }))
  const { commands, attributes } = capabilities[capability]
  const spec = Object.hasOwn(commands, command) ? commands[command] : undefined
  const plain = args as Readonly<Record<string, Value>>
  // What is asked of a valve depends on what it has been; both of its values are told.
  const before = { ...('open' in attributes ? { open: false } : {}), openPercent: 0 }
  const expected = spec?.expects(plain, before) ?? {}
  const direct = Object.entries(expected).flatMap(([attribute, to]) =>
    cellsIn(device, found, capability, attribute).map((cell): Change => ({ cell, to })),
  )
  return [...direct, ...byTheWay(device, found, capability, plain)]
}

/** A brightness switches a lamp on, and none switches it off. */
function byTheWay(
  device: LiveDevice,
  part: string | undefined,
  capability: string,
  { percent }: Readonly<Record<string, Value>>,
): Change[] {
  if (capability !== 'level' || typeof percent !== 'number') return []
  return cellsIn(device, part, 'onOff', 'on').map((cell) => ({ cell, to: percent > 0, isLikely: true }))
}
