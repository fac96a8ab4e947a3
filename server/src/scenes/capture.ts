import {
  sceneAttributes,
  sceneCapabilities,
  type DeviceId,
  type SceneCapability,
  type Value,
} from '@eaves/model'
import type { SceneLeft, SceneSetting } from '@eaves/model/api'
import { classOf, groupPart, type HomeRuntime, type LiveDevice, type LivePartState } from '../homes/homes.ts'
import type { Wanted } from './plan.ts'
import { actsOf, together, whileOn } from './wishes.ts'

export interface Captured {
  readonly settings: readonly SceneSetting[]
  readonly leftOut: readonly SceneLeft[]
}

/** The values of one capability that could be asked for again; undefined where nothing is known. */
function valuesOf(part: LivePartState, capability: SceneCapability): Record<string, Value> | undefined {
  const shape = part.shape.capabilities[capability]
  if (shape === undefined) return undefined
  const settable = sceneAttributes[capability] as readonly string[]
  const known: Record<string, Value> = {}
  for (const { attribute, value } of part.groups.get(capability)?.cells ?? [])
    if (settable.includes(attribute) && value !== undefined) known[attribute] = value as Value
  const { unmet } = actsOf({ capability, values: known }, shape.commands)
  for (const attribute of unmet) delete known[attribute]
  // A fan that finds its own speed would leave that for one that it is given.
  if (capability === 'fan' && known.mode === 'auto') delete known.percent
  return Object.keys(known).length > 0 ? known : undefined
}

const canSet = (part: LivePartState, capability: SceneCapability): boolean =>
  (part.shape.capabilities[capability]?.commands.length ?? 0) > 0

/** What the part is now, as a scene words it: what is off has no brightness and no speed, what is not heating no target. */
function present(device: LiveDevice, part: LivePartState, locks: boolean): SceneSetting[] {
  const isOff = part.groups.get('onOff')?.cells.find(({ attribute }) => attribute === 'on')?.value === false
  return sceneCapabilities.flatMap((capability): SceneSetting[] => {
    if (isOff && whileOn.has(capability) && canSet(part, 'onOff')) return []
    const setting = { device: device.id, part: part.shape.id, capability }
    if (capability === 'lock')
      return locks && part.shape.capabilities.lock?.commands.includes('lock') === true
        ? [{ ...setting, values: { locked: true } }]
        : []
    const values = valuesOf(part, capability)
    return values === undefined ? [] : [{ ...setting, values: steady(values) }]
  })
}

/** What is off has nothing else to be set to. */
function steady({ mode, ...values }: Record<string, Value>): Record<string, Value> {
  if (mode === undefined) return values
  return mode === 'off' ? { mode } : { mode, ...values }
}

const opens = (runtime: HomeRuntime, device: LiveDevice): boolean =>
  classOf(runtime, device, 'comfort') === 'security'
const hasLock = (device: LiveDevice): boolean =>
  device.shape.parts.some(({ capabilities }) => capabilities.lock !== undefined)

/** What these devices are at this moment. Locks only where they are asked for; what is treated as a lock never. */
export function capture(runtime: HomeRuntime, devices: readonly LiveDevice[], locks: boolean): Captured {
  const settings: SceneSetting[] = []
  const leftOut: SceneLeft[] = []
  for (const device of devices) {
    const isLock = hasLock(device)
    if (opens(runtime, device) && !(isLock && device.guarded !== true)) {
      leftOut.push({ device: device.id, reason: 'guarded' })
      continue
    }
    const found = [...device.parts.values()].flatMap((part) => present(device, part, locks))
    settings.push(...found)
    if (isLock && !locks) leftOut.push({ device: device.id, reason: 'lock' })
    else if (found.length === 0)
      leftOut.push({ device: device.id, reason: isSettable(device) ? 'unknown' : 'nothing' })
  }
  return { settings, leftOut }
}

const isSettable = (device: LiveDevice): boolean =>
  [...device.parts.values()].some((part) => sceneCapabilities.some((each) => canSet(part, each)))

/** The devices that really change when this one is told something: those of a group, one by one. */
function behind(runtime: HomeRuntime, device: LiveDevice): readonly LiveDevice[] | undefined {
  if (device.members !== undefined) return device.members.flatMap((each) => behind(runtime, each) ?? [each])
  return nativeMembers(runtime, device)
}

/** The devices of a bridge's own group; undefined of anything else, and while one of them is not known here. */
export function nativeMembers(runtime: HomeRuntime, device: LiveDevice): readonly LiveDevice[] | undefined {
  const { members } = device.shape
  if (device.members !== undefined || members === undefined || members.length === 0) return undefined
  const found = members.map((nativeId) => runtime.register.of(device.driver, nativeId))
  return found.every((each) => each !== undefined && !each.isRemoved)
    ? (found as readonly LiveDevice[])
    : undefined
}

/** What puts something back, and the devices of the scene on whose account. */
export interface Prior {
  readonly setting: SceneSetting
  readonly of: ReadonlySet<DeviceId>
}

/** Everything that these settings may change, as it is now: what puts it back. Locks and what is treated as one are not put back. */
export function priorTo(
  runtime: HomeRuntime,
  wanted: readonly Wanted[],
): { readonly prior: readonly Prior[]; readonly leftOut: readonly SceneLeft[] } {
  const settings = new Map<string, { setting: SceneSetting; of: Set<DeviceId> }>()
  const left = new Map<DeviceId, SceneLeft>()
  for (const { device, setting, transitionSeconds } of wanted) {
    if (setting.capability === 'lock' || opens(runtime, device)) {
      left.set(device.id, {
        device: device.id,
        reason: setting.capability === 'lock' ? 'lock' : 'guarded',
      })
      continue
    }
    const members = behind(runtime, device)
    for (const each of members ?? [device]) {
      const part =
        members === undefined ? device.parts.get(setting.part) : groupPart(each, setting.capability)
      if (part === undefined) continue
      for (const capability of [setting.capability, ...(together[setting.capability] ?? [])]) {
        if (!canSet(part, capability)) continue
        const values = valuesOf(part, capability)
        const key = `${each.id}/${part.shape.id}/${capability}`
        const before = settings.get(key)
        const of = before?.of ?? new Set()
        const times = [transitionSeconds, before?.setting.transitionSeconds].filter(
          (each) => each !== undefined,
        )
        if (values !== undefined)
          settings.set(key, {
            setting: {
              device: each.id,
              part: part.shape.id,
              capability,
              values,
              ...(times.length > 0 ? { transitionSeconds: Math.max(...times) } : {}),
            },
            of: of.add(device.id),
          })
        else if (capability === setting.capability) left.set(each.id, { device: each.id, reason: 'unknown' })
      }
    }
  }
  return { prior: [...settings.values()].map(backToOff), leftOut: [...left.values()] }

  /** What was off goes off at once: a fade that still went on behind that could wake it. */
  function backToOff({ setting, of }: Prior): Prior {
    const { transitionSeconds: _left, ...atOnce } = setting
    const isOff = settings.get(`${setting.device}/${setting.part}/onOff`)?.setting.values.on === false
    return { of, setting: isOff ? atOnce : setting }
  }
}
