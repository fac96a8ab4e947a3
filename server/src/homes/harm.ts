import { capabilities, isCapability, type OperatingRole, type SafetyClass } from '@eaves/model'
import { may, type Principal } from '../privacy/privacy.ts'
import type { HomeRuntime } from './runtime.ts'
import { factsOf } from './sight.ts'
import type { LiveDevice } from './state.ts'

/** A setting of a lock can undo the lock, so it is as sensitive as the most sensitive thing the device does. */
export function strictest({ shape }: LiveDevice): SafetyClass {
  const known = strictestOf.get(shape)
  if (known !== undefined) return known
  const found = shape.parts
    .flatMap((part) => Object.keys(part.capabilities))
    .filter(isCapability)
    .map((id) => capabilities[id].safety)
  const strict =
    (['security', 'safety', 'privacy'] as const).find((each) => found.includes(each)) ?? 'comfort'
  strictestOf.set(shape, strict)
  return strict
}
/** A shape never changes, and each command asks for this several times. */
const strictestOf = new WeakMap<LiveDevice['shape'], SafetyClass>()

/** How much harm a command can do: anything at a device that is treated as a lock is security, and a group is as sensitive as what is in it. */
export function classOf(runtime: HomeRuntime, device: LiveDevice, safety: SafetyClass): SafetyClass {
  return isGuarded(device) || behind(runtime, device).some(opens) ? 'security' : safety
}

/** The classes of the commands that the device takes by its capabilities; what is the vendor's is judged by the strictest of them. */
export function classesOf(runtime: HomeRuntime, device: LiveDevice): readonly SafetyClass[] {
  const { parts } = device.shape
  const own = parts.flatMap((part) =>
    Object.entries(part.capabilities).flatMap(([id, { commands }]) =>
      isCapability(id) && commands.length > 0 ? [capabilities[id].safety] : [],
    ),
  )
  const isVendorSet = parts.some(({ vendor }) => Object.values(vendor).some((each) => each.writable))
  const all = isVendorSet ? [...own, strictest(device)] : own
  return [...new Set(all.map((safety) => classOf(runtime, device, safety)))]
}

/** What a command is sent from: who asks, in which home, on what kind of server. */
export interface Asked {
  readonly principal: Principal
  readonly runtime: HomeRuntime
  readonly operatingRole: OperatingRole
}

/**
 * Whether a command of this class may go to the device. What its bridge groups it moves by itself, so whoever may not
 * switch one of those may not switch the group; a group made here asks for each of its devices when it reaches it. // pp.5.1
 */
export function commandVerdict(asked: Asked, device: LiveDevice, safety: SafetyClass) {
  const verdict = onItself(asked, device, classOf(asked.runtime, device, safety))
  if (!verdict.allow) return verdict
  const isFree = bridged(asked.runtime, device).every(
    (each) => onItself(asked, each, opens(each) ? 'security' : safety).allow,
  )
  return isFree ? verdict : { allow: false, within: true }
}

function onItself({ principal, runtime, operatingRole }: Asked, device: LiveDevice, safety: SafetyClass) {
  const resource = { kind: 'home', home: runtime.home, safety, device: factsOf(device) } as const
  return may(principal, 'device.command', resource, { operatingRole })
}

const isGuarded = ({ guarded }: LiveDevice): boolean => guarded === true
const opens = (device: LiveDevice): boolean => isGuarded(device) || strictest(device) === 'security'

/** The devices behind a group, also behind a bridge's group that is in one made here. */
function behind(runtime: HomeRuntime, device: LiveDevice): readonly LiveDevice[] {
  const { members } = device
  if (members === undefined) return bridged(runtime, device)
  return members.flatMap((each) => [each, ...bridged(runtime, each)])
}

const nobody: readonly never[] = []

/** The devices behind a group that its bridge made. */
function bridged(runtime: HomeRuntime, device: LiveDevice): readonly LiveDevice[] {
  const { members } = device.shape
  if (device.members !== undefined || members === undefined) return nobody
  return members
    .map((nativeId) => runtime.register.of(device.driver, nativeId))
    .filter((each) => each !== undefined)
}
