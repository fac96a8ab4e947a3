import type { DeviceView, HomeRole, MemberLimits, PartShape, ReachAct, SafetyClass } from '@eaves/model'
import { reaches, withinSafety, type DeviceFacts, type HomeVerb, type Limits } from '@eaves/policy'
import { specOf } from '../data/specs.ts'

/** What somebody is in a home; `limits` undefined = nothing narrows them. */
export interface Standing {
  readonly role: HomeRole
  readonly verbs: readonly string[]
  readonly limits: Pick<MemberLimits, 'reach' | 'rules'> | undefined
}
/** What somebody can do with one device, for showing only that; the server decides again each time. */
export interface Rights {
  /** False while nobody has said yet what they may: then nothing is offered, and nothing called refused. */
  readonly isKnown: boolean
  readonly may: (act: ReachAct) => boolean
  /** Whether they can send commands of this capability; "vendor" stands for the device's own settings. */
  readonly commands: (capability: string) => boolean
}
const verbOf = {
  see: 'device.read',
  control: 'device.command',
  history: 'history.read',
  pictures: 'picture.read',
} as const satisfies Record<ReachAct, HomeVerb>
export const unknownRights: Rights = { isKnown: false, may: () => false, commands: () => false }

type Told = Pick<DeviceView, 'id' | 'room' | 'kind' | 'parts' | 'guarded'>

/** The same two questions that the server asks, of the same policy. // pp.5.1 */
export function rightsOn({ role, verbs, limits }: Standing, device: Told): Rights {
  const facts = device as DeviceFacts
  const narrowing: Limits | undefined = limits && {
    isClosed: false,
    reach: limits.reach,
    rules: limits.rules,
  }
  const may = (act: ReachAct): boolean => verbs.includes(verbOf[act]) && reaches(narrowing, facts, act)
  return {
    isKnown: true,
    may,
    commands: (capability) =>
      may('control') && withinSafety(role, safetyOf(device, capability), narrowing, facts),
  }
}

/** A setting of a lock can undo the lock, so it is as sensitive as the most sensitive thing the device does. */
export function strictestOf(device: Pick<DeviceView, 'parts' | 'guarded'>): SafetyClass {
  if (device.guarded === true) return 'security'
  const found = device.parts.flatMap((part) =>
    Object.keys(part.capabilities).map((capability) => specOf(capability)?.safety),
  )
  return (['security', 'safety', 'privacy'] as const).find((each) => found.includes(each)) ?? 'comfort'
}
/** What a device is there for, where that can harm; a lamp is not dangerous for its update. */
const mainly: readonly string[] = [
  'lock',
  'garageDoor',
  'alarmPanel',
  'siren',
  'valve',
  'waterHeater',
  'thermostat',
  'camera',
]
/** Whether using it wrongly can harm: for a child, guest or wall panel such a device is named or closed. */
export const isDangerous = (device: Pick<DeviceView, 'parts' | 'guarded'>): boolean =>
  device.guarded === true ||
  device.parts.some((part) =>
    Object.keys(part.capabilities).some(
      (capability) => mainly.includes(capability) && specOf(capability)?.safety !== 'comfort',
    ),
  )
const safetyOf = (device: Told, capability: string): SafetyClass =>
  // At what is treated as a lock everything is as sensitive as a lock.
  (device.guarded === true ? 'security' : undefined) ??
  // Of a capability that this app does not know, the device's strictest is assumed.
  (capability === 'vendor' ? undefined : specOf(capability)?.safety) ??
  strictestOf(device)

/** The shape with only those commands that may be sent: what draws controls from it then draws values. */
export function ownShape(shape: PartShape | undefined, { commands }: Rights): PartShape | undefined {
  return (
    shape && {
      ...shape,
      capabilities: Object.fromEntries(
        Object.entries(shape.capabilities).map(([id, own]) => [
          id,
          commands(id) ? own : { ...own, commands: [] },
        ]),
      ),
      vendor: commands('vendor')
        ? shape.vendor
        : Object.fromEntries(
            Object.entries(shape.vendor).map(([id, attribute]) => [id, { ...attribute, writable: false }]),
          ),
    }
  )
}
