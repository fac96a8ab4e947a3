import {
  capabilities,
  sceneAttributes,
  sceneCapabilities,
  type AttributeSpec,
  type DeviceView,
  type Limits,
  type PartShape,
  type SceneCapability,
  type Value,
} from '@eaves/model'
import type { SceneSetting } from '@eaves/model/api'

type Settings = readonly SceneSetting[]
export interface Place {
  readonly device: string
  readonly part: string
  readonly capability: SceneCapability
}
const isAt =
  ({ device, part, capability }: Place) =>
  (each: SceneSetting): boolean =>
    each.device === device && each.part === part && each.capability === capability

/** Whether a scene can set anything of the device; what is treated as a lock stays a matter of its own. */
export const canTake = (device: DeviceView): boolean =>
  device.guarded !== true &&
  device.parts.some(({ capabilities: has }) => sceneCapabilities.some((each) => has[each] !== undefined))

/** Colours and whites exclude each other, and a colour has two values. */
const pairs: Readonly<
  Record<string, { readonly adds: readonly string[]; readonly ends: readonly string[] }>
> = {
  'color.kelvin': { adds: ['kelvin'], ends: ['hue', 'saturation'] },
  'color.hue': { adds: ['hue', 'saturation'], ends: ['kelvin'] },
  'color.saturation': { adds: ['hue', 'saturation'], ends: ['kelvin'] },
}

export interface Row extends Place {
  readonly attribute: string
  readonly value: Value | undefined
  readonly type: 'boolean' | 'number' | 'enum' | 'text'
  readonly limits: Limits
}

/** Every value that the part can be asked for, with what the scene asks; of what is off nothing but that. */
export function rowsOf(device: string, part: PartShape, settings: Settings): readonly Row[] {
  const own = settings.filter((each) => each.device === device && each.part === part.id)
  const isOff = own.some(({ capability, values }) => capability === 'onOff' && values.on === false)
  return sceneCapabilities.flatMap((capability): Row[] => {
    const shape = part.capabilities[capability]
    if (shape === undefined || shape.commands.length === 0 || (isOff && sleeps.has(capability))) return []
    const values = own.find((each) => each.capability === capability)?.values ?? {}
    const specs: Readonly<Record<string, AttributeSpec>> = capabilities[capability].attributes
    return sceneAttributes[capability].flatMap((attribute): Row[] => {
      const spec = specs[attribute]
      const isSettable = setters[`${capability}.${attribute}`]?.some((each) => shape.commands.includes(each))
      if (spec === undefined || isSettable !== true || !shape.attributes.includes(attribute)) return []
      const limits = {
        ...(spec.type === 'number' ? { min: spec.min, max: spec.max, step: spec.step } : {}),
        ...(spec.type === 'enum' ? { values: spec.values } : {}),
        ...shape.limits?.[attribute],
      }
      const place = { device, part: part.id, capability, attribute }
      return [{ ...place, value: values[attribute], type: spec.type, limits }]
    })
  })
}
const sleeps: ReadonlySet<string> = new Set<SceneCapability>(['level', 'color', 'fan'])
/** The commands of which one must be there for a value to be set. */
const setters: Readonly<Record<string, readonly string[]>> = {
  'onOff.on': ['turnOn'],
  'level.percent': ['setLevel'],
  'color.kelvin': ['setTemperature'],
  'color.hue': ['setColor'],
  'color.saturation': ['setColor'],
  'cover.openPercent': ['setPosition', 'open'],
  'cover.tiltPercent': ['setTilt'],
  'thermostat.mode': ['setMode'],
  'thermostat.targetCelsius': ['setTarget'],
  'thermostat.coolingTargetCelsius': ['setCoolingTarget'],
  'fan.mode': ['setMode'],
  'fan.percent': ['setSpeed'],
  'fan.oscillating': ['setOscillating'],
  'fan.direction': ['setDirection'],
  'lock.locked': ['lock'],
}

/** The settings with this value among them. */
export function withValue(settings: Settings, place: Place, attribute: string, value: Value): Settings {
  const before = settings.find(isAt(place))
  const { ends = [] } = pairs[`${place.capability}.${attribute}`] ?? {}
  const kept = Object.entries(before?.values ?? {}).filter(([each]) => !ends.includes(each))
  const { device, part, capability } = place
  const setting = inTime(
    { device, part, capability, values: { ...Object.fromEntries(kept), [attribute]: value } },
    fadeOf(settings, device),
  )
  return before === undefined
    ? [...settings, setting]
    : settings.map((each) => (each === before ? setting : each))
}

/** The settings without it, and without what has no meaning alone. */
export function withoutValue(settings: Settings, place: Place, attribute: string): Settings {
  const goes = pairs[`${place.capability}.${attribute}`]?.adds ?? [attribute]
  return settings.flatMap((each): SceneSetting[] => {
    if (!isAt(place)(each)) return [each]
    const values = Object.fromEntries(Object.entries(each.values).filter(([name]) => !goes.includes(name)))
    return Object.keys(values).length === 0 ? [] : [{ ...each, values }]
  })
}

/** A value to begin with, in the middle of what the device takes. */
export function added(settings: Settings, row: Row): Settings {
  const attributes = pairs[`${row.capability}.${row.attribute}`]?.adds ?? [row.attribute]
  return attributes.reduce<Settings>(
    (all, attribute) => withValue(all, row, attribute, attribute === 'hue' ? 30 : beginning(row)),
    settings,
  )
}
function beginning({ type, limits: { min = 0, max = 100, values } }: Row): Value {
  if (type === 'boolean') return true
  return type === 'number' ? Math.round((min + max) / 2) : (values?.[0] ?? '')
}

/** What is sent: to what is off nothing is said about its brightness. */
export function sendable(settings: Settings): SceneSetting[] {
  const off = new Set(
    settings.flatMap(({ device, part, capability, values }) =>
      capability === 'onOff' && values.on === false ? [`${device}/${part}`] : [],
    ),
  )
  return settings.filter(
    ({ device, part, capability }) => !(sleeps.has(capability) && off.has(`${device}/${part}`)),
  )
}

/** The settings with those of some devices taken anew; those of the others stay as they are. */
export function replaced(settings: Settings, devices: readonly string[], by: Settings): Settings {
  return [
    ...settings.filter(({ device }) => !devices.includes(device)),
    ...by.map((each) => inTime(each, fadeOf(settings, each.device))),
  ]
}

const fading: ReadonlySet<string> = new Set<SceneCapability>(['level', 'color'])
/** Whether anything of the device is to change that can fade. */
export const canFade = (settings: Settings, device: string): boolean =>
  settings.some((each) => each.device === device && fading.has(each.capability))
/** The time that the device has of its own. */
export const fadeOf = (settings: Settings, device: string): number | undefined =>
  settings.find((each) => each.device === device && each.transitionSeconds !== undefined)?.transitionSeconds
/** The settings with this time for all that fades of the device; undefined is that of the scene. */
export const withFade = (settings: Settings, device: string, seconds: number | undefined): Settings =>
  settings.map((each) => (each.device === device ? inTime(each, seconds) : each))

function inTime(
  { transitionSeconds: _before, ...setting }: SceneSetting,
  seconds: number | undefined,
): SceneSetting {
  return seconds !== undefined && fading.has(setting.capability)
    ? { ...setting, transitionSeconds: seconds }
    : setting
}
